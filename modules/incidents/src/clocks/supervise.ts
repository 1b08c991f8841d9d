/** A supervision by hand: until when it is to be answered, and what happens where nobody does. */
import { AppError, newId } from '@wangge/contract-kit';
import { type JobHandler, sql, systemActor, type Tx } from '@wangge/kernel';
import type { Moving } from '../actions/moving.ts';
import { announce } from '../announce.ts';
import { currentBook } from '../categories/book.ts';
import { findRecords } from '../record.ts';
import { appendEntries } from '../store/history.ts';
import type { WorkingCalendar } from './calendar.ts';
import { minuteMs } from './clock.ts';

const longestMs = 366 * 24 * 60 * minuteMs;
const batch = 200;

/** As much working time as a full day of the week has: asked at four, due at four on the next working day. */
function workingDayMs({ facts }: WorkingCalendar): number {
  const day = facts.weekly.find((segments) => segments.length > 0) ?? [];
  return day.reduce((sum, { fromMin, toMin }) => sum + (toMin - fromMin) * minuteMs, 0);
}

/**
 * It stays open until somebody answers it; those who handle the incident are told until when that should be.
 *
 * @param answerByMs one working day from now where not said
 * @throws AppError `guard-failed` (`until-when`) when the moment is past or more than a year away
 */
export async function openSupervision(
  tx: Tx,
  incidentId: string,
  moving: Moving,
  answerByMs: number | undefined,
): Promise<void> {
  const { atMs, actor, name, reason, quiet } = moving;
  if (answerByMs !== undefined && (answerByMs <= atMs || answerByMs > atMs + longestMs)) {
    throw new AppError('guard-failed', {
      field: 'answerByMs',
      details: { move: 'supervise', guard: 'until-when' },
    });
  }
  const { calendar } = (await currentBook(tx)).clocks;
  // Nobody waits for the answers of history that is loaded.
  const untilMs = quiet ? null : (answerByMs ?? calendar.add(atMs, workingDayMs(calendar)));
  const id = newId(atMs);
  await tx.run(sql`insert into incidents_supervisions (id, incident_id, at, by_id, by_name, reason, answer_by)
    values (${id}, ${incidentId}, ${new Date(atMs)}, ${actor.id}, ${name}, ${reason ?? ''},
      ${untilMs === null ? null : new Date(untilMs)})`);
  if (quiet) return;
  tx.addJob('incidents.tell-staff', { incidentId, reason: reason ?? '', untilMs, key: `supervised:${id}` });
}

interface Unanswered {
  readonly id: string;
  readonly incidentId: string;
  readonly byId: string | null;
  readonly byName: string;
  readonly reason: string;
  readonly isOpen: boolean;
}

/** The incident is locked before its supervision, as an answer does, and neither is waited for. */
function unanswered(tx: Tx): Promise<Unanswered[]> {
  return tx.rows(sql`select s.id, s.incident_id as "incidentId", s.by_id as "byId", s.by_name as "byName", s.reason,
      i.is_open as "isOpen"
    from incidents_supervisions s join incidents_incidents i on i.id = s.incident_id
    where s.answered_at is null and s.late_at is null and s.answer_by <= ${new Date(tx.nowMs)}
    order by s.answer_by limit ${batch} for no key update of i, s skip locked`);
}

/** What nobody answered in time is told once, to whoever asked and to those who were asked. */
export const lateAnswers: JobHandler = async (rt) => {
  const work = (): Promise<number> =>
    rt.system('incidents', async (tx) => {
      const due = await unanswered(tx);
      if (due.length === 0) return 0;
      await tx.run(sql`update incidents_supervisions set late_at = ${new Date(tx.nowMs)}
        where id = any(${due.map((s) => s.id)}::uuid[])`);
      // What came to an end meanwhile waits for no answer.
      const late = due.filter((s) => s.isOpen);
      const records = await findRecords(tx, [...new Set(late.map((s) => s.incidentId))]);
      await appendEntries(
        tx,
        late.map(({ incidentId, byName, reason }) => ({
          incidentId,
          move: 'clock:unanswered',
          actor: systemActor('incidents'),
          actorName: '系统',
          atMs: tx.nowMs,
          reason: `${byName}：${reason}`,
        })),
      );
      for (const { id, incidentId, byId, reason } of late) {
        const record = records.get(incidentId);
        if (record) announce(tx, record, 'clock:unanswered');
        const also = byId === null ? {} : { alsoId: byId };
        tx.addJob('incidents.tell-staff', { incidentId, about: 'late', reason, key: `late-answer:${id}`, ...also });
      }
      return due.length;
    });
  while ((await work()) === batch);
};
