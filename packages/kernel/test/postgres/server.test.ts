import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import pg from 'pg';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { type RunningPostgres, debianPostgres, startPostgres, throwawaySettings } from '../../src/postgres/index.ts';

const asRoot = process.getuid?.() === 0;
const fixture = join(import.meta.dirname, 'fixtures/run-server.ts');
let home: string;
const running: RunningPostgres[] = [];

beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'wangge-pg-'));
  chmodSync(home, 0o755);
});
afterEach(async () => {
  await Promise.all(running.splice(0).map((server) => server.stop()));
  rmSync(home, { recursive: true, force: true });
});

async function start(dataDir = join(home, 'pg'), more: Partial<Parameters<typeof startPostgres>[0]> = {}) {
  const server = await startPostgres({ dataDir, settings: throwawaySettings, ...more });
  running.push(server);
  return server;
}

async function ask(url: string, sql: string): Promise<Record<string, unknown>> {
  const client = new pg.Client(url);
  await client.connect();
  try {
    return (await client.query(sql)).rows[0] ?? {};
  } finally {
    await client.end();
  }
}

function isRunning(pid: number): boolean {
  try {
    return !/^State:\s+Z/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'));
  } catch {
    return false;
  }
}

/** Run the fixture as another account, or as this one; resolves when it has started or refused. */
async function runChild(dataDir: string, ids: { uid?: number; gid?: number } = {}) {
  const child = spawn(process.execPath, [fixture, dataDir], { stdio: 'pipe', ...ids });
  let refusal = '';
  child.stderr.on('data', (chunk: Buffer) => (refusal += chunk.toString()));
  const [first] = (await Promise.race([
    once(createInterface(child.stdout), 'line'),
    once(child, 'close').then(() => [undefined]),
  ])) as [string | undefined];
  return {
    child,
    started: first === undefined ? undefined : (JSON.parse(first) as { pid: number; url: string }),
    refusal: () => refusal,
  };
}

