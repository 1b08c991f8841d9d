/**
 * What clocks do when their time comes: steps of the ladder, reminders, pauses that end. State is in the
 * tables and changes in the transaction that tells people, so a process that dies loses and doubles nothing;
 * any number of processes may keep clocks at once.
 */
import { newId } from '@wangge/contract-kit';
import { runHook, type Runtime, sql, systemActor, type Tx } from '@wangge/kernel';
import { type AccountTelling, tellAccounts } from '@wangge/notify';
import { announce } from '../announce.ts';
import { type CategoryBook, currentBook } from '../categories/book.ts';
import { clockPhases, escalationLevels } from '../contract/clocks.ts';
import { clockResumed } from '../hooks.ts';
import { summaryOf } from '../rules.ts';
import type { Severity } from '../states.ts';
import { appendEntries, type NewEntry } from '../store/history.ts';
import { type Audience, loadAudience } from './audience.ts';
import { standing } from './clock.ts';
import type { DueStep } from './ladder.ts';
import { settle, takeDue } from './settle.ts';
import { clockColumns, type ClockRow, writeClocks } from './store.ts';
import { momentText, movedText } from './words.ts';

const batch = 250;

interface DueClock extends ClockRow {
  readonly number: string;
  readonly description: string;
  readonly path: string;
  readonly severity: Severity;
  readonly categoryCode: string;
  readonly state: string;
  readonly assigneeIds: readonly string[];
  readonly departmentIds: readonly string[];
  readonly reporterAccountId: string | null;
  readonly incidentDeadlineMs: number | null;
  readonly incidentWarnMs: number | null;
  readonly party: { readonly kind: 'account' | 'department'; readonly id: string } | null;
}

/** Locks the incident before its clock, as moves do, and waits for neither. */
function dueClocks(tx: Tx, only: string | null, limit: number): Promise<DueClock[]> {
  return tx.rows(sql`select ${clockColumns}, i.number, i.description, i.responsible_path as path, i.severity,
      i.category_code as "categoryCode", i.state, i.assignee_ids as "assigneeIds", i.department_ids as "departmentIds",
      i.reporter_account_id as "reporterAccountId", incidents_ms(i.deadline_at) as "incidentDeadlineMs",
      incidents_ms(i.warn_at) as "incidentWarnMs", c.party
    from incidents_clocks c join incidents_incidents i on i.id = c.incident_id
    where c.due_at <= ${new Date(tx.nowMs)} and (${only}::uuid is null or c.id = ${only}::uuid)
    order by c.due_at limit ${limit} for no key update of i, c skip locked`);
}

interface StepTaken {
  readonly row: DueClock;
  readonly clock: ClockRow;
  readonly due: DueStep;
  /** Department that owns the category. */
  readonly ownerId: string | null;
}

/** What one batch leaves behind, written at its end in sets. */
class Outcome {
  readonly steps: StepTaken[] = [];
  readonly clocks: ClockRow[] = [];
  readonly gone: string[] = [];
  readonly deadlines: {
    id: string;
    deadline_at: string | null;
    warn_at: string | null;
    own_deadline_at: string | null;
  }[] = [];
  readonly entries: NewEntry[] = [];
  readonly tellings: AccountTelling[] = [];
  readonly supervised: { id: string; incident_id: string; reason: string }[] = [];
  readonly escalated: string[] = [];
  readonly announced = new Map<string, DueClock>();
  readonly resumed: { incidentId: string; orderId: string }[] = [];

