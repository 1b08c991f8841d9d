/** A workbook of one sheet, written while its rows come: nothing of it is ever whole in memory. */
import { Readable } from 'node:stream';
import { ZipFile } from 'yazl';
import { localTimeIn } from './local-time.ts';
import { type Cell, looksLikeFormula, type Table } from './table.ts';
import { columnName, fixedParts, richText, SharedTexts, sheetEnd, sheetStart, styles } from './xlsx-parts.ts';

/** Rows that a sheet can hold under its heading. */
const maxSheetRows = 1_048_575;
/** Days from the calendar's beginning in spreadsheets to 1970. */
const epochDays = 25_569;
/** Most of what compression can gain at a third of its time. */
const compressionLevel = 3;

const styled = (style: number): string => (style === 0 ? '' : ` s="${style}"`);
const textCell = (at: string, text: string, style = 0): string =>
  `<c r="${at}"${styled(style)} t="inlineStr"><is>${richText(text)}</is></c>`;

async function* sheet({ columns, pages, zone }: Table, shared: SharedTexts): AsyncGenerator<Buffer> {
  const local = localTimeIn(zone);
  const makers = columns.map(({ kind, repeats = false }, i) => {
    const name = columnName(i);
    return (cell: Cell, row: number): string => {
      if (cell === null) return '';
      if (typeof cell === 'string') {
        // Typed as a text it is never calculated; marked as quoted it stays one when it is edited.
        const style = looksLikeFormula(cell) ? styles.quoted : 0;
        const place = repeats ? shared.place(cell) : null;
        return place === null
          ? textCell(`${name}${row}`, cell, style)
          : `<c r="${name}${row}"${styled(style)} t="s"><v>${place}</v></c>`;
      }
      if (kind !== 'time') return `<c r="${name}${row}"><v>${cell}</v></c>`;
      return `<c r="${name}${row}" s="${styles.time}"><v>${epochDays + local(cell) / 86_400_000}</v></c>`;
    };
  });
  let row = 1;
  const headings = columns.map((column, i) => textCell(`${columnName(i)}1`, column.heading, styles.heading));
  yield Buffer.from(`${sheetStart(columns.map((c) => c.width ?? 12))}<row r="1">${headings.join('')}</row>`);
  for await (const page of pages) {
    let text = '';
    for (const cells of page) {
      row++;
      if (row > maxSheetRows + 1) throw new RangeError(`a sheet holds ${maxSheetRows} rows`);
      text += `<row r="${row}">`;
      for (let i = 0; i < makers.length; i++) text += makers[i]?.(cells[i] ?? null, row) ?? '';
      text += '</row>';
    }
    if (text !== '') yield Buffer.from(text);
  }
  yield Buffer.from(sheetEnd(`${columnName(columns.length - 1)}${row}`));
}

/**
 * The file as a stream; ending it early ends the reading of the pages. At most `maxSheetRows` rows.
 */
export function xlsxStream(table: Table): Readable {
  const zip = new ZipFile();
  const shared = new SharedTexts();
  const rows = Readable.from(sheet(table, shared), { objectMode: false, highWaterMark: 64 * 1024 });
  const out = zip.outputStream as Readable;
  rows.once('error', (error) => out.destroy(error));
  out.once('close', () => rows.destroy());
  for (const [path, text] of fixedParts(table.title)) zip.addBuffer(Buffer.from(text), path);
  zip.addReadStream(rows, 'xl/worksheets/sheet1.xml', { compressionLevel });
  // Asked for when the sheet is whole.
  zip.addReadStreamLazy('xl/sharedStrings.xml', (give) => give(null, Readable.from([Buffer.from(shared.xml())])));
  zip.end();
  return out;
}
