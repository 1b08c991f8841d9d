import { defineEvent, defineRoute, newId } from '@wangge/contract-kit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { defineModule, handle, sql, type Tx, writeSetting } from '../src/index.ts';
import { openTestTown, testActor, type TestTown, until } from '../src/testkit/index.ts';

const ping = defineEvent({ type: 'probe.pinged', payload: z.object({ n: z.number() }), live: true });
const heard: number[] = [];
const echo = defineRoute({
  method: 'POST',
  path: '/api/probe',
  summary: 'Echo',
  access: 'public',
  body: z.object({ text: z.string().max(5) }),
  response: z.object({ text: z.string(), none: z.string().nullable() }),
});
const probe = defineModule({
  name: 'probe',
  migrations: new URL('../migrations/', import.meta.url),
  events: [ping],
  reacts: {
    'probe.pinged': async (_rt, payload) => {
      heard.push(Number(payload['n']));
    },
  },
  routes: [handle(echo, async ({ body }) => ({ text: body.text, none: null, secret: 'x' }))],
});

let town: TestTown;
beforeAll(async () => {
  town = await openTestTown([{ ...probe, migrations: new URL('./no-migrations/', import.meta.url) }]);
});
afterAll(() => town.close());

describe('a transaction', () => {
  it('leaves event, job and audit row together, or nothing', async () => {
    await town.startJobs();
    await town.rt.system('probe', async (tx) => {
      tx.emit(ping, { n: 1 }, { areaPath: '', subjectId: 'a' });
      tx.audit({ action: 'probe.ping' });
    });
    await expect(
      town.rt.system('probe', async (tx) => {
        tx.emit(ping, { n: 2 }, { areaPath: '', subjectId: 'b' });
        await tx.flush();
        throw new Error('no');
      }),
    ).rejects.toThrow('no');
    await until(() => heard.includes(1), 'the reaction');
    const rows = await town.owner.query('select subject_id from kernel_outbox');
    expect(rows.rows).toEqual([{ subject_id: 'a' }]);
    expect((await town.owner.query('select action, actor_name from kernel_audit')).rows).toEqual([
      { action: 'probe.ping', actor_name: 'probe' },
    ]);
    expect(heard).toEqual([1]);
  });

  it('goes on after a part of it failed, without anything of that part', async () => {
    const done: string[] = [];
    const part = (name: string) => (tx: Tx) => {
      tx.emit(ping, { n: 0 }, { areaPath: '', subjectId: name });
      tx.audit({ action: `probe.${name}` });
      tx.afterCommit(() => done.push(name));
      return writeSetting(tx, `probe.${name}`, true);
    };
    const scope = sql`select coalesce(current_setting('wangge.system', true), '') as system`;
    await town.rt.tx(testActor([]), async (tx) => {
      tx.audit({ action: 'probe.before' });
      await tx.run(sql`select set_config('wangge.system', 'probe', true)`);
      await tx.savepoint(() => part('kept')(tx));
      const failing = tx.savepoint(async () => {
        await part('lost')(tx);
        await tx.run(sql`select set_config('wangge.system', 'other', true)`);
        await tx.savepoint(() => part('inner')(tx));
        // What was gathered before this part is written and undone with it, and written again at the end.
        await tx.flush();
        await tx.run(sql`select 1 / 0`);
      });
      await expect(failing).rejects.toThrow('division by zero');
      expect(await tx.one(scope)).toEqual({ system: 'probe' });
      await part('after')(tx);
    });
    const settings = await town.owner.query("select name from kernel_settings where name like 'probe.%' order by name");
    expect(settings.rows).toEqual([{ name: 'probe.after' }, { name: 'probe.kept' }]);
    const audit = await town.owner.query(
      "select action from kernel_audit where action in ('probe.before', 'probe.kept', 'probe.lost', 'probe.inner', 'probe.after') order by seq",
    );
    expect(audit.rows.map((r: { action: string }) => r.action)).toEqual(['probe.before', 'probe.kept', 'probe.after']);
    const events = await town.owner.query(
      "select subject_id from kernel_outbox where subject_id in ('kept', 'lost', 'inner', 'after') order by subject_id",
    );
    expect(events.rows).toEqual([{ subject_id: 'after' }, { subject_id: 'kept' }]);
    expect(done).toEqual(['kept', 'after']);
  });

  it('runs a part again that lost a deadlock', async () => {
    let tries = 0;
    const result = await town.rt.system('probe', (tx) =>
      tx.savepoint(async () => {
        tries += 1;
        tx.audit({ action: 'probe.deadlock' });
        if (tries < 3) await tx.run(sql`do $$ begin raise exception 'lost' using errcode = '40P01'; end $$`);
        return tries;
      }),
    );
    expect(result).toBe(3);
    const audit = await town.owner.query("select 1 from kernel_audit where action = 'probe.deadlock'");
    expect(audit.rowCount).toBe(1);
  });

  it('runs under the scope of its actor', async () => {
    const area = { role: 'grid-member', areaId: newId(), areaPath: `1/a"'\\/`, departmentId: null } as const;
    const actor = testActor([area]);
    const row = await town.rt.tx(actor, (tx) =>
      tx.one(
        sql`select kernel_account() as me, kernel_areas() as areas, kernel_reaches(${`1/a"'\\/b/`}) as yes, kernel_reaches('1/') as no, kernel_is_system() as sys`,
      ),
    );
    expect(row).toEqual({ me: actor.id, areas: [`1/a"'\\/`], yes: true, no: false, sys: false });
  });

  it('connects as a role that owns nothing and cannot write the audit trail', async () => {
    const write = town.rt.system('probe', (tx) =>
      tx.run(sql`insert into kernel_audit (actor_kind, actor_name, action) values ('system', 'x', 'forged')`),
    );
    await expect(write).rejects.toMatchObject({ code: 'forbidden' });
    const owned = await town.owner.query(
      `select 1 from pg_class c join pg_roles r on r.oid = c.relowner where r.rolname = 'wangge_test_app'`,
    );
    expect(owned.rowCount).toBe(0);
  });
});

describe('a typed route', () => {
  it('answers what its contract names and nothing else', async () => {
    const answer = await town.app.inject({
      method: 'POST',
      url: '/api/probe',
      headers: { 'x-wangge': '1' },
      payload: { text: 'ok' },
    });
    expect(answer.json()).toEqual({ text: 'ok', none: null });
  });
  it.each([
    [{ text: 'too long' }, 400, 'text-too-long', 'text'],
    [{ text: 5 }, 400, 'invalid-field', 'text'],
    ['{', 400, 'malformed-json', undefined],
  ])('refuses %j in the one shape', async (payload, status, code, field) => {
    const answer = await town.app.inject({
      method: 'POST',
      url: '/api/probe',
      headers: { 'x-wangge': '1', 'content-type': 'application/json' },
      payload,
    });
    expect(answer.statusCode).toBe(status);
    const body: { error: { code: string; field?: string; message: { zh: string } } } = answer.json();
    expect([body.error.code, body.error.field]).toEqual([code, field]);
    expect(body.error.message.zh).not.toBe('');
  });
  it('refuses a form of another site', async () => {
    const answer = await town.app.inject({ method: 'POST', url: '/api/probe', payload: { text: 'ok' } });
    expect(answer.json()).toMatchObject({ error: { code: 'csrf-failed' } });
  });
});
