/** Which rule decides: the first enabled one whose conditions all hold. Pure. */
import type { IncidentSource, Severity } from '@wangge/incidents/contract';
import type { Rule, RuleParty, RuleWhen } from '../contract.ts';

/** What rules look at, at the moment of the report. */
export interface ReportFacts {
  readonly categoryCode: string;
  readonly parentCode: string | null;
  /** Codes of the responsible area, each closed by a slash. */
  readonly path: string;
  readonly source: IncidentSource;
  readonly text: string;
  /** Minute of the town's day and whether the day is worked; asked only where a rule asks. */
  readonly time: () => { readonly minute: number; readonly working: boolean };
}

/** A rule made ready for many reports: areas as paths, words as they are compared. */
export interface ReadyRule {
  readonly id: string;
  readonly name: string;
  /** Place in the list, from 1. */
  readonly place: number;
  readonly enabled: boolean;
  readonly categoryCodes: ReadonlySet<string> | null;
  readonly paths: readonly string[] | null;
  readonly sources: ReadonlySet<string> | null;
  readonly days: RuleWhen['days'];
  readonly hours: RuleWhen['hours'];
  readonly words: readonly string[] | null;
  readonly parties: readonly RuleParty[];
  readonly severity: Severity | null;
}

/** Full-width and half-width, upper and lower case, blanks and punctuation make no difference. */
export function plainText(text: string): string {
  return text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[\s\p{P}]+/gu, '');
}

/** @param pathOf path of an area in force; undefined: no such area, under which nothing lies */
export function readyRules(rules: readonly Rule[], pathOf: (areaId: string) => string | undefined): ReadyRule[] {
  return rules.map((rule, i) => {
    const { when } = rule;
    const words = when.words.map(plainText).filter((word) => word !== '');
    return {
      id: rule.id,
      name: rule.name,
      place: i + 1,
      enabled: rule.enabled,
      categoryCodes: when.categoryCodes.length === 0 ? null : new Set(when.categoryCodes),
      paths:
        when.areaIds.length === 0
          ? null
          : when.areaIds.flatMap((id) => {
              const path = pathOf(id);
              return path === undefined ? [] : [path];
            }),
      sources: when.sources.length === 0 ? null : new Set(when.sources),
      days: when.days,
      hours: when.hours,
      // Words that are nothing but punctuation are found in no text.
      words: when.words.length === 0 ? null : words,
      parties: rule.parties,
      severity: rule.severity,
    };
  });
}

export const takesCategory = (rule: ReadyRule, code: string, parentCode: string | null): boolean =>
  rule.categoryCodes === null ||
  rule.categoryCodes.has(code) ||
  (parentCode !== null && rule.categoryCodes.has(parentCode));

/** Paths are closed by slashes, so a prefix is an ancestor or the area itself. */
export const takesPath = (rule: ReadyRule, path: string): boolean =>
  rule.paths === null || rule.paths.some((prefix) => path.startsWith(prefix));

export function takesMinute(rule: ReadyRule, minute: number): boolean {
  if (rule.hours === null) return true;
  const { fromMin, toMin } = rule.hours;
  return fromMin < toMin ? minute >= fromMin && minute < toMin : minute >= fromMin || minute < toMin;
}
export const takesDay = (rule: ReadyRule, working: boolean): boolean =>
  rule.days === 'any' || (rule.days === 'working') === working;

/** @param text as {@link plainText} makes it */
export const takesText = (rule: ReadyRule, text: string): boolean =>
  rule.words === null || rule.words.some((word) => text.includes(word));

/** The rule that decides, or null: then the default does. */
export function decidingRule(rules: readonly ReadyRule[], facts: ReportFacts): ReadyRule | null {
  let text: string | undefined;
  let time: { minute: number; working: boolean } | undefined;
  for (const rule of rules) {
    if (!rule.enabled) continue;
    if (rule.sources !== null && !rule.sources.has(facts.source)) continue;
    if (!takesCategory(rule, facts.categoryCode, facts.parentCode) || !takesPath(rule, facts.path)) continue;
    if (rule.hours !== null || rule.days !== 'any') {
      time ??= facts.time();
      if (!takesMinute(rule, time.minute) || !takesDay(rule, time.working)) continue;
    }
    if (rule.words !== null && !takesText(rule, (text ??= plainText(facts.text)))) continue;
    return rule;
  }
  return null;
}
