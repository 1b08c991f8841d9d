/** Learning takes seconds of one core: it has a thread of its own, so that other jobs go on. */
import { Worker } from 'node:worker_threads';
import type { Hint } from './learn.ts';
import type { WorkerInput, WorkerOutput } from './learn-worker.ts';
import type { Example } from './prepare.ts';

const maxHeapMb = 1024;
const maxMs = 300_000;

/** @param batches newest first; read one by one while the thread is at work */
export async function learnInThread(
  batches: AsyncIterable<readonly Example[]>,
  hints: readonly Hint[],
): Promise<WorkerOutput> {
  const worker = new Worker(new URL('./learn-worker.ts', import.meta.url), {
    resourceLimits: { maxOldGenerationSizeMb: maxHeapMb },
  });
  let timer: NodeJS.Timeout | undefined;
  const answer = new Promise<WorkerOutput>((resolve, reject) => {
    worker.once('message', resolve);
    worker.once('error', reject);
    worker.once('exit', () => reject(new Error('the learner ended without a lesson')));
    timer = setTimeout(() => reject(new Error(`the learner was not done after ${maxMs} ms`)), maxMs);
  });
  // Heard below; until then a failure must not count as unhandled.
  answer.catch(() => undefined);
  const post = (input: WorkerInput): void => worker.postMessage(input);
  try {
    for await (const batch of batches) post({ batch });
    post({ hints });
    return await answer;
  } finally {
    clearTimeout(timer);
    await worker.terminate();
  }
}
