import { incidentSourceNames, incidentStateNames, severityNames } from '@wangge/incidents/contract';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  clockTones,
  filterCount,
  filterQuery,
  rangeDays,
  readDeskSearch,
  readFilter,
  writeDeskSearch,
  type DeskFilter,
} from '../src/desk/desk-search.ts';
import { parseSearch, stringifySearch } from '../src/router/search-codec.ts';

const now = Date.parse('2026-11-22T10:00:00+08:00');
const some = <const T extends string>(all: readonly T[]) =>
  fc.option(fc.subarray([...all], { minLength: 1 }), { nil: undefined });
const filters = fc
  .record({
    area: fc.option(fc.uuid(), { nil: undefined }),
    state: some(incidentStateNames),
    category: fc.option(fc.uniqueArray(fc.stringMatching(/^[a-z0-9.-]{1,12}$/), { minLength: 1, maxLength: 4 }), {
      nil: undefined,
    }),
    source: some(incidentSourceNames),
    severity: some(severityNames),
    clock: some(clockTones),
    range: fc.constantFrom(undefined, 'today', '7d', '30d', '2026-01-31..2026-11-22'),
    q: fc.constantFrom(undefined, '井盖', '路灯 不亮', '100%&=,:+#'),
    scope: fc.constantFrom(undefined, 'all' as const, 'mine' as const),
  })
  .map((filter) => Object.fromEntries(Object.entries(filter).filter(([, value]) => value !== undefined)) as DeskFilter);

test('any filter survives the way through the address', () => {
  fc.assert(
    fc.property(filters, (filter) => {
      const address = stringifySearch({ ...writeDeskSearch(filter) });
      expect(readFilter(parseSearch(address))).toEqual(filter);
    }),
  );
});

test('whatever an address says is read without failing and means something the server knows', () => {
  const keys = ['area', 'state', 'category', 'source', 'severity', 'clock', 'range', 'q', 'scope', 'id', 'tab', 'x'];
  fc.assert(
    fc.property(
      fc.dictionary(fc.constantFrom(...keys), fc.oneof(fc.string(), fc.constant('closed,nonsense'))),
      (raw) => {
        const search = readDeskSearch(raw);
        expect(readDeskSearch({ ...search })).toEqual(search);
        for (const state of readFilter(raw).state ?? []) expect(incidentStateNames).toContain(state);
      },
    ),
  );
});

test('open incidents are meant unless a state or a scope is chosen', () => {
  expect(filterQuery({}, now)).toEqual({ open: '1' });
  expect(filterQuery({ state: ['closed'] }, now)).toEqual({ state: 'closed' });
  expect(filterQuery({ scope: 'all' }, now)).toEqual({});
  expect(filterQuery({ scope: 'mine' }, now)).toEqual({ mine: '1' });
});

test('one character is not searched for, two are; a rare character counts as one', () => {
  expect(filterQuery({ scope: 'all', q: '井' }, now)).toEqual({});
  expect(filterQuery({ scope: 'all', q: '𠮷' }, now)).toEqual({});
  expect(filterQuery({ scope: 'all', q: '井盖' }, now)).toEqual({ q: '井盖' });
});

test('ranges are whole days of the town', () => {
  const day = 86_400_000;
  const midnight = Date.parse('2026-11-22T00:00:00+08:00');
  expect(rangeDays('today', now)).toEqual({ fromMs: midnight, toMs: midnight + day });
  expect(rangeDays('7d', now)).toEqual({ fromMs: midnight - 6 * day, toMs: midnight + day });
  expect(rangeDays('2026-11-20..2026-11-22', now)).toEqual({ fromMs: midnight - 2 * day, toMs: midnight + day });
  for (const bad of ['2026-11-22..2026-11-20', '2026-13-01..2026-13-02', '0d', 'yesterday', '..'])
    expect(rangeDays(bad, now)).toBeNull();
});

test('the number of filters does not count the scope', () => {
  expect(filterCount({ scope: 'all' })).toBe(0);
  expect(filterCount({ scope: 'all', q: '井盖', clock: ['overdue'] })).toBe(2);
});
