/** Reading and replacing the dispatch rules. */
import { AppError } from '@wangge/contract-kit';
import { asPlatform } from '@wangge/incidents';
import { isUniqueViolation, sql, type Tx } from '@wangge/kernel';
import { accountNames } from '@wangge/staff';
import { type Rule, type RuleBookView, type RuleWarning, rulesChanged } from '../contract.ts';
import { forgetRules, loadRules, makeReady } from '../ruling/rule-book.ts';
import { warningsOf } from '../ruling/warn-rules.ts';
import { townFacts } from './town-facts.ts';
import { authoriseTownWide } from './town-wide.ts';

export async function warningsFor(tx: Tx, rules: readonly Rule[]): Promise<RuleWarning[]> {
  // Who may write rules may know where people are missing, also outside the own areas.
  const town = await asPlatform(tx, () => townFacts(tx, rules));
  return warningsOf(rules, makeReady(tx.rt, rules), town);
}

export const personsIn = (rules: readonly Rule[]): string[] => [
  ...new Set(rules.flatMap((r) => r.parties.flatMap((p) => (p.kind === 'account' ? [p.id] : [])))),
];

async function peopleIn(tx: Tx, rules: readonly Rule[]): Promise<RuleBookView['people']> {
  return [...(await accountNames(tx, personsIn(rules)))].map(([id, name]) => ({ id, name }));
}

export async function readRuleBook(tx: Tx): Promise<RuleBookView> {
  const book = await loadRules(tx);
  const warnings = await warningsFor(tx, book.rules);
  return { ...book, rules: [...book.rules], warnings, people: await peopleIn(tx, book.rules) };
}

/** Which rules came, went, moved or were changed; for the audit. */
function changesBetween(before: readonly Rule[], after: readonly Rule[]): Record<string, string[]> {
  const old = new Map(before.map((r, i) => [r.id, { text: JSON.stringify(r), place: i }]));
  const kept = new Set(after.map((r) => r.id));
  const label = (r: Rule, place: number): string => `${place + 1} ${r.name}`;
  return {
    added: after.flatMap((r, i) => (old.has(r.id) ? [] : [label(r, i)])),
    removed: before.flatMap((r, i) => (kept.has(r.id) ? [] : [label(r, i)])),
    changed: after.flatMap((r, i) => (old.has(r.id) && old.get(r.id)?.text !== JSON.stringify(r) ? [label(r, i)] : [])),
    moved: after.flatMap((r, i) => (old.has(r.id) && old.get(r.id)?.place !== i ? [label(r, i)] : [])),
  };
}

/**
 * Replaces the list. Rules never make incidents or rules, so they cannot loop.
 *
 * @throws AppError `forbidden`, `stale-edit` (somebody else saved meanwhile), `guard-failed` with the `warnings`
 *   where an enabled rule would never decide anything and the caller did not say that this is meant
 */
export async function saveRuleBook(
  tx: Tx,
  { version, rules, withWarnings }: { version: number; rules: readonly Rule[]; withWarnings: boolean },
): Promise<RuleBookView> {
  authoriseTownWide(tx);
  const before = await loadRules(tx);
  if (before.version !== version) throw staleRules(before.version, before.savedBy);
  const warnings = await warningsFor(tx, rules);
  const enabled = new Set(rules.flatMap((r) => (r.enabled ? [r.id] : [])));
  if (!withWarnings && warnings.some((w) => w.never && enabled.has(w.ruleId))) {
    throw new AppError('guard-failed', { field: 'rules', details: { guard: 'rule-never-matches', warnings } });
  }
  try {
    await tx.run(sql`insert into dispatch_rule_books (version, rules, saved_by, saved_by_name, saved_at)
      values (${version + 1}, ${JSON.stringify(rules)}::jsonb, ${tx.actor.id}, ${tx.actor.name}, ${new Date(tx.nowMs)})`);
  } catch (error) {
    if (isUniqueViolation(error)) throw staleRules(version + 1, null);
    throw error;
  }
  tx.audit({
    action: 'dispatch.save-rules',
    subject: { kind: 'rules', id: String(version + 1) },
    details: { rules: rules.length, ...changesBetween(before.rules, rules), warnings: warnings.map((w) => w.kind) },
  });
  tx.emit(rulesChanged, { version: version + 1 }, { areaPath: '', subjectId: 'rules' });
  tx.afterCommit(() => forgetRules(tx.rt));
  const saved = { version: version + 1, savedBy: tx.actor.name, savedAtMs: tx.nowMs };
  return { ...saved, rules: [...rules], warnings, people: await peopleIn(tx, rules) };
}

const staleRules = (current: number, changedBy: string | null): AppError =>
  new AppError('stale-edit', { field: 'version', details: { current, changedBy: changedBy ?? '' } });
