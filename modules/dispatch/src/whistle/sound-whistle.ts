/** The town calls departments to the place of an incident; somebody in the field may ask it to. */
import { areaIndex } from '@wangge/areas';
import { AppError, newId } from '@wangge/contract-kit';
import { asPlatform, findRecord, type IncidentRecord, lockRecord, systemMove, targetOf } from '@wangge/incidents';
import { incidentStates } from '@wangge/incidents/contract';
import type { Tx } from '@wangge/kernel';
import { departmentsById } from '@wangge/staff';
import { offerOrders } from '../actions/offer-orders.ts';
import { firstRequest } from '../store.ts';
import { demand, stepWhistle, tellOf } from './step.ts';
import { callsOf, findWhistle, insertRequest, whistlesOf, writeDecline, writeSounding } from './store.ts';

export interface WhistleTerms {
  readonly clientKey?: string | undefined;
  readonly departmentIds: readonly string[];
  readonly limitMin: number;
  readonly radiusM: number;
  readonly place?: { readonly lon: number; readonly lat: number } | undefined;
  readonly meetingPoint?: string | undefined;
  readonly task?: string | undefined;
}

function refuse(guard: string, field: string): AppError {
  return new AppError('guard-failed', { field, details: { move: 'sound', guard } });
}

/** Where to come: what is said, else where it happened, else the middle of the area. */
function placeOf(tx: Tx, incident: IncidentRecord, terms: WhistleTerms): { lon: number; lat: number } {
  if (terms.place) return terms.place;
  if (incident.lon !== null && incident.lat !== null) return { lon: incident.lon, lat: incident.lat };
  const center = incident.areaId === null ? null : areaIndex(tx.rt).get(incident.areaId)?.center;
  if (!center) throw refuse('place', 'place');
  return center;
}

/** A department that is awaited by another whistle of this incident is not called twice. */
async function departmentsOf(
  tx: Tx,
  incidentId: string,
  ids: readonly string[],
): Promise<{ id: string; name: string }[]> {
  const known = await departmentsById(tx);
  const open = (await whistlesOf(tx, incidentId)).filter((w) => w.state === 'sounded');
  const calls = await callsOf(
    tx,
    open.map((w) => w.id),
  );
  return [...new Set(ids)].map((id) => {
    const department = known.get(id);
    if (!department) throw refuse('departments', 'departmentIds');
    if (calls.some((c) => c.departmentId === id)) throw new AppError('already-exists', { field: 'departmentIds' });
    return { id, name: department.name };
  });
}

/** Accepts and registers where that is still to do, makes the whistle, and gives each department an order that assists. */
async function sound(tx: Tx, id: string, incident: IncidentRecord, terms: WhistleTerms): Promise<void> {
  if (!incidentStates[incident.state].open || ['responded', 'reopen-requested'].includes(incident.state)) {
    throw new AppError('move-not-allowed', { details: { state: incident.state, move: 'sound' } });
  }
  const departments = await departmentsOf(tx, incident.id, terms.departmentIds);
  const place = placeOf(tx, incident, terms);
  const by = { by: tx.actor, anyVersion: true };
  if (incident.state === 'reported') await systemMove(tx, incident.id, 'accept', by);
  if (incident.state === 'reported' || incident.state === 'accepted') {
    await systemMove(tx, incident.id, 'register', by);
  }
  await writeSounding(tx, {
    id,
    incidentId: incident.id,
    accountId: tx.actor.id,
    name: tx.actor.name,
    limitMin: terms.limitMin,
    ...place,
    radiusM: terms.radiusM,
    meetingPoint: terms.meetingPoint ?? null,
    task: terms.task ?? null,
    departments,
  });
  const names = departments.map((d) => d.name).join('、');
  const reason = [`${terms.limitMin} 分钟内到场：${names}`, terms.task].filter((x) => x !== undefined).join('。');
  await tellOf(tx, await findWhistle(tx, id), { move: 'sound', reason });
  // So that they see the incident and can answer; whose answer is required, the dispatcher says.
  const offers = departments.map((d) => ({ party: { kind: 'department' as const, id: d.id }, required: false }));
  await offerOrders(tx, await findRecord(tx, incident.id), offers, { task: terms.task ?? '吹哨报到' }, { quiet: true });
  tx.addJob('dispatch.tell-whistle', { whistleId: id, about: 'sounded' });
}

/**
 * @returns the whistle's identifier; the same request again finds the same whistle
 * @throws AppError `not-found`, `forbidden`, `move-not-allowed` (not open for orders), `guard-failed` (no such
 *   department, no place), `already-exists` (a department is called already)
 */
export async function soundWhistle(tx: Tx, incidentId: string, terms: WhistleTerms): Promise<string> {
  const incident = await lockRecord(tx, incidentId);
  tx.rt.authorise(tx.actor, 'dispatch.whistle', targetOf(incident));
  return asPlatform(tx, async () => {
    // The key is the whistle's name, so that a repetition finds it.
    const id = terms.clientKey ?? newId();
    if (terms.clientKey !== undefined && !(await firstRequest(tx, incidentId, id, 'whistle:sound'))) return id;
    await sound(tx, id, incident, terms);
    return id;
  });
}

/** @throws AppError `not-found`, `forbidden`, `move-not-allowed` (the incident has ended), `already-exists` */
export async function askWhistle(
  tx: Tx,
  incidentId: string,
  asked: { readonly clientKey?: string | undefined; readonly reason: string },
): Promise<string> {
  const incident = await lockRecord(tx, incidentId);
  tx.rt.authorise(tx.actor, 'dispatch.ask-whistle', targetOf(incident));
  if (!incidentStates[incident.state].open) {
    throw new AppError('move-not-allowed', { details: { state: incident.state, move: 'ask' } });
  }
  return asPlatform(tx, async () => {
    const id = asked.clientKey ?? newId();
    if (asked.clientKey !== undefined && !(await firstRequest(tx, incidentId, id, 'whistle:ask'))) return id;
    const { id: accountId, name } = tx.actor;
    if (!(await insertRequest(tx, { id, incidentId, accountId, name, reason: asked.reason }))) {
      throw new AppError('already-exists');
    }
    await tellOf(tx, await findWhistle(tx, id), { move: 'ask', reason: asked.reason });
    tx.addJob('dispatch.tell-whistle', { whistleId: id, about: 'asked' });
    return id;
  });
}

/** Decides about what was asked for. @throws as `soundWhistle` does */
export async function decideWhistle(
  tx: Tx,
  id: string,
  decision:
    | ({ readonly granted: true } & WhistleTerms)
    | { readonly granted: false; readonly clientKey?: string | undefined; readonly reason: string },
): Promise<void> {
  await stepWhistle(tx, id, decision.clientKey, 'decide', async ({ whistle, incident, hats }) => {
    if (decision.granted) {
      demand('sound', hats, { state: whistle.state, departments: decision.departmentIds.length, hasPlace: true });
      return sound(tx, id, incident, decision);
    }
    demand('decline', hats, { state: whistle.state, reason: decision.reason });
    await writeDecline(tx, id, decision.reason);
    await tellOf(tx, whistle, { move: 'decline', reason: decision.reason, partyName: whistle.askedByName });
    tx.addJob('dispatch.tell-whistle', { whistleId: id, about: 'declined' });
  });
}
