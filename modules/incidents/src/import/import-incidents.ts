/** `wangge incidents import`: a table of another system's requests, whole or not at all. */
import { createReadStream, existsSync, statSync } from 'node:fs';
import { AppError } from '@wangge/contract-kit';
import { areaIndex } from '@wangge/areas';
import { type Runtime, sql, type Tx } from '@wangge/kernel';
import { type Parser, parse } from 'csv-parse';
import { loadCategories } from '../categories/book.ts';
import { putCategory } from '../categories/save-category.ts';
import { incidentChanged } from '../contract.ts';
import { columnsOf, type ImportMap } from './import-map.ts';
import { type RowContext, type RowProblem, toIncident } from './import-row.ts';

export interface BadRow {
  /** Line of the file, the heading being line 1. */
  readonly line: number;
  readonly problem: RowProblem;
  readonly value: string;
}
export interface ImportReport {
  readonly imported: number;
  /** Rows that an earlier run had imported. */
  readonly known: number;
  readonly badCount: number;
  /** The first thousand. */
  readonly bad: readonly BadRow[];
}
export interface ImportOptions {
  readonly csvPath: string;
  readonly map: ImportMap;
  /** Bad rows are left out, or nothing is imported when there are any. */
  readonly onBad: 'skip' | 'refuse';
  readonly onProgress?: (done: number, total: number, what: 'checking' | 'importing') => void;
}

const listedBad = 1000;
const batchRows = 500;

type Line = { readonly record: Record<string, string>; readonly line: number };

async function* linesOf(path: string, onBytes: (bytes: number) => void): AsyncGenerator<Line> {
  const input = createReadStream(path);
  const parser: Parser = input.pipe(
    parse({ columns: true, bom: true, trim: true, skip_empty_lines: true, relax_column_count: false, info: true }),
  );
  // A fault of reading must reach the loop below, not the process.
  input.once('error', (error) => parser.destroy(error));
  let rows = 0;
  for await (const item of parser as AsyncIterable<{ record: Record<string, string>; info: { lines: number } }>) {
    if (++rows % batchRows === 0) onBytes(input.bytesRead);
    yield { record: item.record, line: item.info.lines };
  }
}

/** A file that breaks off in the middle of a row is refused whatever `onBad` says: nobody knows what else it lacks. */
function unreadable(error: unknown): AppError {
  if (error instanceof AppError) return error;
  const { lines, message } = error as { lines?: number; message?: string };
  return new AppError('row-invalid', {
    field: 'file',
    details: { line: lines ?? 0, problem: message ?? String(error) },
  });
}

async function makeCategories(tx: Tx, map: ImportMap): Promise<void> {
  const book = await loadCategories(tx);
  for (const [i, c] of map.categories.entries()) {
    if (book.get(c.code)) continue;
    await putCategory(tx, c.code, {
      parentCode: c.parent,
      name: { zh: c.zh, en: c.en },
      departmentId: null,
      severity: c.severity,
      handleLimitMin: c.limitMin,
      public: c.public,
      proofRequired: false,
      proofInApp: false,
      active: true,
      autoCloseMin: null,
      order: 1000 + i,
    });
  }
}

async function contextOf(tx: Tx, map: ImportMap): Promise<RowContext> {
  const index = areaIndex(tx.rt);
  const byName = new Map(index.all().map((a) => [a.name.toUpperCase(), a]));
  return { map, book: await loadCategories(tx), index, byName, zone: tx.rt.config.zone, nowMs: tx.nowMs };
}

/** First pass: every row is checked before one is written. */
async function checkAll(
  context: RowContext,
  options: ImportOptions,
): Promise<{ bad: BadRow[]; badCount: number; months: Set<string> }> {
  const total = statSync(options.csvPath).size;
  const bad: BadRow[] = [];
  let badCount = 0;
  const months = new Set<string>();
  let first = true;
  for await (const { record, line } of linesOf(options.csvPath, (bytes) =>
    options.onProgress?.(bytes, total, 'checking'),
  )) {
    if (first) {
      const missing = columnsOf(options.map).filter((c) => !(c in record));
      if (missing.length > 0)
        throw new AppError('invalid-field', { field: 'map', details: { missingColumns: missing } });
      first = false;
    }
    const verdict = toIncident(record, context);
    if (verdict.ok) {
      for (const ms of [verdict.createdMs, verdict.endedMs])
        if (ms !== null) months.add(new Date(ms).toISOString().slice(0, 7));
      continue;
    }
    badCount++;
    if (bad.length < listedBad) bad.push({ line, problem: verdict.problem, value: verdict.value });
  }
  return { bad, badCount, months };
}

async function insertBatch(
  tx: Tx,
  rows: readonly Record<string, unknown>[],
): Promise<{ imported: number; known: number }> {
  const answers = await tx.rows<{ replayed: boolean | null; problem: string | null; key: string }>(sql`
    select (a.answer->>'replayed')::boolean as replayed, a.answer->>'problem' as problem, r.row->>'client_key' as key
    from jsonb_array_elements(${JSON.stringify(rows)}::jsonb) as r(row), lateral incidents_create(r.row) as a(answer)`);
  const clash = answers.find((a) => a.problem !== null);
  if (clash) throw new AppError('key-reused', { details: { key: clash.key, problem: clash.problem } });
  const known = answers.filter((a) => a.replayed).length;
  return { imported: answers.length - known, known };
}

/**
 * Reads the file twice: first all rows are checked, then the good ones are written in one transaction,
 * so that a fault or a kill leaves nothing behind. Rows known by their key are passed over.
 *
 * @throws AppError `row-invalid` (bad rows and `onBad` is `refuse`, or the file itself is broken; `details.line`),
 *   `invalid-field` (columns that the map names and the file lacks), `key-reused` (a key came with other content)
 */
export async function importIncidents(rt: Runtime, options: ImportOptions): Promise<ImportReport> {
  if (!existsSync(options.csvPath)) throw new AppError('not-found', { field: 'file' });
  try {
    return await rt.system('import', async (tx) => {
      await makeCategories(tx, options.map);
      const context = await contextOf(tx, options.map);
      const { bad, badCount, months } = await checkAll(context, options);
      const [worst] = bad;
      if (worst && options.onBad === 'refuse') {
        throw new AppError('row-invalid', { field: 'file', details: { line: worst.line, badCount, bad } });
      }
      for (const month of months)
        await tx.run(sql`select incidents_history_month(${`${month}-15T00:00:00Z`}::timestamptz)`);
      const total = statSync(options.csvPath).size;
      let imported = 0;
      let known = 0;
      let batch: Record<string, unknown>[] = [];
      const write = async (): Promise<void> => {
        if (batch.length === 0) return;
        const done = await insertBatch(tx, batch);
        imported += done.imported;
        known += done.known;
        batch = [];
      };
      for await (const { record } of linesOf(options.csvPath, (bytes) =>
        options.onProgress?.(bytes, total, 'importing'),
      )) {
        const verdict = toIncident(record, context);
        if (verdict.ok) batch.push(verdict.row);
        if (batch.length === batchRows) await write();
      }
      await write();
      const root = context.index.root();
      if (imported > 0 && root) {
        tx.addJob('incidents.learn-categories', {});
        tx.audit({ action: 'incidents.import', details: { imported, known, badCount } });
        // One word for all: lists ask again.
        tx.emit(incidentChanged, { incidentId: root.id, move: 'import' }, { areaPath: root.path, subjectId: root.id });
      }
      return { imported, known, badCount, bad };
    });
  } catch (error) {
    throw unreadable(error);
  }
}
