/** Which incidents a file has, and their rows, page by page. */
import { AppError } from '@wangge/contract-kit';
import { sql, type Tx } from '@wangge/kernel';
import { filterJson } from '../actions/filter.ts';
import { type IncidentFilter, maxExportRows } from '../contract.ts';

const idBytes = 16;
/** An identifier with another behind it. */
const idDigits = /.{32}(?=.)/g;

/** Identifiers packed one behind the other. */
export class FoundIds {
  readonly #bytes: Buffer;
  constructor(bytes: Buffer) {
    this.#bytes = bytes;
  }
  get count(): number {
    return this.#bytes.length / idBytes;
  }
  /** As PostgreSQL reads an array of them; a list of strings would be quoted again, one by one. */
  slice(first: number, count: number): string {
    const digits = this.#bytes.toString('hex', first * idBytes, (first + count) * idBytes);
    return `{${digits.replace(idDigits, '$&,')}}`;
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

/** A page comes as one text (`export-row.ts`): taken apart field by field a row costs several times as much. */
export async function readRows(tx: Tx, ids: string): Promise<string> {
  const { page } = await tx.one<{ page: string }>(sql`select incidents_export_text(${ids}::uuid[]) as page`);
  return page;
}