describe('a PostgreSQL of our own', () => {
  it('makes a UTF-8 cluster with a password, in which trigrams see Chinese', async () => {
    const server = await start();
    await ask(server.url, 'create extension pg_trgm');
    const facts = await ask(
      server.url,
      `select current_setting('server_encoding') enc, current_setting('jit') jit, array_length(show_trgm('独居老人'), 1) > 0 seen`,
    );
    expect(facts).toEqual({ enc: 'UTF8', jit: 'off', seen: true });
    await expect(ask(server.url.replace(/:[^:@]+@/, ':wrong@'), 'select 1')).rejects.toThrow(/password/);
    expect(statSync(join(home, 'pg/superuser-password')).mode & 0o777).toBe(0o600);
  });

  it('keeps what was committed over stop and start, and over kill -9', async () => {
    // No throwaway settings: a commit that was answered must be on its way to the disk.
    const durable = { settings: {} };
    const first = await start(undefined, durable);
    await ask(first.url, 'create table kept(n int)');
    await first.stop();
    await first.stop();
    expect(await first.exited).toMatchObject({ code: 0, wanted: true });
    const second = await start(undefined, durable);
    await ask(second.url, 'insert into kept values (1)');
    process.kill(second.pid, 'SIGKILL');
    expect(await second.exited).toMatchObject({ signal: 'SIGKILL', wanted: false });
    const third = await start(undefined, durable);
    expect(await ask(third.url, 'select count(*)::int n from kept')).toEqual({ n: 1 });
  });

  it('refuses a folder in use, in one line that names the holder', async () => {
    await start();
    const refusal = await start().then(String, (error: Error) => error.message);
    expect(refusal).toMatch(new RegExp(`in use by .* \\(process ${process.pid}\\)`));
    expect(refusal).not.toContain('\n');
  });

  it('starts over what a killed initdb and a reused pid left behind', async () => {
    mkdirSync(join(home, 'pg/cluster.new/base'), { recursive: true });
    const first = await start();
    await first.stop();
    // After a restart of a container the old pid often belongs to something else: here, to this test.
    writeFileSync(
      join(home, 'pg/cluster/postmaster.pid'),
      `${process.pid}\n${join(home, 'pg/cluster')}\n1\n5432\n\n\n\nready\n`,
    );
    await expect(start()).resolves.toBeDefined();
  });

  it('refuses the cluster of another version', async () => {
    mkdirSync(join(home, 'pg/cluster'), { recursive: true });
    writeFileSync(join(home, 'pg/cluster/PG_VERSION'), '12\n');
    await expect(start()).rejects.toThrow(/cluster of PostgreSQL 12, the program is 18/);
  });

  it('listens on a port where the path is too long for a socket, and where asked', async () => {
    const long = await start(join(home, 'a'.repeat(100)));
    expect(long.url).toMatch(/@127\.0\.0\.1:\d+\/postgres$/);
    expect(await ask(long.url, 'select 1 as one')).toEqual({ one: 1 });
    const asked = await start(join(home, 'other'), { port: 0 });
    expect(asked.url).toMatch(/@127\.0\.0\.1:\d+\/postgres$/);
  });

  it('tells why it did not start', async () => {
    await expect(start(undefined, { settings: { shared_buffers: 'plenty' } })).rejects.toThrow(/shared_buffers/);
    // A failed start gives the folder back.
    await expect(start()).resolves.toBeDefined();
  });

  it('ends with its starter, even when that is killed', async () => {
    const { child, started, refusal } = await runChild(join(home, 'pg'));
    expect(refusal()).toBe('');
    expect(isRunning(started?.pid ?? 0)).toBe(true);
    child.kill('SIGKILL');
    await vi.waitFor(() => expect(isRunning(started?.pid ?? 0)).toBe(false), 15_000);
    await expect(start()).resolves.toBeDefined();
  });

  it('runs on Debian 15 too', async (context) => {
    if (!debianPostgres()) return context.skip('postgresql-15 is not installed');
    const server = await start(undefined, { from: 'debian' });
    expect(await ask(server.url, `select current_setting('server_encoding') enc`)).toEqual({ enc: 'UTF8' });
    expect(server.major).toBe(15);
  });
});

describe('accounts', () => {
  it('runs as an ordinary user', async (context) => {
    if (!asRoot) return context.skip('this test is not run by root: every other test here is the ordinary user');
    const folder = join(home, 'ordinary');
    mkdirSync(folder, { mode: 0o777 });
    chmodSync(folder, 0o777);
    const { child, started, refusal } = await runChild(join(folder, 'pg'), { uid: 1, gid: 1 });
    expect(refusal()).toBe('');
    expect(readFileSync(`/proc/${started?.pid}/status`, 'utf8')).toMatch(/^Uid:\s+1\b/m);
    child.stdin.end();
    await once(child, 'exit');
    expect(existsSync(join(folder, 'pg/cluster/postmaster.pid'))).toBe(false);
  });

  it('under root runs as nobody', async (context) => {
    if (!asRoot) return context.skip('needs root');
    const server = await start();
    expect(readFileSync(`/proc/${server.pid}/status`, 'utf8')).toMatch(/^Uid:\s+65534/m);
  });

  it('under root works in a folder that nobody else may enter, or names that folder', async (context) => {
    if (!asRoot) return context.skip('needs root');
    const closed = join(home, 'closed');
    mkdirSync(join(closed, 'deeper'), { recursive: true });
    chmodSync(closed, 0o700);
    const answer = await start(join(closed, 'deeper/pg')).then(
      (server) => ask(server.url, `select 'it works' as answer`),
      (error: Error) => ({ answer: error.message }),
    );
    // Containers without the privilege to read any folder get the sentence.
    const sentence = `PostgreSQL runs as "nobody" under root and cannot enter ${closed}:`;
    expect(answer['answer']).toSatisfy((text: string) => text === 'it works' || text.startsWith(sentence));
  });
});
