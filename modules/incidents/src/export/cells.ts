/** From rows of the database to the cells of a file. */
import type { Lang } from '@wangge/contract-kit';
import { type AreaNode, areaIndex } from '@wangge/areas';
import type { Cell, TableColumn, Tx } from '@wangge/kernel';
import type { CategoryBook } from '../categories/book.ts';
import { type ExportColumn, exportColumns } from '../contract/export.ts';
import { openPhone } from '../people.ts';
import { clockMark, maskPhone } from '../rules.ts';
import { incidentSources, incidentStates, severities } from '../states.ts';
import type { ExportRow } from './find-rows.ts';
import { maskTelephones } from './mask-text.ts';
import { exportWords } from './words.ts';

/** What cells are made with: names behind identifiers, and the caller's language. */
export interface Names {
  readonly lang: Lang;
  readonly categories: CategoryBook;
  readonly departments: ReadonlyMap<string, { readonly name: string }>;
  /** Filled on the way. */
  readonly areas: Map<string, Place>;
  /** Of the accounts of this page. */
  readonly accounts: ReadonlyMap<string, string>;
}

type Place = Partial<Record<AreaNode['level'], string>>;

/** Names of the area and of those it lies in, by level. A town has few areas and many incidents. */
function areaNames(tx: Tx, areaId: string, known: Map<string, Place>): Place {
  let names = known.get(areaId);
  if (!names) {
    names = {};
    const index = areaIndex(tx.rt);
    for (let node = index.get(areaId); node; node = node.parentId === null ? null : index.get(node.parentId)) {
      names[node.level] = node.name;
    }
    known.set(areaId, names);
  }
  return names;
}
const areaCell =
  (level: AreaNode['level']): CellOf =>
  (tx, row, { areas }) =>
    row.area_id === null ? null : (areaNames(tx, row.area_id, areas)[level] ?? null);

/** Exactly, or of an anonymous report only its area's middle: a file ends up anywhere. */
function placeOf(tx: Tx, row: ExportRow): { lon: number | null; lat: number | null } {
  if (!row.anonymous || row.lon === null) return row;
  return (row.area_id === null ? null : areaIndex(tx.rt).get(row.area_id)?.center) ?? { lon: null, lat: null };
}
const degrees = (value: number | null): Cell => (value === null ? null : Math.round(value * 1e6) / 1e6);

function namesOf(ids: string | null, nameOf: (id: string) => string | undefined, lang: Lang): Cell {
  if (ids === null) return null;
  if (!ids.includes(' ')) return nameOf(ids) ?? null;
  const names = ids.split(' ').flatMap((id) => nameOf(id) ?? []);
  return names.length === 0 ? null : names.join(exportWords.comma[lang]);
}

type CellOf = (tx: Tx, row: ExportRow, names: Names) => Cell;
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
  number: text(18, (_, row) => row.number),
  state: word(14, (_, row, { lang }) =>
    row.state === 'registered' && row.open_orders > 0 ? exportWords.offered[lang] : incidentStates[row.state][lang],
  ),
  severity: word(10, (_, row, { lang }) => severities[row.severity][lang]),
  clock: word(10, (tx, row, { lang }) => {
    const clock = { deadlineMs: row.deadline_ms, warnMs: row.warn_ms, stoppedMs: row.stopped_ms };
    const mark = clockMark(clock, tx.nowMs);
    return mark === null ? null : exportWords[mark][lang];
  }),
  source: word(12, (_, row, { lang }) => incidentSources[row.source][lang]),
  topCategory: word(14, (_, row, { categories, lang }) => {
    const category = categories.get(row.category_code);
    const top = categories.get(category?.parentCode ?? '') ?? category;
    return top?.name[lang] ?? row.category_code;
  }),
  category: word(
    16,
    (_, row, { categories, lang }) => categories.get(row.category_code)?.name[lang] ?? row.category_code,
  ),
  description: text(50, (_, row) => maskTelephones(row.description)),
  address: text(30, (_, row) => (row.address === null || row.anonymous ? null : maskTelephones(row.address))),
  village: word(14, areaCell('village')),
  grid: word(14, areaCell('grid')),
  microGrid: word(18, areaCell('micro-grid')),
  lon: { kind: 'number', width: 14, cell: (tx, row) => degrees(placeOf(tx, row).lon) },
  lat: { kind: 'number', width: 14, cell: (tx, row) => degrees(placeOf(tx, row).lat) },
  reportedAt: time((_, row) => row.reported_ms),
  deadline: time((_, row) => row.deadline_ms),
  closedAt: time((_, row) => row.closed_ms),
  updatedAt: time((_, row) => row.updated_ms),
  departments: word(20, (_, row, { departments, lang }) =>
    namesOf(row.department_ids, (id) => departments.get(id)?.name, lang),
  ),
  assignees: word(16, (_, row, { accounts, lang }) => namesOf(row.assignee_ids, (id) => accounts.get(id), lang)),
  reporterPhone: text(16, (tx, row, { lang }) => {
    if (row.anonymous) return exportWords.anonymous[lang];
    return row.reporter_phone === null ? null : maskPhone(openPhone(tx.rt, row.reporter_phone));
  }),
  reporters: count((_, row) => row.reporter_count),
  photos: count((_, row) => row.photo_count),
  supervised: word(8, (_, row, { lang }) => yesNo(row.supervised, lang)),
  response: count((_, row) => row.rating_response),
  resolved: word(8, (_, row, { lang }) => yesNo(row.rating_resolved, lang)),
  satisfied: count((_, row) => row.rating_satisfied),
};

export function tableColumns(columns: readonly ExportColumn[], lang: Lang): TableColumn[] {
  return columns.map((column) => ({ ...definitions[column], heading: exportColumns[column][lang] }));
}

/** The cells of one row, one for each column. */
export function cellsOf(tx: Tx, columns: readonly ExportColumn[], row: ExportRow, names: Names): Cell[] {
  return columns.map((column) => definitions[column].cell(tx, row, names));
}
