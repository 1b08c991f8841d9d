/** Requests on a real database: once, by a second person, in time. */
import { areaIndex, areas, seedAreas } from '@wangge/areas';
import { newId, type Role, roleNames } from '@wangge/contract-kit';
import { demoSeed, generateDemoTown } from '@wangge/geo/town';
import type { Actor } from '@wangge/kernel';
import { openTestTown, routesIn, type TestTown } from '@wangge/kernel/testkit';
import { staff } from '@wangge/staff';
import { type Seat, seat } from '@wangge/staff/testkit';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { decideApproval, expireApprovals, withdrawApproval } from '../src/actions/decide-approval.ts';
import { listApprovals } from '../src/actions/read-approvals.ts';
import * as contract from '../src/contract.ts';
import { approvals, type ApprovalAsked, askApproval, useApproval } from '../src/index.ts';
import { decidedWithinMs, usableForMs } from '../src/rules.ts';

let town: TestTown;
let grid: { id: string; path: string };
let elsewhere: { id: string; path: string };
let asker: Seat;
let decider: Seat;
const subjectId = newId();
beforeAll(async () => {
  town = await openTestTown([areas, staff, approvals]);
  await seedAreas(town.rt, generateDemoTown(demoSeed));
  const grids = areaIndex(town.rt)
    .all()
    .filter((area) => area.level === 'grid');
  const [first] = grids;
  const last = grids.at(-1);
  if (!first || !last) throw new Error('no grids');
  [grid, elsewhere] = [first, last];
  asker = await seat(town.rt, [{ role: 'police', area: grid }], '问');
  decider = await seat(town.rt, [{ role: 'dispatcher', area: grid }], '批');
});
afterAll(() => town.close());
beforeEach(() => town.owner.query('truncate approvals_requests'));

const ask = (more: Partial<ApprovalAsked> = {}, as: Actor = asker.actor) =>
  town.rt.tx(as, (tx) =>
    askApproval(tx, {
      key: newId(),
      kind: 'video.playback',
      subjectId,
      title: '村口 08:00',
      purpose: 'search',
      reason: '找走失老人',
      details: { fromMs: 1, toMs: 2 },
      areaPath: grid.path,
      ...more,
    }),
  );
const decide = (id: string, approve = true, as: Actor = decider.actor) =>
  town.rt.tx(as, (tx) => decideApproval(tx, id, { approve, note: null }));
const use = (id: string, more: { kind?: 'video.export'; subjectId?: string; accountId?: string } = {}) =>
  town.rt.tx(asker.actor, (tx) =>
    useApproval(tx, id, { kind: 'video.playback', subjectId, accountId: asker.id, ...more }),
  );
const guard = (name: string) => ({ code: 'guard-failed', details: { guard: name } });

describe('a request', () => {
  it('is one for one key, also at once, and nobody else can have it', async () => {
    const key = newId();
    const [one, two] = await Promise.all([ask({ key }), ask({ key })]);
    expect(two).toEqual(one);
    await expect(ask({ key, kind: 'video.export' })).rejects.toMatchObject({ code: 'key-reused' });
    await expect(ask({ key }, decider.actor)).rejects.toMatchObject({ code: 'key-reused' });
  });
  it('is worth something once another person allowed it, for who asked, for that thing, for a time', async () => {
    const { id } = await ask();
    await expect(use(id)).rejects.toMatchObject(guard('approval-missing'));
    expect(await decide(id)).toMatchObject({ state: 'approved', decidedByName: '批', mayDecide: false });
    expect(await use(id)).toMatchObject({ details: { fromMs: 1, toMs: 2 }, purpose: 'search' });
    expect(await use(id)).toMatchObject({ reason: '找走失老人' });
    for (const other of [{ kind: 'video.export' as const }, { subjectId: newId() }, { accountId: decider.id }])
      await expect(use(id, other)).rejects.toMatchObject(guard('approval-missing'));
    await expect(use(newId())).rejects.toMatchObject(guard('approval-missing'));
    town.clock.advance(usableForMs);
    await expect(use(id)).rejects.toMatchObject(guard('approval-expired'));
  });
  it('refused or withdrawn is worth nothing', async () => {
    const { id } = await ask();
    await decide(id, false);
    await expect(use(id)).rejects.toMatchObject(guard('approval-refused'));
    const second = await ask();
    await decide(second.id);
    await town.rt.tx(asker.actor, (tx) => withdrawApproval(tx, second.id));
    await expect(use(second.id)).rejects.toMatchObject(guard('approval-missing'));
  });
});

