/** The parts of a workbook of one sheet that do not depend on its rows (ECMA-376, SpreadsheetML). */

const head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
const main = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
const office = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const packaged = 'http://schemas.openxmlformats.org/package/2006';

/** Places in `cellXfs` of the styles. */
export const styles = { time: 1, heading: 2, quoted: 3 } as const;

const escapes: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
// oxlint-disable-next-line no-control-regex -- characters that XML cannot hold are dropped
const unfit = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|\p{Surrogate}/gu;
/** What a cell holds at most. */
const maxChars = 32_767;

/** A text as the content of an element: without what XML cannot hold, and with `_x0041_` meaning itself. */
export function xmlText(text: string): string {
  const fit = text
    .slice(0, maxChars)
    .replace(unfit, '')
    .replace(/_(?=x[0-9a-f]{4}_)/gi, '_x005F_');
  return /[&<>"]/.test(fit) ? fit.replace(/[&<>"]/g, (mark) => escapes[mark] ?? '') : fit;
}

/** A sheet's name: 31 characters, none of those that formulas use. */
function sheetName(title: string): string {
  return xmlText(title.replace(/[\\/?*[\]:']/g, ' ').slice(0, 31));
}

/** Files of the package by their path. */
export function fixedParts(title: string): ReadonlyMap<string, string> {
  return new Map([
    [
      '[Content_Types].xml',
      `${head}<Types xmlns="${packaged}/content-types">` +
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>' +
        '<Default Extension="xml" ContentType="application/xml"/>' +
        ['workbook:sheet.main', 'styles:styles', 'sharedStrings:sharedStrings', 'worksheets/sheet1:worksheet']
          .map((pair) => pair.split(':'))
          .map(
            ([path, type]) =>
              `<Override PartName="/xl/${path}.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.${type}+xml"/>`,
          )
          .join('') +
        '</Types>',
    ],
    [
      '_rels/.rels',
      `${head}<Relationships xmlns="${packaged}/relationships">` +
        `<Relationship Id="rId1" Type="${office}/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
    ],
    [
      'xl/workbook.xml',
      `${head}<workbook xmlns="${main}" xmlns:r="${office}">` +
        `<sheets><sheet name="${sheetName(title)}" sheetId="1" r:id="rId1"/></sheets></workbook>`,
    ],
    [
      'xl/_rels/workbook.xml.rels',
      `${head}<Relationships xmlns="${packaged}/relationships">` +
        `<Relationship Id="rId1" Type="${office}/worksheet" Target="worksheets/sheet1.xml"/>` +
        `<Relationship Id="rId2" Type="${office}/styles" Target="styles.xml"/>` +
        `<Relationship Id="rId3" Type="${office}/sharedStrings" Target="sharedStrings.xml"/></Relationships>`,
    ],
    [
      'xl/styles.xml',
      `${head}<styleSheet xmlns="${main}">` +
        '<numFmts count="1"><numFmt numFmtId="164" formatCode="yyyy\\-mm\\-dd\\ hh:mm:ss"/></numFmts>' +
        '<fonts count="2"><font><sz val="11"/><name val="Calibri"/></font>' +
        '<font><b/><sz val="11"/><name val="Calibri"/></font></fonts>' +
        '<fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills>' +
        '<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>' +
        '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>' +
        '<cellXfs count="4"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>' +
        '<xf numFmtId="164" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/>' +
        '<xf numFmtId="0" fontId="1" fillId="0" borderId="0" xfId="0" applyFont="1"/>' +
        '<xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0" quotePrefix="1"/></cellXfs>' +
        '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>',
    ],
  ]);
}

/** Until the first row: the heading stays in sight, columns have widths. */
export function sheetStart(widths: readonly number[]): string {
  const cols = widths.map((width, i) => `<col min="${i + 1}" max="${i + 1}" width="${width}" customWidth="1"/>`);
  return (
    `${head}<worksheet xmlns="${main}"><sheetViews><sheetView workbookViewId="0">` +
    '<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews>' +
    `<cols>${cols.join('')}</cols><sheetData>`
  );
}
/** After the last row; the heading filters. */
export function sheetEnd(lastCell: string): string {
  return `</sheetData><autoFilter ref="A1:${lastCell}"/></worksheet>`;
}

/** A text as cells hold it. */
export function richText(text: string): string {
  return `<t${/^\s|\s$|\n/.test(text) ? ' xml:space="preserve"' : ''}>${xmlText(text)}</t>`;
}

/** Texts that many cells show, each stored once; cells name them by their place. */
export class SharedTexts {
  readonly #places = new Map<string, number>();
  /** Beyond so many a column has no few texts after all: null, and the cell holds its text itself. */
  readonly #most: number;
  constructor(most = 10_000) {
    this.#most = most;
  }
  place(text: string): number | null {
    let place = this.#places.get(text) ?? null;
    if (place === null && this.#places.size < this.#most) {
      place = this.#places.size;
      this.#places.set(text, place);
    }
    return place;
  }
  /** The part of the package. */
  xml(): string {
    const items = [...this.#places.keys()].map((text) => `<si>${richText(text)}</si>`);
    return `${head}<sst xmlns="${main}" uniqueCount="${items.length}">${items.join('')}</sst>`;
  }
}

/** `A`, `B`, … `AA` of a column counted from 0. */
export function columnName(index: number): string {
  const rest = Math.floor(index / 26);
  return (rest === 0 ? '' : columnName(rest - 1)) + String.fromCodePoint(65 + (index % 26));
}
