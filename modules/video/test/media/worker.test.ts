import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openTestTown, type TestTown, until } from '@wangge/kernel/testkit';
import { areas } from '@wangge/areas';
import { staff } from '@wangge/staff';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { video } from '../../src/index.ts';
import { type RunningMedia, startMedia } from '../../src/media/main.ts';
import { ticketText } from '../../src/watch/tickets.ts';
import { missingGst, startGstCamera } from './support/gst.ts';
import { layCamera, ticketFor } from './support/register.ts';
import { refusal, WatchSocket } from './support/watch-socket.ts';

let town: TestTown;
let worker: RunningMedia;
let folder: string;
const missing = missingGst();

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'wangge-media-'));
  town = await openTestTown([areas, staff, video]);
  worker = await startMedia(town.rt, { host: '127.0.0.1', port: 0, shard: 0, shards: 1 });
});
afterAll(async () => {
  await worker?.close();
  await town?.close();
  rmSync(folder, { recursive: true, force: true });
});

describe('tickets', () => {
  it('open the line once, in time, from our own pages, and only as they were given', async () => {
    const camera = await layCamera(town, 'rtsp://127.0.0.1:1/none');
    const { text, view } = await ticketFor(town, camera);
    const [, ticket = '', until_ = ''] = text.split('.');
    const other = await ticketFor(town, camera);
    expect(await refusal(worker.port, '')).toBe(401);
    expect(await refusal(worker.port, `${text.slice(0, -2)}xx`)).toBe(401);
    // The signature of one look under the name of another.
    expect(await refusal(worker.port, [other.view, ...text.split('.').slice(1)].join('.'))).toBe(401);
    expect(await refusal(worker.port, [view, ticket, Number(until_) + 1, text.split('.')[3]].join('.'))).toBe(401);
    expect(await refusal(worker.port, ticketText(town.rt, view, ticket, town.clock.nowMs() - 1))).toBe(401);
    expect(await refusal(worker.port, text, { origin: 'https://elsewhere.example' })).toBe(403);
    expect(await refusal(worker.port, text, { origin: 'https://town.example' })).toBe(101);
    expect(await refusal(worker.port, text)).toBe(401);
    const fresh = other.text;
    town.clock.advance(61_000);
    expect(await refusal(worker.port, fresh)).toBe(401);
  });

  it('begin and end a look, which is ended elsewhere too when a right is taken away', async () => {
    const camera = await layCamera(town, 'rtsp://127.0.0.1:1/none');
    const { text, view } = await ticketFor(town, camera);
    const socket = new WatchSocket(worker.port, text);
    await until(() => socket.state === 'offline', 'the camera is away');
    const state = socket.said.findLast((message) => message.type === 'state');
    expect(state?.reason?.zh).toBe('连接不上摄像机');
    expect(JSON.stringify(socket.said)).not.toContain('127.0.0.1');
    const row = async () =>
      (
        await town.owner.query<{ started_at: Date; ended_at: Date | null }>('select * from video_views where id = $1', [
          view,
        ])
      ).rows[0];
    expect((await row())?.started_at).not.toBeNull();
    socket.socket.close();
    await until(async () => (await row())?.ended_at, 'the end of the look');
    const link = await until(async () => {
      const { rows } = await town.owner.query('select link, reason from video_states where camera_id = $1', [camera]);
      return rows[0] as unknown;
    }, 'the state of the line');
    expect(link).toEqual({ link: 'offline', reason: 'unreachable' });
  });
});

