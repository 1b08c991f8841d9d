/**
 * Roles by rows by routes over HTTP. Everybody has their post in one grid, also those who usually sit at
 * the town, so that "another area" means something for each role. What is expected is written from the
 * permissions in words, not from what the code answers.
 */
import { newId, type Role, roleNames } from '@wangge/contract-kit';
import { areaIndex } from '@wangge/areas';
import { sql } from '@wangge/kernel';
import { routesIn, until } from '@wangge/kernel/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as contract from '../src/contract.ts';
import { type Seat, seat, type SeatPost } from '../src/testkit.ts';
import { openStaffTown, type StaffTown } from './support.ts';

/** Who an account is to the one who asks. */
const rowNames = ['self', 'own-area', 'below', 'other-area', 'above', 'own-department', 'other-department', 'nobody'];
type Row = (typeof rowNames)[number];
/** Within reach of a post in the grid. */
const inArea: readonly Row[] = ['self', 'own-area', 'below'];

const everywhere: readonly Role[] = ['system-admin', 'security-admin'];
const allowed = {
  read: { everywhere, area: ['dispatcher', 'leader', 'grid-head'] },
  edit: { everywhere: ['system-admin'], area: [] },
  'edit-posts': { everywhere, area: [] },
  'reveal-phone': { everywhere: [], area: ['dispatcher', 'leader', 'grid-head', 'village-cadre'] },
  'see-positions': { everywhere: [], area: ['dispatcher', 'leader', 'grid-head', 'village-cadre'] },
} as const satisfies Record<string, { everywhere: readonly Role[]; area: readonly Role[] }>;
type Permission = keyof typeof allowed;
function mayAtAll(role: Role, permission: Permission): boolean {
  const { everywhere: all, area }: { everywhere: readonly Role[]; area: readonly Role[] } = allowed[permission];
  return all.includes(role) || area.includes(role);
}
function may(role: Role, permission: Permission, row: Row): boolean {
  const all: readonly Role[] = allowed[permission].everywhere;
  return mayAtAll(role, permission) && (all.includes(role) || inArea.includes(row));
}

/** Answers to a request with nothing in it: what matters is who gets past the door. */
const matrix = {
  'POST /api/session': { access: 'public', body: {}, answered: 400 },
  'GET /api/me/demo-accounts': { access: 'public', answered: 200 },
  'GET /api/me': { access: 'session', answered: 200 },
  'PUT /api/me/language': { access: 'session', body: {}, answered: 400 },
  'POST /api/me/password': { access: 'session', body: {}, answered: 400 },
  'POST /api/me/second-factor': { access: 'session', body: { totp: 'x' }, answered: 400 },
  'GET /api/me/sessions': { access: 'session', answered: 200 },
  'DELETE /api/me/sessions/:id': { access: 'session', answered: 404 },
  'POST /api/me/duty': { access: 'session', body: {}, answered: 400 },
  'POST /api/me/position': { access: 'session', body: {}, answered: 400 },
  'GET /api/staff/departments': { access: 'session', answered: 200 },
  'GET /api/staff/teams/:areaId': { access: 'session', answered: 404 },
  'GET /api/staff/accounts': { access: 'read', answered: 200 },
  'GET /api/staff/positions': { access: 'see-positions', answered: 200 },
  'POST /api/staff/accounts': { access: 'edit', body: {}, answered: 400 },
  'PATCH /api/staff/accounts/:id': { access: 'edit', body: {}, answered: 404 },
  'GET /api/staff/accounts/:id/ability': { access: 'read', answered: 404 },
  'PUT /api/staff/accounts/:id/ability': { access: 'edit', body: {}, answered: 400 },
  'PUT /api/staff/departments/:code': { access: 'edit', body: {}, answered: 400 },
  'POST /api/staff/accounts/:id/posts': { access: 'edit-posts', body: {}, answered: 400 },
  'DELETE /api/staff/posts/:id': { access: 'edit-posts', answered: 404 },
  'POST /api/staff/accounts/:id/phone': { access: 'reveal-phone', body: { purpose: '核对' }, answered: 404 },
  // Last: it ends the session.
  'DELETE /api/session': { access: 'session', answered: 200 },
} as const satisfies Record<string, { access: Permission | 'public' | 'session'; body?: object; answered: number }>;

/** Those made for this test. */
const listed = '?q=seat-&limit=200';
let town: StaffTown;
let grid: SeatPost['area'];
const departments = new Map<string, string>();
const holders = new Map<Role, Seat>();
const rows = new Map<Row, Seat>();

