/** Loads the demo's past while people already use the town; visible, and picked up again after a fault. */
import { setTimeout as delay } from 'node:timers/promises';
import type { RoleSetup } from '../protocol.ts';
import { lineOf } from '../failure.ts';
import { startProgress } from '../progress.ts';
import { complain, say } from '../terminal.ts';
import { type RunningTask, startTask } from './roles.ts';

/** The database may be away for a moment; what fails this often has another reason. */
const tries = 5;
const pauseMs = 5000;

/** Start it; the answer stops it. What is loaded stays, and the next start goes on from there. */
export function loadHistory(setup: RoleSetup): () => Promise<void> {
  const stopping = new AbortController();
  let task: RunningTask<null> | undefined;
  const isStopping = (): boolean => stopping.signal.aborted;

  async function run(): Promise<void> {
    for (let attempt = 1; attempt <= tries && !isStopping(); attempt++) {
      const progress = startProgress("loading the demo's past year");
      try {
        task = startTask<null>('history', setup, ({ done = 0, total = 1 }) => progress.update(done, total));
        await task.result;
        progress.end();
        say("The demo's past year is there.");
        return;
      } catch (error) {
        if (isStopping()) return;
        complain(`The demo's past year: ${lineOf(error)}`);
        await delay(pauseMs, undefined, { signal: stopping.signal }).catch(() => undefined);
      }
    }
  }
  const running = run();
  return async () => {
    stopping.abort();
    await task?.stop();
    await running;
  };
}
