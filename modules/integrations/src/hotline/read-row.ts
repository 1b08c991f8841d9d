/** From a row under a source's headings to a report. Pure but for the areas it looks up. */
import { momentAt } from '@wangge/incidents';
import type { HotlineMapping, HotlineProblem } from '../contract/hotline.ts';
import type { FileRow } from './read-file.ts';

export interface RowContext {
  readonly mapping: HotlineMapping;
  /** May something be reported under this code now? */
  readonly reportable: (code: string) => boolean;
  /** Identifier of the area of this name or code. */
  readonly areaOf: (nameOrCode: string) => string | null;
  readonly inTown: (lon: number, lat: number) => boolean;
  readonly townId: string;
  readonly nowMs: number;
}
export interface HotlineOrder {
  readonly line: number;
  readonly outerNumber: string;
  readonly cells: Readonly<Record<string, string>>;
  readonly description: string;
  readonly categoryCode: string;
  readonly atMs: number | null;
  readonly phone: string | null;
  readonly address: string | null;
  readonly place: { readonly lon: number; readonly lat: number } | null;
  readonly areaId: string;
}
export interface BadOrder {
  readonly line: number;
  readonly outerNumber: string;
  readonly problem: HotlineProblem;
  readonly value: string;
}
export type ReadOrder = { readonly ok: true; readonly order: HotlineOrder } | ({ readonly ok: false } & BadOrder);

const date =
  /^(\d{1,4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,4})\s*日?(?:[T ]+(\d{1,2})[:时](\d{1,2})分?(?::?(\d{1,2})秒?)?)?$/;

/** A local time in the order of the mapping; null where it is none, such as the 31st of June. */
export function readMoment(text: string, mapping: Pick<HotlineMapping, 'zone' | 'dates'>): number | null {
  const found = date.exec(text.trim().normalize('NFKC'));
  if (!found) return null;
  const [a = 0, b = 0, c = 0] = found.slice(1, 4).map(Number);
  const [year, month, day] = mapping.dates === 'ymd' ? [a, b, c] : mapping.dates === 'mdy' ? [c, a, b] : [c, b, a];
  const [hour = 0, minute = 0, second = 0] = found.slice(4, 7).map((part) => Number(part ?? 0));
  const local = Date.UTC(year, month - 1, day, hour, minute, second);
  const back = new Date(local);
  const sound =
    year >= 1970 &&
    back.getUTCMonth() === month - 1 &&
    back.getUTCDate() === day &&
    hour < 24 &&
    minute < 60 &&
    second < 60;
  return sound ? momentAt(mapping.zone, local) : null;
}

// oxlint-disable-next-line no-control-regex -- control characters are exactly what is refused
const noText = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]/;
const most = { number: 100, description: 4000, address: 200 } as const;

/** Judges one row. */
export function readOrder({ line, cells }: FileRow, context: RowContext): ReadOrder {
  const { mapping } = context;
  const get = (column: string | null): string => (column === null ? '' : (cells[column] ?? '').normalize('NFC').trim());
  const outerNumber = get(mapping.number).slice(0, most.number);
  const bad = (problem: HotlineProblem, value = ''): ReadOrder => ({
    ok: false,
    line,
    outerNumber,
    problem,
    value: value.slice(0, 80),
  });
  if (outerNumber === '') return bad('number-missing');
  const strange = Object.values(cells).find((cell) => noText.test(cell) || !cell.isWellFormed());
  if (strange !== undefined) return bad('text-bad');
  const description = get(mapping.description).slice(0, most.description);
  if (description === '') return bad('description-missing');

  const time = get(mapping.reportedAt);
  const atMs = time === '' ? null : readMoment(time, mapping);
  if (time !== '' && atMs === null) return bad('time-invalid', time);
  if (atMs !== null && atMs > context.nowMs) return bad('time-in-future', time);

  const word = get(mapping.category.column);
  const categoryCode = Object.hasOwn(mapping.category.words, word) ? (mapping.category.words[word] ?? '') : '';
  if (!context.reportable(categoryCode)) return bad('category-unknown', word);

  const typed = get(mapping.phone).replace(/[\s().]/g, '');
  if (typed !== '' && !/^\+?[0-9-]{5,20}$/.test(typed)) return bad('phone-invalid', typed);

  const [lonText, latText] = [get(mapping.lon), get(mapping.lat)];
  const [lon, lat] = [Number(lonText), Number(latText)];
  const placed = lonText !== '' || latText !== '';
  if (placed && !(lonText !== '' && latText !== '' && Math.abs(lon) <= 180 && Math.abs(lat) <= 90)) {
    return bad('place-invalid', `${lonText} ${latText}`);
  }
  if (placed && !context.inTown(lon, lat)) return bad('place-outside', `${lonText} ${latText}`);
  const named = get(mapping.area);
  const areaId = named === '' ? context.townId : context.areaOf(named);
  if (areaId === null) return bad('area-unknown', named);
  const order: HotlineOrder = {
    line,
    outerNumber,
    cells,
    description,
    categoryCode,
    atMs,
    phone: typed === '' ? null : typed,
    address: get(mapping.address).slice(0, most.address) || null,
    place: placed ? { lon, lat } : null,
    areaId,
  };
  return { ok: true, order };
}

/** All rows of a file; a number that stands there twice counts the first time. */
export function readOrders(rows: readonly FileRow[], context: RowContext): ReadOrder[] {
  const seen = new Set<string>();
  return rows.map((row) => {
    const read = readOrder(row, context);
    if (!read.ok) return read;
    const { outerNumber, line } = read.order;
    if (seen.has(outerNumber)) return { ok: false, line, outerNumber, problem: 'number-twice', value: outerNumber };
    seen.add(outerNumber);
    return read;
  });
}
