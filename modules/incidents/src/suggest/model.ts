/** What was learned: for each kept token its weight for each label. */

export interface Model {
  /** Codes of categories, or parties. */
  readonly labels: readonly string[];
  /** Token → its row of weights. */
  readonly features: ReadonlyMap<string, number>;
  /** How much a token says by its rarity, by row. */
  readonly rarity: Float32Array;
  /** Rows × labels. */
  readonly weights: Float32Array;
  /** One per label: how common it is. */
  readonly bias: Float32Array;
  /** Divides scores so that shares are as often right as they say. */
  readonly temperature: number;
}

/** Rows that the model knows, with their values; the squares of the values add up to one. */
export interface Found {
  readonly rows: Uint32Array;
  readonly values: Float32Array;
}

export function findFeatures(model: Pick<Model, 'features' | 'rarity'>, tokens: readonly string[]): Found {
  const rows: number[] = [];
  for (const token of tokens) {
    const row = model.features.get(token);
    if (row !== undefined) rows.push(row);
  }
  return valued(Uint32Array.from(rows), model.rarity);
}

export function valued(rows: Uint32Array, rarity: Float32Array): Found {
  let square = 0;
  for (const row of rows) square += rarity[row]! ** 2;
  const scale = square === 0 ? 0 : 1 / Math.sqrt(square);
  return { rows, values: Float32Array.from(rows, (row) => rarity[row]! * scale) };
}

/** Scores of all labels, before they are turned into shares. */
export function scoresOf(model: Pick<Model, 'weights' | 'bias'>, found: Found, into: Float64Array): void {
  const { weights, bias } = model;
  const count = bias.length;
  for (let label = 0; label < count; label++) into[label] = bias[label]!;
  for (let i = 0; i < found.rows.length; i++) {
    const value = found.values[i]!;
    const start = found.rows[i]! * count;
    for (let label = 0; label < count; label++) into[label]! += value * weights[start + label]!;
  }
}

/** In place: scores to shares that add up to one. */
export function toShares(scores: Float64Array, temperature: number): void {
  let highest = Number.NEGATIVE_INFINITY;
  for (const score of scores) if (score > highest) highest = score;
  let sum = 0;
  for (let i = 0; i < scores.length; i++) {
    scores[i] = Math.exp((scores[i]! - highest) / temperature);
    sum += scores[i]!;
  }
  for (let i = 0; i < scores.length; i++) scores[i]! /= sum;
}
