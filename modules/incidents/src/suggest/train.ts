/**
 * Multinomial logistic regression over sparse features, by AdaGrad (Duchi et al. 2011) in a fixed order:
 * the same examples give the same weights.
 */
import { rng } from '@wangge/geo';
import { type Found, scoresOf, toShares } from './model.ts';

export interface Trained {
  readonly weights: Float32Array;
  readonly bias: Float32Array;
}
const rounds = 4;
const pace = 0.3;
/** Pulls weights to zero: words that few reports say must not decide alone. */
const restraint = 2e-5;
/** Answers are believed only so far: one in a hundred was filed under the wrong label. */
const doubt = 0.01;

/**
 * @param labels of each example, as a number below `labelCount`
 * @param hints so many at the start are learned from, but are no sign of how common a label is
 */
export function train(
  found: readonly Found[],
  labels: Uint16Array,
  hints: number,
  labelCount: number,
  featureCount: number,
): Trained {
  const weights = new Float32Array(featureCount * labelCount);
  const bias = new Float32Array(labelCount);
  for (let i = hints; i < found.length; i++) bias[labels[i]!]! += 1;
  for (let label = 0; label < labelCount; label++) {
    bias[label] = Math.log((bias[label]! + 1) / (found.length - hints + labelCount));
  }
  const model = { weights, bias };
  // One pace for all labels of a feature: a rare word learns fast, a common one settles.
  const slopes = new Float32Array(featureCount).fill(0.5);
  const gaps = new Float64Array(labelCount);
  const order = Uint32Array.from(found, (_, i) => i);
  const random = rng(1);
  for (let round = 0; round < rounds; round++) {
    for (let i = order.length - 1; i > 0; i--) {
      const j = Math.floor(random() * (i + 1));
      const moved = order[i]!;
      order[i] = order[j]!;
      order[j] = moved;
    }
    for (const at of order) {
      const example = found[at]!;
      scoresOf(model, example, gaps);
      toShares(gaps, 1);
      // From shares to how far they are off.
      for (let label = 0; label < labelCount; label++) gaps[label]! -= doubt / labelCount;
      gaps[labels[at]!]! -= 1 - doubt;
      step(weights, slopes, example, gaps);
    }
  }
  return model;
}

function step(weights: Float32Array, slopes: Float32Array, { rows, values }: Found, gaps: Float64Array): void {
  const count = gaps.length;
  let square = 0;
  for (let label = 0; label < count; label++) square += gaps[label]! * gaps[label]!;
  for (let i = 0; i < rows.length; i++) {
    const row = rows[i]!;
    const value = values[i]!;
    slopes[row]! += square * value * value;
    const size = pace / Math.sqrt(slopes[row]!);
    const start = row * count;
    for (let label = 0; label < count; label++) {
      weights[start + label]! -= size * (gaps[label]! * value + restraint * weights[start + label]!);
    }
  }
}
