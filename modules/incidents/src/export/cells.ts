/** From rows of the database to the cells of a file. */
import type { Lang } from '@wangge/contract-kit';
import type { Cell, TableColumn } from '@wangge/kernel';
import { type ExportColumn, exportColumns } from '../contract/export.ts';
import { clockMark } from '../rules.ts';
import { incidentSources, incidentStates, severities } from '../states.ts';
import { type ExportRow, rowsOfText } from './export-row.ts';
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
const areaCell =
  (level: 'village' | 'grid' | 'microGrid'): CellOf =>
  (row, { areas }) =>
    row.area_id === null ? null : (areas.get(row.area_id)?.[level] ?? null);

/** Exactly, or of an anonymous report only its area's middle: a file ends up anywhere. */
function placeOf(row: ExportRow, { areas }: Names): { lon: number | null; lat: number | null } {
  if (!row.anonymous || row.lon === null) return row;
  return (row.area_id === null ? null : areas.get(row.area_id)?.center) ?? { lon: null, lat: null };
}
const degrees = (value: number | null): Cell => (value === null ? null : Math.round(value * 1e6) / 1e6);

function namesOf(ids: string | null, nameOf: (id: string) => string | undefined, lang: Lang): Cell {
  if (ids === null) return null;
  if (!ids.includes(' ')) return nameOf(ids) ?? null;
  const names = ids.split(' ').flatMap((id) => nameOf(id) ?? []);
  return names.length === 0 ? null : names.join(exportWords.comma[lang]);
}

type CellOf = (row: ExportRow, context: Names) => Cell;
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
    row.state === 'registered' && row.open_orders > 0 ? exportWords.offered[lang] : incidentStates[row.state][lang],
  ),
  severity: word(10, (row, { lang }) => severities[row.severity][lang]),
  clock: word(10, (row, { lang, nowMs }) => {
    const clock = { deadlineMs: row.deadline_ms, warnMs: row.warn_ms, stoppedMs: row.stopped_ms };
    const mark = clockMark(clock, nowMs);
    return mark === null ? null : exportWords[mark][lang];
  }),
  source: word(12, (row, { lang }) => incidentSources[row.source][lang]),
  topCategory: word(14, (row, { categories }) => categories.get(row.category_code)?.top ?? row.category_code),
  category: word(16, (row, { categories }) => categories.get(row.category_code)?.name ?? row.category_code),
  description: text(50, (row) => maskTelephones(row.description)),
  address: text(30, (row) => (row.address === null || row.anonymous ? null : maskTelephones(row.address))),
  village: word(14, areaCell('village')),
  grid: word(14, areaCell('grid')),
  microGrid: word(18, areaCell('microGrid')),
  lon: { kind: 'number', width: 14, cell: (row, context) => degrees(placeOf(row, context).lon) },
  lat: { kind: 'number', width: 14, cell: (row, context) => degrees(placeOf(row, context).lat) },
  reportedAt: time((row) => row.reported_ms),
  deadline: time((row) => row.deadline_ms),
  closedAt: time((row) => row.closed_ms),
  updatedAt: time((row) => row.updated_ms),
  departments: word(20, (row, { departments, lang }) => namesOf(row.department_ids, (id) => departments.get(id), lang)),
  assignees: word(16, (row, { accounts, lang }) => namesOf(row.assignee_ids, (id) => accounts.get(id), lang)),
  reporterPhone: text(16, (row, { lang, maskedPhone }) => {
    if (row.anonymous) return exportWords.anonymous[lang];
    return row.reporter_phone === null ? null : maskedPhone(row.reporter_phone);
  }),
  reporters: count((row) => row.reporter_count),
  photos: count((row) => row.photo_count),
  supervised: word(8, (row, { lang }) => yesNo(row.supervised, lang)),
  response: count((row) => row.rating_response),
  resolved: word(8, (row, { lang }) => yesNo(row.rating_resolved, lang)),
  satisfied: count((row) => row.rating_satisfied),
};

export function tableColumns(columns: readonly ExportColumn[], lang: Lang): TableColumn[] {
  return columns.map((column) => {
    const { cell: _, ...definition } = definitions[column];
    return { ...definition, heading: exportColumns[column][lang] };
  });
}

/** The cells of the rows of a page (`export-row.ts`), one for each column. */
export function cellMaker(names: Names): (page: string) => Iterable<readonly Cell[]> {
  const makers = names.columns.map((column) => definitions[column].cell);
  return function* cellsOf(page) {
    for (const row of rowsOfText(page)) yield makers.map((make) => make(row, names));
  };
}
