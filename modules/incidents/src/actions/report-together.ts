/**
 * Reports that arrive while others are being written share the next transaction: after a storm, or when another
 * system delivers its own, a report costs half of what it costs alone. Whoever comes alone waits for nobody.
 */
import { type Actor, type Runtime, sql, type Tx } from '@wangge/kernel';
import { categoryBook } from '../categories/book.ts';
import type { IncidentState } from '../states.ts';
import { findTwins, mergeTwins } from './join-twins.ts';
import {
  afterCreation,
  contentHash,
  prepare,
  reportIncident,
  tellReported,
  type ReportInput,
  type ReportResult,
} from './report-incident.ts';

interface Waiting {
  readonly actor: Actor;
  readonly key: string;
  readonly input: ReportInput;
  readonly settle: (result: ReportResult | Promise<ReportResult>) => void;
}

/** More in one statement save nothing more, and delay the first of them. */
const mostTogether = 32;
/** A transaction that hangs on a lock must not hold up those who have nothing to do with it. */
const patienceMs = 25;

interface Queue {
  underWay: number;
  waiting: Waiting[];
  timer: NodeJS.Timeout | null;
}
const queues = new WeakMap<Runtime, Queue>();

/**
 * As {@link reportIncident}, in a transaction of its own or together with others. The actor was authorised already.
 *
 * @throws as `reportIncident` does: each its own error, whatever happens to those beside it
 */
export function reportTogether(rt: Runtime, actor: Actor, key: string, input: ReportInput): Promise<ReportResult> {
  const alone = (written?: () => void): Promise<ReportResult> =>
    rt.tx(actor, async (tx) => {
      const result = await reportIncident(tx, key, input);
      written?.();
      return result;
    });
  // Photos are claimed in the name of who uploaded them; what one may join is judged by one's own sight.
  if ((input.photoIds?.length ?? 0) > 0 || input.sameAs !== undefined) return alone();
  let queue = queues.get(rt);
  if (!queue) queues.set(rt, (queue = { underWay: 0, waiting: [], timer: null }));
  if (queue.underWay === 0) return underWay(rt, queue, alone);
  const { waiting } = queue;
  const held = queue;
  return new Promise((settle) => {
    waiting.push({ actor, key, input, settle });
    held.timer ??= setTimeout(() => next(rt, held), patienceMs);
  });
}

/** The next may begin while this one's commit is on its way to the disk. */
async function underWay<T>(rt: Runtime, queue: Queue, work: (written: () => void) => Promise<T>): Promise<T> {
  let counted = true;
  const written = (): void => {
    if (!counted) return;
    counted = false;
    queue.underWay--;
    next(rt, queue);
  };
  queue.underWay++;
  try {
    return await work(written);
  } finally {
    written();
  }
}

/** Begins with those who wait, as many as go into one statement. */
function next(rt: Runtime, queue: Queue): void {
  if (queue.timer !== null) clearTimeout(queue.timer);
  queue.timer = null;
  const batch = queue.waiting.splice(0, mostTogether);
  if (batch.length === 0) return;
  if (queue.waiting.length > 0) queue.timer = setTimeout(() => next(rt, queue), patienceMs);
  void underWay(rt, queue, (written) => writeBatch(rt, batch, written));
}

/** Never fails: each who waits gets an answer or an error of its own. */
async function writeBatch(rt: Runtime, batch: readonly Waiting[], written: () => void): Promise<void> {
  const made = batch.length === 1 ? [] : await createTogether(rt, batch, written);
  for (const [i, { actor, key, input, settle }] of batch.entries()) {
    // What is known already, refused, or spoilt by one beside it, is judged by itself.
    settle(made[i] ?? rt.tx(actor, (tx) => reportIncident(tx, key, input)));
  }
}

/** @returns by position; undefined where no incident was made */
async function createTogether(
  rt: Runtime,
  batch: readonly Waiting[],
  written: () => void,
): Promise<(ReportResult | undefined)[]> {
  try {
    return await rt.system('incidents', async (tx) => {
      const results = await createIn(tx, batch);
      written();
      return results;
    });
  } catch (error) {
    rt.log.warn({ err: String(error), reports: batch.length }, 'reports could not be written together');
    return [];
  }
}

async function createIn(tx: Tx, batch: readonly Waiting[]): Promise<(ReportResult | undefined)[]> {
  const book = await categoryBook(tx);
  const prepared = batch.map(({ actor, key, input }) => {
    try {
      return prepare(tx, key, contentHash(tx, input), { ...input, by: actor }, book);
    } catch {
      return undefined;
    }
  });
  const rows = prepared.flatMap((p) => (p ? [p.row] : []));
  const arrivals = batch.flatMap(({ input }, i) => {
    const p = prepared[i];
    return p ? [{ id: p.id, input, atMs: p.takenInMs }] : [];
  });
  // One right behind the other: the database reads the second while the first one's answer is on its way.
  const [made, found] = await Promise.all([
    tx.rows<{ id: string; number: string; state: IncidentState; areaId: string | null }>(sql`
      select id, number, state, area_id as "areaId" from incidents_create_together(${JSON.stringify(rows)}::jsonb)`),
    findTwins(tx, arrivals),
  ]);
  const byId = new Map(made.map((row) => [row.id, row]));
  const twins = found.filter(({ id }) => byId.has(id));
  const joined = new Set(twins.map(({ id }) => id));
  const results: (ReportResult | undefined)[] = [];
  for (const [i, p] of prepared.entries()) {
    const row = p && byId.get(p.id);
    const input = batch[i]?.input;
    if (row && input) await afterCreation(tx, row, input, p);
    results.push(row && { ...row, replayed: false });
  }
  await mergeTwins(tx, twins);
  for (const [i, p] of prepared.entries()) {
    const row = p && byId.get(p.id);
    const input = batch[i]?.input;
    if (row && input && !joined.has(row.id)) await tellReported(tx, row, input, p);
  }
  return results.map((result) => (result && joined.has(result.id) ? { ...result, state: 'merged' } : result));
}
