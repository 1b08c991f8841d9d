import { defineEvent, newId } from '@wangge/contract-kit';
import type { FastifyInstance } from 'fastify';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { type Actor, buildApi, defineModule, openRuntime, type Runtime } from '../../src/index.ts';
import { openTestTown, testActor, type TestTown, until } from '../../src/testkit/index.ts';
import { signedIn } from '../support/signed-in.ts';
import { SseReader } from '../support/sse.ts';

const changed = defineEvent({ type: 'probe.changed', payload: z.object({}), live: true });
const silent = defineEvent({ type: 'probe.silent', payload: z.object({}), live: false });
const sessions = signedIn();
const probe = defineModule({ name: 'probe', events: [changed, silent] });
const post = (areaPath: string): Actor =>
  testActor([{ role: 'grid-member', areaId: newId(), areaPath, departmentId: null }]);
const north = post('1/n/');
const south = post('1/s/');
const handler = testActor([{ role: 'department-handler', areaId: newId(), areaPath: '1/', departmentId: newId() }]);
const stranger = post('9/');

interface Server {
  readonly rt: Runtime;
  readonly app: FastifyInstance;
  readonly url: string;
}
let town: TestTown;
let server: Server;
const readers: SseReader[] = [];

/** A process of its own as far as the stream can tell: another runtime, another port. */
async function startServer(liveRecheckMs = 45_000): Promise<Server> {
  const rt = await openRuntime(town.rt.config, [sessions.module, probe]);
  const app = await buildApi(rt, { liveRecheckMs });
  return { rt, app, url: await app.listen({ port: 0, host: '127.0.0.1' }) };
}
async function stopServer(it: Server): Promise<void> {
  await it.app.close();
  await it.rt.close();
}
async function listen(actor: Actor, more: Record<string, string> = {}, at = server): Promise<SseReader> {
  const reader = await SseReader.open(at.url, { ...sessions.as(actor), ...more });
  readers.push(reader);
  await until(() => reader.messages.some((m) => m.event === 'ready' || m.event === 'reset'), 'the greeting');
  return reader;
}
async function change(areaPath: string, more: { accountIds?: string[]; departmentIds?: string[] } = {}) {
  const subjectId = newId();
  await town.rt.system('probe', async (tx) => tx.emit(changed, {}, { areaPath, subjectId, ...more }));
  return subjectId;
}

beforeAll(async () => {
  town = await openTestTown([sessions.module, probe]);
  server = await startServer();
});
afterEach(() => {
  for (const reader of readers.splice(0)) reader.close();
});
afterAll(async () => {
  await stopServer(server);
  await town.close();
});

describe('a stream', () => {
  it('greets with the time and starts where the town is', async () => {
    const reader = await listen(north);
    expect(reader.headers.get('content-type')).toMatch(/^text\/event-stream/);
    expect(reader.messages.map((m) => m.event)).toEqual(['hello', 'ready']);
    expect(JSON.parse(reader.messages[0]?.data ?? '')).toHaveProperty('serverTimeMs');
    expect(reader.messages[1]?.id).toMatch(/^\d+$/);
  });

  it('tells each what its posts reach, and no more', async () => {
    const [n, s, h, x] = await Promise.all([north, south, handler, stranger].map((actor) => listen(actor)));
    if (!n || !s || !h || !x) throw new Error('four readers');
    const inNorth = await change('1/n/7/');
    const ordered = await change('1/n/8/', { departmentIds: [handler.posts[0]?.departmentId ?? ''] });
    const mine = await change('1/n/9/', { accountIds: [stranger.id ?? ''] });
    const inSouth = await change('1/s/1/');
    const forAll = await change('');
    await Promise.all([n, s, h, x].map((reader) => reader.heard(forAll)));
    expect(n.subjects()).toEqual([inNorth, ordered, mine, forAll]);
    expect(s.subjects()).toEqual([inSouth, forAll]);
    expect(h.subjects()).toEqual([ordered, forAll]);
    expect(x.subjects()).toEqual([mine, forAll]);
  });

  it('is refused to who is not signed in', async () => {
    const reader = await SseReader.open(server.url, {});
    expect(reader.status).toBe(401);
  });

  it('tells of a change that committed after a later one', async () => {
    const reader = await listen(north);
    const late = newId();
    const slow = await town.owner.connect();
    const event = { type: 'probe.changed', subject_id: late, area_path: '1/n/', live: true, payload: {} };
    try {
      await slow.query('begin');
      await slow.query(`select kernel_flush($1::jsonb, '[]', '[]')`, [
        JSON.stringify([{ ...event, account_ids: [], department_ids: [] }]),
      ]);
      const quick = await change('1/n/');
      await reader.heard(quick);
      expect(reader.subjects()).toEqual([quick]);
      // Whoever leaves now saw the higher number, and must still be told of the lower one.
      const left = reader.lastId();
      reader.close();
      await slow.query('commit');
      const other = await listen(north);
      await other.heard(late);
      const back = await listen(north, { 'last-event-id': left });
      await back.heard(late);
    } finally {
      slow.release();
    }
  });
});