  async write(tx: Tx): Promise<void> {
    await writeClocks(tx, this.clocks);
    if (this.gone.length > 0) await tx.run(sql`delete from incidents_clocks where id = any(${this.gone}::uuid[])`);
    if (this.deadlines.length > 0) await writeDeadlines(tx, this.deadlines);
    if (this.supervised.length > 0) {
      await tx.run(sql`insert into incidents_supervisions (id, incident_id, at, by_name, reason)
        select id, incident_id, ${new Date(tx.nowMs)}, '系统', reason
        from jsonb_to_recordset(${JSON.stringify(this.supervised)}::jsonb) as s(id uuid, incident_id uuid, reason text)`);
      const ids = this.supervised.map((s) => s.incident_id);
      await tx.run(
        sql`update incidents_incidents set supervised = true where id = any(${ids}::uuid[]) and not supervised`,
      );
    }
    if (this.escalated.length > 0) {
      await tx.run(
        sql`update incidents_incidents set escalated = true where id = any(${this.escalated}::uuid[]) and not escalated`,
      );
    }
    await appendEntries(tx, this.entries);
    await tellAccounts(tx, this.tellings);
    for (const row of this.announced.values()) announce(tx, { ...row, id: row.incidentId }, 'clock');
    for (const each of this.resumed) await runHook(tx, clockResumed, each);
  }
}

/** The deadlines that incidents show; nobody's edit becomes stale by it. */
export async function writeDeadlines(tx: Tx, rows: Outcome['deadlines']): Promise<void> {
  await tx.run(sql`update incidents_incidents i set deadline_at = n.deadline_at, warn_at = n.warn_at,
      own_deadline_at = n.own_deadline_at
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as n(id uuid, deadline_at timestamptz, warn_at timestamptz,
      own_deadline_at timestamptz)
    where i.id = n.id`);
}

const iso = (ms: number | null): string | null => (ms === null ? null : new Date(ms).toISOString());
const platform = systemActor('incidents');

/** A pause whose time is over ends at that time, however late somebody looks. */
function resumed(clock: ClockRow, nowMs: number): ClockRow {
  const pause = standing(clock);
  const untilMs = pause?.untilMs ?? null;
  if (!pause || untilMs === null || untilMs > nowMs) return clock;
  return { ...clock, pauses: clock.pauses.map((p) => (p === pause ? { ...p, toMs: untilMs } : p)) };
}

function keepOne(row: DueClock, book: CategoryBook, zone: string, nowMs: number, out: Outcome): void {
  const category = book.get(row.categoryCode);
  const going = resumed(row, nowMs);
  const settled = category ? settle(book.clocks, going, { category, severity: row.severity }, nowMs) : null;
  if (!category || !settled) {
    out.gone.push(row.id);
    return;
  }
  const { clock, steps } = takeDue(book.clocks, settled.clock, row.severity, nowMs);
  out.clocks.push(clock);
  const ends = going !== row;
  if (row.phase === 'handle' && clock.stoppedMs === null) {
    if (clock.deadlineMs !== row.incidentDeadlineMs || settled.warnMs !== row.incidentWarnMs) {
      out.deadlines.push({
        id: row.incidentId,
        deadline_at: iso(clock.deadlineMs),
        warn_at: iso(settled.warnMs),
        own_deadline_at: iso(settled.ownDeadlineMs),
      });
    }
  }
  if (ends) {
    out.entries.push({
      incidentId: row.incidentId,
      move: 'clock:resume',
      actor: platform,
      actorName: '系统',
      atMs: nowMs,
      reason: movedText(row.deadlineMs, clock.deadlineMs, zone),
      orderId: row.orderId,
    });
    const { orderId } = row;
    if (orderId !== null) out.resumed.push({ incidentId: row.incidentId, orderId });
  }
  if (steps.length > 0 || ends) out.announced.set(row.incidentId, row);
  for (const due of steps) out.steps.push({ row, clock, due, ownerId: category.departmentId });
}

