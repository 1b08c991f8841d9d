/** Learns labels from examples, and tells how good that is on those it had not seen. */
import { type Found, type Model, scoresOf, toShares, valued } from './model.ts';
import { type Example, type Kept, keepTokens, prepare, type Prepared } from './prepare.ts';
import { train } from './train.ts';

/** The last fifth by time, judged by what was learned from the four before it. Shares of 0–1. */
export interface Quality {
  readonly tested: number;
  /** Always naming the most common label. */
  readonly baseline: number;
  readonly top1: number;
  readonly top3: number;
}
export interface Lesson {
  readonly model: Model;
  readonly examples: number;
  readonly quality: Quality | null;
}
/** A label and what it is called: names of categories are examples of themselves. */
export type Hint = Pick<Example, 'text' | 'label'>;

/** Below this a fifth says nothing. */
const leastForQuality = 100;
const temperatures = [0.4, 0.5, 0.63, 0.8, 1, 1.25, 1.6, 2, 2.5];
const usual = 1;

/**
 * @param examples oldest first
 * @example learn([{text: '路灯不亮', marks: [], label: 'patrol.lamp', who: ''}, …], [])
 */
export function learn(examples: readonly Example[], hints: readonly Hint[] = []): Lesson {
  const labels = [...new Set([...examples, ...hints].map((e) => e.label))].toSorted();
  // As many of each as weigh beside the examples without drowning them, and enough to be kept by.
  const copies = Math.max(3, Math.min(30, Math.round(examples.length / labels.length / 20)));
  const names = hints.flatMap((hint) =>
    Array.from({ length: copies }, (_, i): Example => ({ ...hint, marks: [], who: `name ${i}` })),
  );
  // Hints first: a split by time then always has them on its learning side.
  const all = prepare([...names, ...examples]);
  const numberOf = new Map(labels.map((label, i) => [label, i]));
  const wanted = Uint16Array.from([...names, ...examples], (e) => numberOf.get(e.label)!);
  const fitTo = (count: number): Fit => fit(all, wanted, names.length, count, labels.length);

  let quality: Quality | null = null;
  let temperature = usual;
  if (examples.length >= leastForQuality) {
    const split = names.length + Math.floor(examples.length * 0.8);
    const trial = fitTo(split);
    quality = judge(trial, all, wanted, names.length, split);
    temperature = bestTemperature(trial, all, wanted, split);
  }
  const { kept, weights, bias } = fitTo(all.documents.length);
  const { features, rarity } = kept;
  return { model: { labels, features, rarity, weights, bias, temperature }, examples: examples.length, quality };
}

interface Fit {
  readonly kept: Kept;
  readonly weights: Float32Array;
  readonly bias: Float32Array;
}

function foundIn({ rowOf, rarity }: Kept, document: Uint32Array): Found {
  const rows = new Uint32Array(document.length);
  let known = 0;
  for (const token of document) {
    const row = rowOf[token]!;
    if (row >= 0) rows[known++] = row;
  }
  return valued(rows.subarray(0, known), rarity);
}

function fit(all: Prepared, wanted: Uint16Array, hints: number, count: number, labelCount: number): Fit {
  const kept = keepTokens(all, count, labelCount);
  const found = all.documents.slice(0, count).map((document) => foundIn(kept, document));
  return { kept, ...train(found, wanted, hints, labelCount, kept.rarity.length) };
}

function judge(trial: Fit, all: Prepared, wanted: Uint16Array, hints: number, split: number): Quality {
  const scores = new Float64Array(trial.bias.length);
  const counts = new Uint32Array(trial.bias.length);
  for (let i = hints; i < split; i++) counts[wanted[i]!]! += 1;
  const commonest = counts.indexOf(Math.max(...counts));
  const hits = { baseline: 0, top1: 0, top3: 0 };
  const tested = all.documents.length - split;
  for (let i = split; i < all.documents.length; i++) {
    scoresOf(trial, foundIn(trial.kept, all.documents[i]!), scores);
    const right = scores[wanted[i]!]!;
    const better = scores.reduce((sum, score) => sum + Number(score > right), 0);
    if (wanted[i] === commonest) hits.baseline += 1;
    if (better < 1) hits.top1 += 1;
    if (better < 3) hits.top3 += 1;
  }
  return { tested, baseline: hits.baseline / tested, top1: hits.top1 / tested, top3: hits.top3 / tested };
}

/** The one under which the shares of what came true were highest (Guo et al. 2017, temperature scaling). */
function bestTemperature(trial: Fit, all: Prepared, wanted: Uint16Array, split: number): number {
  const shares = new Float64Array(trial.bias.length);
  const losses = temperatures.map(() => 0);
  for (let i = split; i < all.documents.length; i++) {
    const found = foundIn(trial.kept, all.documents[i]!);
    for (const [t, temperature] of temperatures.entries()) {
      scoresOf(trial, found, shares);
      toShares(shares, temperature);
      losses[t]! -= Math.log(Math.max(1e-9, shares[wanted[i]!]!));
    }
  }
  return temperatures[losses.indexOf(Math.min(...losses))] ?? usual;
}
