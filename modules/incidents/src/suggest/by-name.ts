/** Before anything was learned: categories whose own names the text mentions. */
import { runsOf, tokensOf } from './tokens.ts';

export interface Named {
  readonly label: string;
  /** In both languages, and the heading's. */
  readonly names: readonly string[];
}
export interface NameMatch {
  readonly label: string;
  readonly words: readonly string[];
}

const most = 3;
/** Words of every second name (`street`, 隐患) tell nothing by themselves; single characters even less. */
const tells = (token: string): boolean =>
  /^[a-z]{4,}$/.test(token) || (!/^[a-z]/.test(token) && Array.from(token).length === 2);

/** Names that share rare words with the text first; none where nothing is shared. */
export function suggestByName(categories: readonly Named[], text: string): NameMatch[] {
  const tokens = categories.map(({ names }) => new Set(names.flatMap((name) => tokensOf(name).filter(tells))));
  const common = new Map<string, number>();
  for (const own of tokens) for (const token of own) common.set(token, (common.get(token) ?? 0) + 1);
  const said = new Set(tokensOf(text));
  return categories
    .map(({ label }, i) => {
      const matched = [...(tokens[i] ?? [])].filter((token) => said.has(token));
      const score = matched.reduce((sum, token) => sum + 1 / (common.get(token) ?? 1), 0);
      return { label, score, words: joined(text, new Set(matched)) };
    })
    .filter(({ score }) => score > 0)
    .toSorted((a, b) => b.score - a.score)
    .slice(0, most)
    .map(({ label, words }) => ({ label, words }));
}

/** Overlapping pairs of characters as the words that they came from. */
function joined(text: string, matched: ReadonlySet<string>): string[] {
  const words = new Set<string>();
  for (const run of runsOf(text)) {
    if (run.latin) {
      if (matched.has(run.text)) words.add(run.text);
      continue;
    }
    const letters = Array.from(run.text);
    let from = -1;
    for (let at = 0; at <= letters.length; at++) {
      const goesOn = at + 1 < letters.length && matched.has(`${letters[at]}${letters[at + 1]}`);
      if (goesOn && from < 0) from = at;
      if (goesOn || from < 0) continue;
      words.add(letters.slice(from, at + 1).join(''));
      from = -1;
    }
  }
  return [...words];
}
