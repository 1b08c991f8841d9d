import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { codeAt } from '../src/index.ts';
import { openStaffTown, type StaffTown } from './support.ts';

let town: StaffTown;
beforeAll(async () => {
  town = await openStaffTown();
});
afterAll(() => town.close());

async function tryLogIn(login: string, password: string, totp?: string) {
  return town.app.inject({
    method: 'POST',
    url: '/api/session',
    headers: { 'x-wangge': '1' },
    payload: { login, password, ...(totp === undefined ? {} : { totp }) },
  });
}
function send(method: 'GET' | 'POST' | 'PATCH' | 'DELETE' | 'PUT', url: string, cookie: string, payload?: object) {
  return town.app.inject({ method, url, headers: { 'x-wangge': '1', cookie }, ...(payload ? { payload } : {}) });
}

describe('signing in', () => {
  it('opens a session whose cookie scripts cannot read', async () => {
    const answer = await tryLogIn('diaodu', 'wangge-demo');
    expect(answer.statusCode).toBe(200);
    expect(answer.headers['set-cookie']).toMatch(/HttpOnly/);
    expect(answer.headers['set-cookie']).toMatch(/SameSite=Lax/);
    expect(answer.json()).toMatchObject({ account: { login: 'diaodu' }, town: { demo: true } });
    expect(answer.body).not.toContain('argon2');
  });
  it.each([
    ['diaodu', 'wrong-password'],
    ['nobody-of-this-name', 'wangge-demo'],
    ['diaodu2', ''],
  ])('refuses %s with %s in the same words', async (login, password) => {
    const answer = await tryLogIn(login, password === '' ? 'x' : password);
    expect(answer.json()).toMatchObject({ error: { code: 'wrong-credentials' } });
  });
  it('locks after five failures and opens again after a quarter of an hour', async () => {
    for (let i = 0; i < 5; i++) await tryLogIn('lingdao', 'wrong-password');
    expect((await tryLogIn('lingdao', 'wangge-demo')).json()).toMatchObject({ error: { code: 'locked-out' } });
    town.clock.advance(15 * 60_000 + 1000);
    expect((await tryLogIn('lingdao', 'wangge-demo')).statusCode).toBe(200);
  });
  it('logs a dispatcher out after half an hour of idling', async () => {
    const cookie = await town.signIn('diaodu');
    expect((await send('GET', '/api/me', cookie)).statusCode).toBe(200);
    town.clock.advance(31 * 60_000);
    const { cookies: _none, ...fresh } = await send('GET', '/api/me', `${cookie}; x=1`);
    // The memory of sessions lives ten seconds of real time, so ask the database.
    const rows = await town.owner.query('select count(*) as n from staff_session($1, $2)', [
      (await import('node:crypto')).createHash('sha256').update(cookie.slice('wangge_session='.length)).digest(),
      new Date(town.clock.nowMs()),
    ]);
    expect(Number(rows.rows[0].n)).toBe(0);
    expect([200, 401]).toContain(fresh.statusCode);
  });
  it('asks for the second factor once it is on, takes each code once', async () => {
    const cookie = await town.signIn('shenji');
    const begun = await send('POST', '/api/me/second-factor', cookie, {});
    const secret = new URL((begun.json() as { uri: string }).uri).searchParams.get('secret') ?? '';
    expect((await send('POST', '/api/me/second-factor', cookie, { totp: '000000' })).json()).toMatchObject({
      error: { code: 'wrong-second-factor' },
    });
    expect(
      (await send('POST', '/api/me/second-factor', cookie, { totp: codeAt(secret, town.clock.nowMs()) })).json(),
    ).toEqual({ enabled: true, uri: null });
    expect((await tryLogIn('shenji', 'wangge-demo')).json()).toMatchObject({
      error: { code: 'second-factor-required' },
    });
    town.clock.advance(60_000);
    const code = codeAt(secret, town.clock.nowMs());
    expect((await tryLogIn('shenji', 'wangge-demo', code)).statusCode).toBe(200);
    expect((await tryLogIn('shenji', 'wangge-demo', code)).json()).toMatchObject({
      error: { code: 'wrong-second-factor' },
    });
  });
  it('ends sessions that are revoked, at once', async () => {
    const one = await town.signIn('wgy1');
    const two = await town.signIn('wgy1');
    const listed = (await send('GET', '/api/me/sessions', one)).json() as {
      sessions: { id: string; current: boolean }[];
    };
    const other = listed.sessions.find((s) => !s.current);
    expect((await send('DELETE', `/api/me/sessions/${other?.id ?? ''}`, one)).statusCode).toBe(200);
    await expect.poll(async () => (await send('GET', '/api/me', two)).statusCode).toBe(401);
    expect((await send('GET', '/api/me', one)).statusCode).toBe(200);
  });
  it('leaves a trail of successes and failures', async () => {
    const rows = await town.owner.query(
      `select distinct action, actor_kind from kernel_audit where action like 'staff.log-in%' order by 1`,
    );
    expect(rows.rows.map((r: { action: string }) => r.action)).toEqual(['staff.log-in', 'staff.log-in-failed']);
    // Who came in did so in the own name; who failed to is nobody yet.
    expect(rows.rows.map((r: { actor_kind: string }) => r.actor_kind)).toEqual(['account', 'system']);
  });
});

