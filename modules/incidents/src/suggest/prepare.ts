/** Examples as numbers, and which tokens may be kept of them. */
import { tokensOf } from './tokens.ts';

/** One closed incident to learn from. */
export interface Example {
  readonly text: string;
  /** What is known beside the text, as tokens that no text can hold: `@<area>`, `source:member`. */
  readonly marks: readonly string[];
  readonly label: string;
  /** Who said it, in any form that tells two people apart; empty when nobody knows. */
  readonly who: string;
}

/** What only one or two reports say is never kept: it may be somebody's secret. */
export const leastReports = 3;
/** Rows × labels: 8 MB of weights. */
const maxWeights = 2_000_000;
const maxFeatures = 20_000;

export interface Prepared {
  readonly tokens: readonly string[];
  /** Of each example, as places in `tokens`. */
  readonly documents: readonly Uint32Array[];
  /** The same words of the same person count once, however often they were sent. */
  readonly repeats: Uint8Array;
}

export function prepare(examples: readonly Example[]): Prepared {
  const numbers = new Map<string, number>();
  const seen = new Set<string>();
  const repeats = new Uint8Array(examples.length);
  const documents = examples.map(({ text, marks, who }, i) => {
    const words = tokensOf(text);
    const said = `${who} ${(words.length > 0 ? words : marks).join(' ')}`;
    if (seen.has(said)) repeats[i] = 1;
    else seen.add(said);
    return Uint32Array.from([...words, ...marks], (token) => {
      const known = numbers.get(token);
      if (known !== undefined) return known;
      numbers.set(token, numbers.size);
      return numbers.size - 1;
    });
  });
  return { tokens: [...numbers.keys()], documents, repeats };
}

export interface Kept {
  readonly features: ReadonlyMap<string, number>;
  readonly rarity: Float32Array;
  /** Place in `tokens` → row, or -1. */
  readonly rowOf: Int32Array;
}

/** Tokens that enough of the first `count` documents hold; where there are too many, the most common ones. */
export function keepTokens(prepared: Prepared, count: number, labelCount: number): Kept {
  const { tokens, documents, repeats } = prepared;
  const support = new Uint32Array(tokens.length);
  for (let i = 0; i < count; i++) if (!repeats[i]) for (const token of documents[i]!) support[token]! += 1;
  const kept = [...support.keys()].filter((token) => support[token]! >= leastReports);
  const most = Math.min(maxFeatures, Math.floor(maxWeights / labelCount));
  if (kept.length > most) {
    kept.sort((a, b) => support[b]! - support[a]! || a - b);
    kept.length = most;
  }
  const rowOf = new Int32Array(tokens.length).fill(-1);
  kept.forEach((token, row) => (rowOf[token] = row));
  return {
    features: new Map(kept.map((token, row) => [tokens[token]!, row])),
    rarity: Float32Array.from(kept, (token) => Math.sqrt(Math.log((count + 1) / support[token]!) + 0.01)),
    rowOf,
  };
}
