/** Saved filters: each person's own, replaced by name, and not without end. */
import { type Seat, seat } from '@wangge/staff/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { maxSavedFilters, type SavedFilter } from '../src/contract.ts';
import { type IncidentTown, openIncidentTown } from '../src/testkit.ts';

let town: IncidentTown;
let me: Seat;
let other: Seat;
beforeAll(async () => {
  town = await openIncidentTown();
  me = await seat(town.rt, [{ role: 'dispatcher', area: town.root }]);
  other = await seat(town.rt, [{ role: 'dispatcher', area: town.root }]);
});
afterAll(() => town.close());

async function call(who: Seat, method: 'GET' | 'PUT' | 'DELETE', path = '', payload?: object) {
  const answer = await town.app.inject({
    method,
    url: `/api/incidents/filters${path}`,
    headers: { 'x-wangge': '1', cookie: who.cookie },
    ...(payload ? { payload } : {}),
  });
  return { status: answer.statusCode, body: answer.json<{ filters: SavedFilter[]; error?: object }>() };
}
const namesOf = (filters: readonly SavedFilter[]): string[] => filters.map((filter) => filter.name);

describe('saved filters', () => {
  it('are one’s own, also by their identifiers', async () => {
    const saved = await call(me, 'PUT', '', { name: ' 超时的井盖 ', search: { clock: 'overdue', q: '井盖' } });
    expect(saved.body.filters).toMatchObject([{ name: '超时的井盖', search: { clock: 'overdue', q: '井盖' } }]);
    expect((await call(other, 'GET')).body.filters).toEqual([]);
    await call(other, 'DELETE', `/${saved.body.filters[0]?.id ?? ''}`);
    expect(namesOf((await call(me, 'GET')).body.filters)).toEqual(['超时的井盖']);
  });
  it('are replaced under the same name, and deleted twice without harm', async () => {
    const saved = await call(me, 'PUT', '', { name: '超时的井盖', search: { clock: 'overdue' } });
    expect(saved.body.filters.map((filter) => filter.search)).toEqual([{ clock: 'overdue' }]);
    const id = saved.body.filters[0]?.id ?? '';
    expect((await call(me, 'DELETE', `/${id}`)).body.filters).toEqual([]);
    expect((await call(me, 'DELETE', `/${id}`)).status).toBe(200);
  });
  it.each([
    { name: '', search: {} },
    { name: 'x'.repeat(41), search: {} },
    { name: 'x', search: { 'Not a word': 'x' } },
    { name: 'x', search: { q: '' } },
    { name: 'x', search: { q: 'x'.repeat(1001) } },
  ])('%# refuse what cannot be an address', async (body) => {
    expect((await call(me, 'PUT', '', body)).status).toBe(400);
  });
  it('end at fifty', async () => {
    for (let n = 0; n < maxSavedFilters; n++) await call(other, 'PUT', '', { name: `第${n}个`, search: {} });
    const beyond = await call(other, 'PUT', '', { name: '再一个', search: {} });
    expect(beyond).toMatchObject({ status: 409, body: { error: { details: { guard: 'too-many-filters' } } } });
    expect((await call(other, 'GET')).body.filters).toHaveLength(maxSavedFilters);
    expect((await call(other, 'PUT', '', { name: '第0个', search: { q: '路灯' } })).status).toBe(200);
  });
});