describe('accounts and posts', () => {
  it('lets an administrator make an account that must change its password first', async () => {
    const admin = await town.signIn('admin');
    const made = await send('POST', '/api/staff/accounts', admin, {
      login: 'xin1',
      name: '新一号',
      phone: '13800001234',
      password: 'first-password',
    });
    expect(made.json()).toMatchObject({ login: 'xin1', phone: '138****1234', posts: [] });
    const id = (made.json() as { id: string }).id;
    const areas = (await send('GET', '/api/areas', admin)).json() as { areas: { id: string; level: string }[] };
    const town1 = areas.areas.find((a) => a.level === 'town')?.id ?? '';
    const posted = await send('POST', `/api/staff/accounts/${id}/posts`, admin, {
      role: 'dispatcher',
      areaId: town1,
      departmentId: null,
    });
    expect(posted.json()).toMatchObject({ posts: [{ role: 'dispatcher' }] });
    const signedIn = await tryLogIn('xin1', 'first-password');
    expect(signedIn.json()).toMatchObject({ mustChangePassword: true, permissions: [] });
    const cookie = `wangge_session=${signedIn.cookies[0]?.value ?? ''}`;
    expect(
      (await send('POST', '/api/me/password', cookie, { current: 'first-password', next: 'second-password' }))
        .statusCode,
    ).toBe(200);
    await expect
      .poll(async () => ((await send('GET', '/api/me', cookie)).json() as { permissions: string[] }).permissions.length)
      .toBeGreaterThan(0);
  });
  it('refuses a second account of one login, a post twice, and a post for oneself', async () => {
    const admin = await town.signIn('admin');
    expect(
      (
        await send('POST', '/api/staff/accounts', admin, {
          login: 'wgy1',
          name: '重名',
          phone: null,
          password: 'long-enough-1',
        })
      ).json(),
    ).toMatchObject({
      error: { code: 'already-exists', field: 'login' },
    });
    const me = (await send('GET', '/api/me', admin)).json() as { account: { id: string; posts: { areaId: string }[] } };
    const own = await send('POST', `/api/staff/accounts/${me.account.id}/posts`, admin, {
      role: 'dispatcher',
      areaId: me.account.posts[0]?.areaId,
      departmentId: null,
    });
    expect(own.json()).toMatchObject({ error: { code: 'forbidden' } });
  });
  it('keeps a member out of the administration, over HTTP and as the database role', async () => {
    const member = await town.signIn('wgy1');
    expect(
      (
        await send('POST', '/api/staff/accounts', member, {
          login: 'x1',
          name: '某',
          phone: null,
          password: 'long-enough-1',
        })
      ).statusCode,
    ).toBe(403);
    const me = (await send('GET', '/api/me', member)).json() as { account: { id: string } };
    const actor = { kind: 'account', id: me.account.id, name: 'x', posts: [] } as const;
    const { sql } = await import('@wangge/kernel');
    await expect(
      town.rt.tx(actor, (tx) => tx.rows(sql`select password_hash from staff_accounts`)),
    ).rejects.toMatchObject({ code: 'forbidden' });
    await expect(
      town.rt.tx(actor, (tx) => tx.run(sql`update staff_accounts set enabled = false where login = 'diaodu'`)),
    ).resolves.toBe(0);
  });
  it('shows a telephone in full only for a purpose, and writes it down', async () => {
    const dispatcher = await town.signIn('diaodu');
    const found = (await send('GET', '/api/staff/accounts?q=wwg1', dispatcher)).json() as {
      items: { id: string; login: string; phone: string }[];
    };
    const member = found.items.find((a) => a.login === 'wwg1');
    expect(member?.phone).toContain('****');
    const shown = await send('POST', `/api/staff/accounts/${member?.id ?? ''}/phone`, dispatcher, {
      purpose: '联系处置',
    });
    expect(shown.json()).toEqual({ phone: '000-5551400' });
    const rows = await town.owner.query(`select purpose from kernel_audit where action = 'staff.phone-revealed'`);
    expect(rows.rows).toEqual([{ purpose: '联系处置' }]);
  });
  it('shows a team as the sign in the hall does', async () => {
    const cookie = await town.signIn('diaodu');
    const areas = (await send('GET', '/api/areas', cookie)).json() as { areas: { id: string; level: string }[] };
    const grid = areas.areas.find((a) => a.level === 'grid')?.id ?? '';
    const team = (await send('GET', `/api/staff/teams/${grid}`, cookie)).json() as {
      formula: string;
      members: { rank: number }[];
    };
    expect(team.formula).toMatch(/^1\+\d+\+\d+$/);
    expect(team.members[0]?.rank).toBe(1);
  });
});

describe('duty and position', () => {
  it('shows a position only while on duty, only to those above', async () => {
    const member = await town.signIn('wgy1');
    const place = { lon: 119.01, lat: 31.51, accuracyM: 8 };
    await send('POST', '/api/me/duty', member, { onDuty: true, place });
    const seen = async (login: string) =>
      (
        (await send('GET', '/api/staff/positions', await town.signIn(login))).json() as { members?: { name: string }[] }
      ).members?.map((m) => m.name);
    expect(await seen('diaodu')).toContain('一号网格员');
    expect(await seen('wgz1')).toEqual(['一号网格员']);
    expect((await send('GET', '/api/staff/positions', await town.signIn('cgd1'))).statusCode).toBe(403);
    await send('POST', '/api/me/duty', member, { onDuty: false });
    expect(await seen('diaodu')).not.toContain('一号网格员');
    expect((await send('POST', '/api/me/position', member, { place, takenAtMs: town.clock.nowMs() })).json()).toEqual({
      shared: false,
    });
  });
});
