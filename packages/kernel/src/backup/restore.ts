/** A backup into an empty database of any PostgreSQL ≥ 15, by its owner, superuser or not. */
import { createReadStream } from 'node:fs';
import { join, resolve } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import pg from 'pg';
import { from as copyFrom } from 'pg-copy-streams';
import { knownMigrations, migrateOnly } from '../db/migrate.ts';
import { diskError } from '../files/local-store.ts';
import { loadKeys } from '../keys.ts';
import type { Module } from '../module.ts';
import { firstRelation, foreignKeys, jobsSchema, quoted, settle } from './catalog.ts';
import { checkBackup } from './check.ts';
import { BackupError, type BackupTable, keysNote, type Manifest, type OnProgress } from './manifest.ts';
import { restoreFiles } from './restore-files.ts';

export interface RestoreResult {
  readonly tables: number;
  readonly rows: number;
  readonly files: number;
  /** What the person must know: a data key that is missing, photos the backup never had. */
  readonly warnings: readonly string[];
}

/**
 * Checks everything first; then tables as the backup's migrations make them, rows, sequences, files.
 * Rows become visible all at once at the end. A restore that was killed leaves a database that nothing
 * will start on: drop it, make an empty one, and restore again.
 *
 * @param modules those of this program; migrations that the backup does not have run at the next start
 * @throws BackupError when the backup is damaged or made by a newer version, or the database is not empty
 */
export async function restore(
  dir: string,
  ownerUrl: string,
  dataDir: string,
  modules: readonly Module[],
  onProgress: OnProgress = () => undefined,
): Promise<RestoreResult> {
  const from = resolve(dir);
  const { manifest, files } = await checkBackup(from, onProgress);
  await checkMigrations(manifest, modules);
  const client = new pg.Client({ connectionString: ownerUrl, application_name: 'wangge-restore' });
  client.on('error', () => undefined);
  try {
    await client.connect();
    await settle(client);
    await claimEmpty(client);
    const wanted = new Set(manifest.migrations.map((m) => `${m.module}/${m.file}`));
    await migrateOnly(ownerUrl, modules, (module, file) => wanted.has(`${module}/${file}`));
    const version = await client.query<{ n: number }>(`select max(id)::int as n from ${jobsSchema}.migrations`);
    if (manifest.jobsVersion > (version.rows[0]?.n ?? 0)) {
      throw new BackupError('The backup was made by a newer version of Wangge: update first');
    }
    // Files before rows: a row whose photo is missing would be seen, a photo without its row is not.
    await restoreFiles(from, resolve(dataDir), files, onProgress);
    await copyAll(client, from, manifest, onProgress);
    await client.query('analyze');
  } catch (error) {
    throw diskError(error);
  } finally {
    await client.end().catch(() => undefined);
  }
  return {
    tables: manifest.tables.length,
    rows: manifest.tables.reduce((sum, table) => sum + table.rows, 0),
    files: files.length,
    warnings: warningsOf(manifest, dataDir),
  };
}

async function checkMigrations(manifest: Manifest, modules: readonly Module[]): Promise<void> {
  const known = new Map((await knownMigrations(modules)).map((m) => [`${m.module}/${m.file}`, m.checksum]));
  for (const { module, file, checksum } of manifest.migrations) {
    const ours = known.get(`${module}/${file}`);
    if (ours === undefined) {
      throw new BackupError(`The backup was made by a newer version (it has ${module}/${file}): update Wangge first`);
    }
    if (ours !== checksum) {
      throw new BackupError(`The backup was made by another version: its ${module}/${file} differs from this one's`);
    }
  }
}

/** Marks the database, so that nobody starts on half of a town. */
async function claimEmpty(client: pg.Client): Promise<void> {
  const version = await client.query<{ n: string }>(`select current_setting('server_version_num') as n`);
  if (Number(version.rows[0]?.n) < 150000) throw new BackupError('PostgreSQL 15 or newer is needed');
  const first = await firstRelation(client);
  if (first === 'public.kernel_restoring') {
    throw new BackupError('A restore into this database did not finish: drop it, make an empty one, restore again');
  }
  if (first !== undefined)
    throw new BackupError(`The database is not empty (it has ${first}): restore into an empty one`);
  await client.query('create table kernel_restoring (since timestamptz not null default now())');
}

async function copyAll(client: pg.Client, dir: string, manifest: Manifest, onProgress: OnProgress): Promise<void> {
  const total = manifest.tables.reduce((sum, table) => sum + table.rows, 0);
  let done = 0;
  await client.query('begin');
  for (const it of manifest.partitions) {
    await client.query(
      `create table if not exists ${quoted(it)} partition of ${quoted({ ...it, name: it.parent })} ${it.bound}`,
    );
  }
  // Off and on again instead of an order of tables: that bears circles, and checking once is quicker.
  const keys = await foreignKeys(client);
  for (const key of keys) await client.query(key.drop);
  for (const table of manifest.tables) {
    // What triggers would add is in the backup already. Rows that migrations laid are in it too.
    await client.query(`alter table ${quoted(table)} disable trigger user`);
    await client.query(`truncate ${quoted(table)}`);
  }
  for (const table of manifest.tables) {
    await copyIn(client, dir, table);
    done += table.rows;
    onProgress({ step: `table ${table.name}`, done, total });
  }
  for (const key of keys) await client.query(key.add);
  for (const table of manifest.tables) await client.query(`alter table ${quoted(table)} enable trigger user`);
  for (const it of manifest.sequences) {
    await client.query('select setval($1::regclass, $2::bigint, $3)', [quoted(it), it.lastValue, it.isCalled]);
  }
  await client.query('drop table kernel_restoring');
  await client.query('commit');
}

async function copyIn(client: pg.Client, dir: string, table: BackupTable): Promise<void> {
  const columns = table.columns.map((name) => pg.escapeIdentifier(name)).join(', ');
  const sink = client.query(copyFrom(`copy ${quoted(table)} (${columns}) from stdin`));
  await pipeline(createReadStream(join(dir, table.file)), createGunzip(), sink);
  const counted = await client.query<{ n: string }>(`select count(*) as n from ${quoted(table)}`);
  if (Number(counted.rows[0]?.n) !== table.rows) {
    throw new BackupError(
      `${table.name} has ${counted.rows[0]?.n} rows instead of ${table.rows}: nothing was restored`,
    );
  }
}

function warningsOf(manifest: Manifest, dataDir: string): string[] {
  const warnings: string[] = [];
  if (loadKeys(dataDir).sign('backup-mark') !== manifest.keyMark) {
    warnings.push(`The data key in ${join(dataDir, 'keys')} is not the one of this backup. ${keysNote}`);
  }
  if (manifest.missingFiles.length > 0) {
    warnings.push(`${manifest.missingFiles.length} photos were missing already when the backup was made`);
  }
  return warnings;
}
