/** Sending an incident up to the county, and bringing it back down with the answer. */
import { AppError, newId } from '@wangge/contract-kit';
import { claimPhotos, sql, type Tx } from '@wangge/kernel';
import { type Moving, movingBy } from '../actions/moving.ts';
import { once } from '../clocks/actions/answer-clocks.ts';
import { changeClock } from '../clocks/change-clock.ts';
import { standing } from '../clocks/clock.ts';
import { handleClock } from '../clocks/store.ts';
import type { Referral } from '../contract.ts';
import { hatsOf, targetOf } from '../people.ts';
import { findRecord, type IncidentRecord } from '../record.ts';
import { incidentStates } from '../states.ts';
import { appendEntries } from '../store/history.ts';
import { type IncidentPatch, patchIncident } from '../store/patch.ts';

const isOpen = (r: Referral): boolean => r.answeredAtMs === null && r.takenBackAtMs === null;

function referralsOf(tx: Tx, incidentId: string): Promise<Referral[]> {
  return tx.rows(sql`select id, incidents_ms(sent_at) as "sentAtMs", sent_by as "sentBy", asked, pauses,
      incidents_ms(answered_at) as "answeredAtMs", answer, document_no as "documentNo",
      to_char(document_day, 'YYYY-MM-DD') as "documentDay", answered_by as "answeredBy", entered_by as "enteredBy",
      incidents_ms(taken_back_at) as "takenBackAtMs", ended_how as "endedHow"
    from incidents_referrals where incident_id = ${incidentId} order by sent_at desc, id desc`);
}

/** @throws AppError `not-found` for whoever may not see the incident */
export async function listReferrals(
  tx: Tx,
  id: string,
): Promise<{ referrals: Referral[]; may: { send: boolean; answer: boolean } }> {
  const record = await findRecord(tx, id);
  tx.rt.authorise(tx.actor, 'incidents.read', targetOf(record));
  const referrals = await referralsOf(tx, id);
  const decides = hatsOf(tx.rt, tx.actor, record).includes('dispatcher');
  const there = referrals.some(isOpen);
  return { referrals, may: { send: decides && !there && incidentStates[record.state].open, answer: decides && there } };
}

/** What the clock's standing for the county is, so that its end finds it again. */
async function stand(tx: Tx, record: IncidentRecord, moving: Moving): Promise<IncidentPatch> {
  const clock = await handleClock(tx, record.id, record.reportedMs);
  // One that stands already, or has been stopped, needs no second reason.
  if (record.stoppedMs !== null || standing(clock)) return {};
  const pause = { fromMs: moving.atMs, toMs: null, untilMs: null, why: 'county' } as const;
  return changeClock(
    tx,
    record,
    { why: 'pause', always: true, to: (c) => ({ ...c, pauses: [...c.pauses, pause] }) },
    moving,
  );
}
async function goOn(tx: Tx, record: IncidentRecord, moving: Moving): Promise<IncidentPatch> {
  const clock = await handleClock(tx, record.id, record.reportedMs);
  if (!clock.pauses.some((p) => p.toMs === null && p.why === 'county')) return {};
  const ended = (p: (typeof clock.pauses)[number]): typeof p =>
    p.toMs === null && p.why === 'county' ? { ...p, toMs: moving.atMs } : p;
  return changeClock(
    tx,
    record,
    { why: 'resume', always: true, to: (c) => ({ ...c, pauses: c.pauses.map(ended) }) },
    moving,
  );
}

/** @throws AppError `not-found`, `forbidden`, `move-not-allowed` (it has ended), `already-exists` (it is there) */
export async function sendToCounty(
  tx: Tx,
  id: string,
  told: { readonly clientKey?: string | undefined; readonly asked: string; readonly pauses: boolean },
): Promise<void> {
  await once(tx, id, 'incidents.decide', 'county:send', told, async (record) => {
    if (!incidentStates[record.state].open) {
      throw new AppError('move-not-allowed', { details: { state: record.state, move: 'escalate' } });
    }
    if ((await referralsOf(tx, id)).some(isOpen)) throw new AppError('already-exists');
    const moving = movingBy(tx, {}, told.asked);
    await tx.run(sql`insert into incidents_referrals (id, incident_id, sent_at, sent_by, asked, pauses)
      values (${newId(moving.atMs)}, ${id}, ${new Date(moving.atMs)}, ${moving.name}, ${told.asked}, ${told.pauses})`);
    await appendEntries(tx, [
      { incidentId: id, move: 'county:send', actor: tx.actor, atMs: moving.atMs, reason: told.asked },
    ]);
    const clock = told.pauses ? await stand(tx, record, moving) : {};
    await patchIncident(tx, id, { ...clock, escalated: true }, moving);
  });
}

