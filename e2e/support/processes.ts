/** Finds processes of this machine, to end one as a crash would. */
import { readdirSync, readFileSync, readlinkSync } from 'node:fs';

const listening = '0A';

/** The process that listens on a TCP port here; undefined where it is not to be seen. Linux only (proc(5)). */
export function processListeningOn(port: number): number | undefined {
  const hex = port.toString(16).toUpperCase().padStart(4, '0');
  const sockets = ['/proc/net/tcp', '/proc/net/tcp6'].flatMap((path) =>
    readFileSync(path, 'utf8')
      .split('\n')
      .map((line) => line.trim().split(/\s+/))
      .filter(([, local = '', , state]) => state === listening && local.endsWith(`:${hex}`))
      .map((words) => `socket:[${words[9]}]`),
  );
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .find((pid) => holds(pid, sockets));
}

function holds(pid: number, sockets: readonly string[]): boolean {
  try {
    return readdirSync(`/proc/${pid}/fd`).some((fd) => sockets.includes(readlinkSync(`/proc/${pid}/fd/${fd}`)));
  } catch {
    // It ended meanwhile, or belongs to somebody else.
    return false;
  }
}