describe('deciding', () => {
  it('is not for who asked, whatever posts that one holds, and the database says so too', async () => {
    const { id } = await ask();
    await expect(decide(id, true, asker.actor)).rejects.toMatchObject(guard('own-request'));
    await expect(
      town.owner.query(`update approvals_requests set state = 'approved', decided_by = by_id where id = $1`, [id]),
    ).rejects.toThrow('approvals_requests_check');
  });
  it('happens once: the same word again is the same, another one is too late', async () => {
    const { id } = await ask();
    const [one, two] = await Promise.all([decide(id), decide(id)]);
    expect(two).toEqual(one);
    await expect(decide(id, false)).rejects.toMatchObject(guard('approval-waiting'));
    const { rows } = await town.owner.query<{ action: string }>(
      'select action from kernel_audit where subject_id = $1 order by seq',
      [id],
    );
    expect(rows.map((r) => r.action)).toEqual(['approvals.ask', 'approvals.approve']);
  });
  it('ends with the time for it, also before the job says so', async () => {
    const { id } = await ask();
    town.clock.advance(decidedWithinMs);
    await expect(decide(id)).rejects.toMatchObject(guard('approval-waiting'));
    const states = async (state: 'expired' | 'waiting') =>
      (await town.rt.tx(decider.actor, (tx) => listApprovals(tx, { limit: 10, state: [state] }))).items.length;
    expect([await states('expired'), await states('waiting')]).toEqual([1, 0]);
    expect(await town.rt.system('test', expireApprovals)).toBe(1);
    expect(await town.rt.system('test', expireApprovals)).toBe(0);
    expect([await states('expired'), await states('waiting')]).toEqual([1, 0]);
  });
});

it('lists page newest first, what one asked for or may decide', async () => {
  const ids = [];
  for (let i = 0; i < 3; i++) {
    ids.unshift((await ask()).id);
    town.clock.advance(1000);
  }
  await ask({ areaPath: elsewhere.path });
  const found: string[] = [];
  let cursor: string | undefined;
  do {
    const page = await town.rt.tx(decider.actor, (tx) => listApprovals(tx, { limit: 2, cursor }));
    found.push(...page.items.map((a) => a.id));
    expect(page.items.every((a) => a.mayDecide)).toBe(true);
    cursor = page.nextCursor ?? undefined;
  } while (cursor !== undefined);
  expect(found).toEqual(ids);
});

const deciders: readonly Role[] = ['police', 'dispatcher', 'leader'];
/** Here: in the post's area; there: in another; own: there, asked by oneself. */
const matrix = {
  'GET /api/approvals': () => ({ here: 200, there: 200, own: 200 }),
  'GET /api/approvals/:id': (role: Role) => ({ here: deciders.includes(role) ? 200 : 404, there: 404, own: 200 }),
  'POST /api/approvals/:id/decide': (role: Role) =>
    deciders.includes(role) ? { here: 200, there: 404, own: 403 } : { here: 403, there: 403, own: 403 },
  'POST /api/approvals/:id/withdraw': (role: Role) => ({
    here: deciders.includes(role) ? 403 : 404,
    there: 404,
    own: 200,
  }),
} as const;

it('the matrix has every route', () => {
  expect(Object.keys(matrix).toSorted()).toEqual(routesIn(contract));
});
it.each(roleNames)('a %s sees and does what the permissions say', async (role) => {
  const self = await seat(town.rt, [{ role, area: grid }]);
  for (const [route, answers] of Object.entries(matrix)) {
    const [method = '', path = ''] = route.split(' ');
    const got: Record<string, number> = {};
    for (const where of ['here', 'there', 'own'] as const) {
      const areaPath = where === 'here' ? grid.path : elsewhere.path;
      const { id } = await ask({ areaPath }, where === 'own' ? self.actor : asker.actor);
      const answer = await town.app.inject({
        method: method as 'GET' | 'POST',
        url: path.replace(':id', id),
        headers: { 'x-wangge': '1', cookie: self.cookie },
        ...(path.endsWith('/decide') ? { payload: { approve: true } } : {}),
      });
      got[where] = answer.statusCode;
    }
    expect([route, got]).toEqual([route, answers(role)]);
  }
});
it('tells a stranger nothing', async () => {
  for (const route of Object.keys(matrix)) {
    const [method = '', path = ''] = route.split(' ');
    const answer = await town.app.inject({
      method: method as 'GET' | 'POST',
      url: path.replace(':id', newId()),
      headers: { 'x-wangge': '1' },
      ...(path.endsWith('/decide') ? { payload: { approve: true } } : {}),
    });
    expect([route, answer.statusCode]).toEqual([route, 401]);
  }
});
