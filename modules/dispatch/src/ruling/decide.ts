/** The rules asked about one incident. */
import { categoriesInMemory, type IncidentRecord } from '@wangge/incidents';
import type { Tx } from '@wangge/kernel';
import { receivers } from '@wangge/staff';
import type { Situation } from '../rules.ts';
import { situationOf } from '../situation.ts';
import { type Assignment, assign } from './assign.ts';
import { decidingRule, type ReadyRule } from './match-rule.ts';
import { reportFacts, type Reported } from './report-facts.ts';
import { rulesInForce } from './rule-book.ts';

/** The rule for a report, from memory; null where none matches. */
export async function ruleFor(tx: Tx, reported: Reported): Promise<ReadyRule | null> {
  const rules = await rulesInForce(tx);
  if (rules.length === 0) return null;
  return decidingRule(rules, reportFacts(await categoriesInMemory(tx), reported));
}

async function assignBy(tx: Tx, rule: ReadyRule | null, situation: Situation): Promise<Assignment> {
  const named = (rule?.parties ?? []).flatMap((p) => (p.kind === 'account' ? [p.id] : []));
  const able = new Set([...(await receivers(tx, named))].flatMap(([id, { away }]) => (away ? [] : [id])));
  return assign(rule, situation, able);
}

/** Who gets it. As the platform: rules see everybody. */
export async function assignmentOf(tx: Tx, incident: IncidentRecord, known?: Situation): Promise<Assignment> {
  const situation = known ?? (await situationOf(tx, incident, 'own'));
  return assignBy(tx, await ruleFor(tx, incident), situation);
}

/** Who gets it where no rule is asked. */
export async function defaultOf(tx: Tx, incident: IncidentRecord): Promise<Assignment> {
  return assign(null, await situationOf(tx, incident, 'own'), new Set());
}

/** What the timeline says: place and name of the rule, and what happened where it could send nobody. */
export function ruleWords({ rule, instead }: Assignment): string | null {
  if (rule === null) return null;
  return `规则 ${rule.place}“${rule.name}”${instead ? '（所定对象现无人可接单，按默认派单）' : ''}`;
}
