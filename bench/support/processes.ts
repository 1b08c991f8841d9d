/** What processes use, read from /proc: memory that is theirs (PSS) and processor time. */
import { readdirSync, readFileSync } from 'node:fs';

/** Of Linux on every machine that Node runs on. */
const ticksPerS = 100;

interface Stat {
  readonly pid: number;
  readonly parent: number;
  readonly ownS: number;
  /** Of children that ended and were waited for. */
  readonly endedChildrenS: number;
}

function statOf(pid: number): Stat | undefined {
  let text: string;
  try {
    text = readFileSync(`/proc/${pid}/stat`, 'utf8');
  } catch {
    return undefined;
  }
  // The name in parentheses may hold anything; numbers start after the last one.
  const fields = text
    .slice(text.lastIndexOf(')') + 2)
    .split(' ')
    .map(Number);
  const at = (n: number): number => fields[n] ?? 0;
  return {
    pid,
    parent: at(1),
    ownS: (at(11) + at(12)) / ticksPerS,
    endedChildrenS: (at(13) + at(14)) / ticksPerS,
  };
}

/** The processes and everything below them. */
function treeOf(roots: readonly number[]): Stat[] {
  const all = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((name) => statOf(Number(name)) ?? []);
  const wanted = new Set(roots);
  for (let before = -1; before !== wanted.size;) {
    before = wanted.size;
    for (const { pid, parent } of all) if (wanted.has(parent)) wanted.add(pid);
  }
  return all.filter(({ pid }) => wanted.has(pid));
}

/** Processor seconds of this process alone, without what it started. */
export function ownCpuSeconds(pid: number): number {
  return statOf(pid)?.ownS ?? 0;
}

/** Processor seconds that the trees have used so far. */
export function cpuSeconds(...roots: readonly number[]): number {
  return treeOf(roots).reduce((sum, { ownS, endedChildrenS }) => sum + ownS + endedChildrenS, 0);
}

/** Proportional set size of the trees in MiB: shared pages count once over all who share them. */
export function pssMib(...roots: readonly number[]): number {
  let kib = 0;
  for (const { pid } of treeOf(roots)) {
    try {
      kib += Number(/^Pss:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8'))?.[1] ?? 0);
    } catch {
      // Ended meanwhile, or another account's: that one reads as nothing.
    }
  }
  return kib / 1024;
}

/** Resident memory of one process in MiB, shared pages included. */
export function rssMib(pid: number): number {
  return Number(/^VmRSS:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0) / 1024;
}
