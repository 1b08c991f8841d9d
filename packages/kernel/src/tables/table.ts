/** A table on its way into a file: headings at once, rows page by page as they come from the database. */

/** `time` cells are milliseconds and are shown in the table's zone; null is an empty cell. */
export type Cell = string | number | null;

export interface TableColumn {
  readonly heading: string;
  readonly kind: 'text' | 'number' | 'time';
  /** Few different texts in many rows (names, states): formats that can store each of them once. */
  readonly repeats?: boolean;
  /** In characters, where the format knows widths; 12 unless told. */
  readonly width?: number;
}

export interface Table {
  /** Name of the sheet; formats without one leave it out. */
  readonly title: string;
  readonly columns: readonly TableColumn[];
  /** A cell for each column. Rows made while they are asked for die young, and cost the collector nothing. */
  readonly pages: AsyncIterable<Iterable<readonly Cell[]>>;
  /** IANA zone in which times are written. */
  readonly zone: string;
}

/** Spreadsheets take a text that begins so for a formula, some also in full width. */
export const formulaStart = /^[=+\-@\t\r＝＋－＠]/;

/** Whether a program that opens the file might calculate this text instead of showing it. */
export function looksLikeFormula(text: string): boolean {
  return formulaStart.test(text);
}
