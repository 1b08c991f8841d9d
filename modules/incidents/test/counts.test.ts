import { newId } from '@wangge/contract-kit';
import { rng } from '@wangge/geo';
import { sql } from '@wangge/kernel';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { countIncidents } from '../src/actions/count-incidents.ts';
import { setParties } from '../src/index.ts';
import { foldCounts } from '../src/jobs.ts';
import { type IncidentTown, openIncidentTown } from '../src/testkit.ts';

let town: IncidentTown;
const zone = 8 * 3_600_000;
const utc = (text: string): number => Date.parse(`${text}T00:00:00Z`) - zone;
const random = rng(3);
const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)] as T;

beforeAll(async () => {
  town = await openIncidentTown([], { nowMs: utc('2026-07-01') });
  for (let i = 0; i < 120; i++) {
    const { id } = await town.report({
      key: `${pick(['member', 'dispatcher', 'import'])}:${newId()}`,
      areaId: pick(town.grids).id,
      as: town.as(pick(['dispatcher', 'neighbour', 'volunteer'])),
      categoryCode: pick(['patrol.lamp', 'service.errand']),
      atMs: utc('2026-01-10') + Math.floor(random() * 160) * 86_400_000 + Math.floor(random() * 86_400_000),
      selfHandled: random() < 0.3,
      paperProofs: 1,
    });
    if (i % 40 === 39) await foldCounts(town.rt, {});
    if (random() < 0.5) continue;
    const departmentIds = [...new Set([pick(['cgd', 'yjb']), pick(['cgd', 'yjb'])])].map(
      (code) => town.departments.get(code) ?? '',
    );
    const assigneeIds = random() < 0.2 ? [town.as('handler').id ?? ''] : [];
    await town.rt.system('test', (tx) => setParties(tx, id, { assigneeIds, departmentIds }));
  }
});
afterAll(() => town.close());

interface Row {
  state: string;
  source: string;
  category: string;
  day: string;
}
/** What the policies let the caller read, added up by hand. */
async function byHand(login: string, path: string, first: string, last: string) {
  const rows = await town.rt.tx(town.as(login), (tx) =>
    tx.rows<Row>(sql`select state, source, category_code as category, reported_day::text as day from incidents_incidents
      where starts_with(responsible_path, ${path}) and reported_day between ${first}::date and ${last}::date`),
  );
  const count = (key: keyof Row) => {
    const counts: Record<string, number> = {};
    for (const row of rows) counts[row[key]] = (counts[row[key]] ?? 0) + 1;
    return counts;
  };
  const days = Object.entries(count('day')).toSorted(([a], [b]) => (a < b ? -1 : 1));
  return {
    total: rows.length,
    byState: count('state'),
    bySource: count('source'),
    byCategory: count('category'),
    reported: days,
  };
}

const periods: readonly (readonly [string, string])[] = [
  ['1970-01-01', '9999-12-31'],
  ['2026-01-10', '2026-01-20'],
  ['2026-01-31', '2026-02-01'],
  ['2026-02-01', '2026-02-28'],
  ['2026-02-15', '2026-05-15'],
  ['2026-02-01', '2026-06-30'],
  ['2026-03-02', '2026-03-31'],
  ['2026-05-31', '2026-06-01'],
];

it('has something to count for areas and departments', async () => {
  const total = async (login: string) => (await byHand(login, '', '1970-01-01', '9999-12-31')).total;
  expect(await total('dispatcher')).toBe(120);
  for (const login of ['cadre', 'head', 'handler', 'fireman']) expect(await total(login)).toBeGreaterThan(20);
});

describe('counts from the roll-ups are those of the rows that the caller may read', () => {
  it.each([{ folded: false }, { folded: true }])('everything folded: $folded', async ({ folded }) => {
    if (folded) await foldCounts(town.rt, {});
    for (const login of ['dispatcher', 'leader', 'cadre', 'head', 'handler', 'fireman', 'volunteer', 'neighbour']) {
      for (const area of [undefined, town.grids[0], town.grids[2]]) {
        for (const [first, last] of periods) {
          const query = {
            areaId: area?.id,
            fromMs: first === '1970-01-01' ? undefined : utc(first),
            toMs: last === '9999-12-31' ? undefined : utc(last) + 86_400_000,
          };
          const { total, byState, bySource, byCategory, byDay } = await town.rt.tx(town.as(login), (tx) =>
            countIncidents(tx, query),
          );
          const reported = byDay.filter((d) => d.reported > 0).map((d) => [d.day, d.reported]);
          expect({ total, byState, bySource, byCategory, reported }, `${login} ${first} ${last}`).toEqual(
            await byHand(login, area?.path ?? '', first, last),
          );
        }
      }
    }
  });
});
