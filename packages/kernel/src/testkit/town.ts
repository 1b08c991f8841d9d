/** A whole platform for a test file: its own database cloned from a template, a runtime, an HTTP service. */
import { createHash, randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { newId } from '@wangge/contract-kit';
import type { FastifyInstance } from 'fastify';
import pg from 'pg';
import { type Actor, type ActorPost } from '../access/actor.ts';
import { TestClock } from '../clock.ts';
import type { Config } from '../config.ts';
import { ensureAppLogin, migrate } from '../db/migrate.ts';
import { buildApi } from '../http/app.ts';
import { startJobs } from '../jobs/worker.ts';
import type { Module } from '../module.ts';
import { openRuntime, type Runtime } from '../runtime.ts';

export interface TestTown {
  readonly rt: Runtime;
  readonly app: FastifyInstance;
  readonly clock: TestClock;
  readonly ownerUrl: string;
  /** As the owner: looks past every policy. */
  readonly owner: pg.Pool;
  readonly dataDir: string;
  /** Starts the job runner; it stops with the town. */
  startJobs(): Promise<void>;
  close(): Promise<void>;
}

function adminUrl(): string {
  const url = process.env['WANGGE_TEST_PG_URL'];
  if (url === undefined)
    throw new Error('WANGGE_TEST_PG_URL is not set: run through vitest, whose global set-up starts PostgreSQL');
  return url;
}
function withDatabase(url: string, database: string): string {
  const other = new URL(url);
  other.pathname = `/${database}`;
  return other.toString();
}

/** Migrated once for each list of modules, then cloned: a clone takes some 50 ms. */
async function templateFor(admin: pg.Client, modules: readonly Module[]): Promise<string> {
  const hash = createHash('sha1')
    .update(modules.map((m) => `${m.name} ${m.migrations?.href ?? ''}`).join())
    .digest('hex')
    .slice(0, 12);
  const name = `wangge_template_${hash}`;
  await admin.query('select pg_advisory_lock(4711)');
  try {
    const found = await admin.query('select 1 from pg_database where datname = $1', [name]);
    if (found.rowCount === 0) {
      const draft = `${name}_draft`;
      await admin.query(`drop database if exists ${draft}`);
      await admin.query(`create database ${draft}`);
      await migrate(withDatabase(adminUrl(), draft), modules);
      await admin.query(`alter database ${draft} rename to ${name}`);
    }
  } finally {
    await admin.query('select pg_advisory_unlock(4711)');
  }
  return name;
}

/** @param more overrides of the configuration; the clock starts at 2026-11-02T01:00Z, a Monday morning in town */
export async function openTestTown(
  modules: readonly Module[],
  more: Partial<Config> & { nowMs?: number } = {},
): Promise<TestTown> {
  const admin = new pg.Client({ connectionString: adminUrl() });
  await admin.connect();
  const database = `wangge_t_${randomBytes(6).toString('hex')}`;
  const template = await templateFor(admin, modules);
  await admin.query(`create database ${database} template ${template}`);
  const ownerUrl = withDatabase(adminUrl(), database);
  await admin.query('select pg_advisory_lock(4712)');
  const databaseUrl = await ensureAppLogin(ownerUrl, 'wangge_test_app', 'test');
  await admin.query('select pg_advisory_unlock(4712)');
  const dataDir = mkdtempSync(join(tmpdir(), 'wangge-test-'));
  const { nowMs = Date.UTC(2026, 10, 2, 1), ...config } = more;
  const clock = new TestClock(nowMs);
  const rt = await openRuntime(
    {
      databaseUrl,
      ownerUrl,
      dataDir,
      publicUrl: 'https://town.example',
      demo: true,
      trustedProxies: [],
      version: 'test',
      zone: 'Asia/Shanghai',
      poolSize: 8,
      logLevel: 'error',
      rateLimits: false,
      ...config,
    },
    modules,
    { clock },
  );
  const app = await buildApi(rt);
  const owner = new pg.Pool({ connectionString: ownerUrl, max: 4 });
  owner.on('error', () => undefined);
  let jobs: { stop(): Promise<void> } | null = null;
  return {
    rt,
    app,
    clock,
    ownerUrl,
    owner,
    dataDir,
    async startJobs() {
      jobs ??= await startJobs(rt);
    },
    async close() {
      await jobs?.stop();
      await app.close();
      await rt.close();
      await owner.end();
      await admin.query(`drop database if exists ${database} with (force)`);
      await admin.end();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}

/** An account as the policies see it, without a session behind it. */
export function testActor(posts: readonly ActorPost[], id: string = newId(), name = '测试员'): Actor {
  return { kind: 'account', id, name, posts };
}
