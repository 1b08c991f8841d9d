import { randomBytes } from 'node:crypto';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { newId } from '@wangge/contract-kit';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openSealer } from '../../src/audit/sealer.ts';
import {
  backup,
  claimPhotos,
  defineModule,
  migrate,
  openRuntime,
  restore,
  storePhoto,
  systemActor,
  verifyAudit,
} from '../../src/index.ts';
import { debianPostgres, startPostgres, throwawaySettings } from '../../src/postgres/index.ts';
import { openTestTown, type TestTown, until } from '../../src/testkit/index.ts';
import { photo } from '../support/photos.ts';
import { tableHashes } from './table-hashes.ts';
import { startWriters } from './writers.ts';

const vault = defineModule({ name: 'vault', migrations: new URL('./migrations/', import.meta.url) });
const modules = [vault];
const home = mkdtempSync(join(tmpdir(), 'wangge-backup-'));
const dir = join(home, 'backup');
let town: TestTown;
/** What every table held at the moment of the backup. */
let expected: Map<string, string>;
const databases: string[] = [];

/** An empty database, owned by a role that is no superuser. */
async function emptyDatabase(): Promise<string> {
  const name = `wangge_r_${randomBytes(6).toString('hex')}`;
  await town.owner.query(`do $$ begin
    if not exists (select 1 from pg_roles where rolname = 'wangge_restorer') then
      create role wangge_restorer login password 'test' nosuperuser createrole;
    end if; end $$`);
  await town.owner.query(`create database ${name} owner wangge_restorer template template0`);
  databases.push(name);
  const url = new URL(town.ownerUrl);
  url.pathname = `/${name}`;
  url.username = 'wangge_restorer';
  url.password = 'test';
  return url.toString();
}
const emptyFolder = () => mkdtempSync(join(home, 'data-'));
async function ask(url: string, text: string): Promise<Record<string, unknown>[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query<Record<string, unknown>>(text)).rows;
  } finally {
    await client.end();
  }
}
function altered(change: (copy: string) => void): string {
  const copy = mkdtempSync(join(home, 'altered-'));
  cpSync(dir, copy, { recursive: true });
  change(copy);
  return copy;
}

beforeAll(async () => {
  town = await openTestTown(modules);
  const { rt } = town;
  await town.owner.query(`create table vault_visits_2026_11 partition of vault_visits
    for values from ('2026-11-01') to ('2026-12-01')`);
  await town.owner.query(
    `insert into vault_visits select n, date '2026-10-31' + (n % 2)::int, null from generate_series(1, 50) n`,
  );
  await town.owner.query(`update vault_kinds set name = 'renamed' where code = 'b'`);
  await town.owner.query(`delete from vault_kinds where code = 'a'`);
  await town.owner.query(
    `select graphile_worker.add_job('vault.later', '{"x":1}', run_at => now() + interval '1 day', queue_name => 'q')`,
  );
  const kept = await storePhoto(rt, systemActor('vault'), await photo(300, 200));
  await rt.system('vault', (tx) => claimPhotos(tx, [kept.fileId], { kind: 'thing', id: newId() }));
  await rt.system('vault', async (tx) => tx.audit({ action: 'vault.open' }));
  const sealer = await openSealer(rt);
  await sealer?.seal();
  await sealer?.anchor(true);
  await sealer?.close();

  const writers = startWriters(town.owner, 4);
  await until(() => writers.committed > 200, 'the writers to be under way');
  const before = writers.committed;
  await backup(town.ownerUrl, town.dataDir, dir, undefined, async (snapshot) => {
    await until(() => writers.committed > before + 100, 'writing to go on behind the snapshot');
    expected = await tableHashes(town.ownerUrl, snapshot);
  });
  const after = writers.committed;
  await until(() => writers.committed > after + 20, 'writing to go on after the backup');
  await writers.stop();
});
afterAll(async () => {
  for (const name of databases) await town.owner.query(`drop database if exists ${name} with (force)`);
  await town.owner.query(`drop role if exists wangge_restorer`).catch(() => undefined);
  await town.close();
  rmSync(home, { recursive: true, force: true });
});

