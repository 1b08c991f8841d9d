/** The folder of one PostgreSQL cluster: made once, whole or not at all, and checked at every start. */
import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import {
  chmodSync,
  chownSync,
  closeSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readFileSync,
  readdirSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { type Account, accountFor, ownerIds } from './account.ts';
import type { PostgresBinaries } from './binaries.ts';
import { PostgresError } from './errors.ts';

/** Name of the superuser in every cluster of ours. */
export const superuser = 'postgres';

export interface Cluster {
  /** PGDATA. */
  readonly pgData: string;
  /** Folder of the unix socket. */
  readonly socketDir: string;
  readonly logFile: string;
  readonly password: string;
  readonly account: Account;
}

/**
 * Open the cluster under `folder` (absolute), making it when there is none.
 *
 * @param durable  false for throwaway clusters: initdb does not wait for the disk
 * @throws PostgresError `foreign-cluster`, `unreachable-folder` or `start-failed`
 */
export async function openCluster(folder: string, binaries: PostgresBinaries, durable: boolean): Promise<Cluster> {
  const pgData = join(folder, 'cluster');
  const socketDir = join(folder, 'socket');
  const logFile = join(folder, 'postgres.log');
  ownFolder(folder);
  ownFolder(socketDir);
  const account = accountFor([binaries.binDir, folder]);
  const passwordFile = join(folder, 'superuser-password');
  if (existsSync(pgData)) {
    checkVersion(pgData, binaries);
    if (!existsSync(passwordFile)) {
      throw new PostgresError(
        'foreign-cluster',
        `${passwordFile} is missing: put it back, or restore a backup into a new folder`,
      );
    }
    return { pgData, socketDir, logFile, account, password: readFileSync(passwordFile, 'utf8').trim() };
  }
  // What a killed initdb left behind; the lock on the folder says that nobody is at it now.
  for (const name of readdirSync(folder)) {
    if (name.startsWith('cluster.new')) rmSync(join(folder, name), { recursive: true });
  }
  const password = existsSync(passwordFile) ? readFileSync(passwordFile, 'utf8').trim() : newPassword(passwordFile);
  const fresh = join(folder, 'cluster.new');
  const args = [
    '-D',
    fresh,
    '-U',
    superuser,
    `--pwfile=${passwordFile}`,
    '--auth=scram-sha-256',
    ...binaries.localeArgs,
  ];
  if (!durable) args.push('--no-sync');
  await runInitdb(join(binaries.binDir, 'initdb'), args, account);
  renameSync(fresh, pgData);
  if (durable) syncFolder(folder);
  return { pgData, socketDir, logFile, account, password };
}

function checkVersion(pgData: string, binaries: PostgresBinaries): void {
  const versionFile = join(pgData, 'PG_VERSION');
  const found = existsSync(versionFile) ? readFileSync(versionFile, 'utf8').trim() : 'nothing';
  if (found === String(binaries.major)) return;
  throw new PostgresError(
    'foreign-cluster',
    `${pgData} holds ${found === 'nothing' ? 'no cluster' : `a cluster of PostgreSQL ${found}`}, the program is ${binaries.major}: restore a backup into a new data folder`,
  );
}

function ownFolder(folder: string): void {
  mkdirSync(folder, { recursive: true });
  const ids = ownerIds();
  try {
    if (ids) chownSync(folder, ids.uid, ids.gid);
    chmodSync(folder, 0o700);
  } catch (cause) {
    throw new PostgresError(
      'unreachable-folder',
      `Cannot own ${folder}: it must belong to the account that starts Wangge`,
      cause,
    );
  }
}

function newPassword(file: string): string {
  const password = randomBytes(24).toString('base64url');
  const partial = `${file}.new`;
  rmSync(partial, { force: true });
  writeFileSync(partial, `${password}\n`, { mode: 0o600, flush: true });
  const ids = ownerIds();
  // initdb reads it as its own account.
  if (ids) chownSync(partial, ids.uid, ids.gid);
  renameSync(partial, file);
  return password;
}

function syncFolder(folder: string): void {
  const handle = openSync(folder, 'r');
  fsyncSync(handle);
  closeSync(handle);
}

function runInitdb(program: string, args: readonly string[], account: Account): Promise<void> {
  const [command = program, ...rest] = [...account.prefix, program, ...args];
  return new Promise((done, fail) => {
    const child = spawn(command, rest, {
      stdio: ['ignore', 'pipe', 'pipe'],
      cwd: '/',
      env: serverEnv(),
      ...account.ids,
    });
    let said = '';
    const keep = (chunk: Buffer): void => {
      said = (said + chunk.toString()).slice(-4000);
    };
    child.stdout.on('data', keep);
    child.stderr.on('data', keep);
    child.on('error', fail);
    child.on('close', (code, signal) => {
      if (code === 0) return done();
      const why = said.trim().split('\n').slice(-3).join(' | ');
      fail(new PostgresError('start-failed', `initdb ended with ${signal ?? code}: ${why}`));
    });
  });
}

/** Nothing of the caller's PG* or locale variables may reach the server. */
export function serverEnv(): NodeJS.ProcessEnv {
  return { PATH: process.env['PATH'], LC_ALL: 'C', TZ: 'UTC' };
}
