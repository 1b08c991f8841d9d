/** CSV by RFC 4180, for spreadsheets: UTF-8 with a byte order mark, CRLF between records. */
import { ByteWriter } from './byte-writer.ts';
import { localTexts, localTimeIn } from './local-time.ts';
import { type Cell, formulaStart, looksLikeFormula, type Table, type TableColumn } from './table.ts';

/** Without it spreadsheets read the file in the encoding of the machine's language. */
const byteOrderMark = '\u{FEFF}';
const quoted = /[",\r\n]/;
/** Asked once of every text: almost none needs more. */
const needsCare = new RegExp(`${formulaStart.source}|${quoted.source}`);
const comma = 0x2c;
const colon = 0x3a;
const zero = 0x30;
const carriageReturn = 0x0d;
const lineFeed = 0x0a;

/** A text as a field; what a spreadsheet would calculate begins with an apostrophe. */
export function csvField(text: string): string {
  if (!needsCare.test(text)) return text;
  const shown = looksLikeFormula(text) ? `'${text}` : text;
  return quoted.test(shown) ? `"${shown.replaceAll('"', '""')}"` : shown;
}

/** Different texts of a column that are kept as bytes. */
const mostKept = 5_000;
const hourMs = 3_600_000;

type Write = (out: ByteWriter, cell: Exclude<Cell, null>) => void;

function textWriter(repeats: boolean): (out: ByteWriter, text: string) => void {
  if (!repeats) return (out, text) => out.text(csvField(text));
  const known = new Map<string, Uint8Array>();
  return (out, text) => {
    let bytes = known.get(text);
    if (!bytes) {
      bytes = Buffer.from(csvField(text));
      if (known.size < mostKept) known.set(text, bytes);
    }
    out.bytes(bytes);
  };
}

/** `2026-11-22 09:05:00` of milliseconds; many share their hour with others. */
function timeWriter(zone: string): (out: ByteWriter, ms: number) => void {
  const local = localTimeIn(zone);
  const whole = localTexts();
  const hours = new Map<number, Uint8Array>();
  return (out, ms) => {
    const localMs = local(ms);
    const hour = Math.floor(localMs / hourMs);
    let bytes = hours.get(hour);
    if (!bytes) hours.set(hour, (bytes = Buffer.from(whole(hour * hourMs).slice(0, -'00:00'.length))));
    const s = Math.floor((localMs - hour * hourMs) / 1000);
    out.bytes(bytes);
    out.two(Math.floor(s / 60));
    out.ascii(colon);
    out.two(s % 60);
  };
}

function cellWriter({ kind, repeats = false }: TableColumn, time: (out: ByteWriter, ms: number) => void): Write {
  const text = textWriter(repeats);
  return (out, cell) => {
    if (typeof cell === 'string') text(out, cell);
    else if (kind === 'time') time(out, cell);
    else if (cell >= 0 && cell < 10 && Number.isInteger(cell)) out.ascii(zero + cell);
    else out.text(String(cell));
  };
}

/** On its own: inside the generator below it would be compiled anew whenever that goes on after a page. */
function writeRow(out: ByteWriter, writers: readonly Write[], row: readonly Cell[]): void {
  for (let i = 0; i < writers.length; i++) {
    if (i > 0) out.ascii(comma);
    const cell = row[i] ?? null;
    if (cell !== null) writers[i]?.(out, cell);
  }
  out.ascii(carriageReturn);
  out.ascii(lineFeed);
}

/** The file, a piece for each page of rows. */
export async function* csvBytes(table: Table): AsyncGenerator<Buffer> {
  const out = new ByteWriter();
  const time = timeWriter(table.zone);
  const writers = table.columns.map((column) => cellWriter(column, time));
  out.text(`${byteOrderMark}${table.columns.map((column) => csvField(column.heading)).join(',')}\r\n`);
  yield out.take();
  for await (const page of table.pages) {
    for (const row of page) writeRow(out, writers, row);
    if (out.length > 0) yield out.take();
  }
}
