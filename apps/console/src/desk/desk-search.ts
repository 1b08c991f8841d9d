/** The desk's address: filters, the incident shown, the tab on a phone. All plain words. */
import {
  incidentSourceNames,
  incidentStateNames,
  severityNames,
  type IncidentFilter,
  type IncidentSource,
  type IncidentState,
  type Severity,
} from '@wangge/incidents/contract';
import { dayStart, type ClockTone } from '@wangge/ui';
import { characters } from '../common/characters.ts';

/** The field that the `/` key goes to. */
export const searchBoxId = 'desk-search';
export const deskTabs = ['list', 'map', 'detail'] as const;
export type DeskTab = (typeof deskTabs)[number];
export const clockTones = ['running', 'warning', 'overdue'] as const satisfies readonly ClockTone[];

export interface DeskFilter {
  readonly area?: string;
  readonly state?: readonly IncidentState[];
  readonly category?: readonly string[];
  readonly source?: readonly IncidentSource[];
  readonly severity?: readonly Severity[];
  readonly clock?: readonly ClockTone[];
  /** `today`, `7d`, or `2026-11-01..2026-11-22` (both days included). */
  readonly range?: string;
  readonly q?: string;
  /** Open incidents unless told; choosing a state or closed ones needs `all`. */
  readonly scope?: 'all' | 'mine';
}
export interface DeskSearch {
  readonly area?: string;
  readonly state?: string;
  readonly category?: string;
  readonly source?: string;
  readonly severity?: string;
  readonly clock?: string;
  readonly range?: string;
  readonly q?: string;
  readonly scope?: string;
  /** The incident shown. */
  readonly id?: string;
  readonly tab?: string;
}

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
const keys = ['area', 'state', 'category', 'source', 'severity', 'clock', 'range', 'q', 'scope', 'id', 'tab'] as const;

/** What an address says, without what it cannot mean; never fails, people edit addresses. */
export function readDeskSearch(raw: Record<string, unknown>): DeskSearch {
  const search = readFilter(raw);
  const id = word(raw['id'], 40);
  const tab = deskTabs.find((each) => each === raw['tab']);
  return writeDeskSearch(search, {
    ...(id !== undefined && uuid.test(id) ? { id } : {}),
    ...(tab ? { tab } : {}),
  });
}

/** The filter of an address. */
export function readFilter(raw: Record<string, unknown>): DeskFilter {
  const area = word(raw['area'], 40);
  const range = word(raw['range'], 40);
  const q = word(raw['q'], 100);
  const scope = raw['scope'] === 'all' || raw['scope'] === 'mine' ? raw['scope'] : undefined;
  const filter = {
    area: area !== undefined && uuid.test(area) ? area : undefined,
    state: listOf(raw['state'], incidentStateNames),
    category: words(raw['category']),
    source: listOf(raw['source'], incidentSourceNames),
    severity: listOf(raw['severity'], severityNames),
    clock: listOf(raw['clock'], clockTones),
    range: range !== undefined && rangeDays(range, 0) !== null ? range : undefined,
    q,
    scope,
  };
  return Object.fromEntries(Object.entries(filter).filter(([, value]) => value !== undefined)) as DeskFilter;
}

export function writeDeskSearch(filter: DeskFilter, rest: { id?: string; tab?: string } = {}): DeskSearch {
  const out: Record<string, string> = {};
  for (const [key, value] of Object.entries({ ...filter, ...rest })) {
    const text = Array.isArray(value) ? value.join(',') : String(value ?? '');
    if (text !== '') out[key] = text;
  }
  return Object.fromEntries(keys.flatMap((key) => (out[key] === undefined ? [] : [[key, out[key]]]))) as DeskSearch;
}

/** What the server is asked. Times are whole days, so that the question stays equal all day long. */
export function filterQuery(filter: DeskFilter, nowMs: number): FilterQuery {
  const days = filter.range === undefined ? null : rangeDays(filter.range, nowMs);
  // A single character matches nearly everything and has no index: it waits for the second one.
  const q = filter.q !== undefined && characters(filter.q) >= 2 ? filter.q.trim() : undefined;
  const openOnly = filter.scope === undefined && filter.state === undefined;
  return {
    ...(filter.area === undefined ? {} : { areaId: filter.area }),
    ...(filter.state ? { state: filter.state.join(',') } : {}),
    ...(openOnly ? { open: '1' as const } : {}),
    ...(filter.scope === 'mine' ? { mine: '1' as const } : {}),
    ...(filter.category ? { category: filter.category.join(',') } : {}),
    ...(filter.source ? { source: filter.source.join(',') } : {}),
    ...(filter.severity ? { severity: filter.severity.join(',') } : {}),
    ...(filter.clock ? { clock: filter.clock.join(',') } : {}),
    ...(days ? { fromMs: days.fromMs, toMs: days.toMs } : {}),
    ...(q === undefined ? {} : { q }),
  };
}
/** The wire form of `IncidentFilter`: lists are comma-separated, flags are `1`. */
export type FilterQuery = Partial<
  Record<Exclude<keyof IncidentFilter, 'fromMs' | 'toMs' | 'open' | 'mine'>, string>
> & {
  open?: '1';
  mine?: '1';
  fromMs?: number;
  toMs?: number;
};

const dayMs = 86_400_000;

/** From (inclusive) and to (exclusive) of a range in words, null where it means nothing. */
export function rangeDays(range: string, nowMs: number): { fromMs: number; toMs: number } | null {
  const today = dayStart(nowMs);
  if (range === 'today') return { fromMs: today, toMs: today + dayMs };
  const last = /^(\d{1,3})d$/.exec(range);
  if (last) {
    const n = Number(last[1]);
    return n >= 1 ? { fromMs: today - (n - 1) * dayMs, toMs: today + dayMs } : null;
  }
  const two = /^(\d{4}-\d{2}-\d{2})\.\.(\d{4}-\d{2}-\d{2})$/.exec(range);
  if (!two) return null;
  const [fromMs, lastMs] = [two[1], two[2]].map((day) => Date.parse(`${day}T00:00:00+08:00`));
  if (fromMs === undefined || lastMs === undefined || Number.isNaN(fromMs) || Number.isNaN(lastMs)) return null;
  return fromMs <= lastMs ? { fromMs, toMs: lastMs + dayMs } : null;
}

/** How many filters are set, the scope aside. */
export function filterCount(filter: DeskFilter): number {
  return Object.entries(filter).filter(([key, value]) => key !== 'scope' && value !== undefined).length;
}

function word(value: unknown, max: number): string | undefined {
  return typeof value === 'string' && value.trim() !== '' ? value.slice(0, max) : undefined;
}
function words(value: unknown): string[] | undefined {
  const list = (word(value, 1000) ?? '').split(',').filter((each) => /^[a-z0-9.-]{1,40}$/.test(each));
  return list.length > 0 ? [...new Set(list)] : undefined;
}
function listOf<const T extends string>(value: unknown, allowed: readonly T[]): T[] | undefined {
  const asked = new Set((word(value, 400) ?? '').split(','));
  const list = allowed.filter((each) => asked.has(each));
  return list.length > 0 ? list : undefined;
}
