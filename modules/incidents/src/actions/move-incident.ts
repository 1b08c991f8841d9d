/** A person moves an incident along its workflow. */
import { AppError } from '@wangge/contract-kit';
import { runHook, sql, type Tx } from '@wangge/kernel';
import { announce } from '../announce.ts';
import type { MoveBody } from '../contract.ts';
import { incidentEnding, incidentRegistered, incidentResumed, incidentReworked } from '../hooks.ts';
import { hatsOf, isHandler, targetOf } from '../people.ts';
import { asPlatform } from '../platform.ts';
import { proofFacts } from '../proof.ts';
import { findRecord, type IncidentRecord, lockRecord } from '../record.ts';
import type { IncidentState } from '../states.ts';
import { appendEntries, firstTime } from '../store/history.ts';
import { patchIncident } from '../store/patch.ts';
import { checkMove, type IncidentFacts, type Verdict } from '../workflow.ts';
import { effectsOf } from './effects.ts';
import type { MoveFacts, MoveResult } from './move-facts.ts';
import { causeOf, type Moving, movingBy } from './moving.ts';

/** Somebody else was faster: says who, and what it is now. */
export function staleEdit(record: { version: number; state: string; changedBy: string; updatedMs: number }): AppError {
  return new AppError('stale-edit', {
    field: 'version',
    details: {
      current: record.version,
      state: record.state,
      changedBy: record.changedBy,
      updatedAtMs: record.updatedMs,
    },
  });
}
export function refusal(verdict: Extract<Verdict, { ok: false }>, state: IncidentState, move: string): AppError {
  const code = verdict.guard === 'proof-in-app' ? 'proof-not-in-app' : verdict.code;
  return new AppError(code, { details: { state, move, guard: verdict.guard } });
}

/** Locks the incident and, for a merge or its undoing, the other one: always in the order of identifiers. */
async function lockBoth(
  tx: Tx,
  id: string,
  body: MoveBody,
): Promise<{ record: IncidentRecord; target: IncidentRecord | null }> {
  const otherId =
    body.move === 'merge' ? body.targetId : body.move === 'unmerge' ? (await findRecord(tx, id)).mergedInto : null;
  if (otherId === null) return { record: await lockRecord(tx, id), target: null };
  const records = new Map<string, IncidentRecord>();
  for (const one of [...new Set([id, otherId])].toSorted()) {
    try {
      records.set(one, await lockRecord(tx, one));
    } catch (error) {
      if (one === otherId && error instanceof AppError)
        throw new AppError('not-found', { field: 'targetId', cause: error });
      throw error;
    }
  }
  const record = records.get(id);
  if (!record) throw new AppError('not-found');
  return { record, target: records.get(otherId) ?? null };
}

function factsOf(record: IncidentRecord, moving: Moving): IncidentFacts {
  return {
    state: record.state,
    stateBefore: record.stateBefore,
    hasCategory: true,
    hasPlace: record.path !== '',
    severity: record.severity,
    nowMs: moving.atMs,
    reason: moving.reason,
    isHandler: isHandler(moving.actor, record),
    endedAtMs: record.endedMs,
    escalated: record.escalated,
    openRequiredOrders: record.openRequiredOrders,
  };
}

async function askedBefore(tx: Tx, incidentId: string, personKey: string): Promise<boolean> {
  const row = await tx.maybe(
    sql`select 1 from incidents_objections where incident_id = ${incidentId} and person_key = ${personKey}`,
  );
  return row !== undefined;
}

/**
 * Makes one move: sees and locks the incident under the caller's scope, authorises, asks the table,
 * writes row and timeline, and lets other modules follow in the same transaction.
 *
 * @throws AppError `not-found`, `forbidden`, `stale-edit`, `move-not-allowed`, `guard-failed` (details name
 *   the guard), `proof-not-in-app`, and what the move's own facts may be refused with
 */
