/** `postmaster.pid`: how PostgreSQL says that it is ready, and what it leaves behind when it is killed. */
import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { startedTicks } from './folder-lock.ts';

/** Line 8 of the file is the state; pg_ctl waits for the same word (`miscadmin.h`, PM_STATUS_READY). */
export function isReady(pgData: string, pid: number): boolean {
  const lines = read(pgData);
  return Number(lines?.[0]) === pid && lines?.[7]?.trim() === 'ready';
}

/**
 * Deal with the file of a server that is gone. PostgreSQL itself gives up when the pid in it is alive
 * again as some other process of the same account, which is usual after the restart of a container.
 *
 * @returns the pid of a postmaster that still runs on this cluster (its starter died), else undefined
 */
export function findOrphan(pgData: string): number | undefined {
  const pid = Number(read(pgData)?.[0]);
  if (!Number.isInteger(pid) || pid <= 0) return undefined;
  if (startedTicks(pid) !== undefined && commandOf(pid).some((word) => word === pgData)) return pid;
  rmSync(join(pgData, 'postmaster.pid'), { force: true });
  return undefined;
}

function read(pgData: string): string[] | undefined {
  try {
    return readFileSync(join(pgData, 'postmaster.pid'), 'utf8').split('\n');
  } catch {
    return undefined;
  }
}

function commandOf(pid: number): string[] {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0');
  } catch {
    return [];
  }
}
