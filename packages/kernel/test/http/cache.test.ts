import { defineEvent, defineRoute, newId } from '@wangge/contract-kit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { type Actor, defineModule, handle } from '../../src/index.ts';
import { openTestTown, testActor, type TestTown } from '../../src/testkit/index.ts';
import { signedIn } from '../support/signed-in.ts';

const counted = defineEvent({ type: 'counter.counted', payload: z.object({}), live: true });
const value = z.object({ n: z.number(), asked: z.number() });
const show = defineRoute({
  method: 'GET',
  path: '/api/counter',
  summary: 'Count',
  access: { permission: 'counter.read' },
  response: value,
  cachedUntil: ['counter.counted'],
});
const add = defineRoute({
  method: 'POST',
  path: '/api/counter',
  summary: 'Add one',
  access: 'session',
  response: z.object({ ok: z.boolean() }),
});
let n = 0;
let asked = 0;
const counter = defineModule({
  name: 'counter',
  events: [counted],
  permissions: { 'counter.read': { by: ['dispatcher', 'grid-member'] } },
  routes: [
    handle(show, () => Promise.resolve({ n, asked: ++asked })),
    handle(add, (c) =>
      c.tx((tx) => {
        n++;
        tx.emit(counted, {}, { areaPath: '1/', subjectId: 's' });
        return Promise.resolve({ ok: true });
      }),
    ),
  ],
});
const post = (role: 'dispatcher' | 'grid-member', areaPath: string): Actor =>
  testActor([{ role, areaId: newId(), areaPath, departmentId: null }]);
const sessions = signedIn();
const writer = post('dispatcher', '1/');
const reader = post('dispatcher', '1/');
const member = post('grid-member', '1/2/3/');
let town: TestTown;
beforeAll(async () => {
  town = await openTestTown([sessions.module, counter]);
});
afterAll(() => town.close());

const get = async (by: Actor, headers: Record<string, string> = {}) =>
  town.app.inject({ method: 'GET', url: '/api/counter', headers: { ...sessions.as(by), ...headers } });
const read = async (by: Actor) => (await get(by)).json<z.infer<typeof value>>();
const write = (by: Actor) => town.app.inject({ method: 'POST', url: '/api/counter', headers: sessions.as(by) });

describe('shared answers', () => {
  it('are asked for once by those who see the same, and know an unchanged one', async () => {
    const before = asked;
    const first = await get(writer);
    await Promise.all([read(reader), read(reader), read(writer)]);
    expect(asked).toBe(before + 1);
    await read(member);
    expect(asked).toBe(before + 2);
    expect((await get(reader, { 'if-none-match': String(first.headers['etag']) })).statusCode).toBe(304);
  });

  it('are never older than a change that was answered, for anybody', async () => {
    for (let time = 0; time < 5; time++) {
      await read(reader);
      await write(writer);
      expect((await read(reader)).n).toBe(n);
    }
  });

  it('in a storm are never older for who made the change, and are shared by the others', async () => {
    for (let time = 0; time < 30; time++) await write(writer);
    const before = asked;
    for (let time = 0; time < 5; time++) {
      await write(writer);
      expect((await read(writer)).n).toBe(n);
    }
    expect(asked).toBe(before + 5);
  });
});
