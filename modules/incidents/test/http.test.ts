/** Roles by rows by routes over HTTP, and bad input in the one shape of errors. */
import { newId } from '@wangge/contract-kit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findRecord } from '../src/index.ts';
import { type IncidentTown, openIncidentTown, password } from '../src/testkit.ts';

const logins = ['dispatcher', 'leader', 'admin', 'head', 'member', 'neighbour', 'volunteer', 'handler'] as const;
type Login = (typeof logins)[number];
let town: IncidentTown;
const cookies = new Map<Login, string>();
const rows = { here: '', elsewhere: '' };

async function call(login: Login | null, method: 'GET' | 'POST' | 'PUT', url: string, payload?: object | string) {
  const cookie = login === null ? undefined : cookies.get(login);
  const answer = await town.app.inject({
    method,
    url,
    headers: {
      'x-wangge': '1',
      'content-type': 'application/json',
      ...(cookie === undefined ? {} : { cookie }),
    },
    ...(payload === undefined ? {} : { payload }),
  });
  return { status: answer.statusCode, body: answer.json<Record<string, unknown>>() };
}

beforeAll(async () => {
  town = await openIncidentTown([], { accounts: logins });
  const signIn = async (login: Login, secret: string): Promise<void> => {
    const answer = await town.app.inject({
      method: 'POST',
      url: '/api/session',
      headers: { 'x-wangge': '1' },
      payload: { login, password: secret },
    });
    cookies.set(login, String(answer.headers['set-cookie']).split(';')[0] ?? '');
  };
  for (const login of logins) {
    await signIn(login, password);
    // The first password only lets one choose another.
    await call(login, 'POST', '/api/me/password', { current: password, next: `${password}-2` });
    await signIn(login, `${password}-2`);
  }
  rows.here = (await town.report({ as: town.as('head') })).id;
  rows.elsewhere = (await town.report({ as: town.as('dispatcher'), areaId: town.grids[2].id })).id;
});
afterAll(() => town.close());

/** Status of reading a row, by who asks: area, then nothing. */
const reading: Record<Login, { here: number; elsewhere: number; list: number }> = {
  dispatcher: { here: 200, elsewhere: 200, list: 200 },
  leader: { here: 200, elsewhere: 200, list: 200 },
  // No post with a right to incidents; what is not assigned to or reported by them is not there.
  admin: { here: 404, elsewhere: 404, list: 200 },
  head: { here: 200, elsewhere: 404, list: 200 },
  member: { here: 200, elsewhere: 404, list: 200 },
  neighbour: { here: 404, elsewhere: 404, list: 200 },
  volunteer: { here: 404, elsewhere: 404, list: 200 },
  handler: { here: 404, elsewhere: 404, list: 200 },
};

describe.each(logins)('%s', (login) => {
  it('reads what is in reach and nothing else', async () => {
    const want = reading[login];
    expect((await call(login, 'GET', `/api/incidents/${rows.here}`)).status).toBe(want.here);
    expect((await call(login, 'GET', `/api/incidents/${rows.elsewhere}`)).status).toBe(want.elsewhere);
    for (const path of ['', '/map', '/counts']) {
      expect((await call(login, 'GET', `/api/incidents${path}`)).status).toBe(want.list);
    }
    const list = await call(login, 'GET', '/api/incidents');
    const ids = (list.body['items'] as { id: string }[]).map((i) => i.id);
    expect(ids.includes(rows.here)).toBe(want.here === 200);
    expect(ids.includes(rows.elsewhere)).toBe(want.elsewhere === 200);
    const note = await call(login, 'POST', `/api/incidents/${rows.here}/notes`, { text: '看过' });
    expect(note.status).toBe(want.here);
  });

  it('changes what the hat allows', async () => {
    const { version } = await town.rt.system('test', (tx) => findRecord(tx, rows.here));
    const move = { move: 'supervise', version, reason: '请尽快' };
    const may = login === 'dispatcher' || login === 'leader';
    const status = (await call(login, 'POST', `/api/incidents/${rows.here}/moves`, move)).status;
    expect(status).toBe(may ? 200 : reading[login].here === 404 ? 404 : 403);
    const reveal = await call(login, 'POST', `/api/incidents/${rows.here}/reporter`, { purpose: '回访' });
    expect(reveal.status).toBe(login === 'dispatcher' ? 200 : 403);
    const category = {
      parentCode: 'patrol',
      name: { zh: '路灯故障', en: 'Street lamp out' },
      departmentId: null,
      severity: 'ordinary',
      handleLimitMin: 60,
      public: true,
      proofRequired: true,
      active: true,
      order: 1,
    };
    const edit = await call(login, 'PUT', '/api/incidents/categories/patrol.lamp', category);
    expect(edit.status).toBe(login === 'admin' ? 200 : 403);
  });
});

describe('a stranger', () => {
  it('learns nothing', async () => {
    for (const path of ['', '/map', '/counts', '/categories', `/${rows.here}`]) {
      expect((await call(null, 'GET', `/api/incidents${path}`)).status).toBe(401);
    }
  });
});

describe('bad input', () => {
  const report = (more: object) =>
    call('member', 'POST', '/api/incidents', {
      clientKey: newId(),
      categoryCode: 'patrol.lamp',
      description: '路灯不亮',
      areaId: town.grids[0].id,
      ...more,
    });
  it.each([
    [{ description: '长'.repeat(200_000) }, 400, 'text-too-long', 'description'],
    [{ description: ' ' }, 400, 'invalid-field', 'description'],
    [{ description: 'a\u0000b' }, 400, 'invalid-field', 'description'],
    [{ clientKey: 'x' }, 400, 'invalid-field', 'clientKey'],
    [{ place: { lon: 'x', lat: 0 } }, 400, 'invalid-field', 'place.lon'],
    [{ place: { lon: 0, lat: 0 } }, 422, 'place-outside', 'place'],
    [{ categoryCode: 'patrol' }, 400, 'invalid-field', 'categoryCode'],
  ])('%# is answered with code and field', async (more, status, code, field) => {
    const answer = await report(more);
    expect(answer.status).toBe(status);
    expect(answer.body['error']).toMatchObject({ code, field });
  });

  it('keeps markup and rare characters as they are, as data', async () => {
    const text = '<script>alert(1)</script>㐀𠮷🐶';
    const made = await report({ description: text });
    expect(made.status).toBe(200);
    const read = await call('member', 'GET', `/api/incidents/${String(made.body['id'])}`);
    expect(read.body['description']).toBe(text);
  });

  it('of filters is refused, not ignored', async () => {
    for (const query of ['state=unknown', 'areaId=x', 'limit=0', 'cursor=x', 'fromMs=x']) {
      expect((await call('member', 'GET', `/api/incidents?${query}`)).status).toBe(400);
    }
  });
});
