/** Deletes what has had its time, and for want of room what may go; never what must be kept. */
import { rm } from 'node:fs/promises';
import type { Runtime } from '@wangge/kernel';
import { alarm } from './alarm.ts';
import { segmentPath } from './places.ts';
import { quotaBytes } from './quota.ts';
import { type Evictable, evictable, forgetRun, usedBytes } from './store/evictions.ts';

const batch = 500;

export interface Evicted {
  readonly ceiling: number;
  readonly quota: number;
  /** The quota is exceeded, and nothing more may go. */
  readonly full: boolean;
}

/** Files go before their rows: what a crash leaves behind is a row without file, which the next run takes out. */
export async function evict(rt: Runtime, quota?: number): Promise<Evicted> {
  const sums = { ceiling: 0, quota: 0 };
  for (;;) {
    const found = await rt.system('video', (tx) => evictable(tx, 'ceiling', batch));
    if (found.length === 0) break;
    await remove(rt, found);
    sums.ceiling += found.length;
  }
  const limit = quota ?? (await quotaBytes(rt.config));
  let full = false;
  for (let used = await usedNow(rt); used > limit; used = await usedNow(rt)) {
    const found = await rt.system('video', (tx) => evictable(tx, 'quota', batch));
    const chosen = enough(found, used - limit);
    if (chosen.length === 0) {
      full = true;
      await alarm(rt, 'floor', { usedBytes: used, quotaBytes: limit });
      break;
    }
    await remove(rt, chosen);
    sums.quota += chosen.length;
  }
  return { ...sums, full };
}

const usedNow = (rt: Runtime): Promise<number> => rt.system('video', usedBytes);

/** The oldest ones, until so many bytes are gone. */
function enough(found: readonly Evictable[], bytes: number): Evictable[] {
  let sum = 0;
  return found.filter((one) => {
    const wanted = sum < bytes;
    sum += one.bytes;
    return wanted;
  });
}

async function remove(rt: Runtime, segments: readonly Evictable[]): Promise<void> {
  for (const one of segments) await rm(segmentPath(rt.config.dataDir, one.cameraId, one.startMs), { force: true });
  for (const [, ofCamera] of Map.groupBy(segments, (one) => one.cameraId)) {
    for (const run of runsOf(ofCamera)) await rt.system('video', (tx) => forgetRun(tx, run));
  }
}

/** Places of the chain that follow each other. */
function runsOf(segments: readonly Evictable[]): Evictable[][] {
  const runs: Evictable[][] = [];
  for (const one of segments.toSorted((a, b) => a.seq - b.seq)) {
    const run = runs.at(-1);
    if (run?.at(-1)?.seq === one.seq - 1) run?.push(one);
    else runs.push([one]);
  }
  return runs;
}
