/** Brings the open clocks to changed limits, ladders or calendar: in batches, going on where a killed run stopped. */
import { newId } from '@wangge/contract-kit';
import { type JobHandler, type Runtime, sql, systemActor, type Tx } from '@wangge/kernel';
import { announce } from '../announce.ts';
import { type CategoryBook, currentBook } from '../categories/book.ts';
import { clocksRecomputed, type Recompute } from '../contract/clocks.ts';
import type { Severity } from '../states.ts';
import { appendEntries, type NewEntry } from '../store/history.ts';
import { writeDeadlines } from './keep-clocks.ts';
import { settle } from './settle.ts';
import { clockColumns, type ClockRow, writeClocks } from './store.ts';
import { movedText } from './words.ts';

const batch = 2000;
/** Beyond these, lists refetch on the event of the whole change. */
const maxAnnounced = 100;

/** In the transaction that changes the rules. A run that is under way ends by itself: this one begins anew. */
export async function askRecompute(tx: Tx, why: Recompute['why']): Promise<void> {
  const id = newId(tx.nowMs);
  await tx.run(sql`insert into incidents_recomputes (id, why, at, total)
    values (${id}, ${why}, ${new Date(tx.nowMs)}, 0)`);
  tx.emit(clocksRecomputed, {}, { areaPath: '', subjectId: '' });
  tx.addJob('incidents.recompute-clocks', {}, { key: 'incidents.recompute-clocks' });
}

interface Run {
  readonly id: string;
  readonly why: Recompute['why'];
  readonly position: string | null;
  readonly done: number;
  readonly total: number;
  readonly moved: number;
}
interface OpenClock extends ClockRow {
  readonly severity: Severity;
  readonly categoryCode: string;
  readonly path: string;
  readonly reporterAccountId: string | null;
  readonly assigneeIds: readonly string[];
  readonly departmentIds: readonly string[];
}

/** The latest change counts; the others were overtaken by it. */
async function currentRun(tx: Tx): Promise<Run | undefined> {
  const run = await tx.maybe<Run>(sql`select id, why, position, done, total, moved from incidents_recomputes
    where finished_at is null order by at desc, id desc limit 1 for update`);
  if (!run) return undefined;
  await tx.run(sql`update incidents_recomputes set finished_at = ${new Date(tx.nowMs)}
    where finished_at is null and id <> ${run.id}`);
  if (run.total > 0) return run;
  const { n } = await tx.one<{ n: number }>(
    sql`select count(*)::int as n from incidents_clocks where stopped_at is null`,
  );
  await tx.run(sql`update incidents_recomputes set total = ${n} where id = ${run.id}`);
  return { ...run, total: n };
}

function stale(tx: Tx, after: string | null, version: string): Promise<OpenClock[]> {
  return tx.rows(sql`select ${clockColumns}, i.severity, i.category_code as "categoryCode", i.responsible_path as path,
      i.reporter_account_id as "reporterAccountId", i.assignee_ids as "assigneeIds", i.department_ids as "departmentIds"
    from incidents_clocks c join incidents_incidents i on i.id = c.incident_id
    where c.stopped_at is null and c.book is distinct from ${version}::uuid
      and (${after}::uuid is null or c.id > ${after}::uuid)
    order by c.id limit ${batch} for no key update of i, c`);
}

async function recomputeBatch(rt: Runtime): Promise<boolean> {
  return rt.system('incidents', async (tx) => {
    const run = await currentRun(tx);
    if (!run) return false;
    const book = await currentBook(tx);
    const rows = await stale(tx, run.position, book.version);
    const changed = await bring(tx, rows, book, run.why);
    // What a slow move wrote by the old rules behind the cursor's back is found by a last look from the start.
    const again = rows.length === 0 && run.position !== null;
    const finished = rows.length === 0 && run.position === null;
    await tx.run(sql`update incidents_recomputes set position = ${again ? null : (rows.at(-1)?.id ?? null)},
        done = least(total, done + ${rows.length}), moved = moved + ${changed},
        finished_at = ${finished ? new Date(tx.nowMs) : null} where id = ${run.id}`);
    tx.emit(clocksRecomputed, {}, { areaPath: '', subjectId: '' });
    return !finished;
  });
}

async function bring(tx: Tx, rows: readonly OpenClock[], book: CategoryBook, why: Recompute['why']): Promise<number> {
  const clocks: ClockRow[] = [];
  const gone: string[] = [];
  const deadlines: Parameters<typeof writeDeadlines>[1] = [];
  const entries: NewEntry[] = [];
  const told: OpenClock[] = [];
  const iso = (ms: number | null): string | null => (ms === null ? null : new Date(ms).toISOString());
  for (const row of rows) {
    const category = book.get(row.categoryCode);
    const settled = category ? settle(book.clocks, row, { category, severity: row.severity }, tx.nowMs) : null;
    if (!settled) {
      gone.push(row.id);
      continue;
    }
    const { clock, ownDeadlineMs, warnMs } = settled;
    clocks.push(clock);
    // A new clock has no deadline to move from; its keeper winds it.
    if (row.woundMs === null || clock.deadlineMs === row.deadlineMs) continue;
    entries.push({
      incidentId: row.incidentId,
      move: `clock:${why}`,
      actor: systemActor('incidents'),
      actorName: '系统',
      atMs: tx.nowMs,
      reason: movedText(row.deadlineMs, clock.deadlineMs, tx.rt.config.zone),
      orderId: row.orderId,
    });
    told.push(row);
    if (row.phase !== 'handle') continue;
    deadlines.push({
      id: row.incidentId,
      deadline_at: iso(clock.deadlineMs),
      warn_at: iso(warnMs),
      own_deadline_at: iso(ownDeadlineMs),
    });
  }
  await writeClocks(tx, clocks);
  if (gone.length > 0) await tx.run(sql`delete from incidents_clocks where id = any(${gone}::uuid[])`);
  if (deadlines.length > 0) await writeDeadlines(tx, deadlines);
  await appendEntries(tx, entries);
  for (const row of told.slice(0, maxAnnounced)) announce(tx, { ...row, id: row.incidentId }, 'clock');
  return entries.length;
}

export const recomputeClocks: JobHandler = async (rt) => {
  while (await recomputeBatch(rt));
};

/** The last change of the rules and how far open clocks follow it; null where there never was one. */
export function lastRecompute(tx: Tx): Promise<Recompute | null> {
  return tx
    .maybe<Recompute>(sql`select why, incidents_ms(at) as "atMs", done, total, moved,
      incidents_ms(finished_at) as "finishedAtMs" from incidents_recomputes order by at desc, id desc limit 1`)
    .then((row) => row ?? null);
}
