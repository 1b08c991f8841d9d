/** Takes examples in batches, learns when the last one came, and posts the lesson. */
import { parentPort } from 'node:worker_threads';
import { type Hint, learn } from './learn.ts';
import { packModel } from './model-file.ts';
import type { Example } from './prepare.ts';
import { strongestWords } from './strongest.ts';
import type { LessonFacts } from './facts.ts';

/** Batches newest first, as they are read; then the hints, which end them. */
export type WorkerInput = { readonly batch: readonly Example[] } | { readonly hints: readonly Hint[] };
export interface WorkerOutput {
  readonly model: Uint8Array;
  readonly facts: LessonFacts;
}

const newestFirst: Example[] = [];
parentPort?.on('message', (input: WorkerInput) => {
  if ('batch' in input) {
    for (const example of input.batch) newestFirst.push(example);
    return;
  }
  const started = performance.now();
  const { model, examples, quality } = learn(newestFirst.toReversed(), input.hints);
  const output: WorkerOutput = {
    model: packModel(model),
    facts: {
      examples,
      words: model.features.size,
      quality,
      learnMs: Math.round(performance.now() - started),
      strongest: Object.fromEntries(strongestWords(model)),
    },
  };
  parentPort?.postMessage(output);
  parentPort?.close();
});