function send(cookie: string | null, method: string, url: string, payload?: object) {
  return town.app.inject({
    method: method as 'GET' | 'POST',
    url,
    headers: { 'x-wangge': '1', ...(cookie === null ? {} : { cookie }) },
    ...(payload ? { payload } : {}),
  });
}
const holder = (role: Role): Seat => {
  const found = holders.get(role);
  if (!found) throw new Error(`nobody is ${role}`);
  return found;
};
const rowOf = (row: Row, role: Role): Seat => (row === 'self' ? holder(role) : (rows.get(row) ?? holder(role)));

beforeAll(async () => {
  town = await openStaffTown();
  await town.owner.query('delete from staff_duty');
  const index = areaIndex(town.rt);
  const grids = index.all().filter((a) => a.level === 'grid');
  const [first, other] = grids;
  const micro = index.children(first?.id ?? '')[0];
  const root = index.all().find((a) => a.level === 'town');
  if (!first || !other || !micro || !root) throw new Error('the demo town has changed its shape');
  grid = first;
  for (const { id, code } of (
    await town.owner.query<{ id: string; code: string }>('select id, code from staff_departments')
  ).rows)
    departments.set(code, id);
  const department = (code: string): string => departments.get(code) ?? '';
  for (const role of roleNames) {
    const departmentId = role === 'department-handler' ? department('cgd') : null;
    holders.set(role, await seat(town.rt, [{ role, area: grid, departmentId }], role));
  }
  const people: Record<string, readonly SeatPost[]> = {
    'own-area': [{ role: 'grid-member', area: grid }],
    below: [{ role: 'micro-grid-member', area: micro }],
    'other-area': [{ role: 'grid-member', area: other }],
    above: [{ role: 'dispatcher', area: root }],
    'own-department': [{ role: 'department-handler', area: root, departmentId: department('cgd') }],
    'other-department': [{ role: 'department-handler', area: root, departmentId: department('yjb') }],
    nobody: [],
  };
  for (const [row, posts] of Object.entries(people)) rows.set(row, await seat(town.rt, posts, row));
  // All of them are out, with a position and a telephone.
  await town.rt.system('test', async (tx) => {
    for (const { id } of [...rows.values(), ...holders.values()])
      await tx.run(sql`insert into staff_duty (account_id, since, lon, lat, taken_at)
        values (${id}, ${new Date(tx.nowMs)}, 119, 31.5, ${new Date(tx.nowMs)})`);
  });
});
afterAll(() => town.close());

describe('the matrix', () => {
  it('has every route of the contract', () => {
    expect(Object.keys(matrix).toSorted()).toEqual(routesIn(contract));
  });

  it.each(Object.entries(matrix))('%s lets in whom its permission names', async (route, cell) => {
    const [method = '', path = ''] = route.split(' ');
    const url = path.replace(/:(\w+)/g, newId());
    const body = 'body' in cell ? cell.body : undefined;
    const stranger = await send(null, method, url, body);
    expect(stranger.statusCode).toBe(cell.access === 'public' ? cell.answered : 401);
    for (const role of roleNames) {
      // A session of its own: the last of the routes ends it.
      const departmentId = role === 'department-handler' ? (departments.get('cgd') ?? null) : null;
      const { cookie } = await seat(town.rt, [{ role, area: grid, departmentId }]);
      const open = cell.access === 'public' || cell.access === 'session' || mayAtAll(role, cell.access);
      const { statusCode } = await send(cookie, method, url, body);
      expect([role, statusCode]).toEqual([role, open ? cell.answered : 403]);
    }
  });
});

