/** From rows of the database to the cells of a file. */
import type { Lang } from '@wangge/contract-kit';
import type { Cell, TableColumn } from '@wangge/kernel';
import { type ExportColumn, exportColumns } from '../contract/export.ts';
import { clockMark } from '../rules.ts';
import { incidentSources, incidentStates, severities } from '../states.ts';
import { ExportRow } from './export-row.ts';
import { maskTelephones } from './mask-text.ts';
import { exportWords } from './words.ts';

/** What a file shows of an area: names of it and of those it lies in, and its middle. */
export interface Place {
  readonly village: string | null;
  readonly grid: string | null;
  readonly microGrid: string | null;
  readonly center: { readonly lon: number; readonly lat: number } | null;
}

/** What cells are made with: names behind identifiers, as they were when the file began. */
export interface Names {
  readonly columns: readonly ExportColumn[];
  readonly lang: Lang;
  readonly nowMs: number;
  readonly maskedPhone: (sealed: string) => string;
  /** By code. */
  readonly categories: ReadonlyMap<string, { readonly name: string; readonly top: string }>;
  readonly departments: ReadonlyMap<string, string>;
  readonly accounts: ReadonlyMap<string, string>;
  readonly areas: ReadonlyMap<string, Place>;
}
/** What the cells of one row are made with. */
interface Context extends Names {
  /** Its area, looked up once for all of its cells. */
  place: Place | undefined;
}

const areaCell =
  (level: 'village' | 'grid' | 'microGrid'): CellOf =>
  (_, { place }) =>
    place?.[level] ?? null;

/** Exactly, or of an anonymous report only its area's middle: a file ends up anywhere. */
function pointOf(row: ExportRow, { place }: Context): { readonly lon: number | null; readonly lat: number | null } {
  if (!row.anonymous || row.lon === null) return row;
  return place?.center ?? { lon: null, lat: null };
}
const degrees = (value: number | null): Cell => (value === null ? null : Math.round(value * 1e6) / 1e6);

function namesOf(ids: string | null, nameOf: (id: string) => string | undefined, lang: Lang): Cell {
  if (ids === null) return null;
  if (!ids.includes(' ')) return nameOf(ids) ?? null;
  const names = ids.split(' ').flatMap((id) => nameOf(id) ?? []);
  return names.length === 0 ? null : names.join(exportWords.comma[lang]);
}

type CellOf = (row: ExportRow, context: Context) => Cell;
interface Definition extends Omit<TableColumn, 'heading'> {
  readonly cell: CellOf;
}
const text = (width: number, cell: CellOf): Definition => ({ kind: 'text', width, cell });
/** Names and words: few of them for many rows. */
const word = (width: number, cell: CellOf): Definition => ({ ...text(width, cell), repeats: true });
const count = (cell: CellOf): Definition => ({ kind: 'number', width: 9, cell });
const time = (cell: CellOf): Definition => ({ kind: 'time', width: 20, cell });
const yesNo = (value: boolean | null, lang: Lang): Cell =>
  value === null ? null : exportWords[value ? 'yes' : 'no'][lang];

const definitions: Readonly<Record<ExportColumn, Definition>> = {
  number: text(18, (row) => row.number),
  state: word(14, (row, { lang }) =>
    row.state === 'registered' && row.openOrders > 0 ? exportWords.offered[lang] : incidentStates[row.state][lang],
  ),
  severity: word(10, (row, { lang }) => severities[row.severity][lang]),
  clock: word(10, (row, { lang, nowMs }) => {
    const mark = clockMark(row, nowMs);
    return mark === null ? null : exportWords[mark][lang];
  }),
  source: word(12, (row, { lang }) => incidentSources[row.source][lang]),
  topCategory: word(14, (row, { categories }) => categories.get(row.categoryCode)?.top ?? row.categoryCode),
  category: word(16, (row, { categories }) => categories.get(row.categoryCode)?.name ?? row.categoryCode),
  description: text(50, (row) => maskTelephones(row.description)),
  address: text(30, (row) => (row.anonymous ? null : maskTelephones(row.address ?? '') || null)),
  village: word(14, areaCell('village')),
  grid: word(14, areaCell('grid')),
  microGrid: word(18, areaCell('microGrid')),
  lon: { kind: 'number', width: 14, cell: (row, context) => degrees(pointOf(row, context).lon) },
  lat: { kind: 'number', width: 14, cell: (row, context) => degrees(pointOf(row, context).lat) },
  reportedAt: time((row) => row.reportedMs),
  deadline: time((row) => row.deadlineMs),
  closedAt: time((row) => row.closedMs),
  updatedAt: time((row) => row.updatedMs),
  departments: word(20, (row, { departments, lang }) => namesOf(row.departmentIds, (id) => departments.get(id), lang)),
  assignees: word(16, (row, { accounts, lang }) => namesOf(row.assigneeIds, (id) => accounts.get(id), lang)),
  reporterPhone: text(16, (row, { lang, maskedPhone }) => {
    if (row.anonymous) return exportWords.anonymous[lang];
    return row.reporterPhone === null ? null : maskedPhone(row.reporterPhone);
  }),
  reporters: count((row) => row.reporterCount),
  photos: count((row) => row.photoCount),
  supervised: word(8, (row, { lang }) => yesNo(row.supervised, lang)),
  response: count((row) => row.ratingResponse),
  resolved: word(8, (row, { lang }) => yesNo(row.ratingResolved, lang)),
  satisfied: count((row) => row.ratingSatisfied),
};

export function tableColumns(columns: readonly ExportColumn[], lang: Lang): TableColumn[] {
  return columns.map((column) => {
    const { cell: _, ...definition } = definitions[column];
    return { ...definition, heading: exportColumns[column][lang] };
  });
}

/** On its own, so that it is compiled once and not with the generator that goes on and stops around it. */
function cellsOf(makers: readonly CellOf[], row: ExportRow, context: Context): Cell[] {
  const cells: Cell[] = [];
  for (const make of makers) cells.push(make(row, context));
  return cells;
}

/** The cells of the rows of a page (`export-row.ts`), one for each column. */
export function cellMaker(names: Names): (page: string) => Iterable<readonly Cell[]> {
  const makers = names.columns.map((column) => definitions[column].cell);
  return function* (page) {
    const row = new ExportRow(page);
    const context: Context = { ...names, place: undefined };
    while (row.next()) {
      context.place = names.areas.get(row.areaId ?? '');
      yield cellsOf(makers, row, context);
    }
  };
}
