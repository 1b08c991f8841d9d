/** What people do about clocks: acknowledge, pause while the reporter is asked, answer a supervision. */
import { AppError } from '@wangge/contract-kit';
import { type Actor, sql, type Tx } from '@wangge/kernel';
import { acknowledgeAbout } from '@wangge/notify';
import { movingBy } from '../../actions/moving.ts';
import { announce } from '../../announce.ts';
import { currentBook } from '../../categories/book.ts';
import { targetOf } from '../../people.ts';
import { asPlatform } from '../../platform.ts';
import { type IncidentRecord, lockRecord } from '../../record.ts';
import { appendEntries, firstTime } from '../../store/history.ts';
import { patchIncident } from '../../store/patch.ts';
import { changeClock, refuseClock, subjectOf } from '../change-clock.ts';
import { standing } from '../clock.ts';
import { settle } from '../settle.ts';
import { clocksOf, handleClock, writeClocks } from '../store.ts';
import { isRinging } from './read-clocks.ts';

interface Asked {
  readonly clientKey?: string | undefined;
}

/** Sees and locks the incident, authorises, and does it once for each key. */
export async function once(
  tx: Tx,
  id: string,
  permission: string,
  move: string,
  asked: Asked,
  act: (record: IncidentRecord) => Promise<void>,
): Promise<void> {
  const record = await lockRecord(tx, id);
  tx.rt.authorise(tx.actor, permission, targetOf(record));
  await asPlatform(tx, async () => {
    if (asked.clientKey !== undefined && !(await firstTime(tx, id, asked.clientKey, move))) return;
    await act(record);
    announce(tx, record, move);
  });
}

/** Reminders stop and nothing escalates further, until a new limit is passed. Nothing to acknowledge: nothing happens. */
export async function acknowledge(tx: Tx, id: string, asked: Asked): Promise<void> {
  await once(tx, id, 'incidents.acknowledge', 'clock:acknowledge', asked, async (record) => {
    await acknowledgeAll(tx, record, tx.actor);
  });
}

/**
 * Somebody took notice of a message. Whoever has no right to the incident any more only puts away the own message.
 */
export async function acknowledgeByMessage(tx: Tx, subject: { kind: string; id: string } | null): Promise<void> {
  if (subject?.kind !== 'incident') return;
  try {
    await acknowledge(tx, subject.id, {});
  } catch (error) {
    if (!(error instanceof AppError) || (error.code !== 'forbidden' && error.code !== 'not-found')) throw error;
  }
}

async function acknowledgeAll(tx: Tx, record: IncidentRecord, by: Actor): Promise<void> {
  await acknowledgeAbout(tx, { kind: 'incident', id: record.id });
  const book = await currentBook(tx);
  const subject = subjectOf(book, record.categoryCode, record.severity);
  const ringing = (await clocksOf(tx, record.id)).filter(isRinging);
  if (ringing.length === 0) return;
  await writeClocks(
    tx,
    ringing.flatMap((row) => {
      const acked = { ...row, ackedMs: tx.nowMs, ackedBy: by.name, repeating: null, repeatMs: null };
      const settled = settle(book.clocks, acked, subject, tx.nowMs);
      return settled ? [settled.clock] : [];
    }),
  );
  await appendEntries(tx, [{ incidentId: record.id, move: 'clock:acknowledge', actor: by, atMs: tx.nowMs }]);
}

/** @throws AppError `guard-failed` when it stands already, was stopped, or the date is past */
export async function pause(
  tx: Tx,
  id: string,
  asked: Asked & { readonly reason: string; readonly untilMs?: number | undefined },
): Promise<void> {
  await once(tx, id, 'incidents.decide', 'clock:pause', asked, async (record) => {
    const clock = await handleClock(tx, id, record.reportedMs);
    if (record.stoppedMs !== null || clock.stoppedMs !== null) throw refuseClock('pause', 'clock-runs');
    if (standing(clock)) throw refuseClock('pause', 'clock-runs');
    const untilMs = asked.untilMs ?? null;
    if (untilMs !== null && untilMs <= tx.nowMs) throw refuseClock('pause', 'until-when');
    const stands = { fromMs: tx.nowMs, toMs: null, untilMs, why: 'reporter' } as const;
    const moving = movingBy(tx, {}, asked.reason);
    const change = {
      why: 'pause',
      always: true,
      to: (c: typeof clock) => ({ ...c, pauses: [...c.pauses, stands] }),
    } as const;
    await patchIncident(tx, id, await changeClock(tx, record, change, moving), moving);
  });
}

/** @throws AppError `guard-failed` when it does not stand */
export async function resume(
  tx: Tx,
  id: string,
  asked: Asked & { readonly reason?: string | undefined },
): Promise<void> {
  await once(tx, id, 'incidents.decide', 'clock:resume', asked, async (record) => {
    const clock = await handleClock(tx, id, record.reportedMs);
    if (!standing(clock)) throw refuseClock('resume', 'clock-stands');
    const moving = movingBy(tx, {}, asked.reason ?? null);
    const change = {
      why: 'resume',
      always: true,
      to: (c: typeof clock) => ({
        ...c,
        pauses: c.pauses.map((p) => (p.toMs === null ? { ...p, toMs: tx.nowMs } : p)),
      }),
    } as const;
    await patchIncident(tx, id, await changeClock(tx, record, change, moving), moving);
  });
}

/** @throws AppError `guard-failed` when no supervision is open */
export async function answerSupervision(tx: Tx, id: string, asked: Asked & { readonly answer: string }): Promise<void> {
  await once(tx, id, 'incidents.acknowledge', 'clock:answer', asked, async (record) => {
    const answered = await tx.run(sql`update incidents_supervisions set answered_at = ${new Date(tx.nowMs)},
        answered_by = ${tx.actor.name}, answer = ${asked.answer} where incident_id = ${id} and answered_at is null`);
    if (answered === 0) throw refuseClock('answer', 'supervised');
    await appendEntries(tx, [
      { incidentId: id, move: 'clock:answer', actor: tx.actor, atMs: tx.nowMs, reason: asked.answer },
    ]);
    await acknowledgeAll(tx, record, tx.actor);
  });
}
