/** From a text to the labels it most likely belongs to, with the words that say so; or to nothing. */
import { voicesFor, wordsFor } from './explain.ts';
import { findFeatures, type Model, scoresOf, toShares } from './model.ts';
import { tokensOf } from './tokens.ts';

export interface Suggestion {
  readonly label: string;
  /** How likely, 0–1, as calibrated on incidents that were not learned from. */
  readonly share: number;
  /** Of the text, strongest first. */
  readonly words: readonly string[];
  /** Those of the marks that spoke for it. */
  readonly marks: readonly string[];
}

const most = 3;
/** A first guess that is more often wrong than one in five is none. */
const leastFirst = 0.2;
const leastNext = 0.04;
/** A mark that spoke with less than this share of the strongest voice is not worth naming. */
const leastMark = 0.5;

/**
 * At most three, the likeliest first; none when nothing in the text speaks clearly enough.
 *
 * @param may leaves out labels that cannot be used (closed, not public); the others' shares stay as they are
 */
export function suggest(
  model: Model,
  text: string,
  marks: readonly string[] = [],
  may: (label: string) => boolean = () => true,
): Suggestion[] {
  const found = findFeatures(model, [...tokensOf(text), ...marks]);
  if (found.rows.length === 0) return [];
  const shares = new Float64Array(model.labels.length);
  scoresOf(model, found, shares);
  toShares(shares, model.temperature);
  const ranked = [...shares.keys()]
    .filter((label) => may(model.labels[label]!))
    .toSorted((a, b) => shares[b]! - shares[a]! || a - b)
    .slice(0, most);
  if ((shares[ranked[0] ?? 0] ?? 0) < leastFirst) return [];
  return (
    ranked
      .filter((label) => shares[label]! >= leastNext)
      .map((label) => {
        const voices = voicesFor(model, found, label);
        const loudest = Math.max(0, ...voices.values());
        const spoke = (mark: string): number => voices.get(model.features.get(mark) ?? -1) ?? 0;
        return {
          label: model.labels[label]!,
          share: shares[label]!,
          words: wordsFor(model, voices, text),
          marks: marks.filter((mark) => spoke(mark) > leastMark * loudest).toSorted((a, b) => spoke(b) - spoke(a)),
        };
      })
      // How common a label is says nothing about this report.
      .filter(({ words, marks: spoken }) => words.length + spoken.length > 0)
  );
}