describe('a backup under load', () => {
  it('restores to exactly what its snapshot held, by an owner who is no superuser', async () => {
    const url = await emptyDatabase();
    const steps: string[] = [];
    const result = await restore(dir, url, emptyFolder(), modules, ({ step }) => steps.push(step));
    expect(await tableHashes(url)).toEqual(expected);
    expect(expected.get('vault_visits_2026_11')).toMatch(/^25 /);
    expect(Number(expected.get('vault_things')?.split(' ')[0])).toBeGreaterThan(200);
    expect(result.rows).toBeGreaterThan(600);
    expect(new Set(steps.map((step) => step.split(' ')[0]))).toEqual(new Set(['checking', 'files', 'table']));
    // Another data folder has another data key, and the person is told.
    expect(result.warnings.join()).toMatch(/data key/);
    // Nothing was there in the meantime: the source has moved on.
    expect(await tableHashes(town.ownerUrl)).not.toEqual(expected);

    // What was put back works on: sequences, foreign keys, triggers, append-only trail.
    expect(await ask(url, `insert into vault_boxes (label) values ('next') returning id > 200 as later`)).toEqual([
      { later: true },
    ]);
    await expect(ask(url, `insert into vault_boxes (label, parent_id) values ('x', -1)`)).rejects.toThrow(
      /foreign key/,
    );
    await expect(ask(url, `delete from kernel_audit`)).rejects.toThrow(/append-only/);
    const counts = `select (select sum(things) from vault_counts)::int as n`;
    const [before] = await ask(url, counts);
    await ask(
      url,
      `insert into vault_things select gen_random_uuid(), min(id), '', 0, '{}', '{}', now(), '0' from vault_boxes`,
    );
    expect((await ask(url, counts))[0]?.['n']).toBe(Number(before?.['n']) + 1);
    // The program starts on it as on any other.
    await migrate(url, modules);
  });

  it('brings photos and anchors, so that links open and the trail verifies', async () => {
    const url = await emptyDatabase();
    const dataDir = emptyFolder();
    // The person brings the keys by another way, as told.
    mkdirSync(join(dataDir, 'keys'), { recursive: true });
    cpSync(join(town.dataDir, 'keys/data.key'), join(dataDir, 'keys/data.key'));
    expect((await restore(dir, url, dataDir, modules)).warnings).toEqual([]);
    const rt = await openRuntime({ ...town.rt.config, databaseUrl: url, ownerUrl: url, dataDir }, modules);
    try {
      const [file] = await ask(url, 'select key, size_bytes from kernel_files');
      const bytes = await rt.files.open(String(file?.['key']));
      expect(bytes?.sizeBytes).toBe(Number(file?.['size_bytes']));
      bytes?.stream.destroy();
      const verdict = await verifyAudit(rt);
      expect(verdict).toMatchObject({ ok: true, sealedRows: 1 });
      expect(verdict.unsealedRows).toBeGreaterThan(200);
    } finally {
      await rt.close();
    }
  });

  it('restores into the other version of PostgreSQL', async (context) => {
    const here = process.env['WANGGE_TEST_PG'] === 'debian' ? 'debian' : 'npm';
    const there = here === 'npm' ? 'debian' : 'npm';
    if (there === 'debian' && !debianPostgres()) return context.skip('postgresql-15 is not installed');
    const server = await startPostgres({
      from: there,
      dataDir: join(home, 'other'),
      port: 0,
      settings: throwawaySettings,
    });
    try {
      await restore(dir, server.url, emptyFolder(), modules);
      expect(await tableHashes(server.url)).toEqual(expected);
    } finally {
      await server.stop();
    }
  });

  it('holds no key, and files that sha256sum can check', () => {
    const names = readdirSync(dir, { recursive: true }).map(String);
    expect(names.filter((name) => /key/.test(name) && !/^keys$|\.pub\.pem$/.test(name))).toEqual([]);
    expect(readFileSync(join(dir, 'files.sha256'), 'utf8')).toMatch(/^[0-9a-f]{64} {2}files\/.+\.jpg$/m);
    const manifest = JSON.parse(readFileSync(join(dir, 'manifest.json'), 'utf8')) as { note: string };
    expect(manifest.note).toMatch(/keys\/ .* is not in this backup/);
    expect(JSON.stringify(manifest)).not.toContain(readFileSync(join(town.dataDir, 'keys/data.key'), 'utf8').trim());
    expect(existsSync(`${dir}.partial`)).toBe(false);
    expect(statSync(join(dir, 'manifest.json')).mode & 0o077).toBe(0);
  });
});

