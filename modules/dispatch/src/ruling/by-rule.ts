/** A rule at work: on the report itself, and when somebody registers by hand. */
import {
  appendHistory,
  asPlatform,
  type Cause,
  findRecord,
  type IncidentRecord,
  type MoveFacts,
  moveIncident,
  type ReportedIncident,
} from '@wangge/incidents';
import { severities } from '@wangge/incidents/contract';
import { systemActor, type Tx } from '@wangge/kernel';
import { offerOrders } from '../actions/offer-orders.ts';
import { leaveToDesk } from '../actions/leave-to-desk.ts';
import type { Assignment } from './assign.ts';
import { assignmentOf, ruleFor, ruleWords } from './decide.ts';
import type { ReadyRule } from './match-rule.ts';

const platform = systemActor('dispatch');

/** The line that says which rule decided. Nothing for the default. */
export async function noteRule(tx: Tx, incidentId: string, assignment: Assignment, atMs: number): Promise<void> {
  const reason = ruleWords(assignment);
  if (reason === null) return;
  await appendHistory(tx, [{ incidentId, move: 'rule:offer', actor: platform, actorName: '系统', atMs, reason }]);
}

async function sendByRule(tx: Tx, incident: IncidentRecord, cause: Cause): Promise<void> {
  const facts: MoveFacts = { by: platform, actorName: '系统', atMs: cause.atMs, quiet: cause.quiet };
  const assignment = await assignmentOf(tx, incident);
  await noteRule(tx, incident.id, assignment, cause.atMs);
  if (assignment.offers.length > 0) await offerOrders(tx, incident, assignment.offers, {}, facts);
  else await leaveToDesk(tx, incident, '规则所定对象无人可接单', null, facts);
}

async function raise(tx: Tx, reported: ReportedIncident, rule: ReadyRule): Promise<void> {
  const { severity } = rule;
  if (severity === null || severities[severity].rank <= severities[reported.severity].rank) return;
  await moveIncident(
    tx,
    reported.incidentId,
    { move: 'raise-severity', version: 0, severity, reason: `规则 ${rule.place}“${rule.name}”` },
    { by: platform, actorName: '系统', hats: ['dispatcher'], anyVersion: true, atMs: reported.cause.atMs },
  );
}

/**
 * Does what a rule says, or leaves it to the desk: whatever is wrong with a rule or those whom it names, the report
 * itself stands.
 */
async function orToDesk(tx: Tx, incidentId: string, cause: Cause, follow: () => Promise<void>): Promise<void> {
  try {
    await tx.savepoint(follow);
  } catch (error) {
    tx.rt.log.error({ err: String(error), incident: incidentId }, 'a dispatch rule failed, it is left to the desk');
    const incident = await findRecord(tx, incidentId);
    const { atMs, quiet } = cause;
    await leaveToDesk(tx, incident, '派单规则执行出错，请人工派遣', null, { by: platform, atMs, quiet });
  }
}

/** Costs nothing where no rule matches: the rules are in memory, and so is what they look at. */
export async function onReported(tx: Tx, reported: ReportedIncident): Promise<void> {
  const rule = await ruleFor(tx, reported);
  if (rule === null) return;
  const { incidentId, cause } = reported;
  const follow = async (): Promise<void> => {
    await raise(tx, reported, rule);
    // Others wait for a person's acceptance; then `onRegistered` does it.
    if (reported.state !== 'registered' || rule.parties.length === 0) return;
    await sendByRule(tx, await findRecord(tx, incidentId), cause);
  };
  await asPlatform(tx, () => orToDesk(tx, incidentId, cause, follow));
}

/** Incidents that a person is dispatching in this very transaction: that choice goes before any rule's. */
const inHand = new WeakMap<Tx, string>();
export function takeInHand(tx: Tx, incidentId: string): void {
  inHand.set(tx, incidentId);
}

/** Somebody registered it and left the rest to the rules. */
export async function onRegistered(tx: Tx, incidentId: string, cause: Cause): Promise<void> {
  if (cause.quiet || inHand.get(tx) === incidentId) return;
  await asPlatform(tx, async () => {
    const incident = await findRecord(tx, incidentId);
    const rule = await ruleFor(tx, incident);
    if (rule === null || rule.parties.length === 0) return;
    await orToDesk(tx, incidentId, cause, () => sendByRule(tx, incident, cause));
  });
}