function takeStep(
  { row, clock, due, ownerId }: StepTaken,
  audience: Audience,
  zone: string,
  nowMs: number,
  out: Outcome,
): void {
  const { step } = due;
  const { incidentId, orderId } = row;
  const entry = { incidentId, actor: platform, actorName: '系统', atMs: nowMs, orderId };
  if (step.act === 'supervise') {
    const reason = `${clockPhases[row.phase].zh}超时未办结，自动督办`;
    out.supervised.push({ id: newId(nowMs), incident_id: incidentId, reason });
    out.entries.push({ ...entry, move: 'supervise', fromState: row.state, toState: row.state, reason });
  }
  if (step.to !== undefined) {
    const reason = `${clockPhases[row.phase].zh}超时未确认，自动上报${escalationLevels[step.to].zh}`;
    out.escalated.push(incidentId);
    out.entries.push({ ...entry, move: 'escalate', fromState: row.state, toState: row.state, reason });
  }
  const party = row.party;
  const people = audience.of(step, {
    path: row.path,
    ownerId,
    assigneeIds: orderId === null ? row.assigneeIds : party?.kind === 'account' ? [party.id] : [],
    departmentIds: orderId === null ? row.departmentIds : party?.kind === 'department' ? [party.id] : [],
  });
  const phase = clockPhases[row.phase];
  const template =
    step.act === 'supervise'
      ? 'incident.supervised'
      : step.to !== undefined
        ? 'incident.escalated'
        : row.phase !== 'handle'
          ? 'incident.limit'
          : due.late
            ? 'incident.overdue'
            : 'incident.warning';
  const params = {
    number: row.number,
    summary: summaryOf(row.description, 30),
    reason: { zh: `${phase.zh}超时未办结`, en: `${phase.en}: overdue` },
    deadline: clock.deadlineMs === null ? '' : momentText(clock.deadlineMs, zone),
    phase,
    level: step.to === undefined ? '' : escalationLevels[step.to],
  };
  for (const accountId of people) {
    out.tellings.push({
      accountId,
      template,
      params,
      subject: { kind: 'incident', id: incidentId },
      urgent: row.severity === 'emergency',
      // The clock's row is locked: within it, the count of what was told is never the same twice.
      onceKey: `clock:${row.id}:${clock.startMs}:${due.key}:${clock.reminders}`,
    });
  }
}

async function keepBatch(rt: Runtime, only: string | null): Promise<number> {
  return rt.system('incidents', async (tx) => {
    const rows = await dueClocks(tx, only, batch);
    if (rows.length === 0) return 0;
    const book = await currentBook(tx);
    const out = new Outcome();
    for (const row of rows) keepOne(row, book, rt.config.zone, tx.nowMs, out);
    if (out.steps.length > 0) {
      const audience = await loadAudience(tx);
      for (const step of out.steps) takeStep(step, audience, rt.config.zone, tx.nowMs, out);
    }
    await out.write(tx);
    return rows.length;
  });
}

/** One at a time, after a batch failed: the one at fault waits some minutes and holds nobody up. */
async function keepSingly(rt: Runtime): Promise<void> {
  const due = await rt.system('incidents', (tx) =>
    tx.rows<{ id: string }>(sql`select id from incidents_clocks where due_at <= ${new Date(tx.nowMs)}
      order by due_at limit ${batch}`),
  );
  for (const { id } of due) {
    try {
      await keepBatch(rt, id);
    } catch (error) {
      rt.log.error({ err: String(error), clock: id }, 'a clock could not be kept, it is tried again later');
      await rt.system('incidents', (tx) =>
        tx.run(sql`update incidents_clocks set due_at = ${new Date(tx.nowMs + 300_000)} where id = ${id}`),
      );
    }
  }
}

/** Does all that is due now. */
export async function keepClocks(rt: Runtime): Promise<void> {
  try {
    while ((await keepBatch(rt, null)) === batch);
  } catch (error) {
    rt.log.warn({ err: String(error) }, 'a batch of clocks failed');
    await keepSingly(rt);
  }
}

/** Looks four times a second: an index that holds nothing due costs a fraction of a millisecond. */
const everyMs = 250;

export function clockKeeper(rt: Runtime): () => Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  let stopped = false;
  const work = async (): Promise<void> => {
    await keepClocks(rt).catch((error: unknown) => rt.log.warn({ err: String(error) }, 'clocks: will try again'));
    if (stopped) return;
    timer = setTimeout(() => (working = work()), everyMs);
    timer.unref();
  };
  let working = work();
  return async () => {
    stopped = true;
    clearTimeout(timer);
    await working;
  };
}
