/** One process per data folder: a lock file that names its holder and outlives no crash. */
import { linkSync, mkdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { PostgresError } from './errors.ts';

interface Holder {
  readonly pid: number;
  /** Start of the process in clock ticks since boot: tells a reused pid from the holder. */
  readonly startedTicks: string;
  readonly bootId: string;
  /** What holds it, for the message. */
  readonly what: string;
}

export interface FolderLock {
  release(): void;
}

/**
 * Take the folder (made when missing) for this process until `release` or its end, however it ends.
 *
 * @param what  what the holder is called in the message to the second comer, `a running server`
 * @throws PostgresError `locked`, one line with the holder's pid
 */
export function lockFolder(folder: string, what: string): FolderLock {
  mkdirSync(folder, { recursive: true });
  const file = join(folder, 'lock');
  const mine = join(folder, `lock.${process.pid}.${Math.random().toString(36).slice(2)}`);
  const me: Holder = { pid: process.pid, startedTicks: startedTicks(process.pid) ?? '', bootId: bootId(), what };
  writeFileSync(mine, JSON.stringify(me), { mode: 0o644 });
  try {
    // A link either appears whole or not at all, so nobody ever reads half a holder.
    for (let tries = 0; tries < 10; tries++) {
      try {
        linkSync(mine, file);
        return releaser(file, statSync(mine).ino);
      } catch (error) {
        if (!isCode(error, 'EEXIST')) throw error;
      }
      const holder = readHolder(file);
      if (holder && isAlive(holder)) throw locked(folder, holder);
      removeStale(file, holder);
    }
    throw locked(folder, readHolder(file));
  } finally {
    rmSync(mine, { force: true });
  }
}

function locked(folder: string, holder: Holder | undefined): PostgresError {
  const by = holder ? `${holder.what} (process ${holder.pid})` : 'another process';
  return new PostgresError(
    'locked',
    `The data folder ${folder} is in use by ${by}: stop it first, or choose another with --data`,
  );
}

/**
 * Two starts may find the same dead holder. Moving the file aside and looking at what was moved tells
 * whether it was still the dead one's; a live lock that got moved is put back.
 */
function removeStale(file: string, seen: Holder | undefined): void {
  const aside = `${file}.stale.${process.pid}`;
  try {
    renameSync(file, aside);
  } catch (error) {
    if (isCode(error, 'ENOENT')) return;
    throw error;
  }
  const moved = readHolder(aside);
  try {
    if (moved && isAlive(moved) && JSON.stringify(moved) !== JSON.stringify(seen)) linkSync(aside, file);
  } catch (error) {
    if (!isCode(error, 'EEXIST')) throw error;
  } finally {
    rmSync(aside, { force: true });
  }
}

function releaser(file: string, inode: number): FolderLock {
  return {
    release() {
      try {
        if (statSync(file).ino === inode) rmSync(file);
      } catch (error) {
        if (!isCode(error, 'ENOENT')) throw error;
      }
    },
  };
}

function readHolder(file: string): Holder | undefined {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as Holder;
  } catch {
    return undefined;
  }
}

function isAlive(holder: Holder): boolean {
  return holder.bootId === bootId() && startedTicks(holder.pid) === holder.startedTicks;
}

function bootId(): string {
  return readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
}

/** Field 22 of `/proc/PID/stat` (proc(5)), undefined when there is no such process or it is a zombie. */
export function startedTicks(pid: number): string | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // The command's name in field 2 may hold spaces and brackets: count from its end.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return fields[0] === 'Z' ? undefined : fields[19];
  } catch {
    return undefined;
  }
}

function isCode(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code;
}
