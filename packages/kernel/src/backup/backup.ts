/**
 * A hot backup in one folder, without pg_dump (which refuses a server newer than itself): one
 * REPEATABLE READ snapshot, COPY per table, sequences, files, checksums. Restores into any
 * PostgreSQL ≥ 15, so it is the way to a new major version too.
 */
import { createHash } from 'node:crypto';
import { mkdir, readdir, rename, rm, stat, writeFile } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { Transform } from 'node:stream';
import { createGzip } from 'node:zlib';
import pg from 'pg';
import { to as copyTo } from 'pg-copy-streams';
import { migrationLock } from '../db/migrate.ts';
import { diskError } from '../files/local-store.ts';
import { loadKeys } from '../keys.ts';
import { lockFolder } from '../postgres/folder-lock.ts';
import { jobsSchema, ownPartitions, ownSequences, ownTables, quoted, settle, type TableInfo } from './catalog.ts';
import { codeOf, syncPath, writeHashed } from './disk.ts';
import { backUpFiles } from './backup-files.ts';
import { BackupError, type BackupTable, keysNote, type Manifest, type OnProgress } from './manifest.ts';

export interface BackupResult {
  /** The finished folder. */
  readonly dir: string;
  readonly tables: number;
  readonly rows: number;
  readonly files: number;
  /** Known to the database, absent from the disk: worth a look. */
  readonly missingFiles: readonly string[];
}

/**
 * Writes to `outDir.partial` and renames at the end, so that `outDir` is a whole backup or absent.
 * The server may go on working meanwhile.
 *
 * @throws BackupError where there is something at `outDir`, another backup writes there, or a migration runs
 */
export async function backup(
  ownerUrl: string,
  dataDir: string,
  outDir: string,
  onProgress: OnProgress = () => undefined,
  /** Told the snapshot's name while it is held: tests look at the same moment. */
  onSnapshot: (snapshot: string) => Promise<void> = () => Promise.resolve(),
): Promise<BackupResult> {
  const target = resolve(outDir);
  const partial = `${target}.partial`;
  if (await exists(target)) throw new BackupError(`${target} exists already: name a folder that does not`);
  const release = await takePartial(partial);
  const client = new pg.Client({ connectionString: ownerUrl, application_name: 'wangge-backup' });
  client.on('error', () => undefined);
  try {
    await client.connect();
    await settle(client);
    const lock = await client.query<{ ok: boolean }>('select pg_try_advisory_lock_shared($1) as ok', [migrationLock]);
    if (lock.rows[0]?.ok !== true) throw new BackupError('Tables are being migrated just now: try again in a minute');
    const manifest = await writeAll(client, resolve(dataDir), partial, onProgress, onSnapshot);
    release();
    await syncPath(partial);
    await rename(partial, target);
    await syncPath(dirname(target));
    return {
      dir: target,
      tables: manifest.tables.length,
      rows: manifest.tables.reduce((sum, table) => sum + table.rows, 0),
      files: manifest.files.count,
      missingFiles: manifest.missingFiles,
    };
  } catch (error) {
    // Half a backup is worth nothing, and would keep the disk full where that was the reason.
    await rm(partial, { recursive: true, force: true }).catch(() => undefined);
    throw diskError(error);
  } finally {
    release();
    await client.end().catch(() => undefined);
  }
}

async function writeAll(
  client: pg.Client,
  dataDir: string,
  dir: string,
  onProgress: OnProgress,
  onSnapshot: (snapshot: string) => Promise<void>,
): Promise<Manifest> {
  await mkdir(join(dir, 'tables'), { mode: 0o700 });
  await client.query('begin isolation level repeatable read read only');
  const snapshot = await client.query<{ name: string }>('select pg_export_snapshot() as name');
  await onSnapshot(snapshot.rows[0]?.name ?? '');
  const server = await client.query<{ version: string }>(`select current_setting('server_version') as version`);
  const migrations = await client.query<Manifest['migrations'][number]>(
    'select module, file, checksum from kernel_migrations order by applied_at, module, file',
  );
  const jobs = await client.query<{ n: number }>(`select max(id)::int as n from ${jobsSchema}.migrations`);
  const infos = await ownTables(client);
  const partitions = await ownPartitions(client);
  const sequences = await ownSequences(client, infos);
  const known = await client.query<{ key: string; thumb_key: string; claimed: boolean }>(
    'select key, thumb_key, owner_id is not null as claimed from kernel_files',
  );
  let total = known.rows.length * 2 + infos.reduce((sum, table) => sum + table.rows, 0);
  let done = 0;
  const tables: BackupTable[] = [];
  for (const info of infos) {
    const before = done;
    tables.push(
      await copyOut(client, info, dir, (rows) => {
        done = before + rows;
        total = Math.max(total, done);
        onProgress({ step: `table ${info.name}`, done, total });
      }),
    );
  }
  await client.query('commit');
  const wanted = known.rows.flatMap((row) => [row.key, row.thumb_key].map((key) => ({ key, required: row.claimed })));
  const files = await backUpFiles(dataDir, dir, wanted, () => {
    done++;
    onProgress({ step: 'files', done, total: Math.max(total, done) });
  });
  const manifest: Manifest = {
    format: 1,
    madeAt: new Date().toISOString(),
    postgres: server.rows[0]?.version ?? '',
    migrations: migrations.rows,
    jobsVersion: jobs.rows[0]?.n ?? 0,
    tables,
    partitions,
    sequences,
    files: { count: files.count, sha256: createHash('sha256').update(files.list).digest('hex') },
    missingFiles: [...files.missing],
    keyMark: loadKeys(dataDir).sign('backup-mark'),
    note: keysNote,
  };
  await writeFile(join(dir, 'files.sha256'), files.list, { mode: 0o600, flush: true });
  await writeFile(join(dir, 'manifest.json'), `${JSON.stringify(manifest, null, 2)}\n`, { mode: 0o600, flush: true });
  await syncPath(join(dir, 'tables'));
  return manifest;
}

async function copyOut(
  client: pg.Client,
  info: TableInfo,
  dir: string,
  onRows: (rows: number) => void,
): Promise<BackupTable> {
  const columns = info.columns.map((name) => pg.escapeIdentifier(name)).join(', ');
  const file = `tables/${info.schema}.${info.name}.copy.gz`;
  let rows = 0;
  const counter = new Transform({
    transform(piece: Buffer, _encoding, next) {
      // COPY's text format writes a line break for the end of a row and for nothing else.
      for (let at = piece.indexOf(0x0a); at >= 0; at = piece.indexOf(0x0a, at + 1)) rows++;
      onRows(rows);
      next(null, piece);
    },
  });
  const source = client.query(copyTo(`copy ${quoted(info)} (${columns}) to stdout`));
  const sha256 = await writeHashed(source, [counter, createGzip({ level: 3 })], join(dir, file));
  return { schema: info.schema, name: info.name, columns: [...info.columns], rows, file, sha256 };
}

/** Makes the folder ours; what a killed backup left in it goes. */
async function takePartial(partial: string): Promise<() => void> {
  let lock: { release(): void };
  try {
    await mkdir(dirname(partial), { recursive: true });
    lock = lockFolder(partial, 'a backup');
  } catch (error) {
    if (codeOf(error) === 'locked') {
      throw new BackupError(`Another backup is writing to ${basename(partial)} just now`, error);
    }
    throw diskError(error);
  }
  for (const name of await readdir(partial)) {
    if (name !== 'lock') await rm(join(partial, name), { recursive: true, force: true });
  }
  return () => lock.release();
}

async function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}
