/** What a text is made of, for the learner: runs of one to three characters, and words of letters. */
import { stripPersonal } from './strip-personal.ts';

const runs = /\p{Script=Han}+|[a-z]{2,20}/gu;
const longest = 3;
/** A report has at most 4,000 characters; what it is about is said long before. */
const maxChars = 600;

export interface Run {
  readonly text: string;
  /** One word of letters; else Chinese characters in a row. */
  readonly latin: boolean;
}

/** The text without personal data, cut where no word goes on. */
export function runsOf(text: string): Run[] {
  return [...stripPersonal(text.slice(0, maxChars)).matchAll(runs)].map(([run]) => ({
    text: run,
    latin: run.charCodeAt(0) < 128,
  }));
}

/** Distinct tokens in the order of the text. Digits and single letters are none. */
export function tokensOf(text: string): string[] {
  const found = new Set<string>();
  for (const run of runsOf(text)) {
    if (run.latin) {
      found.add(run.text);
      continue;
    }
    const letters = Array.from(run.text);
    for (let length = 1; length <= longest; length++) {
      for (let at = 0; at + length <= letters.length; at++) found.add(letters.slice(at, at + length).join(''));
    }
  }
  return [...found];
}
