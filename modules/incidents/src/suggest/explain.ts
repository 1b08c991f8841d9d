/** Which words of a text spoke for a label: weights of overlapping tokens, joined to what can be read. */
import type { Found, Model } from './model.ts';
import { runsOf } from './tokens.ts';

const maxWords = 4;
const maxLength = 8;
/** A letter belongs to a word from this share of the strongest letter's weight on. */
const enough = 0.3;

/** By row: how much more it speaks for this label than for labels at large. */
export function voicesFor(model: Model, found: Found, label: number): Map<number, number> {
  const count = model.labels.length;
  const voices = new Map<number, number>();
  found.rows.forEach((row, i) => {
    const own = model.weights.subarray(row * count, row * count + count);
    const mean = own.reduce((sum, weight) => sum + weight, 0) / count;
    voices.set(row, found.values[i]! * (own[label]! - mean));
  });
  return voices;
}

/** @returns the words that counted most, strongest first; empty where nothing spoke for the label */
export function wordsFor(model: Model, voices: ReadonlyMap<number, number>, text: string): string[] {
  const voiceOf = (token: string): number => voices.get(model.features.get(token) ?? -1) ?? 0;
  const runs = runsOf(text).map((run) => {
    if (run.latin) return { letters: [run.text], weight: [voiceOf(run.text)] };
    const letters = Array.from(run.text);
    return { letters, weight: letterWeights(letters, voiceOf) };
  });
  const highest = Math.max(0, ...runs.flatMap((run) => run.weight));
  if (highest <= 0) return [];
  const words = new Map<string, number>();
  for (const { letters, weight } of runs) {
    for (let at = 0; at < letters.length; at++) {
      let end = at;
      let sum = 0;
      while (end < letters.length && end - at < maxLength && weight[end]! >= enough * highest) sum += weight[end++]!;
      if (end === at) continue;
      const word = letters.slice(at, end).join('');
      words.set(word, (words.get(word) ?? 0) + sum);
      at = end - 1;
    }
  }
  const ranked = [...words].toSorted((a, b) => b[1] - a[1]).map(([word]) => word);
  // A single character is read as a word only where there is nothing better.
  const readable = ranked.filter((word) => word.length > 1);
  return (readable.length > 0 ? readable : ranked).slice(0, maxWords);
}

/** Each token's voice is shared by its letters. */
function letterWeights(letters: readonly string[], voiceOf: (token: string) => number): number[] {
  const weight = letters.map(() => 0);
  for (let length = 1; length <= 3; length++) {
    for (let at = 0; at + length <= letters.length; at++) {
      const each = voiceOf(letters.slice(at, at + length).join('')) / length;
      for (let i = at; i < at + length; i++) weight[i]! += each;
    }
  }
  return weight;
}
