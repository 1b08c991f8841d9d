/** A disk that is really full: a small file system in memory, which only root may mount. */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, rmSync, statfsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { IncidentTown } from '@wangge/incidents/testkit';
import { until } from '@wangge/kernel/testkit';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { recordingsFolder, segmentPath } from '../src/record/places.ts';
import { startRecorder } from '../src/record/recorder.ts';
import { segmentsIn } from '../src/record/store/segments.ts';
import { type Clip, makeClip, run, ScriptedHubs } from './frames.ts';
import { layCamera, openVideoTown } from './record-town.ts';

vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });
const startMs = Date.UTC(2026, 10, 2, 1);

let town: IncidentTown;
let clip: Clip;
let folder: string;
let mounted = false;
beforeAll(async () => {
  clip = makeClip(10);
  town = await openVideoTown();
  town.clock.set(startMs);
  folder = recordingsFolder(town.dataDir);
  mkdirSync(folder, { recursive: true });
  mounted = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=20m', 'wangge-test', folder]).status === 0;
});
afterAll(async () => {
  if (mounted) spawnSync('umount', [folder]);
  await town.close();
});

describe('a full disk', () => {
  it('stops recording with one alarm, and nothing else; when there is room, recording goes on', async (context) => {
    if (!mounted) context.skip('a file system in memory can be mounted by root alone');
    const id = await layCamera(town);
    const hubs = new ScriptedHubs(clip);
    const ballast = join(folder, 'ballast');
    const recorder = await startRecorder(town.rt, hubs, { shard: 0, shards: 1, segmentMs: 4000, pollMs: 3_600_000 });
    let seenLive = 0;
    hubs.subscribers.set('live', { onTracks: () => {}, onFrame: () => void seenLive++, onLink: () => {} });
    try {
      hubs.play(startMs);
      await until(async () => (await rows(id)).length >= 2, 'rows while there is room');
      const { bavail, bsize } = statfsSync(folder);
      writeFileSync(ballast, Buffer.alloc(bavail * bsize - 64 * 1024));
      hubs.play(startMs + 10_000, 10_000_000);
      await until(() => recorder.diskFailure === 'ENOSPC', 'the full disk is noticed');
      await until(async () => (await alarms()) === 1, 'the alarm');
      town.clock.advance(20_000);
      // The next try fails as well, and is not told again.
      hubs.play(startMs + 20_000, 20_000_000);
      hubs.play(startMs + 30_000, 30_000_000);
      expect(seenLive).toBe(4 * clip.frames.length);
      rmSync(ballast);
      town.clock.advance(20_000);
      hubs.play(startMs + 40_000, 40_000_000);
      await until(() => recorder.diskFailure === null, 'the disk takes recordings again');
    } finally {
      await recorder.close();
    }
    expect(await alarms()).toBe(1);
    const found = await rows(id);
    expect(found.filter((row) => row.startMs >= startMs + 40_000).length).toBeGreaterThan(1);
    const files = readdirSync(join(folder, id), { recursive: true, encoding: 'utf8' });
    expect(files.filter((name) => name.endsWith('.part'))).toEqual([]);
    expect(files.filter((name) => name.endsWith('.mp4'))).toHaveLength(found.length);
    for (const row of found) {
      const path = segmentPath(town.dataDir, id, row.startMs);
      expect(createHash('sha256').update(readFileSync(path)).digest('hex')).toBe(row.sha256);
      run('ffmpeg', ['-v', 'error', '-xerror', '-nostdin', '-i', path, '-f', 'null', '-']);
    }
  });
});

const rows = (id: string) => town.rt.system('test', (tx) => segmentsIn(tx, id, startMs, startMs + 3_600_000));
async function alarms(): Promise<number | undefined> {
  const { rows: found } = await town.owner.query<{ n: number }>(
    "select count(*)::int as n from incidents_incidents where client_key like 'video:disk:%'",
  );
  return found[0]?.n;
}
