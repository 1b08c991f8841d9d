import { newId } from '@wangge/contract-kit';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { areaIndex } from '@wangge/areas';
import { joinLeaves, receivers, skillsOf } from '../src/actions/ability.ts';
import { membersFor } from '../src/index.ts';
import { type Seat, seat } from '../src/testkit.ts';
import { openStaffTown, type StaffTown } from './support.ts';

const hour = 3_600_000;
let town: StaffTown;
let admin: Seat;
let person: Seat;
beforeAll(async () => {
  town = await openStaffTown();
  const [area] = areaIndex(town.rt)
    .all()
    .filter((a) => a.level === 'grid');
  if (!area) throw new Error('no grid');
  admin = await seat(town.rt, [{ role: 'system-admin', area }]);
  person = await seat(town.rt, [{ role: 'grid-member', area }]);
});
afterAll(() => town.close());

const call = (method: 'GET' | 'PUT', payload?: object, id = person.id) =>
  town.app.inject({
    method,
    url: `/api/staff/accounts/${id}/ability`,
    headers: { 'x-wangge': '1', cookie: admin.cookie },
    ...(payload ? { payload } : {}),
  });

describe('skills and times away', () => {
  it('are replaced as a whole, joined where they touch, and told to who dispatches', async () => {
    const now = town.clock.nowMs();
    const skills = [
      { name: '电工', trainedUntilMs: now + hour },
      { name: '急救', trainedUntilMs: null },
    ];
    const leaves = [
      { fromMs: now - hour, toMs: now + hour },
      { fromMs: now + hour, toMs: now + 2 * hour },
    ];
    const saved = await call('PUT', { skills, leaves });
    const answer = saved.json<{ skills: { name: string }[] }>();
    answer.skills.sort(
      (a, b) => skills.findIndex((s) => s.name === a.name) - skills.findIndex((s) => s.name === b.name),
    );
    expect(answer).toEqual({
      skills,
      leaves: [{ fromMs: now - hour, toMs: now + 2 * hour }],
      knownSkills: expect.arrayContaining(['急救', '电工']),
    });
    await town.rt.system('test', async (tx) => {
      const [member] = (await membersFor(tx, '')).filter((m) => m.accountId === person.id);
      expect(member?.onLeave).toBe(true);
      expect((await receivers(tx, [person.id, newId()])).get(person.id)).toEqual({ away: true });
      expect((await skillsOf(tx, ['电工'])).get(person.id)).toEqual([skills[0]]);
    });
    expect((await call('PUT', { skills: [], leaves: [] })).json()).toEqual({ skills: [], leaves: [], knownSkills: [] });
    expect((await call('GET')).json()).toEqual({ skills: [], leaves: [], knownSkills: [] });
  });

  it('that are over stay as they were', async () => {
    const now = town.clock.nowMs();
    await call('PUT', { skills: [], leaves: [{ fromMs: now, toMs: now + 60_000 }] });
    town.clock.advance(120_000);
    await call('PUT', { skills: [], leaves: [] });
    expect((await town.owner.query('select 1 from staff_leaves where account_id = $1', [person.id])).rows).toHaveLength(
      1,
    );
  });

  it('are refused backwards, twice, or of nobody', async () => {
    expect((await call('PUT', { skills: [], leaves: [{ fromMs: 2, toMs: 1 }] })).statusCode).toBe(400);
    const twice = { name: '电工', trainedUntilMs: null };
    expect((await call('PUT', { skills: [twice, twice], leaves: [] })).statusCode).toBe(400);
    expect((await call('PUT', { skills: [], leaves: [] }, newId())).statusCode).toBe(404);
  });

  it('saved by two at once end as one of both', async () => {
    const lists = ['甲', '乙'].map((name) => [{ name, trainedUntilMs: null }]);
    const answers = await Promise.all(lists.map((skills) => call('PUT', { skills, leaves: [] })));
    expect(answers.map((a) => a.statusCode)).toEqual([200, 200]);
    const { skills } = (await call('GET')).json<{ skills: object[] }>();
    expect(lists).toContainEqual(skills);
  });
});

it('joined times away cover the same moments, in order and apart', () => {
  const leave = fc
    .tuple(fc.nat(50), fc.integer({ min: 1, max: 20 }))
    .map(([fromMs, n]) => ({ fromMs, toMs: fromMs + n }));
  fc.assert(
    fc.property(fc.array(leave), (leaves) => {
      const joined = joinLeaves(leaves);
      for (let ms = 0; ms < 75; ms++) {
        const inside = (l: { fromMs: number; toMs: number }): boolean => ms >= l.fromMs && ms < l.toMs;
        expect(joined.some(inside)).toBe(leaves.some(inside));
      }
      for (const [i, l] of joined.entries()) expect(l.fromMs).toBeGreaterThan(joined[i - 1]?.toMs ?? -1);
    }),
  );
});
