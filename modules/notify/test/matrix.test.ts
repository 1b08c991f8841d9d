/** Roles by rows by routes over HTTP: messages are their receiver's and nobody else's, whatever the role. */
import { newId, type Role, roleNames } from '@wangge/contract-kit';
import { defineModule, sql } from '@wangge/kernel';
import { openTestTown, routesIn, testActor, type TestTown } from '@wangge/kernel/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as contract from '../src/contract.ts';
import { demoInbox, notify, tell } from '../src/index.ts';
import { areas } from '@wangge/areas';
import { staff } from '@wangge/staff';

const ids = new Map<Role, string>(roleNames.map((role) => [role, newId()]));
const post = (role: Role) => ({
  role,
  areaId: '0190a000-0000-7000-8000-000000000001',
  areaPath: '990101/990101100/',
  departmentId: null,
});
/** Signs in by a cookie that names the role: this module does not know sessions. */
const signIn = defineModule({
  name: 'sign-in',
  authenticate: (_rt, cookies) => {
    const role = roleNames.find((r) => r === cookies['as']);
    return Promise.resolve(role === undefined ? null : testActor([post(role)], ids.get(role), role));
  },
});

let town: TestTown;
beforeAll(async () => {
  const { authenticate: _sessions, ...people } = staff;
  town = await openTestTown([areas, people, notify, signIn]);
  await town.rt.system('test', async (tx) => {
    for (const [role, id] of ids) {
      const params = { number: role, summary: '一' };
      await tell(tx, { to: { kind: 'account', id }, template: 'order.offered', params });
    }
    await tell(tx, { to: { kind: 'phone', phone: '13800001234' }, template: 'resident.code', params: { code: '1' } });
  });
});
afterAll(() => town.close());

function send(as: string | null, method: string, url: string, payload?: object) {
  return town.app.inject({
    method: method as 'GET',
    url,
    headers: { 'x-wangge': '1', ...(as === null ? {} : { cookie: `as=${as}` }) },
    ...(payload ? { payload } : {}),
  });
}
const list = '/api/notify/messages';
type Answer = { items: { id: string; text: string; read: boolean }[]; unread: number };

/** What an empty request gets from whoever may make it. */
const routes = {
  [`GET ${list}`]: ['session', 200],
  [`POST ${list}/:id/acknowledge`]: ['session', 404],
  [`POST ${list}/read`]: ['session', 400],
  'DELETE /api/notify/channels/:id': ['manage', 404],
  'GET /api/notify/channels': ['manage', 200],
  'GET /api/notify/deliveries': ['manage', 200],
  'GET /api/notify/preferences': ['session', 200],
  'GET /api/notify/push': ['session', 200],
  'GET /api/notify/totals': ['manage', 200],
  'POST /api/notify/channels': ['manage', 400],
  'POST /api/notify/channels/:id/test': ['manage', 404],
  'POST /api/notify/deliveries/:id/retry': ['manage', 404],
  'POST /api/notify/push': ['session', 400],
  'POST /api/notify/push/end': ['session', 400],
  'PUT /api/notify/channels/:id': ['manage', 400],
  'PUT /api/notify/preferences': ['session', 400],
} as const satisfies Record<string, readonly ['session' | 'manage', number]>;

it('has every route of the contract', () => {
  expect(routesIn(contract)).toEqual(Object.keys(routes).toSorted());
});

it.each(Object.entries(routes))('%s is open to whom it should be', async (route, [access, answered]) => {
  const [method = '', path = ''] = route.split(' ');
  const url = path.replace(':id', newId());
  const body = method === 'GET' || method === 'DELETE' ? undefined : {};
  expect((await send(null, method, url, body)).statusCode).toBe(401);
  for (const role of roleNames) {
    const open = access === 'session' || role === 'system-admin';
    const { statusCode } = await send(role, method, url, body);
    expect([role, statusCode]).toEqual([role, open ? answered : 403]);
  }
});

it('tells a stranger nothing', async () => {
  expect((await send(null, 'GET', list)).statusCode).toBe(401);
  expect((await send(null, 'POST', `${list}/read`, { ids: [newId()] })).statusCode).toBe(401);
});

describe.each(roleNames)('a %s', (role) => {
  it('reads the own messages and marks no others', async () => {
    const { items, unread } = (await send(role, 'GET', list)).json<Answer>();
    expect(items.map((m) => m.text)).toEqual([`新工单 ${role}：一`]);
    expect(unread).toBe(1);
    const all = await town.owner.query<{ id: string }>('select id from notify_messages');
    const marked = await send(role, 'POST', `${list}/read`, { ids: all.rows.map((r) => r.id) });
    expect([marked.statusCode, marked.json()]).toEqual([200, { unread: 0 }]);
    const done = roleNames.slice(0, roleNames.indexOf(role) + 1);
    const read = await town.owner.query<{ account_id: string }>(
      'select account_id from notify_messages where read_at is not null',
    );
    expect(read.rows.map((r) => r.account_id).toSorted()).toEqual(done.map((r) => ids.get(r) ?? '').toSorted());
  });
  it('reads nobody else’s in the database either', async () => {
    const actor = testActor([post(role)], ids.get(role), role);
    await town.rt.tx(actor, async (tx) => {
      const seen = await tx.rows<{ owner: string }>(sql`select account_id as owner from notify_messages`);
      expect(seen).toEqual([{ owner: ids.get(role) }]);
      expect(await tx.run(sql`delete from notify_messages`)).toBe(0);
    });
  });
});

describe('a message', () => {
  it('of wrong identifiers is refused by field, of unknown ones changes nothing', async () => {
    for (const wrong of [[], ['x'], Array.from({ length: 201 }, () => newId())]) {
      const answer = await send('leader', 'POST', `${list}/read`, { ids: wrong });
      expect(answer.json()).toMatchObject({ error: { code: 'invalid-field' } });
    }
    expect((await send('leader', 'POST', `${list}/read`, { ids: [newId()] })).json()).toEqual({ unread: 0 });
  });
  it('is sealed in the table', async () => {
    const { rows } = await town.owner.query<{ text: string }>(
      "select row_to_json(m)::text || coalesce(row_to_json(d)::text, '') as text from notify_messages m left join notify_deliveries d on d.message_id = m.id",
    );
    for (const { text } of rows) expect(text).not.toMatch(/新工单|13800001234/);
    expect(await demoInbox(town.rt)).toMatchObject([{ phone: '13800001234' }]);
  });
});
