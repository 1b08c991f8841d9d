/** From the bytes of a file to rows of cells by what their columns mean. */
import { AppError } from '@wangge/contract-kit';
import { parse } from 'csv-parse/sync';
import { readSheet } from 'read-excel-file/node';
import { fieldOf, type ImportField } from './columns.ts';

export interface FileRow {
  /** As spreadsheets count. */
  readonly row: number;
  readonly cells: ReadonlyMap<ImportField, string>;
}

/** Columns that a file has, and its rows; rows without any text are left out. */
export interface CameraFile {
  readonly fields: ReadonlySet<ImportField>;
  readonly rows: readonly FileRow[];
}

export const mostRows = 5000;
const mostUnpackedBytes = 100 * 1024 * 1024;

const unreadable = (problem: string, cause?: unknown): AppError =>
  new AppError('row-invalid', { field: 'content', details: { problem }, ...(cause === undefined ? {} : { cause }) });

/**
 * @param content the file as base64; a workbook is known by its first bytes, whatever its name
 * @throws AppError `row-invalid` (broken, empty, too long, a column twice)
 */
export async function readCameraFile(content: string): Promise<CameraFile> {
  const bytes = Buffer.from(content, 'base64');
  const [head = [], ...body] = bytes.subarray(0, 2).toString('latin1') === 'PK' ? await sheetOf(bytes) : csvOf(bytes);
  const fields = head.map((heading) => fieldOf(heading));
  const known = fields.filter((field): field is ImportField => field !== null);
  if (known.length === 0) throw unreadable('no known headings');
  if (new Set(known).size < known.length) throw unreadable('two columns of one meaning');
  const rows = body.flatMap((cells, i): FileRow[] => {
    if (cells.every((cell) => cell.trim() === '')) return [];
    const named = fields.flatMap((field, c) => (field === null ? [] : [[field, (cells[c] ?? '').trim()] as const]));
    return [{ row: i + 2, cells: new Map(named) }];
  });
  if (rows.length > mostRows) throw unreadable(`more than ${mostRows} rows`);
  return { fields: new Set(known), rows };
}

/** UTF-8, else what Chinese spreadsheets write when they do not: GB 18030. */
function textOf(bytes: Buffer): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder('gb18030').decode(bytes);
  }
}
function csvOf(bytes: Buffer): string[][] {
  try {
    return parse(textOf(bytes), { bom: true, relax_column_count: true, skip_empty_lines: false }) as string[][];
  } catch (error) {
    throw unreadable(error instanceof Error ? error.message : String(error), error);
  }
}

async function sheetOf(bytes: Buffer): Promise<string[][]> {
  if (unpackedBytes(bytes) > mostUnpackedBytes) throw unreadable('unpacks to too much');
  try {
    return (await readSheet(bytes)).map((row) => row.map(cellText));
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
function cellText(cell: unknown): string {
  if (cell === null || cell === undefined) return '';
  // A date in a sheet is a day without a zone.
  if (cell instanceof Date) return cell.toISOString().slice(0, 10);
  return String(cell as string | number | boolean);
}
