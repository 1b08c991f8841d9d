/** A town for a command: the running server's database, or PostgreSQL started out of the data folder. */
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { migrate, openRuntime, type Runtime } from '@wangge/kernel';
import { type FolderLock, PostgresError, lockFolder, startPostgres } from '@wangge/kernel/postgres';
import { prepareDataFolder, readRunning } from '../data-folder.ts';
import { Failure } from '../failure.ts';
import { modules } from '../modules.ts';
import { databaseName } from '../supervisor/database.ts';
import { openAppLogin } from '../role/app-login.ts';
import { ensureDatabase } from '../role/ensure-database.ts';
import { version } from '../version.ts';

/** Options that every command with a database has. */
export interface TownOptions {
  readonly data?: string;
  readonly databaseUrl?: string;
}

export interface OpenDatabase {
  /** Absolute. */
  readonly dataDir: string;
  readonly ownerUrl: string;
  /** A server serves this town at the same time. */
  readonly serving: boolean;
}

/**
 * Runs `work` with the town's database and leaves everything as it was found.
 *
 * @param make  also where there is no town yet: for restoring into a new folder
 */
export async function withDatabase<T>(
  options: TownOptions,
  work: (database: OpenDatabase) => Promise<T>,
  make = false,
): Promise<T> {
  const dataDir = resolve(options.data ?? process.env['WANGGE_DATA'] ?? './data');
  const databaseUrl = options.databaseUrl ?? process.env['DATABASE_URL'];
  const lock = takeFolder(dataDir, make || databaseUrl !== undefined);
  if (lock === undefined) {
    if (make) throw new Failure(`A server runs on ${dataDir}: stop it first, or choose another folder with --data`);
    const running = readRunning(dataDir);
    if (!running) throw new Failure(`The server on ${dataDir} is just starting or stopping: try again in a moment`);
    return work({ dataDir, ownerUrl: running.ownerUrl, serving: true });
  }
  try {
    if (databaseUrl !== undefined) return await work({ dataDir, ownerUrl: databaseUrl, serving: false });
    const server = await startPostgres({ dataDir: join(dataDir, 'postgres') });
    try {
      const url = new URL(server.url);
      url.pathname = `/${databaseName}`;
      return await work({ dataDir, ownerUrl: url.toString(), serving: false });
    } finally {
      await server.stop();
    }
  } finally {
    lock.release();
  }
}

/** Undefined when a server holds the folder. */
function takeFolder(dataDir: string, make: boolean): FolderLock | undefined {
  if (!make && !existsSync(join(dataDir, 'postgres/cluster'))) {
    throw new Failure(`There is no town in ${dataDir}: start it once, or name its folder with --data`);
  }
  prepareDataFolder(dataDir);
  try {
    return lockFolder(dataDir, 'a wangge command');
  } catch (error) {
    if (error instanceof PostgresError && error.code === 'locked') return undefined;
    throw error;
  }
}

/** Runs `work` with a whole runtime: tables up to date, modules started, nothing listening. */
export async function withTown<T>(options: TownOptions, work: (rt: Runtime) => Promise<T>): Promise<T> {
  return withDatabase(options, async ({ dataDir, ownerUrl, serving }) => {
    if (!serving) {
      await ensureDatabase(ownerUrl);
      await migrate(ownerUrl, modules);
    }
    const rt = await openRuntime(
      {
        databaseUrl: await openAppLogin(ownerUrl, dataDir),
        ownerUrl,
        dataDir,
        publicUrl: 'http://127.0.0.1',
        demo: false,
        trustedProxies: [],
        version,
        zone: 'Asia/Shanghai',
        poolSize: 4,
        logLevel: 'error',
        rateLimits: true,
      },
      modules,
    );
    try {
      return await work(rt);
    } finally {
      await rt.close();
    }
  });
}
