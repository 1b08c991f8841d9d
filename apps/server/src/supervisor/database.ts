/** PostgreSQL of our own, kept running; or the one that DATABASE_URL names, which others keep. */
import { join } from 'node:path';
import { type RunningPostgres, startPostgres } from '@wangge/kernel/postgres';
import { complain } from '../terminal.ts';
import { type Keeper, keep } from './keeper.ts';

export interface Database {
  /** Of the role that owns the tables. */
  readonly ownerUrl: string;
  /** For people: `PostgreSQL 18 in /srv/data/postgres`. */
  readonly label: string;
  stop(): Promise<void>;
}

/** Name of the platform's database in a server of our own. */
export const databaseName = 'wangge';

export interface DatabaseOptions {
  readonly dataDir: string;
  readonly databaseUrl: string | null;
  readonly onStep?: (step: string) => void;
}

/** @throws PostgresError with one line */
export async function startDatabase(options: DatabaseOptions): Promise<Database> {
  if (options.databaseUrl !== null) {
    const { host } = new URL(options.databaseUrl);
    return { ownerUrl: options.databaseUrl, label: `database of ${host}`, stop: () => Promise.resolve() };
  }
  const dataDir = join(options.dataDir, 'postgres');
  let server: RunningPostgres | undefined;
  const keeper: Keeper = await keep({
    name: 'PostgreSQL',
    start: async () => {
      // After a crash the same address, since every pool knows it by that.
      const port = server === undefined ? undefined : portOf(server.url);
      server = await startPostgres({
        dataDir,
        ...(port === undefined ? {} : { port }),
        ...(server !== undefined || options.onStep === undefined ? {} : { onStep: options.onStep }),
      });
      const { exited, stop } = server;
      return { stop, ended: exited.then(({ code, signal }) => `ended (${signal ?? `code ${code}`})`) };
    },
    onTrouble: complain,
    onRecovered: () => complain('PostgreSQL runs again'),
  });
  const url = new URL(server?.url ?? '');
  url.pathname = `/${databaseName}`;
  return {
    ownerUrl: url.toString(),
    label: `PostgreSQL ${server?.major} in ${dataDir}`,
    stop: () => keeper.stop(),
  };
}

/** The TCP port of an address; undefined for a unix socket, whose path does not change. */
function portOf(url: string): number | undefined {
  const parsed = new URL(url);
  return parsed.searchParams.has('host') ? undefined : Number(parsed.port);
}
