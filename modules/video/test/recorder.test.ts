/** Recording into files and rows: clean files, a chain that shows what is missing, crashes and disks that fail. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  copyFileSync,
  mkdirSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { until } from '@wangge/kernel/testkit';
import type { IncidentTown } from '@wangge/incidents/testkit';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { recordingsFolder, segmentPath } from '../src/record/places.ts';
import { type Recorder, startRecorder } from '../src/record/recorder.ts';
import { segmentsIn } from '../src/record/store/segments.ts';
import { type Clip, makeClip, run, ScriptedHubs } from './frames.ts';
import { layCamera, openVideoTown } from './record-town.ts';

vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });
const startMs = Date.UTC(2026, 10, 2, 1);
const options = { shard: 0, shards: 1, segmentMs: 4000, pollMs: 3_600_000 };

let town: IncidentTown;
let clip: Clip;
beforeAll(async () => {
  clip = makeClip(10, { sound: true });
  town = await openVideoTown();
});
afterAll(() => town.close());
beforeEach(async () => {
  town.clock.set(startMs);
  rmSync(recordingsFolder(town.dataDir), { recursive: true, force: true });
  await town.owner.query(
    'truncate video_segments, video_chains, video_evictions; update video_cameras set retired_at = now()',
  );
});

const rowsOf = (id: string) =>
  town.rt.system('test', (tx) => segmentsIn(tx, id, startMs - 3_600_000, startMs + 3_600_000));
async function record(hubs: ScriptedHubs, fn: (recorder: Recorder) => Promise<void> | void): Promise<void> {
  const recorder = await startRecorder(town.rt, hubs, options);
  try {
    await fn(recorder);
  } finally {
    await recorder.close();
  }
}

describe('a recording', () => {
  it('is cut at key pictures, and every file probes and decodes clean', async () => {
    const id = await layCamera(town);
    const hubs = new ScriptedHubs(clip);
    await record(hubs, () => hubs.play(startMs));
    const rows = await rowsOf(id);
    expect(rows.map((r) => [r.startMs - startMs, r.endMs - startMs])).toEqual([
      [0, 4000],
      [4000, 8000],
      [8000, 10_000],
    ]);
    for (const row of rows) {
      const path = segmentPath(town.dataDir, id, row.startMs);
      run('ffmpeg', ['-v', 'error', '-xerror', '-nostdin', '-i', path, '-f', 'null', '-']);
      const [sum] = run('sha256sum', [path]).toString().split(' ');
      expect([row.bytes, sum]).toEqual([statSync(path).size, row.sha256]);
    }
    expect(rows[1]?.prevChain).toBe(rows[0]?.chain);
    expect(rows[2]?.prevChain).toBe(rows[1]?.chain);
  });

  it('follows the register: paused, by schedule, retired', async () => {
    const id = await layCamera(town, {
      plan: { mode: 'schedule', spans: [{ weekdays: [1], fromMin: 540, toMin: 600 }] },
    });
    const hubs = new ScriptedHubs(clip);
    await record(hubs, async (recorder) => {
      // 09:00 of a Monday in town.
      expect(recorder.recording).toBe(1);
      town.clock.advance(3_600_000);
      await recorder.poll();
      expect([recorder.recording, hubs.subscribers.size]).toEqual([0, 0]);
      town.clock.set(startMs);
      await recorder.poll();
      expect(recorder.recording).toBe(1);
      await town.owner.query('update video_cameras set paused_at = now() where id = $1', [id]);
      await recorder.poll();
      expect(recorder.recording).toBe(0);
    });
  });

  it('is saved up to its last whole fragment after a crash, and then goes on in the same chain', async () => {
    const id = await layCamera(town);
    const hubs = new ScriptedHubs(clip);
    await record(hubs, () => hubs.play(startMs));
    const rows = await rowsOf(id);
    const [first, second, third] = rows.map((row) => segmentPath(town.dataDir, id, row.startMs));
    if (!first || !second || !third) throw new Error('three segments were recorded');
    await town.owner.query('truncate video_segments, video_chains');
    // Killed: one between its name and its row, one in the middle of a write, one with nothing but the first bytes.
    truncateSync(second, Math.floor(statSync(second).size * 0.6));
    renameSync(second, `${second}.part`);
    truncateSync(third, 100);
    renameSync(third, `${third}.part`);
    await record(new ScriptedHubs(clip), () => undefined);
    const saved = await rowsOf(id);
    expect(saved.map((r) => r.startMs - startMs)).toEqual([0, 4000]);
    expect(saved[1]?.bytes).toBe(statSync(second).size);
    expect(saved[1]?.bytes).toBeLessThan((rows[1]?.bytes ?? 0) * 0.6 + 1);
    expect(readdirSync(dirname(third)).toSorted()).toEqual([`${startMs}.mp4`, `${startMs + 4000}.mp4`]);
    run('ffmpeg', ['-v', 'error', '-xerror', '-nostdin', '-i', second, '-f', 'null', '-']);
    // Once more finds nothing to do.
    await record(new ScriptedHubs(clip), () => undefined);
    expect(await rowsOf(id)).toEqual(saved);
  });

  it('loses nothing but the open fragment when it is killed', async () => {
    const id = await layCamera(town);
    const program = new URL('record-child.ts', import.meta.url).pathname;
    const child = spawn(process.execPath, [program, town.dataDir, id, String(startMs)], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const ended: number[] = [];
    await new Promise<void>((resolve) => {
      createInterface({ input: child.stdout }).on('line', (line) => {
        if (line.startsWith('done ')) ended.push(Number(line.slice(5)));
        if (ended.length >= 5) {
          child.kill('SIGKILL');
          resolve();
        }
      });
    });
    await once(child, 'exit');
    await record(new ScriptedHubs(clip), () => undefined);
    const rows = await rowsOf(id);
    const starts = rows.map((row) => row.startMs);
    for (const start of ended) expect(starts).toContain(start);
    const folder = join(recordingsFolder(town.dataDir), id, '2026-11-02');
    const files = readdirSync(folder);
    expect(files.toSorted()).toEqual(starts.map((start) => `${start}.mp4`).toSorted());
    for (const file of files)
      run('ffmpeg', ['-v', 'error', '-xerror', '-nostdin', '-i', join(folder, file), '-f', 'null', '-']);
  });

  it('leaves a file alone that is no recording', async () => {
    const id = await layCamera(town);
    const path = segmentPath(town.dataDir, id, startMs);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, Buffer.alloc(5000, 7));
    copyFileSync(path, join(dirname(path), 'note.txt'));
    await record(new ScriptedHubs(clip), () => undefined);
    expect(await rowsOf(id)).toEqual([]);
    expect(readdirSync(dirname(path))).toContain('note.txt');
  });

  it('stops when the disk is gone, alarms once, and goes on when it is back', async () => {
    const id = await layCamera(town);
    const hubs = new ScriptedHubs(clip);
    const folder = recordingsFolder(town.dataDir);
    const alarms = async () =>
      (
        await town.owner.query<{ n: number }>(
          "select count(*)::int as n from incidents_incidents where client_key like 'video:disk:%'",
        )
      ).rows[0]?.n;
    await record(hubs, async (recorder) => {
      mkdirSync(dirname(folder), { recursive: true });
      rmSync(folder, { recursive: true, force: true });
      writeFileSync(folder, 'no folder');
      hubs.play(startMs);
      await until(() => recorder.diskFailure !== null, 'the disk is seen to fail');
      await until(async () => (await alarms()) === 1, 'the alarm');
      hubs.play(startMs + 10_000, 10_000_000);
      rmSync(folder);
      town.clock.advance(20_000);
      hubs.play(startMs + 20_000, 20_000_000);
      await until(() => recorder.diskFailure === null, 'the disk works again');
    });
    const rows = await rowsOf(id);
    expect(rows.every((row) => row.startMs >= startMs + 20_000)).toBe(true);
    expect(rows.length).toBeGreaterThan(1);
    expect(await alarms()).toBe(1);
  });
});
