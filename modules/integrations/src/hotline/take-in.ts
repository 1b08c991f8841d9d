/** Orders become incidents: by their outer number once, and updated when they come again. */
import { AppError } from '@wangge/contract-kit';
import { areaIndex } from '@wangge/areas';
import { announce, appendHistory, categoriesOf, lockRecord, reportIncident } from '@wangge/incidents';
import { type Actor, type Runtime, sql, type Tx } from '@wangge/kernel';
import type { HotlineReport, HotlineRow, HotlineSource } from '../contract/hotline.ts';
import type { FileRow } from './read-file.ts';
import { type HotlineOrder, type ReadOrder, readOrders, type RowContext } from './read-row.ts';

const rowPurpose = 'integrations-order';
const listedRows = 1000;

export function openRow(rt: Runtime, sealed: string): Record<string, string> {
  return JSON.parse(rt.keys.decrypt(rowPurpose, sealed)) as Record<string, string>;
}
/** Equal rows give equal texts, whatever the order of their columns. */
function macOf(rt: Runtime, cells: Readonly<Record<string, string>>): string {
  const sorted = Object.entries(cells).toSorted(([a], [b]) => (a < b ? -1 : 1));
  return rt.keys.sign(rowPurpose, JSON.stringify(sorted));
}

async function contextOf(tx: Tx, source: HotlineSource): Promise<RowContext> {
  const index = areaIndex(tx.rt);
  const town = index.all().find((area) => area.level === 'town') ?? index.root();
  if (!town) throw new AppError('unavailable');
  const byName = new Map<string, string | null>();
  // A name that two areas share names neither.
  for (const area of index.all()) byName.set(area.name, byName.has(area.name) ? null : area.id);
  const book = await categoriesOf(tx);
  return {
    mapping: source.mapping,
    reportable: (code) => {
      const category = book.get(code);
      return (
        category?.active === true && category.parentCode !== null && book.get(category.parentCode)?.active === true
      );
    },
    areaOf: (name) => index.byCode(name)?.id ?? byName.get(name) ?? null,
    inTown: (lon, lat) => index.locate(lon, lat) !== null,
    townId: town.id,
    nowMs: tx.nowMs,
  };
}

interface KnownOrder {
  readonly outerNumber: string;
  readonly incidentId: string;
  readonly mac: string;
  readonly number: string;
}
async function knownOrders(tx: Tx, sourceId: string, numbers: readonly string[]): Promise<Map<string, KnownOrder>> {
  const rows = await tx.rows<KnownOrder>(sql`
    select o.outer_number as "outerNumber", o.incident_id as "incidentId", o.row_mac as mac, i.number
    from integrations_orders o join incidents_incidents i on i.id = o.incident_id
    where o.source_id = ${sourceId} and o.outer_number = any(${[...numbers]}::text[])`);
  return new Map(rows.map((row) => [row.outerNumber, row]));
}

function checkColumns({ mapping }: HotlineSource, rows: readonly FileRow[]): void {
  const [first] = rows;
  if (!first) return;
  const { number, description, reportedAt, category, phone, address, lon, lat, area } = mapping;
  const named = [number, description, reportedAt, category.column, phone, address, lon, lat, area];
  const missing = named.flatMap((name) => (name === null || name in first.cells ? [] : [name]));
  if (missing.length > 0)
    throw new AppError('invalid-field', { field: 'mapping', details: { missingColumns: missing } });
}

function reportOf(rows: readonly HotlineRow[]): HotlineReport {
  const count = (outcome: HotlineRow['outcome']): number => rows.filter((row) => row.outcome === outcome).length;
  const refusedFirst = [...rows].toSorted(
    (a, b) => Number(b.outcome === 'refused') - Number(a.outcome === 'refused') || a.line - b.line,
  );
  return {
    created: count('new'),
    updated: count('updated'),
    unchanged: count('unchanged'),
    refused: count('refused'),
    rows: refusedFirst.slice(0, listedRows),
  };
}

/** What stands in another way than before, as the other system's own words; a value that went is told too. */
function changesOf(before: Readonly<Record<string, string>>, now: Readonly<Record<string, string>>): string {
  const names = [...new Set([...Object.keys(before), ...Object.keys(now)])];
  const changed = names.filter((name) => (before[name] ?? '') !== (now[name] ?? ''));
  return changed.map((name) => `${name}：${now[name] ?? ''}`).join('；');
}

