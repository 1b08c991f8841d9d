/** What the steps of a whistle have in common: who acts, refusals, the line in the timeline, who hears of it. */
import { AppError } from '@wangge/contract-kit';
import {
  announce,
  appendHistory,
  asPlatform,
  findRecord,
  type IncidentRecord,
  lockRecord,
  targetOf,
} from '@wangge/incidents';
import { type Actor, reachOf, systemActor, type Tx } from '@wangge/kernel';
import { whistleChanged, type WhistleMove } from '../contract.ts';
import { firstRequest } from '../store.ts';
import { checkWhistle, type WhistleAct, type WhistleFacts, type WhistleHat } from './rules.ts';
import { type CallRecord, callsOf, findWhistle, type WhistleRecord } from './store.ts';

/** Whoever sees a whistle is told its place by it; the rest follows from the posts. */
export function whistleHatsOf(tx: Tx, whistle: WhistleRecord, incident: IncidentRecord): WhistleHat[] {
  const hats: WhistleHat[] = [];
  if (tx.rt.can(tx.actor, 'dispatch.whistle', targetOf(incident))) hats.push('town');
  if (tx.rt.can(tx.actor, 'dispatch.report-in', { departmentIds: whistle.departmentIds })) hats.push('called');
  return hats;
}

/** The called departments that somebody works in. */
export function ownCalls(actor: Actor, calls: readonly CallRecord[]): CallRecord[] {
  const { departmentIds } = reachOf(actor);
  return calls.filter((c) => departmentIds.includes(c.departmentId));
}

export function demand(act: WhistleAct, hats: readonly WhistleHat[], facts: WhistleFacts): void {
  const verdict = checkWhistle(act, hats, facts);
  if (verdict.ok) return;
  if (verdict.code === 'forbidden') throw new AppError('forbidden', { details: { permission: 'dispatch.whistle' } });
  const away = facts.awayM === undefined ? {} : { awayM: facts.awayM, radiusM: facts.radiusM ?? 0 };
  throw new AppError(verdict.code, { details: { state: facts.state, move: act, guard: verdict.guard, ...away } });
}

interface Told {
  readonly move: WhistleMove;
  readonly reason?: string | null;
  readonly partyName?: string | null;
  readonly atMs?: number;
  /** The platform acts, not who runs the transaction. */
  readonly bySystem?: boolean;
}

/** Writes the timeline and lets everybody concerned fetch again. @returns the entry's identifier */
export async function tellOf(
  tx: Tx,
  whistle: Pick<WhistleRecord, 'id' | 'incidentId' | 'departmentIds' | 'askedBy'>,
  told: Told,
): Promise<string | undefined> {
  const incident = await findRecord(tx, whistle.incidentId);
  const [entryId] = await appendHistory(tx, [
    {
      incidentId: incident.id,
      move: `whistle:${told.move}`,
      actor: told.bySystem === true ? systemActor('dispatch') : tx.actor,
      ...(told.bySystem === true ? { actorName: '系统' } : {}),
      atMs: told.atMs ?? tx.nowMs,
      reason: told.reason ?? null,
      partyName: told.partyName ?? null,
    },
  ]);
  const departmentIds = [...new Set([...incident.departmentIds, ...whistle.departmentIds])];
  tx.emit(
    whistleChanged,
    { whistleId: whistle.id, incidentId: incident.id, move: told.move },
    {
      areaPath: incident.path === '' ? '-' : incident.path,
      subjectId: incident.id,
      accountIds: whistle.askedBy === null ? [] : [whistle.askedBy],
      departmentIds,
    },
  );
  announce(tx, { ...incident, departmentIds }, `whistle:${told.move}`);
  return entryId;
}

export interface Standing {
  readonly whistle: WhistleRecord;
  readonly incident: IncidentRecord;
  readonly calls: readonly CallRecord[];
  readonly hats: readonly WhistleHat[];
}

/**
 * One step of a whistle that is there: sees it under the caller's scope, locks its incident, and does it
 * once for each key, as the platform.
 *
 * @throws AppError `not-found`, and what the step throws
 */
export async function stepWhistle(
  tx: Tx,
  id: string,
  clientKey: string | undefined,
  name: string,
  step: (standing: Standing) => Promise<void>,
): Promise<void> {
  const { incidentId } = await findWhistle(tx, id);
  await asPlatform(tx, async () => {
    // The incident's lock guards all its whistles.
    const incident = await lockRecord(tx, incidentId);
    const whistle = await findWhistle(tx, id);
    const hats = whistleHatsOf(tx, whistle, incident);
    if (hats.length === 0) throw new AppError('forbidden', { details: { permission: 'dispatch.whistle' } });
    if (clientKey !== undefined && !(await firstRequest(tx, id, clientKey, `whistle:${name}`))) return;
    await step({ whistle, incident, calls: await callsOf(tx, [id]), hats });
  });
}
