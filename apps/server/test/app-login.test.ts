import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { migrate } from '@wangge/kernel';
import fc from 'fast-check';
import pg from 'pg';
import { afterAll, describe, expect, it } from 'vitest';
import { loginNameOf, openAppLogin } from '../src/role/app-login.ts';
import { ensureDatabase } from '../src/role/ensure-database.ts';

describe('the name of the login', () => {
  it('is the database’s while it fits', () => {
    expect(loginNameOf('wangge')).toBe('wangge_server_wangge');
    expect(loginNameOf('x'.repeat(49))).toBe(`wangge_server_${'x'.repeat(49)}`);
  });
  it('fits PostgreSQL whatever the database is called, and differs with it', () => {
    const names = fc.oneof(
      fc.string({ unit: 'grapheme', minLength: 1 }),
      fc.constantFrom('镇', 'x').map((c) => c.repeat(63)),
    );
    fc.assert(
      fc.property(names, names, (a, b) => {
        expect(Buffer.byteLength(loginNameOf(a))).toBeLessThanOrEqual(63);
        expect(loginNameOf(a) === loginNameOf(b)).toBe(a === b);
      }),
    );
    const long = '阳光镇'.repeat(7);
    expect(loginNameOf(`${long}一`)).not.toBe(loginNameOf(`${long}二`));
  });
});

describe('two installations in one cluster', () => {
  const server = process.env['WANGGE_TEST_PG_URL'] ?? '';
  const folders: string[] = [];
  const databases: string[] = [];
  afterAll(async () => {
    const admin = new pg.Client({ connectionString: server });
    await admin.connect();
    for (const name of databases) {
      await admin.query(`drop database if exists ${pg.escapeIdentifier(name)} with (force)`);
      await admin.query(`drop role if exists ${pg.escapeIdentifier(loginNameOf(name))}`);
    }
    await admin.end();
    for (const folder of folders) rmSync(folder, { recursive: true, force: true });
  });

  async function install(name: string): Promise<{ ownerUrl: string; dataDir: string; url: string }> {
    const ownerUrl = new URL(server);
    ownerUrl.pathname = `/${encodeURIComponent(name)}`;
    const dataDir = mkdtempSync(join(tmpdir(), 'wangge-login-'));
    folders.push(dataDir);
    databases.push(name);
    await ensureDatabase(ownerUrl.href);
    await migrate(ownerUrl.href, []);
    return { ownerUrl: ownerUrl.href, dataDir, url: await openAppLogin(ownerUrl.href, dataDir) };
  }
  async function ask(url: string): Promise<unknown[]> {
    const client = new pg.Client({ connectionString: url });
    await client.connect();
    try {
      const { rows } = await client.query(
        `select current_database() as database, has_table_privilege('kernel_settings', 'select') as reads,
           pg_has_role('wangge_app', 'usage') as granted`,
      );
      return rows;
    } finally {
      await client.end();
    }
  }

  it('leave each other’s password alone, and the login of before', async () => {
    const admin = new pg.Client({ connectionString: server });
    await admin.connect();
    const old = `wangge_server_old_${randomBytes(4).toString('hex')}`;
    await admin.query(`create role ${old} login password 'as-it-was'`);
    const mark = randomBytes(4).toString('hex');
    const first = await install(`wangge_one_${mark}`);
    const second = await install(`镇 ${'二'.repeat(12)}_${mark}`);
    for (const { url, ownerUrl } of [first, second]) {
      const database = decodeURIComponent(new URL(ownerUrl).pathname.slice(1));
      expect(await ask(url)).toEqual([{ database, reads: true, granted: true }]);
    }
    // Started again, the other one is still let in, and so is the first with what it derives anew.
    expect(await openAppLogin(first.ownerUrl, first.dataDir)).toBe(first.url);
    await expect(ask(second.url)).resolves.toHaveLength(1);
    const before = new URL(first.url);
    before.username = old;
    before.password = 'as-it-was';
    const client = new pg.Client({ connectionString: before.href });
    await client.connect();
    await client.end();
    await admin.query(`drop role ${old}`);
    await admin.end();
  });
});
