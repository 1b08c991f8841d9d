/** Looking back over a socket: one timeline out of many segments, seeking, gaps, and what the player may ask. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { scanSegment } from '@wangge/fmp4';
import type { IncidentTown } from '@wangge/incidents/testkit';
import { until } from '@wangge/kernel/testkit';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { type FromWorker, fromWorkerSchema, type ToWorker } from '../src/contract.ts';
import { segmentPath } from '../src/record/places.ts';
import { PlaySession } from '../src/record/play/session.ts';
import { SegmentScans } from '../src/record/play/segment-scans.ts';
import { startRecorder } from '../src/record/recorder.ts';
import { makeClip, run, ScriptedHubs } from './frames.ts';
import { layCamera, openVideoTown } from './record-town.ts';

vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });
const startMs = Date.UTC(2026, 10, 2, 1);
const folder = mkdtempSync(join(tmpdir(), 'wangge-playback-'));

let town: IncidentTown;
let cameraId: string;
beforeAll(async () => {
  town = await openVideoTown();
  cameraId = await layCamera(town);
  const hubs = new ScriptedHubs(makeClip(10, { sound: true }));
  const recorder = await startRecorder(town.rt, hubs, { shard: 0, shards: 1, segmentMs: 4000, pollMs: 3_600_000 });
  // Ten seconds, then nothing for twenty, then ten more and ten more behind them.
  hubs.play(startMs);
  hubs.play(startMs + 30_000, 30_000_000);
  hubs.play(startMs + 40_000, 40_000_000);
  await recorder.close();
});
afterAll(async () => {
  await town.close();
  rmSync(folder, { recursive: true });
});

class Player {
  readonly texts: FromWorker[] = [];
  readonly media: Buffer[] = [];
  readonly readyState = 1;
  readonly session: PlaySession;
  readonly done: Promise<void>;

  constructor(fromMs: number, toMs: number, camera: string) {
    const view = { cameraId: camera, variant: 'main', fromMs, toMs } as const;
    this.session = new PlaySession(town.rt, new SegmentScans(town.dataDir), this, view);
    this.done = this.session.run();
  }
  send(data: string | Uint8Array, done: () => void): void {
    if (typeof data === 'string') this.texts.push(fromWorkerSchema.parse(JSON.parse(data)));
    else this.media.push(Buffer.from(data));
    setImmediate(done);
  }
  close(): void {
    this.session.close();
  }
  tell(message: ToWorker): void {
    this.session.take(JSON.stringify(message));
  }
  of<T extends FromWorker['type']>(type: T): (FromWorker & { type: T })[] {
    return this.texts.filter((one): one is FromWorker & { type: T } => one.type === type);
  }
  /** Plays as fast as it comes until the end was told so many times. */
  async toEnd(times = 1): Promise<void> {
    await until(() => {
      this.tell({ type: 'played', mediaS: 1e6 });
      return this.of('end').length >= times;
    }, 'the end');
  }
}

const players: Player[] = [];
function play(fromMs: number, toMs: number, camera = cameraId): Player {
  const player = new Player(fromMs, toMs, camera);
  players.push(player);
  return player;
}
afterEach(async () => {
  for (const player of players.splice(0)) {
    player.close();
    await player.done;
  }
});

/** Judged by ffprobe: pictures and seconds of all that was sent. */
function probe(player: Player): { pictures: number; seconds: number; largestStep: number } {
  const path = join(folder, `${process.hrtime.bigint()}.mp4`);
  writeFileSync(path, Buffer.concat(player.media));
  run('ffmpeg', ['-v', 'error', '-xerror', '-nostdin', '-i', path, '-f', 'null', '-']);
  const text = run('ffprobe', [
    '-v',
    'error',
    '-select_streams',
    'v',
    '-show_entries',
    'packet=pts_time',
    '-of',
    'csv=p=0',
    path,
  ]);
  const times = text.toString().trim().split('\n').map(Number.parseFloat);
  const steps = times.slice(1).map((time, i) => time - (times[i] ?? 0));
  return { pictures: times.length, seconds: (times.at(-1) ?? 0) + 0.04, largestStep: Math.max(...steps) };
}

async function wholeFragments(path: string): Promise<number> {
  const file = await open(path).catch(() => null);
  try {
    return file ? (await scanSegment(file)).fragments.length : 0;
  } catch {
    return 0;
  } finally {
    await file?.close();
  }
}