describe.each(roleNames)('%s', (role) => {
  it.each([
    ['accounts', 'read'],
    ['positions', 'see-positions'],
  ] as const)('lists the %s within reach and no others', async (what, permission) => {
    const answer = await send(holder(role).cookie, 'GET', `/api/staff/${what}${what === 'accounts' ? listed : ''}`);
    const { items = [], members = [] } = answer.json<{ items?: { id: string }[]; members?: { accountId: string }[] }>();
    const ids = new Set([...items.map((a) => a.id), ...members.map((m) => m.accountId)]);
    const seen = rowNames.filter((row) => ids.has(rowOf(row, role).id));
    const within = rowNames.filter((row) => may(role, permission, row));
    expect([answer.statusCode, seen]).toEqual([mayAtAll(role, permission) ? 200 : 403, within]);
  });

  it.each(rowNames)('reveals a number, changes an account and gives a post: %s', async (row) => {
    const { cookie } = holder(role);
    const { id } = rowOf(row, role);
    const status = async (method: string, path: string, body?: object): Promise<number> =>
      (await send(cookie, method, `/api/staff/${path}`, body)).statusCode;
    expect(await status('POST', `accounts/${id}/phone`, { purpose: '核对' })).toBe(
      may(role, 'reveal-phone', row) ? 200 : 403,
    );
    expect(await status('PATCH', `accounts/${id}`, { name: row })).toBe(may(role, 'edit', row) ? 200 : 403);
    const post = { role: 'doctor', areaId: grid.id, departmentId: null };
    // Nobody gives a post to themselves, whatever they may.
    const gives = may(role, 'edit-posts', row) && row !== 'self';
    const given = await send(cookie, 'POST', `/api/staff/accounts/${id}/posts`, post);
    expect(given.statusCode).toBe(gives ? 200 : 403);
    const postId = (
      await town.owner.query<{ id: string }>(
        'select id from staff_posts where account_id = $1 order by role = $2 desc limit 1',
        [id, 'doctor'],
      )
    ).rows[0]?.id;
    expect(await status('DELETE', `posts/${postId ?? newId()}`)).toBe(gives ? 200 : 403);
    if (!gives) return;
    // What was opened under the lost post must not go on.
    const open = await town.owner.query('select 1 from staff_sessions where account_id = $1 and ended_at is null', [
      id,
    ]);
    expect(open.rowCount).toBe(0);
    await town.owner.query("delete from staff_posts where account_id = $1 and role = 'doctor'", [id]);
  });

  it('ends own sessions only', async () => {
    const other = await seat(town.rt, [{ role, area: grid }]);
    const own = (await send(other.cookie, 'GET', '/api/me/sessions')).json<{ sessions: { id: string }[] }>().sessions;
    expect(own).toHaveLength(1);
    const ending = (cookie: string) => send(cookie, 'DELETE', `/api/me/sessions/${own[0]?.id}`);
    expect((await ending(holder(role).cookie)).statusCode).toBe(404);
    expect((await ending(other.cookie)).statusCode).toBe(200);
  });
});

describe('an account', () => {
  it('that is disabled, or gets another password, loses its sessions at once', async () => {
    const { cookie } = await seat(town.rt, [{ role: 'system-admin', area: grid }]);
    for (const change of [{ enabled: false }, { password: 'a-new-password' }, { endSessions: true }]) {
      const other = await seat(town.rt, [{ role: 'grid-member', area: grid }]);
      expect((await send(other.cookie, 'GET', '/api/me')).statusCode).toBe(200);
      const changed = await send(cookie, 'PATCH', `/api/staff/accounts/${other.id}`, change);
      expect(changed.statusCode).toBe(200);
      await until(async () => (await send(other.cookie, 'GET', '/api/me')).statusCode === 401, 'the end of a session');
    }
  });
  it('has its sessions ended by administrators of the database’s own mind only', async () => {
    const other = await seat(town.rt, [{ role: 'grid-member', area: grid }]);
    const touch = (role: Role, ended: Date | null) =>
      town.rt.tx(holder(role).actor, (tx) =>
        tx.run(sql`update staff_sessions set ended_at = ${ended} where account_id = ${other.id}`),
      );
    const now = new Date(town.clock.nowMs());
    for (const role of roleNames) {
      expect([role, await touch(role, now)]).toEqual([role, everywhere.includes(role) ? 1 : 0]);
    }
    await expect(touch('system-admin', null)).rejects.toMatchObject({ code: 'forbidden' });
  });
});

describe('a post', () => {
  it.each([
    ['areaId', { areaId: newId() }],
    ['departmentId', { departmentId: newId() }],
  ])('with an unknown %s is refused by the field', async (field, more) => {
    const { cookie } = await seat(town.rt, [{ role: 'system-admin', area: grid }]);
    const post = { role: 'doctor', areaId: grid.id, departmentId: null, ...more };
    const answer = await send(cookie, 'POST', `/api/staff/accounts/${rows.get('nobody')?.id}/posts`, post);
    expect([answer.statusCode, answer.json()]).toMatchObject([404, { error: { code: 'not-found', field } }]);
  });
});

describe('a person with two posts', () => {
  it('has each right only where its own post is', async () => {
    const index = areaIndex(town.rt);
    const elsewhere = index.all().filter((a) => a.level === 'grid')[1];
    if (!elsewhere) throw new Error('no second grid');
    const both = await seat(town.rt, [
      { role: 'grid-head', area: grid },
      { role: 'grid-member', area: elsewhere },
    ]);
    const seen = (await send(both.cookie, 'GET', '/api/staff/positions')).json<{ members: { accountId: string }[] }>();
    const ids = seen.members.map((m) => m.accountId);
    expect(ids).toContain(rows.get('own-area')?.id);
    expect(ids).not.toContain(rows.get('other-area')?.id);
    const accounts = (await send(both.cookie, 'GET', `/api/staff/accounts${listed}`)).json<{
      items: { id: string }[];
    }>();
    expect(accounts.items.map((a) => a.id)).not.toContain(rows.get('other-area')?.id);
    const phone = await send(both.cookie, 'POST', `/api/staff/accounts/${rows.get('other-area')?.id}/phone`, {
      purpose: '核对',
    });
    expect(phone.statusCode).toBe(403);
  });
});