describe('a real camera', () => {
  beforeEach((context) => {
    if (missing !== undefined) context.skip(missing);
  });

  it('is seen by all from one pull, as clean fragmented MP4, with a still and its state', async () => {
    const { url } = await startGstCamera();
    const camera = await layCamera(town, url);
    const before = worker.streams();
    const first = new WatchSocket(worker.port, (await ticketFor(town, camera)).text);
    await first.got(40);
    const beganMs = performance.now();
    const second = new WatchSocket(worker.port, (await ticketFor(town, camera, 'sub')).text);
    await second.got(2);
    // Out of the cache: nobody waits for the next key picture.
    expect(performance.now() - beganMs).toBeLessThan(900);
    expect(worker.streams()).toBe(before + 1);
    await second.got(60);
    expect(first.state).toBe('live');
    const init = second.said.find((message) => message.type === 'init');
    expect(init).toMatchObject({ width: 320, height: 240, hasAudio: true, variant: 'sub', originMs: null });
    expect(init?.mime).toMatch(/^video\/mp4; codecs="avc1\.[0-9a-fA-F]{6}, flac"$/);
    const file = join(folder, 'seen.mp4');
    writeFileSync(file, Buffer.concat(second.chunks));
    const judged = spawnSync('/usr/bin/ffmpeg', [
      '-v',
      'error',
      '-err_detect',
      'explode',
      '-i',
      file,
      '-f',
      'null',
      '-',
    ]);
    expect({ code: judged.status, said: String(judged.stderr) }).toEqual({ code: 0, said: '' });

    const stillPath = join(town.dataDir, 'video/stills', `${camera}.jpg`);
    const state = await until(async () => {
      const { rows } = await town.owner.query<Record<string, unknown>>(
        'select * from video_states where camera_id = $1',
        [camera],
      );
      return rows[0]?.['still_at'] && rows[0];
    }, 'a still');
    expect(state).toMatchObject({ link: 'online', reason: null, codec: 'h264', width: 320, height: 240 });
    expect(readFileSync(stillPath).subarray(0, 3)).toEqual(Buffer.from([0xff, 0xd8, 0xff]));
    const link = (at: number): string => {
      const sig = town.rt.keys.sign('video.still', camera, String(at));
      return `http://127.0.0.1:${worker.port}/video/still/${camera}?until=${at}&sig=${sig}`;
    };
    const soon = town.clock.nowMs() + 1000;
    const answer = await fetch(link(soon), { headers: { origin: 'https://town.example' } });
    expect(answer.headers.get('access-control-allow-origin')).toBe('https://town.example');
    expect(Buffer.from(await answer.arrayBuffer())).toEqual(readFileSync(stillPath));
    expect((await fetch(link(soon).replace(`until=${soon}`, `until=${soon + 1}`))).status).toBe(401);
    expect((await fetch(link(soon - 2000))).status).toBe(410);
  });

  it('sends a hidden tile nothing, and goes on from a key picture', async () => {
    const { url } = await startGstCamera();
    const camera = await layCamera(town, url);
    const [tile, other] = [await ticketFor(town, camera), await ticketFor(town, camera)].map(
      ({ text }) => new WatchSocket(worker.port, text),
    ) as [WatchSocket, WatchSocket];
    await tile.got(10);
    await other.got(10);
    tile.say({ type: 'pause' });
    await other.got(other.chunks.length + 20);
    const before = tile.chunks.length;
    await other.got(other.chunks.length + 60);
    expect(tile.chunks.length).toBe(before);
    tile.say({ type: 'resume' });
    await tile.got(before + 30);
    const file = join(folder, 'tile.mp4');
    writeFileSync(file, Buffer.concat(tile.chunks));
    const judged = spawnSync('/usr/bin/ffmpeg', ['-v', 'error', '-i', file, '-map', '0:v', '-f', 'null', '-']);
    expect(String(judged.stderr)).toBe('');
    tile.say({ type: 'nonsense' });
    await until(() => tile.closeCode === 1008, 'the line is closed');
  });

  it('that dies is said to be offline, and is live again when it comes back', async () => {
    const { url, port, child } = await startGstCamera();
    const camera = await layCamera(town, url);
    const seen = new WatchSocket(worker.port, (await ticketFor(town, camera)).text);
    await seen.got(20);
    child.kill('SIGKILL');
    await until(() => seen.state === 'offline', 'offline', 20_000);
    const had = seen.chunks.length;
    await startGstCamera('h264', port);
    await until(() => seen.state === 'live', 'live again', 20_000);
    await seen.got(Math.min(had, 20));
    expect(seen.closeCode).toBeUndefined();
  });

  it('with H.265 shows its smaller picture, or says why not', async () => {
    const [h265, h264] = [await startGstCamera('h265'), await startGstCamera('h264')];
    const both = await layCamera(town, h265.url, h264.url);
    const seen = new WatchSocket(worker.port, (await ticketFor(town, both)).text);
    await seen.got(5);
    expect(seen.said.find((message) => message.type === 'init')).toMatchObject({ variant: 'sub' });
    const only = await layCamera(town, h265.url);
    const blind = new WatchSocket(worker.port, (await ticketFor(town, only)).text);
    await until(() => blind.state === 'unsupported', 'unsupported', 20_000);
    expect(blind.chunks).toEqual([]);
    const able = new WatchSocket(worker.port, (await ticketFor(town, only)).text, { query: '&hevc=1' });
    await able.got(5);
    expect(able.said.find((message) => message.type === 'init')).toMatchObject({
      mime: expect.stringContaining('hvc1') as string,
    });
  });
});
