/** From the bytes of a file to rows of texts under the file's own headings. */
import { AppError } from '@wangge/contract-kit';
import { parse } from 'csv-parse/sync';
import { readSheet } from 'read-excel-file/node';

export interface FileRow {
  readonly line: number;
  readonly cells: Readonly<Record<string, string>>;
}
export interface FileTable {
  readonly columns: readonly string[];
  readonly rows: readonly FileRow[];
}

/** A day of a city's hotline is fewer. */
export const mostRows = 5000;
const mostColumns = 100;
const mostUnpackedBytes = 200 * 1024 * 1024;

const unreadable = (problem: string, cause?: unknown): AppError =>
  new AppError('row-invalid', {
    field: 'file',
    details: { line: 0, problem },
    ...(cause === undefined ? {} : { cause }),
  });

/** UTF-8, else what Chinese offices write when they do not: GB 18030. */
function textOf(bytes: Buffer): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder('gb18030').decode(bytes);
  }
}

function csvCells(bytes: Buffer): string[][] {
  try {
    return parse(textOf(bytes), { bom: true, relax_column_count: true, skip_empty_lines: false }) as string[][];
  } catch (error) {
    throw unreadable(error instanceof Error ? error.message : String(error), error);
  }
}

/** Sum of what the archive says its files unpack to; a file that says too much is not opened. */
function unpackedBytes(bytes: Buffer): number {
  let sum = 0;
  for (let at = bytes.indexOf('PK\u0001\u0002', 0, 'latin1'); at >= 0 && at + 28 <= bytes.length;) {
    sum += bytes.readUInt32LE(at + 24);
    at = bytes.indexOf('PK\u0001\u0002', at + 4, 'latin1');
  }
  return sum;
}

/** A date in a sheet is a moment without a zone; written out as its clock would show it. */
function cellText(cell: unknown): string {
  if (cell === null || cell === undefined) return '';
  if (cell instanceof Date) return cell.toISOString().slice(0, 19).replace('T', ' ');
  return String(cell as string | number | boolean);
}

async function xlsxCells(bytes: Buffer): Promise<string[][]> {
  if (unpackedBytes(bytes) > mostUnpackedBytes) throw unreadable('unpacks to too much');
  try {
    return (await readSheet(bytes)).map((row) => row.map(cellText));
  } catch (error) {
    throw unreadable(error instanceof Error ? error.message : String(error), error);
  }
}

/**
 * @param content the file as base64
 * @throws AppError `row-invalid` (broken, empty, too long, headings missing or twice)
 */
export async function readTable(format: 'csv' | 'xlsx', content: string): Promise<FileTable> {
  const bytes = Buffer.from(content, 'base64');
  const [head, ...body] = format === 'csv' ? csvCells(bytes) : await xlsxCells(bytes);
  const columns = (head ?? []).map((name) => name.trim());
  while (columns.at(-1) === '') columns.pop();
  if (columns.length === 0) throw unreadable('no headings');
  if (columns.length > mostColumns) throw unreadable(`more than ${mostColumns} columns`);
  if (columns.includes('')) throw unreadable('a heading is empty');
  if (new Set(columns).size < columns.length) throw unreadable('a heading stands there twice');
  const rows = body.flatMap((cells, i): FileRow[] => {
    if (cells.every((cell) => cell.trim() === '')) return [];
    const named = columns.map((name, c) => [name, (cells[c] ?? '').trim()] as const);
    return [{ line: i + 2, cells: Object.fromEntries(named) }];
  });
  if (rows.length > mostRows) throw unreadable(`more than ${mostRows} rows`);
  return { columns, rows };
}