describe('coming back', () => {
  it('brings what was missed, once it is within scope', async () => {
    const reader = await listen(north);
    const before = await change('1/n/');
    await reader.heard(before);
    const left = reader.lastId();
    reader.close();
    const missed = await change('1/n/');
    await change('1/s/');
    await town.rt.system('probe', async (tx) => tx.emit(silent, {}, { areaPath: '1/n/', subjectId: newId() }));
    const back = await listen(north, { 'last-event-id': left });
    expect(back.messages.some((m) => m.event === 'reset')).toBe(false);
    await back.heard(missed);
    expect(back.subjects()).not.toContain(before);
  });

  it('to a server that was started anew brings it too', async () => {
    const first = await startServer();
    const reader = await listen(north, {}, first);
    await reader.heard(await change('1/n/'));
    const left = reader.lastId();
    await stopServer(first);
    await until(() => reader.ended, 'the end of the stream');
    const missed = await change('1/n/');
    const second = await startServer();
    const back = await listen(north, { 'last-event-id': left }, second);
    expect(back.messages.some((m) => m.event === 'reset')).toBe(false);
    await back.heard(missed);
    await stopServer(second);
  });

  it.each(['0', '999999999', '00000'])(
    'from too long ago, or from another town (%s), means looking anew',
    async (id) => {
      // More than is kept for those who come back.
      await town.owner.query(
        `insert into kernel_outbox (type, subject_id, area_path, live, payload)
       select 'probe.changed', 'old', '5/', true, '{}' from generate_series(1, 3000)`,
      );
      const last = await change('1/n/');
      const witness = await listen(north);
      await until(() => witness.lastId() !== '' && server.rt.live.since(0) === null, 'old events to be dropped');
      const back = await listen(north, { 'last-event-id': id });
      await back.event('reset');
      expect(back.subjects()).not.toContain(last);
    },
  );
});

describe('a session that ended', () => {
  it('ends its stream; others go on, with the posts they have now', async () => {
    const strict = await startServer(100);
    const leaving = post('1/n/');
    const moving = post('1/n/');
    const gone = await listen(leaving, {}, strict);
    const moved = await listen(moving, {}, strict);
    sessions.revoke(leaving);
    sessions.as({ ...moving, posts: south.posts });
    await until(() => gone.ended, 'the end of the stream');
    // Heard by the south only once the new posts count.
    await until(async () => {
      const subject = await change('1/s/');
      await until(() => strict.rt.live.since(0)?.some((e) => e.subjectId === subject) ?? true, 'the bus to hear');
      return moved.subjects().length > 0;
    }, 'hearing of the new area');
    expect(moved.ended).toBe(false);
    expect((await SseReader.open(strict.url, { cookie: `wangge_session=${leaving.id}` })).status).toBe(401);
    await stopServer(strict);
  });
});

describe('a database that went away', () => {
  it('is listened to again, and nothing is lost', async () => {
    const reader = await listen(north);
    await town.owner.query(
      `select pg_terminate_backend(pid) from pg_stat_activity
       where datname = current_database() and application_name in ('wangge', 'wangge-live')`,
    );
    let subject = '';
    await until(async () => {
      try {
        subject = await change('1/n/');
        return true;
      } catch {
        return false;
      }
    }, 'the database to answer');
    await reader.heard(subject);
    expect(reader.ended).toBe(false);
  });
});