describe('playback', () => {
  it('is one stream without seams out of many segments, with the gap told', async () => {
    const player = play(startMs, startMs + 60_000);
    await player.toEnd();
    expect(player.texts.map((one) => one.type)).toEqual(['init', 'position', 'gap', 'position', 'end']);
    expect(player.of('init')[0]).toMatchObject({
      width: 320,
      height: 240,
      hasAudio: true,
      originMs: startMs,
      mime: expect.stringMatching(/^video\/mp4; codecs="avc1\.[0-9A-F]{6}, flac"$/) as string,
    });
    expect(player.of('gap')).toEqual([{ type: 'gap', fromMs: startMs + 10_000, toMs: startMs + 30_000 }]);
    expect(player.of('position').map((one) => [Math.round(one.mediaS), one.atMs - startMs])).toEqual([
      [0, 0],
      [10, 30_000],
    ]);
    const { pictures, seconds, largestStep } = probe(player);
    expect(pictures).toBe(750);
    expect(seconds).toBeCloseTo(30, 1);
    expect(largestStep).toBeLessThan(0.05);
  });

  it('goes to any moment of its time, and to none outside', async () => {
    const player = play(startMs, startMs + 60_000);
    await player.toEnd();
    player.tell({ type: 'seek', atMs: startMs + 5600 });
    await until(() => player.of('position').length === 3, 'the place');
    // From the key picture at or before it.
    expect(player.of('position')[2]?.atMs).toBe(startMs + 5000);
    player.tell({ type: 'seek', atMs: startMs + 15_000 });
    await until(() => player.of('position').length === 4, 'the place behind the gap');
    expect(player.of('gap').at(-1)).toEqual({ type: 'gap', fromMs: startMs + 15_000, toMs: startMs + 30_000 });
    const before = player.texts.length;
    player.tell({ type: 'seek', atMs: startMs - 1 });
    player.tell({ type: 'seek', atMs: startMs + 60_000 });
    await until(() => player.of('state').length === 2, 'two refusals');
    expect(player.texts.slice(before).filter((one) => one.type === 'position')).toEqual([]);
    await player.toEnd(2);
    probe(player);
  });

  it('ends with its time, and stays some seconds ahead of the player', async () => {
    const short = play(startMs + 2000, startMs + 3000);
    await short.toEnd();
    expect(probe(short).pictures).toBe(25);
    const patient = play(startMs + 30_000, startMs + 60_000);
    // The clip of twenty seconds is just what a player may have ahead.
    await until(() => patient.of('end').length === 1 || patient.media.length > 20, 'what it may have');
    const slow = play(startMs, startMs + 60_000);
    await until(() => slow.media.length >= 20, 'twenty seconds');
    slow.tell({ type: 'pause' });
    slow.tell({ type: 'played', mediaS: 1000 });
    slow.session.take('{"type":"speed","rate":1e9}');
    slow.session.take('not json');
    expect(slow.of('end')).toEqual([]);
    slow.tell({ type: 'resume' });
    await slow.toEnd();
  });

  it('shows key pictures only when it runs fast', async () => {
    const player = play(startMs + 30_000, startMs + 60_000);
    player.tell({ type: 'speed', rate: 16 });
    await player.toEnd();
    const { pictures, largestStep } = probe(player);
    expect(pictures).toBe(20);
    expect(largestStep).toBeCloseTo(1, 3);
  });

  it('reaches into the segment that is written, and goes on when it is finished', async () => {
    const live = await layCamera(town);
    const hubs = new ScriptedHubs(makeClip(10, { sound: true }));
    const fromMs = startMs + 600_000;
    town.clock.set(fromMs + 10_000);
    const recorder = await startRecorder(town.rt, hubs, { shard: 0, shards: 1, segmentMs: 60_000, pollMs: 3_600_000 });
    let player: Player;
    try {
      hubs.play(fromMs);
      // All ten seconds but the fragment under way.
      await until(
        async () => (await wholeFragments(`${segmentPath(town.dataDir, live, fromMs)}.part`)) === 9,
        'the file',
      );
      player = play(fromMs, fromMs + 60_000, live);
      await player.toEnd();
      expect(probe(player).pictures).toBe(225);
      player.tell({ type: 'seek', atMs: fromMs + 3400 });
      await until(() => player.of('position').length === 2, 'the place in the open file');
      expect(player.of('position')[1]?.atMs).toBe(fromMs + 3000);
      await player.toEnd(2);
      hubs.play(fromMs + 10_000, 10_000_000);
    } finally {
      await recorder.close();
    }
    player.tell({ type: 'seek', atMs: fromMs });
    await player.toEnd(3);
    expect(player.of('gap')).toEqual([]);
    const before = player.media.length;
    player.tell({ type: 'seek', atMs: fromMs + 15_000 });
    await player.toEnd(4);
    expect(player.media.length - before).toBe(5);
    probe(player);
  });
});