export async function moveIncident(tx: Tx, id: string, body: MoveBody, facts: MoveFacts = {}): Promise<MoveResult> {
  const { record, target } = await lockBoth(tx, id, body);
  const moving = movingBy(tx, facts, 'reason' in body ? body.reason : null);
  const hats = [...hatsOf(tx.rt, moving.actor, record), ...(facts.hats ?? [])];
  if (facts.hats === undefined) tx.rt.authorise(moving.actor, 'incidents.move', targetOf(record));
  if (target && facts.hats === undefined) tx.rt.authorise(moving.actor, 'incidents.decide', targetOf(target));

  return asPlatform(tx, async () => {
    if (body.clientKey !== undefined && !(await firstTime(tx, id, body.clientKey, body.move))) {
      return { id, number: record.number, state: record.state, version: record.version, replayed: true };
    }
    if (facts.anyVersion !== true && body.version !== record.version) throw staleEdit(record);

    const personKey = facts.personKey ?? (moving.actor.id === null ? null : `account:${moving.actor.id}`);
    const verdict = checkMove(body.move, hats, {
      ...factsOf(record, moving),
      ...(body.move === 'close' ? await proofFacts(tx, record) : {}),
      ...(body.move === 'raise-severity' ? { newSeverity: body.severity } : {}),
      ...(target ? { target: { state: target.state, leadsBack: target.id === id } } : {}),
      ...(body.move === 'ask-reopen' && personKey !== null
        ? { askedBefore: await askedBefore(tx, id, personKey) }
        : {}),
    });
    if (!verdict.ok) throw refusal(verdict, record.state, body.move);

    const patch = await effectsOf(tx, record, body, moving, { target, personKey });
    await patchIncident(tx, id, { state: verdict.to, ...patch }, moving);
    await appendEntries(tx, [
      {
        incidentId: id,
        move: body.move,
        fromState: record.state,
        toState: verdict.to,
        actor: moving.actor,
        actorName: moving.name,
        atMs: moving.atMs,
        reason: moving.reason,
      },
    ]);
    await follow(tx, record, body, moving);
    const after = await findRecord(tx, id);
    if (body.move === 'grant-reopen' && after.openOrders === 0) {
      throw new AppError('guard-failed', { details: { state: record.state, move: body.move, guard: 'new-order' } });
    }
    if (!moving.quiet) {
      announce(tx, { ...after, assigneeIds: [...new Set([...record.assigneeIds, ...after.assigneeIds])] }, body.move);
      if (after.path !== record.path) announce(tx, record, body.move);
      if (target) announce(tx, target, body.move);
      tellAbout(tx, id, body, moving, target);
    }
    return { id, number: after.number, state: after.state, version: after.version, replayed: false };
  });
}

/** What must happen together with the move, here and in modules below. */
async function follow(tx: Tx, record: IncidentRecord, body: MoveBody, moving: Moving): Promise<void> {
  const incidentId = record.id;
  const cause = causeOf(moving);
  switch (body.move) {
    case 'register':
      return runHook(tx, incidentRegistered, { incidentId, cause });
    case 'close':
      return runHook(tx, incidentEnding, { incidentId, how: 'closed', cause });
    case 'merge':
      return runHook(tx, incidentEnding, { incidentId, how: 'merged', cause });
    case 'reject':
      return runHook(tx, incidentEnding, { incidentId, how: 'rejected', cause });
    case 'withdraw':
      return runHook(tx, incidentEnding, { incidentId, how: 'withdrawn', cause });
    case 'rework':
      return runHook(tx, incidentReworked, { incidentId, reason: body.reason, cause });
    case 'grant-reopen':
      return runHook(tx, incidentResumed, { incidentId, why: 'reopened', cause });
    case 'unmerge':
      return runHook(tx, incidentResumed, { incidentId, why: 'unmerged', cause });
    default:
      return;
  }
}

const toldAbout = {
  close: 'closed',
  reject: 'rejected',
  'grant-reopen': 'reopened',
  'refuse-reopen': 'refused',
} as const;

function tellAbout(tx: Tx, incidentId: string, body: MoveBody, moving: Moving, target: IncidentRecord | null): void {
  const about = (toldAbout as Partial<Record<MoveBody['move'], string>>)[body.move];
  if (about !== undefined) tx.addJob('incidents.tell-reporter', { incidentId, about, reason: moving.reason ?? '' });
  // Those who said themselves that it is the same, or said it at the same moment, see it on their receipt.
  if (body.move === 'merge' && target && moving.actor.kind === 'account') {
    tx.addJob('incidents.tell-reporter', { incidentId, about: 'merged', other: target.number });
  }
}
