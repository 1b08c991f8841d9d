/** Which incidents a file has, and their rows, page by page. */
import { AppError } from '@wangge/contract-kit';
import { sql, type Tx } from '@wangge/kernel';
import { filterJson } from '../actions/filter.ts';
import { type IncidentFilter, maxExportRows } from '../contract.ts';
import type { IncidentSource, IncidentState, Severity } from '../states.ts';

export interface ExportRow {
  readonly number: string;
  readonly state: IncidentState;
  readonly source: IncidentSource;
  readonly severity: Severity;
  readonly category_code: string;
  readonly description: string;
  readonly address: string | null;
  readonly lon: number | null;
  readonly lat: number | null;
  readonly area_id: string | null;
  readonly reported_ms: number;
  readonly updated_ms: number;
  readonly deadline_ms: number | null;
  readonly warn_ms: number | null;
  readonly stopped_ms: number | null;
  readonly closed_ms: number | null;
  readonly reporter_phone: string | null;
  readonly anonymous: boolean;
  /** With a blank between them. */
  readonly department_ids: string | null;
  readonly assignee_ids: string | null;
  readonly open_orders: number;
  readonly photo_count: number;
  readonly reporter_count: number;
  readonly supervised: boolean;
  readonly rating_response: number | null;
  readonly rating_resolved: boolean | null;
  readonly rating_satisfied: number | null;
}

const idBytes = 16;

/** Identifiers packed one behind the other. */
export class FoundIds {
  readonly #bytes: Buffer;
  constructor(bytes: Buffer) {
    this.#bytes = bytes;
  }
  get count(): number {
    return this.#bytes.length / idBytes;
  }
  /** As PostgreSQL reads them: hexadecimal digits. */
  slice(first: number, count: number): string[] {
    const ids: string[] = [];
    for (let n = first; n < Math.min(first + count, this.count); n++) {
      ids.push(this.#bytes.toString('hex', n * idBytes, (n + 1) * idBytes));
    }
    return ids;
  }
}

/**
 * All incidents of a filter within the caller's scope, newest first.
 *
 * @throws AppError `guard-failed` when they are more than a file may have
 */
export async function findIds(tx: Tx, filter: IncidentFilter): Promise<FoundIds> {
  const { ids } = await tx.one<{ ids: Buffer }>(
    sql`select incidents_find_ids(${filterJson(tx, filter)}::jsonb, ${maxExportRows + 1}) as ids`,
  );
  const found = new FoundIds(ids);
  if (found.count > maxExportRows) {
    throw new AppError('guard-failed', { details: { guard: 'too-many-rows', most: maxExportRows } });
  }
  return found;
}

const unit = '\u001F';
const record = '\u001E';
const textOf = (field: string | undefined): string | null => (field === undefined || field === '' ? null : field);
const numberOf = (field: string | undefined): number | null =>
  field === undefined || field === '' ? null : Number(field);

/** @param line fields in the order of `incidents_export_text` */
function rowOf(line: string): ExportRow {
  const f = line.split(unit);
  return {
    number: f[0] ?? '',
    state: f[1] as IncidentState,
    source: f[2] as IncidentSource,
    severity: f[3] as Severity,
    category_code: f[4] ?? '',
    description: f[5] ?? '',
    address: textOf(f[6]),
    lon: numberOf(f[7]),
    lat: numberOf(f[8]),
    area_id: textOf(f[9]),
    reported_ms: Number(f[10]),
    updated_ms: Number(f[11]),
    deadline_ms: numberOf(f[12]),
    warn_ms: numberOf(f[13]),
    stopped_ms: numberOf(f[14]),
    closed_ms: numberOf(f[15]),
    reporter_phone: textOf(f[16]),
    anonymous: f[17] === '1',
    department_ids: textOf(f[18]),
    assignee_ids: textOf(f[19]),
    open_orders: Number(f[20]),
    photo_count: Number(f[21]),
    reporter_count: Number(f[22]),
    supervised: f[23] === '1',
    rating_response: numberOf(f[24]),
    rating_resolved: f[25] === '' ? null : f[25] === '1',
    rating_satisfied: numberOf(f[26]),
  };
}

/** A page comes as one text: taken apart field by field a row costs several times as much, here and there. */
export async function readRows(tx: Tx, ids: readonly string[]): Promise<readonly ExportRow[]> {
  const { page } = await tx.one<{ page: string }>(sql`select incidents_export_text(${[...ids]}::uuid[]) as page`);
  return page === '' ? [] : page.split(record).map(rowOf);
}
