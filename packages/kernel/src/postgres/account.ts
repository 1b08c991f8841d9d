/**
 * The account PostgreSQL runs as. It refuses to be root, so root hands it to `nobody`; everybody else
 * runs it as himself.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { PostgresError } from './errors.ts';

export interface Account {
  /** Undefined: the account of this process. */
  readonly ids: { readonly uid: number; readonly gid: number } | undefined;
  /** Words put before every command line, see `accountFor`. */
  readonly prefix: readonly string[];
}

/**
 * Choose the account for a server whose files are in `folders` (absolute, existing).
 *
 * @throws PostgresError `unreachable-folder` naming the first folder that keeps `nobody` out.
 */
export function accountFor(folders: readonly string[]): Account {
  if (process.getuid?.() !== 0) return { ids: undefined, prefix: [] };
  const ids = nobody();
  const closed = folders.map((folder) => firstClosed(folder, ids)).find((found) => found !== undefined);
  if (closed === undefined) return { ids, prefix: [] };
  // A root user who keeps the project in /root (mode 0700) is common. PostgreSQL may keep one privilege
  // there, to read and search any folder, instead of us opening somebody's home. Only a superuser of the
  // database could use it, whose password root alone can read.
  const prefix = searchPrivilege(ids);
  if (prefix && canEnter(folders.at(-1) ?? closed, ids, prefix)) return { ids: undefined, prefix };
  throw new PostgresError(
    'unreachable-folder',
    `PostgreSQL runs as "nobody" under root and cannot enter ${closed}: move the project, run as an ordinary user, or chmod o+x ${closed}`,
  );
}

/** The uid that owns what PostgreSQL writes; undefined: this process's own. */
export function ownerIds(): { uid: number; gid: number } | undefined {
  return process.getuid?.() === 0 ? nobody() : undefined;
}

function nobody(): { uid: number; gid: number } {
  const line = existsSync('/etc/passwd')
    ? /^nobody:[^:]*:(\d+):(\d+):/m.exec(readFileSync('/etc/passwd', 'utf8'))
    : null;
  return { uid: Number(line?.[1] ?? 65534), gid: Number(line?.[2] ?? 65534) };
}

/** The outermost folder on the way to `folder` that the account may not enter. */
function firstClosed(folder: string, ids: { uid: number; gid: number }): string | undefined {
  // Asking the kernel as that account also covers ACLs and mounts, which mode bits do not tell.
  if (canEnter(folder, ids, [])) return undefined;
  let closed = folder;
  for (let up = dirname(folder); up !== dirname(up); up = dirname(up)) if (!canEnter(up, ids, [])) closed = up;
  return closed;
}

function canEnter(folder: string, ids: { uid: number; gid: number }, prefix: readonly string[]): boolean {
  const [command, ...args] = [...prefix, '/bin/sh', '-c', 'cd "$1"', 'sh', folder];
  return (
    spawnSync(command ?? '', args, { cwd: '/', stdio: 'ignore', ...(prefix.length === 0 ? ids : {}) }).status === 0
  );
}

function searchPrivilege(ids: { uid: number; gid: number }): readonly string[] | undefined {
  if (!existsSync('/usr/bin/setpriv')) return undefined;
  return [
    '/usr/bin/setpriv',
    `--reuid=${ids.uid}`,
    `--regid=${ids.gid}`,
    '--clear-groups',
    '--inh-caps=-all,+dac_read_search',
    '--ambient-caps=-all,+dac_read_search',
    '--',
  ];
}