export interface CountyAnswer {
  readonly clientKey?: string | undefined;
  readonly answer: string;
  readonly answeredBy: string;
  readonly documentNo?: string | undefined;
  readonly documentDay?: string | undefined;
  readonly photoIds: readonly string[];
}

/** @throws AppError `not-found`, `forbidden`, `guard-failed` (nothing is with the county) */
export async function enterCountyAnswer(tx: Tx, id: string, told: CountyAnswer): Promise<void> {
  await once(tx, id, 'incidents.decide', 'county:answer', told, async (record) => {
    const open = (await referralsOf(tx, id)).find(isOpen);
    if (!open) throw new AppError('guard-failed', { details: { move: 'answer', guard: 'with-the-county' } });
    const moving = movingBy(tx, {}, '县级已答复');
    const paper = [told.documentNo, told.documentDay].filter((x) => x !== undefined).join('，');
    const reason = `${told.answer}（${told.answeredBy}${paper === '' ? '' : `，${paper}`}）`;
    const [entryId] = await appendEntries(tx, [
      { incidentId: id, move: 'county:answer', actor: tx.actor, atMs: moving.atMs, reason },
    ]);
    if (told.photoIds.length > 0 && entryId !== undefined) {
      await claimPhotos(tx, told.photoIds, { kind: 'incident-entry', id: entryId });
    }
    await tx.run(sql`update incidents_referrals set answered_at = ${new Date(moving.atMs)}, answer = ${told.answer},
        document_no = ${told.documentNo ?? null}, document_day = ${told.documentDay ?? null}::date,
        answered_by = ${told.answeredBy}, entered_by = ${moving.name}, entry_id = ${entryId ?? null}
      where id = ${open.id}`);
    const clock = await goOn(tx, record, moving);
    const photos = told.photoIds.length === 0 ? {} : { photo_count: record.photoCount + told.photoIds.length };
    await patchIncident(tx, id, { ...clock, ...photos, escalated: false }, moving);
  });
}

const endedWords = {
  closed: '事件已结案',
  merged: '事件已并案',
  rejected: '事件不予受理',
  withdrawn: '事件已撤回',
} as const;

/** The incident came to its end: nobody waits for the county any more. @returns the columns that follow */
export async function endReferral(
  tx: Tx,
  record: IncidentRecord,
  how: keyof typeof endedWords,
  moving: Moving,
): Promise<IncidentPatch> {
  // What the county has is marked so.
  if (!record.escalated) return {};
  const ended = await tx.run(sql`update incidents_referrals set taken_back_at = ${new Date(moving.atMs)},
      ended_how = ${how} where incident_id = ${record.id} and answered_at is null and taken_back_at is null`);
  if (ended === 0) return {};
  await appendEntries(tx, [
    {
      incidentId: record.id,
      move: 'county:end',
      actor: moving.actor,
      actorName: moving.name,
      atMs: moving.atMs,
      reason: endedWords[how],
    },
  ]);
  return { ...(await goOn(tx, record, { ...moving, reason: null })), escalated: false };
}

/** The town does not wait for the county any more. @returns the columns that follow */
export async function takeBackFromCounty(tx: Tx, record: IncidentRecord, moving: Moving): Promise<IncidentPatch> {
  const taken = await tx.run(sql`update incidents_referrals set taken_back_at = ${new Date(moving.atMs)}
    where incident_id = ${record.id} and answered_at is null and taken_back_at is null`);
  return taken === 0 ? {} : goOn(tx, record, moving);
}
