/** Films sent by RTSP, to our client and to foreign players; faults as they were asked for. */
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import type { Frame, Track } from '@wangge/codec';
import { RtspSession, type RtspClosure } from '@wangge/rtsp';
import { beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { type CameraOptions, readFacts, serveRtsp, variants } from '../src/index.ts';
import { cameraOf, filmed, folder, makeTestFilm, makingMs, missingPrograms } from './films.ts';

beforeAll(makeTestFilm, makingMs);
const credentials = { user: 'admin', password: 'p@ss:1' };

async function serve(options: Partial<CameraOptions> = {}, secured = false) {
  const camera = cameraOf(options);
  const rtsp = await serveRtsp({ port: 0, cameras: [camera], credentials: secured ? credentials : undefined });
  onTestFinished(() => rtsp.close());
  return { camera, rtsp, url: `rtsp://127.0.0.1:${rtsp.port}/cam-1/sub` };
}

/** Frames until `enough`, or how it was closed. */
function look(
  url: string,
  enough: (frames: readonly Frame[]) => boolean,
  more: object = {},
): Promise<{ frames: Frame[]; tracks: readonly Track[]; closed?: RtspClosure }> {
  return new Promise((resolve) => {
    const frames: Frame[] = [];
    let tracks: readonly Track[] = [];
    const session = new RtspSession(
      { url, ...more },
      {
        onTracks: (known) => (tracks = known),
        onFrame: (frame) => {
          frames.push(frame);
          if (!enough(frames)) return;
          session.close();
          resolve({ frames, tracks });
        },
        onClosed: (closed) => resolve({ frames, tracks, closed }),
      },
    );
    onTestFinished(() => session.close());
  });
}

const pictures = (frames: readonly Frame[]) => frames.filter((frame) => frame.kind === 'video');

test('films keep to their rates, sizes and key pictures', async () => {
  for (const variant of variants) {
    const facts = await readFacts(folder, filmed, variant);
    expect(facts?.kbitPerS).toBeLessThanOrEqual(variant === 'main' ? 300 : 120);
    const film = await cameraOf().film(variant);
    expect(film.pictures.length).toBe(200);
    expect(film.pictures.flatMap(({ key }, index) => (key ? [index] : []))).toEqual([
      0, 20, 40, 60, 80, 100, 120, 140, 160, 180,
    ]);
  }
});

test('begins with a key picture; stamps only grow', { timeout: 30_000 }, async () => {
  const { url } = await serve();
  const { frames, tracks } = await look(url, (seen) => seen.length >= 40);
  expect(tracks).toMatchObject([{ kind: 'video', codec: 'h264' }]);
  expect(pictures(frames)[0]?.key).toBe(true);
  const stamps = frames.map(({ ptsUs }) => ptsUs);
  const steps = stamps.slice(1).map((stamp, index) => Math.round((stamp - stamps[index]!) / 1000));
  expect(new Set(steps)).toEqual(new Set([100]));
});

test('the loop closes without a step of the clock', async () => {
  // The same player without a line between: its pictures by number.
  const camera = cameraOf({ number: 5 });
  const player = await camera.player('sub');
  const seen: Frame[] = [];
  const done = Promise.withResolvers<void>();
  const stop = player.subscribe((frame) => {
    seen.push(frame);
    if (seen.length >= 30) done.resolve();
  }, done.reject);
  await done.promise;
  stop();
  expect(player.readers).toBe(0);
  const steps = seen.slice(1).map(({ ptsUs }, index) => ptsUs - seen[index]!.ptsUs);
  expect(new Set(steps)).toEqual(new Set([100_000]));
});

test('a key picture comes at once when it is asked for', async () => {
  const player = await cameraOf().player('sub');
  const seen: boolean[] = [];
  const live = Promise.withResolvers<void>();
  let burst = Infinity;
  const stop = player.subscribe((frame) => {
    seen.push(frame.kind === 'video' && frame.key);
    if (seen.length > burst) live.resolve();
  }, live.reject);
  // What was shown since the last key picture came at once; the loop is not at its next one yet.
  burst = seen.length;
  expect(burst).toBeLessThan(20);
  player.keyPicture();
  await live.promise;
  stop();
  expect(seen[burst]).toBe(true);
});

test('a thousand cameras that nobody looks at start at once', async () => {
  const cameras = Array.from({ length: 2000 }, (_, index) => cameraOf({ number: index + 1 }));
  const begun = performance.now();
  const rtsp = await serveRtsp({ port: 0, cameras });
  onTestFinished(() => rtsp.close());
  expect(performance.now() - begun).toBeLessThan(1000);
});

describe('faults', { timeout: 30_000 }, () => {
  test('right and wrong passwords, and a camera that takes none', async () => {
    const { url } = await serve({}, true);
    const right = { username: credentials.user, password: credentials.password };
    const { frames } = await look(url, (seen) => seen.length > 0, { credentials: right });
    expect(frames.length).toBe(1);
    const wrong = await look(url, () => false, { credentials: { ...right, password: 'x' } });
    expect(wrong.closed).toMatchObject({ status: 401 });
    const stubborn = await serve({ faults: { refusesPassword: true } });
    expect((await look(stubborn.url, () => false, { credentials: right })).closed).toMatchObject({ status: 401 });
  });

  test('damaged pictures, a jump of the clock, lies in the description, a tone', async () => {
    const { url } = await serve({
      tone: true,
      faults: { garbage: true, liesInSdp: true, clockJump: { atS: 0.5, byS: 3600 } },
    });
    const { frames, tracks } = await look(url, (seen) => pictures(seen).length >= 30);
    expect(tracks.map(({ codec }) => codec)).toEqual(['h264', 'pcma']);
    expect(frames.some(({ kind }) => kind === 'audio')).toBe(true);
    const film = await cameraOf().film('sub');
    const own = new Set(film.pictures.map(({ nals }) => Buffer.from(nals.at(-1)!).toString('latin1')));
    const foreign = pictures(frames).filter(({ nals }) => !own.has(Buffer.from(nals.at(-1)!).toString('latin1')));
    expect(foreign.length).toBeGreaterThan(0);
  });

  test('another size in the middle', async () => {
    const { url } = await serve({ faults: { resizes: { everyS: 1 } } });
    const { frames } = await look(url, (seen) => {
      const sets = pictures(seen).flatMap(({ nals }) => nals.filter((nal) => (nal[0]! & 31) === 7));
      return new Set(sets.map((nal) => Buffer.from(nal).toString('hex'))).size > 1;
    });
    expect(frames.length).toBeGreaterThan(1);
  });

  test('one key picture a minute', { timeout: 60_000 }, async () => {
    const player = await cameraOf({ faults: { rareKeys: true } }).player('sub');
    const keys: boolean[] = [];
    player.subscribe(
      (frame) => keys.push(frame.kind === 'video' && frame.key),
      () => {},
    )();
    expect(keys.filter(Boolean).length).toBe(1);
    expect((await cameraOf({ faults: { rareKeys: true } }).film('sub')).pictures.filter(({ key }) => key).length).toBe(
      1,
    );
  });
});

const missing = missingPrograms('ffmpeg', 'ffprobe', 'gst-launch-1.0');
describe.skipIf(missing !== undefined)(`foreign players ${missing ?? ''}`, { timeout: 60_000 }, () => {
  test('ffprobe names it, ffmpeg decodes it by TCP and UDP without a complaint', async () => {
    const { url } = await serve();
    const child = spawn('/usr/bin/ffprobe', [
      '-v',
      'error',
      '-show_entries',
      'stream=codec_name,width,height',
      '-of',
      'csv=p=0',
      url,
    ]);
    let said = '';
    child.stdout.on('data', (data: Buffer) => (said += data.toString()));
    expect(await once(child, 'close')).toEqual([0, null]);
    expect(said.trim()).toBe('h264,640,360');
    for (const transport of ['tcp', 'udp']) {
      const args = ['-v', 'error', '-rtsp_transport', transport, '-i', url, '-t', '3', '-f', 'null', '-'];
      const player = spawn('/usr/bin/ffmpeg', ['-nostdin', ...args]);
      let complaint = '';
      player.stderr.on('data', (data: Buffer) => (complaint += data.toString()));
      expect(await once(player, 'close')).toEqual([0, null]);
      expect(complaint).toBe('');
    }
  });

  test('GStreamer plays it', async () => {
    expect(spawnSync('/usr/bin/gst-inspect-1.0', ['rtph264depay']).status).toBe(0);
    const { url } = await serve();
    const pipeline = `rtspsrc location=${url} protocols=tcp ! rtph264depay ! h264parse ! fakesink num-buffers=30`;
    const player = spawn('/usr/bin/gst-launch-1.0', ['-q', ...pipeline.split(' ')], { stdio: 'ignore' });
    onTestFinished(() => void player.kill('SIGKILL'));
    expect(await once(player, 'exit')).toEqual([0, null]);
  });
});
