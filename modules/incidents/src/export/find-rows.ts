/** Which incidents a file has, and their rows, page by page. */
import { AppError } from '@wangge/contract-kit';
import { sql, type Tx } from '@wangge/kernel';
import { filterJson } from '../actions/filter.ts';
import { type IncidentFilter, maxExportRows } from '../contract.ts';
import type { IncidentSource, IncidentState, Severity } from '../states.ts';

export interface ExportRow {
  readonly id: string;
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

/** A page comes as one JSON text: taken apart field by field a row costs several times as much here. */
export async function readRows(tx: Tx, ids: readonly string[]): Promise<readonly ExportRow[]> {
  const { page } = await tx.one<{ page: readonly ExportRow[] | null }>(
    sql`select json_agg(r) as page from incidents_export_rows(${[...ids]}::uuid[]) r`,
  );
  return page ?? [];
}
