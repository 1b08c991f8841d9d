/** Whistles as the contract shows them. */
import { asPlatform, findRecord, findRecords, type IncidentRecord, targetOf } from '@wangge/incidents';
import { reachOf, type Tx } from '@wangge/kernel';
import type { Whistle, WhistleCall } from '../contract.ts';
import { mayWhistle, presenceOf } from './rules.ts';
import { ownCalls, whistleHatsOf } from './step.ts';
import { type CallRecord, callsOf, findWhistle, whistlesFor, type WhistleRecord, whistlesOf } from './store.ts';

function callOf(tx: Tx, call: CallRecord, whistle: WhistleRecord): WhistleCall {
  const { attitude, speed, result, ratedMs } = call;
  const times = { dueMs: whistle.dueMs ?? 0, endedMs: whistle.endedMs };
  return {
    departmentId: call.departmentId,
    departmentName: call.departmentName,
    presence: presenceOf(call, times, tx.nowMs),
    presentAtMs: call.presentMs,
    how: call.presentHow,
    presentName: call.presentName,
    distanceM: call.distanceM,
    rating:
      attitude === null || speed === null || result === null || ratedMs === null
        ? null
        : { attitude, speed, result, words: call.words, byName: call.ratedByName ?? '', atMs: ratedMs },
    mine: ownCalls(tx.actor, [call]).length > 0,
  };
}

function viewOf(tx: Tx, whistle: WhistleRecord, calls: readonly CallRecord[], incident: IncidentRecord): Whistle {
  const hats = whistleHatsOf(tx, whistle, incident);
  const { state, lon, lat, endedMs } = whistle;
  const awaited = calls.some((c) => c.presentMs === null);
  const own = ownCalls(tx.actor, calls);
  return {
    id: whistle.id,
    incidentId: whistle.incidentId,
    incidentNumber: incident.number,
    state,
    askedByName: whistle.askedByName,
    askedAtMs: whistle.askedMs,
    askedReason: whistle.askedReason,
    soundedByName: whistle.soundedByName,
    soundedAtMs: whistle.soundedMs,
    limitMin: whistle.limitMin,
    dueAtMs: whistle.dueMs,
    place: lon === null || lat === null ? null : { lon, lat },
    meetingPoint: whistle.meetingPoint,
    radiusM: whistle.radiusM,
    task: whistle.task,
    declinedReason: whistle.declinedReason,
    endedAtMs: endedMs,
    calls: calls.map((c) => callOf(tx, c, whistle)),
    may: {
      decide: mayWhistle('decline', hats, { state }),
      reportIn: mayWhistle('report-in', hats, {
        state,
        called: own.length > 0,
        present: own.every((c) => c.presentMs !== null),
        endedMs,
        atMs: tx.nowMs,
      }),
      word: mayWhistle('word', hats, { state, present: !awaited }),
      end: mayWhistle('end', hats, { state }),
      rate: mayWhistle('rate', hats, { state, rated: calls.every((c) => c.ratedMs !== null) }),
    },
  };
}

/** Whoever sees a whistle sees its calls and its incident's number, also where the incident is out of sight. */
async function viewsOf(tx: Tx, whistles: readonly WhistleRecord[]): Promise<Whistle[]> {
  return asPlatform(tx, async () => {
    const calls = await callsOf(
      tx,
      whistles.map((w) => w.id),
    );
    const incidents = await findRecords(tx, [...new Set(whistles.map((w) => w.incidentId))]);
    return whistles.flatMap((w) => {
      const incident = incidents.get(w.incidentId);
      const own = calls.filter((c) => c.whistleId === w.id);
      return incident ? [viewOf(tx, w, own, incident)] : [];
    });
  });
}

export async function listWhistles(tx: Tx, incidentId: string): Promise<Whistle[]> {
  tx.rt.authorise(tx.actor, 'dispatch.read', targetOf(await findRecord(tx, incidentId)));
  return viewsOf(tx, await whistlesOf(tx, incidentId));
}

export async function listMyWhistles(tx: Tx, ended: boolean): Promise<Whistle[]> {
  const { accountId, departmentIds } = reachOf(tx.actor);
  return viewsOf(tx, await whistlesFor(tx, { accountId, departmentIds }, ended));
}

/** After a step of the caller's own: it may have taken the whistle out of sight. */
export async function readWhistle(tx: Tx, id: string): Promise<Whistle> {
  const [view] = await viewsOf(tx, [await asPlatform(tx, () => findWhistle(tx, id))]);
  if (!view) throw new Error(`whistle ${id} has no incident`);
  return view;
}
