/** Rates are reckoned: against sums made by hand, within one's own sight, and never above one. */
import { newId } from '@wangge/contract-kit';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { ratesOf, readRates } from '../src/actions/read-rates.ts';
import { type IncidentTown, openIncidentTown } from '../src/testkit.ts';

let town: IncidentTown;
beforeAll(async () => {
  town = await openIncidentTown();
});
afterAll(() => town.close());

const hour = 3_600_000;
/** A closed one, rated (response, resolved, satisfied) or not. */
async function closed(
  grid: 0 | 2,
  more: { rating?: [number, boolean, number]; department?: string; mergedInto?: string; reopened?: boolean } = {},
): Promise<string> {
  const { id } = await town.report({ areaId: town.grids[grid].id, description: newId() });
  const [response, resolved, satisfied] = more.rating ?? [null, null, null];
  await town.owner.query(
    `update incidents_incidents set state = $2, closed_at = $3, ended_at = $3, merged_into = $4, department_ids = $5,
       rating_response = $6, rating_resolved = $7, rating_satisfied = $8, updated_at = $9 where id = $1`,
    [
      id,
      more.mergedInto === undefined ? 'closed' : 'merged',
      more.mergedInto === undefined ? new Date(town.clock.nowMs()) : null,
      more.mergedInto ?? null,
      more.department === undefined ? [] : [town.departments.get(more.department)],
      response,
      resolved,
      satisfied,
      new Date(town.clock.nowMs()),
    ],
  );
  if (more.reopened !== undefined) {
    await town.owner.query(
      `insert into incidents_objections (incident_id, person_key, reason, at, outcome, decided_at)
       values ($1, $2, '没修好', $3, $4, $3)`,
      [id, `phone:${newId()}`, new Date(town.clock.nowMs()), more.reopened ? 'granted' : 'refused'],
    );
  }
  return id;
}
const rates = (login: string, more: { by?: 'area' | 'department'; areaId?: string; fromMs?: number } = {}) =>
  town.rt.tx(town.as(login), (tx) =>
    readRates(tx, { by: 'area', fromMs: town.clock.nowMs() - hour, toMs: town.clock.nowMs() + hour, ...more }),
  );

it('counts all reporters’ opinions and what people reopened, by area and department, within one’s sight', async () => {
  const first = await closed(0, { rating: [5, true, 4], department: 'cgd' });
  await closed(0, { rating: [2, false, 1], mergedInto: first });
  await closed(0, { department: 'cgd', reopened: true });
  await closed(0, { reopened: false });
  await closed(2, { rating: [3, true, 3], department: 'yjb' });

  const { rows } = await rates('dispatcher');
  expect(rows).toHaveLength(2);
  expect(rows[0]).toMatchObject({
    closed: 3,
    ratings: 2,
    response: 3.5,
    satisfied: 2.5,
    resolvedRate: 0.5,
    asked: 2,
    reopened: 1,
    reopenRate: 1 / 3,
  });
  expect(rows[1]).toMatchObject({ closed: 1, ratings: 1, resolvedRate: 1, reopened: 0, reopenRate: 0 });

  const byDepartment = (await rates('dispatcher', { by: 'department' })).rows;
  expect(byDepartment.map((r) => [r.id, r.closed, r.ratings])).toEqual(
    expect.arrayContaining([
      [town.departments.get('cgd'), 2, 2],
      [town.departments.get('yjb'), 1, 1],
      [null, 1, 0],
    ]),
  );
  const inGrid = (await rates('dispatcher', { areaId: town.grids[0].parentId ?? '' })).rows;
  expect(inGrid.map((r) => [r.id, r.closed])).toEqual([[town.grids[0].id, 3]]);
  // A cadre of the first village knows nothing of the other.
  const cadre = (await rates('cadre')).rows;
  expect(cadre.map((r) => r.closed)).toEqual([3]);
  expect((await rates('neighbour')).rows).toEqual([]);
  expect((await rates('handler', { by: 'department' })).rows.map((r) => r.closed)).toEqual([2]);
});

it('leaves out what was closed at another time, and refuses a time that is none', async () => {
  town.clock.advance(10 * hour);
  expect((await rates('dispatcher')).rows).toEqual([]);
  const now = town.clock.nowMs();
  for (const fromMs of [now + hour, now + 2 * hour, now - 800 * 24 * hour]) {
    await expect(rates('dispatcher', { fromMs })).rejects.toMatchObject({ code: 'invalid-field' });
  }
});

it('never makes a share of more than all', () => {
  const n = fc.nat(50);
  fc.assert(
    fc.property(n, n, n, n, n, (closedOnes, reopened, asked, ratings, resolved) => {
      const sums = { key: null, closed: closedOnes, reopened, asked, ratings, response: ratings, satisfied: ratings };
      const row = ratesOf({ ...sums, resolved: Math.min(resolved, ratings) }, null, '');
      for (const share of [row.reopenRate, row.resolvedRate])
        expect(share === null || (share >= 0 && share <= 1)).toBe(true);
      expect(row.response === null).toBe(ratings === 0);
    }),
  );
});
