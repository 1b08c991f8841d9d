/** CSV by RFC 4180, for spreadsheets: UTF-8 with a byte order mark, CRLF between records. */
import { localTexts, localTimeIn } from './local-time.ts';
import { looksLikeFormula, type Table } from './table.ts';

/** Without it spreadsheets read the file in the encoding of the machine's language. */
const byteOrderMark = '\u{FEFF}';

/** A text as a field; what a spreadsheet would calculate begins with an apostrophe. */
export function csvField(text: string): string {
  const shown = looksLikeFormula(text) ? `'${text}` : text;
  return /[",\r\n]/.test(shown) ? `"${shown.replaceAll('"', '""')}"` : shown;
}

/** The file, a piece for each page of rows. */
export async function* csvBytes(table: Table): AsyncGenerator<Buffer> {
  const local = localTimeIn(table.zone);
  const timeText = localTexts();
  const kinds = table.columns.map((column) => column.kind);
  yield Buffer.from(`${byteOrderMark}${table.columns.map((column) => csvField(column.heading)).join(',')}\r\n`);
  for await (const page of table.pages) {
    let text = '';
    for (const row of page) {
      for (let i = 0; i < kinds.length; i++) {
        const cell = row[i] ?? null;
        if (i > 0) text += ',';
        if (typeof cell === 'string') text += csvField(cell);
        else if (cell !== null) text += kinds[i] === 'time' ? timeText(local(cell)) : String(cell);
      }
      text += '\r\n';
    }
    if (text !== '') yield Buffer.from(text);
  }
}
