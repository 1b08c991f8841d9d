/** Run a PostgreSQL server as a child: start, wait until it answers, stop, survive what went before. */
import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync, existsSync, openSync, readFileSync, renameSync, statSync } from 'node:fs';
import { createServer } from 'node:net';
import { join, resolve } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { type PostgresSource, findBinaries } from './binaries.ts';
import { type Cluster, openCluster, serverEnv, superuser } from './cluster.ts';
import { PostgresError } from './errors.ts';
import { type FolderLock, lockFolder, startedTicks } from './folder-lock.ts';
import { findOrphan, isReady } from './postmaster-file.ts';
import { type PostgresSettings, settingArgs, townSettings } from './settings.ts';

export interface PostgresOptions {
  /** Folder of everything: cluster, password, socket, log. Made when missing. */
  readonly dataDir: string;
  /** `npm` unless told. */
  readonly from?: PostgresSource;
  /** Listen on this port of 127.0.0.1 too (0: a free one). Without it only a unix socket is opened. */
  readonly port?: number;
  /** Laid over `townSettings`. */
  readonly settings?: PostgresSettings;
  /** Told before each slow step. */
  readonly onStep?: (step: 'making the cluster' | 'starting' | 'stopping a server left behind') => void;
}

export interface RunningPostgres {
  /** Of the superuser, database `postgres`; `new URL` can read it, and so can pg and libpq. */
  readonly url: string;
  readonly pid: number;
  readonly major: number;
  readonly binDir: string;
  /** Settles when the server ends, wanted or not; never rejects. */
  readonly exited: Promise<PostgresEnd>;
  /** Fast shutdown: open transactions are rolled back, everything committed is on disk. May be called twice. */
  stop(): Promise<void>;
}

export interface PostgresEnd {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  /** True when `stop` was called before. */
  readonly wanted: boolean;
}

const readyTimeoutMs = 120_000;
const fastStopMs = 30_000;
/** The kernel's limit for a socket's path (sun_path, 108 bytes with the final zero). */
const maxSocketPath = 107;
const socketPort = 5432;

/** @throws PostgresError with one line for people */
export async function startPostgres(options: PostgresOptions): Promise<RunningPostgres> {
  const folder = resolve(options.dataDir);
  const binaries = findBinaries(options.from ?? 'npm');
  const lock = lockFolder(folder, 'a running PostgreSQL of Wangge');
  try {
    const settings = { ...townSettings, ...options.settings };
    if (!existsSync(join(folder, 'cluster'))) options.onStep?.('making the cluster');
    const cluster = await openCluster(folder, binaries, settings['fsync'] !== 'off');
    const orphan = findOrphan(cluster.pgData);
    if (orphan !== undefined) {
      options.onStep?.('stopping a server left behind');
      await endProcess(orphan);
      findOrphan(cluster.pgData);
    }
    options.onStep?.('starting');
    const port = await choosePort(cluster, options.port);
    const args = [...listenArgs(cluster, port), ...settingArgs(settings)];
    const child = await spawnReady(join(binaries.binDir, 'postgres'), cluster, args);
    return supervise(child, lock, { url: urlOf(cluster, port), major: binaries.major, binDir: binaries.binDir });
  } catch (error) {
    lock.release();
    throw error;
  }
}

function supervise(
  child: StartedChild,
  lock: FolderLock,
  facts: { url: string; major: number; binDir: string },
): RunningPostgres {
  let wanted = false;
  const exited = child.ended.then((end): PostgresEnd => {
    lock.release();
    return { ...end, wanted };
  });
  return {
    ...facts,
    pid: child.pid,
    exited,
    async stop() {
      wanted = true;
      await endProcess(child.pid, child.ended);
      await exited;
    },
  };
}

interface StartedChild {
  readonly pid: number;
  readonly ended: Promise<{ code: number | null; signal: NodeJS.Signals | null }>;
}