async function create(tx: Tx, source: HotlineSource, order: HotlineOrder, by: Actor): Promise<string> {
  const made = await reportIncident(
    tx,
    `hotline:${source.id}:${tx.rt.keys.sign(rowPurpose, source.id, order.outerNumber)}`,
    {
      categoryCode: order.categoryCode,
      description: order.description,
      ...(order.place ? { place: order.place } : { areaId: order.areaId }),
      ...(order.address === null ? {} : { address: order.address }),
      ...(order.phone === null ? {} : { reporterPhone: order.phone }),
      // The hotline knows who called, whether or not it tells.
      anonymous: false,
      ...(order.atMs === null ? {} : { atMs: order.atMs, takenInMs: tx.nowMs }),
      by,
    },
  );
  const now = new Date(tx.nowMs);
  await tx.run(sql`insert into integrations_orders (source_id, outer_number, incident_id, row_sealed, row_mac, first_at, last_at)
    values (${source.id}, ${order.outerNumber}, ${made.id}, ${tx.rt.keys.encrypt(rowPurpose, JSON.stringify(order.cells))},
      ${macOf(tx.rt, order.cells)}, ${now}, ${now})`);
  return made.number;
}

/** The timeline's parts for the months in which people called; those of late exist already. */
async function makeMonths(tx: Tx, read: readonly ReadOrder[]): Promise<void> {
  const times = read.flatMap((one) => (one.ok && one.order.atMs !== null ? [one.order.atMs] : []));
  for (const month of new Set(times.map((ms) => new Date(ms).toISOString().slice(0, 7)))) {
    await tx.run(sql`select incidents_history_month(${`${month}-15T00:00:00Z`}::timestamptz)`);
  }
}

/** What changed there is told in the timeline; what people here decided stays as it is. */
async function update(tx: Tx, source: HotlineSource, known: KnownOrder, order: HotlineOrder, by: Actor): Promise<void> {
  const record = await lockRecord(tx, known.incidentId);
  const { sealed } = await tx.one<{ sealed: string }>(sql`select row_sealed as sealed from integrations_orders
    where source_id = ${source.id} and outer_number = ${order.outerNumber} for update`);
  const { phone } = source.mapping;
  const shown = (cells: Record<string, string>) =>
    Object.fromEntries(Object.entries(cells).filter(([name]) => name !== phone));
  const changes = changesOf(shown(openRow(tx.rt, sealed)), shown(order.cells));
  await tx.run(sql`update integrations_orders set last_at = ${new Date(tx.nowMs)},
      row_sealed = ${tx.rt.keys.encrypt(rowPurpose, JSON.stringify(order.cells))}, row_mac = ${macOf(tx.rt, order.cells)}
    where source_id = ${source.id} and outer_number = ${order.outerNumber}`);
  if (changes === '') return;
  await appendHistory(tx, [
    {
      incidentId: record.id,
      move: 'note',
      actor: by,
      actorName: source.name,
      atMs: tx.nowMs,
      reason: `来单更新：${changes}`.slice(0, 2000),
    },
  ]);
  announce(tx, record, 'note');
}

/**
 * Takes in rows of one source in one transaction, as the platform: a fault or a kill leaves nothing behind, and the
 * same rows again change nothing. Bad rows are left out and told.
 *
 * @param dry only says what would happen
 * @throws AppError `conflict` (the source is switched off), `invalid-field` (columns that the mapping names
 *   and the rows lack)
 */
export async function takeIn(
  tx: Tx,
  source: HotlineSource,
  rows: readonly FileRow[],
  by: Actor,
  dry = false,
): Promise<HotlineReport> {
  if (!source.active) throw new AppError('conflict', { field: 'active' });
  checkColumns(source, rows);
  // The same file twice at once: the second one finds what the first one made.
  if (!dry) await tx.run(sql`select pg_advisory_xact_lock(hashtext('integrations-orders'), hashtext(${source.id}))`);
  const read = readOrders(rows, await contextOf(tx, source));
  const known = await knownOrders(
    tx,
    source.id,
    read.flatMap((one) => (one.ok ? [one.order.outerNumber] : [])),
  );
  const told: HotlineRow[] = [];
  if (!dry) await makeMonths(tx, read);
  for (const one of read) {
    if (!one.ok) {
      const { line, outerNumber, problem, value } = one;
      told.push({ line, outerNumber, outcome: 'refused', problem, value, number: null });
      continue;
    }
    const { order } = one;
    const before = known.get(order.outerNumber);
    const outcome = !before ? 'new' : before.mac === macOf(tx.rt, order.cells) ? 'unchanged' : 'updated';
    let number = before?.number ?? null;
    if (!dry && outcome === 'new') number = await create(tx, source, order, by);
    if (!dry && before && outcome === 'updated') await update(tx, source, before, order, by);
    told.push({ line: order.line, outerNumber: order.outerNumber, outcome, problem: null, value: '', number });
  }
  const report = reportOf(told);
  if (!dry) {
    const { created, updated, refused } = report;
    tx.audit({
      action: 'integrations.take-orders',
      subject: { kind: 'hotline-source', id: source.id },
      details: { created, updated, refused, by: by.name },
    });
  }
  return report;
}