describe('a backup is refused', () => {
  it('where something is already, and while another writes there', async () => {
    await expect(backup(town.ownerUrl, town.dataDir, dir)).rejects.toThrow(/exists already/);
    const other = join(home, 'two-at-once');
    const both = await Promise.allSettled([
      backup(town.ownerUrl, town.dataDir, other),
      backup(town.ownerUrl, town.dataDir, other),
    ]);
    expect(both.map((each) => each.status).toSorted()).toEqual(['fulfilled', 'rejected']);
  });

  it('leaving nothing, when the database goes away in the middle', async () => {
    const target = join(home, 'cut-off');
    const cut = backup(town.ownerUrl, town.dataDir, target, undefined, async () => {
      await town.owner.query(
        `select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'wangge-backup'`,
      );
    });
    await expect(cut).rejects.toThrow(/terminat|connection/i);
    expect([existsSync(target), existsSync(`${target}.partial`)]).toEqual([false, false]);
  });

  it('not because a killed one left half of itself', async () => {
    const target = join(home, 'again');
    mkdirSync(join(`${target}.partial`, 'tables'), { recursive: true });
    writeFileSync(join(`${target}.partial`, 'tables/x'), 'half');
    await backup(town.ownerUrl, town.dataDir, target);
    expect(existsSync(join(target, 'tables/x'))).toBe(false);
  });
});

describe('a restore is refused, leaving the database as it was,', () => {
  it.each([
    [
      'an altered table',
      (d: string) => writeFileSync(join(d, 'tables/public.vault_things.copy.gz'), 'x'),
      /vault_things.copy.gz is not what was written/,
    ],
    [
      'a missing table',
      (d: string) => rmSync(join(d, 'tables/public.vault_boxes.copy.gz')),
      /vault_boxes.copy.gz is missing/,
    ],
    ['a missing photo', (d: string) => rmSync(join(d, 'files'), { recursive: true }), /files\/.* is missing/],
    ['an altered list', (d: string) => writeFileSync(join(d, 'files.sha256'), ''), /files.sha256/],
    ['a cut manifest', (d: string) => writeFileSync(join(d, 'manifest.json'), '{"format":1'), /manifest.json/],
    ['an unfinished backup', (d: string) => rmSync(join(d, 'manifest.json')), /not a finished backup/],
    ['a later format', (d: string) => writeFileSync(join(d, 'manifest.json'), '{"format":2}'), /update Wangge first/],
  ])('for %s', async (_what, change, message) => {
    const url = await emptyDatabase();
    await expect(restore(altered(change), url, emptyFolder(), modules)).rejects.toThrow(message);
    expect(await ask(url, `select 1 from pg_class where relname like 'kernel%'`)).toEqual([]);
  });

  it('for a newer schema, and for one that differs', async () => {
    const url = await emptyDatabase();
    await expect(restore(dir, url, emptyFolder(), [])).rejects.toThrow(/newer version .*vault\/0001-vault.sql/);
    const other = defineModule({ name: 'vault', migrations: new URL(`file://${home}/migrations/`) });
    mkdirSync(join(home, 'migrations'), { recursive: true });
    writeFileSync(join(home, 'migrations/0001-vault.sql'), 'select 1');
    await expect(restore(dir, url, emptyFolder(), [other])).rejects.toThrow(/differs/);
  });

  it('for a database that is not empty, and one that was half restored', async () => {
    await expect(restore(dir, town.ownerUrl, emptyFolder(), modules)).rejects.toThrow(/not empty/);
    const url = await emptyDatabase();
    await ask(url, 'create table kernel_restoring (since timestamptz)');
    await expect(restore(dir, url, emptyFolder(), modules)).rejects.toThrow(/did not finish/);
    await expect(migrate(url, modules)).rejects.toThrow(/did not finish/);
  });
});
