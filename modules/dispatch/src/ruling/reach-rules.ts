/**
 * Which rules can decide anything at all. Pure and exact: reports that no rule tells apart are one case, and whether
 * all cases of a rule are taken by earlier ones is asked dimension by dimension.
 */
import { plainText, type ReadyRule, takesCategory, takesDay, takesMinute, takesPath, takesText } from './match-rule.ts';

/** A report of this kind can be made. */
export interface ReportKind {
  readonly code: string;
  readonly parentCode: string | null;
  readonly source: string;
}
export interface World {
  /** Open categories with the sources that may use them. */
  readonly kinds: readonly ReportKind[];
  /** Paths of the areas in force. */
  readonly paths: readonly string[];
}

export interface Reach {
  /** `none`: no report fits it; `shadowed`: earlier rules take all that would. */
  readonly verdict: 'some' | 'none' | 'shadowed';
  /** Places of the earlier rules that take its reports, from 1. */
  readonly by: readonly number[];
}

/** For each rule of the list, disabled ones included (judged as if they were enabled). */
export function reachOfRules(rules: readonly ReadyRule[], world: World): Reach[] {
  return rules.map((rule, i) => reachOf(rule, rules.slice(0, i), world));
}

function reachOf(rule: ReadyRule, before: readonly ReadyRule[], world: World): Reach {
  const earlier = before.filter((r) => r.enabled);
  // What of this rule's reports each dimension holds, as the earlier rules that take it.
  const dimensions = casesOf(rule, earlier, world);
  if (dimensions.some((cases) => cases.length === 0)) return { verdict: 'none', by: [] };
  const known = new Map<string, boolean>();
  const taken = new Set<number>();
  // An earlier rule that takes every case from some dimension on settles the rest by itself.
  const wholeFrom = earlier.map((_, n) => dimensions.findLastIndex((cases) => cases.some((t) => !t.has(n))) + 1);

  const covered = (depth: number, left: readonly number[]): boolean => {
    if (left.length === 0) return false;
    const whole = left.find((n) => (wholeFrom[n] ?? 0) <= depth);
    if (whole !== undefined) {
      taken.add(whole);
      return true;
    }
    const cases = dimensions[depth] ?? [];
    const key = `${depth}:${left.join()}`;
    const answer = known.get(key);
    if (answer !== undefined) return answer;
    const all = cases.every((takers) =>
      covered(
        depth + 1,
        left.filter((n) => takers.has(n)),
      ),
    );
    known.set(key, all);
    return all;
  };
  const isCovered = covered(
    0,
    earlier.map((_, n) => n),
  );
  if (!isCovered) return { verdict: 'some', by: [] };
  return { verdict: 'shadowed', by: [...taken].map((n) => earlier[n]?.place ?? 0).toSorted((a, b) => a - b) };
}

type Takers = ReadonlySet<number>;

/** Cases that the same earlier rules take are one. */
function distinct(cases: Iterable<Takers>): Takers[] {
  const byKey = new Map<string, Takers>();
  for (const takers of cases) byKey.set([...takers].join(), takers);
  return [...byKey.values()];
}

function casesOf(rule: ReadyRule, earlier: readonly ReadyRule[], world: World): Takers[][] {
  const takersBy = (takes: (r: ReadyRule) => boolean): Takers =>
    new Set(earlier.flatMap((r, n) => (takes(r) ? [n] : [])));
  const fits = (r: ReadyRule, kind: ReportKind): boolean =>
    takesCategory(r, kind.code, kind.parentCode) && (r.sources === null || r.sources.has(kind.source));
  const minutes = new Set([0]);
  for (const { hours } of [rule, ...earlier]) {
    if (hours === null) continue;
    minutes.add(hours.fromMin);
    minutes.add(hours.toMin % 1440);
  }
  // More words in a text only ever fit more rules, so the shortest text that fits is the hardest to cover.
  const texts = rule.words ?? [''];
  return [
    distinct(world.kinds.filter((kind) => fits(rule, kind)).map((kind) => takersBy((r) => fits(r, kind)))),
    distinct(world.paths.filter((p) => takesPath(rule, p)).map((p) => takersBy((r) => takesPath(r, p)))),
    distinct([true, false].filter((d) => takesDay(rule, d)).map((d) => takersBy((r) => takesDay(r, d)))),
    distinct([...minutes].filter((m) => takesMinute(rule, m)).map((m) => takersBy((r) => takesMinute(r, m)))),
    distinct(texts.map((text) => takersBy((r) => takesText(r, plainText(text))))),
  ];
}
