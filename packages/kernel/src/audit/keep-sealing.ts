/** Keeps a sealer at work in this process, for as long as no other process has one. */
import type { Runtime } from '../runtime.ts';
import { openSealer, type Sealer } from './sealer.ts';

/** A row is sealed within a second of its commit. */
const everyMs = 500;
/** How often a process without the lock, or without a database, tries again. */
const retryMs = 5000;

/** Starts now; `stop` seals and anchors what there is. */
export function keepSealing(rt: Runtime): { stop(): Promise<void> } {
  let sealer: Sealer | null = null;
  let timer: NodeJS.Timeout | undefined;
  let stopped = false;

  const work = async (last: boolean): Promise<void> => {
    let again = everyMs;
    try {
      sealer ??= await openSealer(rt);
      if (sealer) {
        await sealer.seal();
        await sealer.anchor(last);
      } else again = retryMs;
    } catch (error) {
      rt.log.warn({ err: error instanceof Error ? error.message : String(error) }, 'audit: sealing failed, will retry');
      await sealer?.close().catch(() => undefined);
      sealer = null;
      again = retryMs;
    }
    if (!stopped) {
      timer = setTimeout(() => (working = work(false)), again);
      timer.unref();
    }
  };
  let working = work(false);
  return {
    async stop() {
      stopped = true;
      clearTimeout(timer);
      await working;
      if (sealer) await work(true);
      await sealer?.close();
    },
  };
}