async function spawnReady(program: string, cluster: Cluster, args: readonly string[]): Promise<StartedChild> {
  rotate(cluster.logFile);
  // A file, not a pipe: a busy parent must never make the server wait, and a dead one not lose its words.
  const log = openSync(cluster.logFile, 'a', 0o600);
  const logStart = statSync(cluster.logFile).size;
  const [command = program, ...rest] = [...cluster.account.prefix, program, '-D', cluster.pgData, ...args];
  let child: ChildProcess;
  try {
    // A session of its own: Ctrl-C on the terminal must reach the API first, and PostgreSQL last.
    child = spawn(command, rest, {
      stdio: ['ignore', log, log],
      cwd: '/',
      detached: true,
      env: serverEnv(),
      ...cluster.account.ids,
    });
  } finally {
    closeSync(log);
  }
  let over = false;
  const ended = new Promise<{ code: number | null; signal: NodeJS.Signals | null }>((done) => {
    const end = (code: number | null, signal: NodeJS.Signals | null): void => {
      over = true;
      done({ code, signal });
    };
    child.once('exit', end);
    child.once('error', () => end(null, null));
  });
  const pid = child.pid;
  const deadline = Date.now() + readyTimeoutMs;
  while (pid !== undefined && !over && Date.now() < deadline) {
    if (isReady(cluster.pgData, pid)) {
      stopWithParent(pid, ended);
      return { pid, ended };
    }
    await Promise.race([ended, delay(20)]);
  }
  if (pid !== undefined && !over) await endProcess(pid, ended);
  const said = readFileSync(cluster.logFile).subarray(logStart).toString().trim().split('\n');
  const fault = said.filter((line) => /FATAL|PANIC|could not|HINT/.test(line)).slice(0, 3);
  throw new PostgresError(
    'start-failed',
    `PostgreSQL did not start: ${(fault.length > 0 ? fault : said.slice(-2)).join(' | ')} (${cluster.logFile})`,
  );
}

/**
 * End the server when this process dies without stopping it (kill -9): a shell of a few hundred
 * kilobytes reads from a pipe that only we hold, and sends the fast shutdown when it breaks.
 */
function stopWithParent(pid: number, ended: Promise<unknown>): void {
  const watcher = spawn('/bin/sh', ['-c', 'read -r _ || kill -INT "$1"', 'sh', String(pid)], {
    stdio: ['pipe', 'ignore', 'ignore'],
    detached: true,
    cwd: '/',
  });
  watcher.on('error', () => undefined);
  watcher.stdin.on('error', () => undefined);
  watcher.unref();
  // The reference of the pipe would keep a finished command alive.
  if ('unref' in watcher.stdin && typeof watcher.stdin.unref === 'function') watcher.stdin.unref();
  // Before its pipe closes, so that it never signals a pid that may be somebody else's by then.
  void ended.then(() => watcher.kill('SIGKILL'));
}

/** Fast shutdown, then immediate, then by force; resolves when the process is gone. */
async function endProcess(pid: number, ended?: Promise<unknown>): Promise<void> {
  const born = startedTicks(pid);
  const gone = (): boolean => startedTicks(pid) !== born || born === undefined;
  for (const signal of ['SIGINT', 'SIGQUIT', 'SIGKILL'] as const) {
    try {
      process.kill(pid, signal);
    } catch {
      // Gone already.
    }
    const deadline = Date.now() + (signal === 'SIGINT' ? fastStopMs : 5000);
    while (!gone() && Date.now() < deadline) await (ended ? Promise.race([ended, delay(50)]) : delay(50));
    if (gone()) return;
  }
}

async function choosePort(cluster: Cluster, asked: number | undefined): Promise<number | undefined> {
  const socketPath = join(cluster.socketDir, `.s.PGSQL.${socketPort}.lock`);
  if (asked === undefined && Buffer.byteLength(socketPath) <= maxSocketPath) return undefined;
  return asked === undefined || asked === 0 ? freePort() : asked;
}

function freePort(): Promise<number> {
  return new Promise((done, fail) => {
    const probe = createServer();
    probe.once('error', fail);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() => done(typeof address === 'object' && address ? address.port : 0));
    });
  });
}

function listenArgs(cluster: Cluster, port: number | undefined): string[] {
  if (port === undefined)
    return settingArgs({ unix_socket_directories: cluster.socketDir, listen_addresses: '', port: socketPort });
  return settingArgs({ unix_socket_directories: '', listen_addresses: '127.0.0.1', port });
}

function urlOf(cluster: Cluster, port: number | undefined): string {
  const base = `postgres://${superuser}:${cluster.password}@`;
  if (port !== undefined) return `${base}127.0.0.1:${port}/postgres`;
  // The host in the query wins in pg and libpq; the one before the path is there because WHATWG's URL wants one.
  return `${base}localhost:${socketPort}/postgres?host=${encodeURIComponent(cluster.socketDir)}`;
}

function rotate(file: string): void {
  if (existsSync(file) && statSync(file).size > 8 << 20) renameSync(file, `${file}.1`);
}
