/**
 * Reports as people type them: sentence shapes filled with words, something said before and after,
 * dialect, slips of the input method, lost punctuation. The same seed gives the same reports.
 */
import { pick, type Rng, rng as rngOf } from '@wangge/geo';
import type { CategorySentences } from './sentence.ts';
import { hazardSentences } from './sentences-hazard.ts';
import { serviceSentences } from './sentences-service.ts';
import { townSentences } from './sentences-town.ts';
import { closings, dialect, openings, slips, slots } from './wordings.ts';

export interface WrittenReport {
  readonly text: string;
  readonly code: string;
}
const categories: readonly CategorySentences[] = [...townSentences, ...hazardSentences, ...serviceSentences];
/** Every fourth sentence shape, with all its wordings, is kept out of training. */
export const heldOutShape = (index: number): boolean => index % 4 === 2;

/** @param shapes which of a category's sentence shapes may be used, by their place in its list */
export function writeReports(count: number, seed: number, shapes: (index: number) => boolean): WrittenReport[] {
  const random = rngOf(seed);
  const total = categories.reduce((sum, c) => sum + c.share, 0);
  return Array.from({ length: count }, () => {
    let at = random() * total;
    const category = categories.find((c) => (at -= c.share) < 0) ?? categories[0]!;
    const sentence = pick(
      random,
      category.sentences.filter((_, i) => shapes(i)),
    );
    return { text: writeOne(sentence, random), code: category.code };
  });
}

function writeOne(sentence: string, random: Rng): string {
  let text = fill(sentence, random);
  if (random() < 0.3) text = `${fill(pick(random, openings), random)}${text}`;
  if (random() < 0.3) text = `${text}${fill(pick(random, closings), random)}`;
  if (random() < 0.3) text = speakDialect(text, random);
  if (random() < 0.35) text = mistype(text, random);
  if (random() < 0.25) text = text.replace(/[，。！？]/g, pick(random, ['', ' ', '，']));
  return text;
}

/** Alternatives first, innermost brackets none: they do not nest; slots may hold alternatives. */
function fill(pattern: string, random: Rng): string {
  let text = pattern;
  for (let i = 0; i < 3 && /[[{]/.test(text); i++) {
    text = text
      .replace(/\[([^[\]]*)\]/g, (_, words: string) => pick(random, words.split('|')))
      .replace(/\{(.)\}/g, (_, slot: string) => pick(random, slots[slot] ?? ['']));
  }
  return text;
}

function speakDialect(text: string, random: Rng): string {
  let spoken = text;
  for (const [word, ways] of dialect) {
    if (spoken.includes(word) && random() < 0.6) spoken = spoken.replaceAll(word, pick(random, ways));
  }
  return spoken;
}

function mistype(text: string, random: Rng): string {
  let typed = text;
  for (const [right, wrong] of slips) if (typed.includes(right) && random() < 0.25) typed = typed.replace(right, wrong);
  const letters = Array.from(typed);
  const at = Math.floor(random() * letters.length);
  const kind = random();
  // A letter lost, doubled, or changed places with the next one.
  if (kind < 0.35) letters.splice(at, 1);
  else if (kind < 0.6) letters.splice(at, 0, letters[at] ?? '');
  else if (kind < 0.8) letters.splice(at, 2, letters[at + 1] ?? '', letters[at] ?? '');
  return letters.join('');
}
