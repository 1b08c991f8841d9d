import { severities, incidentSources } from '@wangge/incidents/contract';
import type { Rule, RuleParty } from '@wangge/dispatch/contract';
import type { Bilingual } from '@wangge/contract-kit';

export interface RuleNames {
  readonly category: (code: string) => string;
  readonly area: (id: string) => string | undefined;
  readonly department: (id: string) => string | undefined;
  readonly person: (id: string) => string | undefined;
  readonly pick: (text: Bilingual) => string;
}
interface Texts {
  readonly always: string;
  readonly anyOf: (words: string) => string;
  readonly separator: string;
  readonly days: Readonly<Record<Rule['when']['days'], string>>;
  readonly ownMember: string;
  readonly assists: (name: string) => string;
  readonly raise: (severity: string) => string;
  readonly byDefault: string;
  readonly unknown: string;
}

const two = (n: number): string => String(n).padStart(2, '0');
/** `22:30` of minutes of the day; the end of the day is `24:00`. */
export const clockOf = (minute: number): string => `${two(Math.floor(minute / 60))}:${two(minute % 60)}`;
/** Minutes of `22:30`; null where it is no time. */
export function minuteOf(text: string): number | null {
  const found = /^(\d{1,2}):(\d{2})$/.exec(text.trim());
  if (!found) return null;
  const minute = Number(found[1]) * 60 + Number(found[2]);
  return Number(found[2]) < 60 && minute <= 1440 ? minute : null;
}

/** Conditions of a rule, each in a few words. */
export function conditionWords({ when }: Rule, names: RuleNames, t: Texts): string[] {
  const list = (values: readonly string[]): string => values.join(t.separator);
  const words: string[] = [];
  if (when.categoryCodes.length > 0) words.push(list(when.categoryCodes.map(names.category)));
  if (when.areaIds.length > 0) words.push(list(when.areaIds.map((id) => names.area(id) ?? t.unknown)));
  if (when.sources.length > 0) words.push(list(when.sources.map((s) => names.pick(incidentSources[s]))));
  if (when.days !== 'any') words.push(t.days[when.days]);
  if (when.hours !== null) words.push(`${clockOf(when.hours.fromMin)}–${clockOf(when.hours.toMin)}`);
  if (when.words.length > 0) words.push(t.anyOf(list(when.words.map((w) => `“${w}”`))));
  return words.length > 0 ? words : [t.always];
}

export function partyName(party: RuleParty, names: RuleNames, t: Texts): string {
  if (party.kind === 'own-member') return t.ownMember;
  return (party.kind === 'department' ? names.department(party.id) : names.person(party.id)) ?? t.unknown;
}

export function effectWords(rule: Rule, names: RuleNames, t: Texts): string[] {
  const parties = rule.parties.map((p) => (p.required ? partyName(p, names, t) : t.assists(partyName(p, names, t))));
  return [
    ...(parties.length > 0 ? parties : [t.byDefault]),
    ...(rule.severity === null ? [] : [t.raise(names.pick(severities[rule.severity]))]),
  ];
}

/** Moves one of a list up (-1) or down (1); the same list where it cannot. */
export function moved<T>(list: readonly T[], from: number, by: -1 | 1): readonly T[] {
  const item = list[from];
  const to = from + by;
  if (item === undefined || to < 0 || to >= list.length) return list;
  return list.toSpliced(from, 1).toSpliced(to, 0, item);
}
