/** Numbered SQL migrations, module by module in call order, by the owner and under a lock. */
import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { runMigrations } from 'graphile-worker';
import pg from 'pg';
import type { Module } from '../module.ts';

/** Held while tables change; a backup holds it shared. */
export const migrationLock = 0x77616e67; // "wang"
const kernelMigrations = new URL('../../migrations/', import.meta.url);

interface Migration {
  readonly module: string;
  readonly file: string;
  readonly text: string;
  /** SHA-256 of the text, hexadecimal. */
  readonly checksum: string;
}

/** All migrations of the kernel and the modules, in the order in which they run. */
export async function knownMigrations(modules: readonly Module[]): Promise<Migration[]> {
  const own = modules.flatMap((m) => (m.migrations ? [filesOf(m.name, m.migrations)] : []));
  return (await Promise.all([filesOf('kernel', kernelMigrations), ...own])).flat();
}

async function filesOf(name: string, folder: URL): Promise<Migration[]> {
  const files = (await readdir(fileURLToPath(folder))).filter((f) => /^\d{4}-.*\.sql$/.test(f)).toSorted();
  return Promise.all(
    files.map(async (file) => {
      const text = await readFile(new URL(file, folder), 'utf8');
      return { module: name, file, text, checksum: createHash('sha256').update(text).digest('hex') };
    }),
  );
}

/**
 * Brings the database up to date. Each file runs in its own transaction; one that changed after it
 * ran is refused, since nobody could say what the database holds.
 *
 * @param ownerUrl a role that may create tables in the database and, the first time, roles
 */
export async function migrate(
  ownerUrl: string,
  modules: readonly Module[],
  onStep: (step: string) => void = () => undefined,
): Promise<void> {
  await run(ownerUrl, modules, onStep, null);
}

/** For a restore: runs those migrations and no others, on a database that is marked as being restored. */
export async function migrateOnly(
  ownerUrl: string,
  modules: readonly Module[],
  wanted: (module: string, file: string) => boolean,
): Promise<void> {
  await run(ownerUrl, modules, () => undefined, wanted);
}

async function run(
  ownerUrl: string,
  modules: readonly Module[],
  onStep: (step: string) => void,
  wanted: ((module: string, file: string) => boolean) | null,
): Promise<void> {
  const client = new pg.Client({ connectionString: ownerUrl, application_name: 'wangge-migrate' });
  await client.connect();
  try {
    const version = await client.query<{ n: string }>('show server_version_num');
    if (Number(version.rows[0]?.n) < 150000) throw new Error('PostgreSQL 15 or newer is needed');
    await client.query('select pg_advisory_lock($1)', [migrationLock]);
    const half = await client.query<{ yes: boolean }>(`select to_regclass('kernel_restoring') is not null as yes`);
    if (wanted === null && half.rows[0]?.yes === true) {
      throw new Error('a restore into this database did not finish: drop it, make an empty one, restore again');
    }
    await client.query(`create table if not exists kernel_migrations (
      module text not null, file text not null, checksum text not null,
      applied_at timestamptz not null default now(), primary key (module, file))`);
    await client.query(`do $$ begin
      if not exists (select 1 from pg_roles where rolname = 'wangge_app') then create role wangge_app nologin; end if;
    exception when duplicate_object or unique_violation then null; end $$`);
    await runMigrations({ connectionString: ownerUrl });
    const done = await client.query<{ module: string; file: string; checksum: string }>(
      'select module, file, checksum from kernel_migrations',
    );
    const known = new Map(done.rows.map((r) => [`${r.module}/${r.file}`, r.checksum]));
    for (const { module, file, text, checksum } of await knownMigrations(modules)) {
      if (wanted && !wanted(module, file)) continue;
      const before = known.get(`${module}/${file}`);
      if (before === checksum) continue;
      if (before !== undefined) throw new Error(`migration ${module}/${file} was changed after it ran`);
      onStep(`${module}/${file}`);
      await client.query('begin');
      try {
        await client.query(text);
        await client.query('insert into kernel_migrations (module, file, checksum) values ($1, $2, $3)', [
          module,
          file,
          checksum,
        ]);
        await client.query('commit');
      } catch (error) {
        await client.query('rollback');
        throw new Error(`migration ${module}/${file}: ${error instanceof Error ? error.message : String(error)}`, {
          cause: error,
        });
      }
    }
  } finally {
    await client.end();
  }
}

/**
 * Makes (or re-keys) the login that the application uses: it owns nothing and holds what `wangge_app`
 * was granted. Returns its connection string.
 */
export async function ensureAppLogin(ownerUrl: string, login: string, password: string): Promise<string> {
  const client = new pg.Client({ connectionString: ownerUrl, application_name: 'wangge-migrate' });
  await client.connect();
  try {
    const name = pg.escapeIdentifier(login);
    const found = await client.query('select 1 from pg_roles where rolname = $1', [login]);
    const verb = found.rowCount === 0 ? 'create' : 'alter';
    await client.query(
      `${verb} role ${name} login password ${pg.escapeLiteral(password)} nosuperuser nocreatedb nocreaterole`,
    );
    await client.query(`grant wangge_app to ${name}`);
  } finally {
    await client.end();
  }
  const url = new URL(ownerUrl);
  url.username = encodeURIComponent(login);
  url.password = encodeURIComponent(password);
  return url.toString();
}
