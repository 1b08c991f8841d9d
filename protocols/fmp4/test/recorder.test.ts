import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { type Audio, type Video, interleave, makeAudio, makeVideo, moved } from './media.ts';
import { countFrames, ffmpeg, ffmpegPath, missing, packets, pictures } from './peers.ts';
import { record, scanFile, wallStart } from './record.ts';

const skip = missing(ffmpegPath, '/usr/bin/ffprobe');
const folder = mkdtempSync(join(tmpdir(), 'wangge-fmp4-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe.skipIf(skip !== undefined)(`recording${skip ?? ''}`, () => {
  it.each([
    { codec: 'h264', bFrames: 0, audio: 'aac' },
    { codec: 'h264', bFrames: 2, audio: 'opus' },
    { codec: 'h264', bFrames: 0, audio: 'pcma' },
    { codec: 'h265', bFrames: 0, audio: 'pcmu' },
    { codec: 'h265', bFrames: 3, audio: 'aac' },
  ] as const)('$codec with $bFrames B pictures and $audio', async ({ codec, bFrames, audio: sound }) => {
    const video = makeVideo(folder, { codec, bFrames });
    const audio = makeAudio(folder, sound);
    const [one, ...more] = record(folder, [video.track, audio.track], interleave(video.frames, audio.frames));
    expect(more).toEqual([]);
    const file = one?.file ?? '';
    expect(countFrames(file)).toBe(100);
    ffmpeg('-i', file, '-f', 'null', '-');
    expect(pictures(file)).toEqual(pictures(video.file));
    expectTimes(file, video);
    expectSound(file, video, audio);
    const { fragments, indexed, validBytes } = await scanFile(file);
    expect(indexed).toBe(true);
    expect(validBytes).toBe(one?.bytes.length);
    expect(fragments.map(({ key, wallMs }) => [key, Math.round(wallMs ?? 0)])).toEqual(
      [0, 1000, 2000, 3000].map((ms) => [true, wallStart + ms + Math.round((video.frames[0]?.ptsUs ?? 0) / 1000)]),
    );
  });

  it('cuts segments at key pictures, and each plays alone', async () => {
    const video = makeVideo(folder, { bFrames: 2, seconds: 6 });
    const segments = record(folder, [video.track], video.frames, { segmentMs: 1500 });
    expect(segments.map(({ summary }) => summary.reason)).toEqual(['time', 'time', 'closed']);
    expect(segments.flatMap(({ file }) => pictures(file))).toEqual(pictures(video.file));
    const walls = segments.map(({ summary }) =>
      [summary.wallMs, summary.endWallMs].map((ms) => Math.round(ms - wallStart)),
    );
    const first = walls[0]?.[0] ?? 0;
    expect(walls.map((pair) => pair.map((ms) => ms - first))).toEqual([
      [0, 2000],
      [2000, 4000],
      [4000, 6000],
    ]);
    for (const { file, summary } of segments) {
      const scan = await scanFile(file);
      expect(scan.fragments.length).toBe(summary.fragments);
      expect(scan.fragments.map(({ keyFrames }) => keyFrames.length)).toEqual([1, 1]);
    }
  });

  it('ends a fragment without a key picture when it has lasted long enough', async () => {
    const video = makeVideo(folder, { gop: 100 });
    const [one] = record(folder, [video.track], video.frames, { maxFragmentMs: 1000 });
    const { fragments } = await scanFile(one?.file ?? '');
    expect(fragments.map(({ key }) => key)).toEqual([true, false, false, false]);
    expect(pictures(one?.file ?? '')).toEqual(pictures(video.file));
  });

  it('begins another segment when the picture changes its size', () => {
    const small = makeVideo(folder, { seconds: 2 });
    const large = makeVideo(folder, { seconds: 2, size: '640x480' });
    const segments = record(folder, [small.track], [...small.frames, ...moved(large.frames, 2e6)]);
    expect(segments.map(({ summary }) => [summary.reason, summary.width])).toEqual([
      ['format', 320],
      ['closed', 640],
    ]);
    expect(segments.flatMap(({ file }) => pictures(file))).toEqual([...pictures(small.file), ...pictures(large.file)]);
  });

  it('begins another segment when the clock jumps, and stays sound until it can', () => {
    const video = makeVideo(folder, { seconds: 4 });
    const jumping = [...video.frames.slice(0, 60), ...moved(video.frames.slice(60), -3600e6)];
    const segments = record(
      folder,
      [video.track],
      jumping,
      {},
      (frame) => wallStart + ((frame.ptsUs / 1000 + 3.6e6) % 3.6e6),
    );
    expect(segments.map(({ summary }) => summary.reason)).toEqual(['clock', 'closed']);
    expect(segments.map(({ file }) => countFrames(file))).toEqual([75, 25]);
  });

  it('keeps a pause of the camera as a pause', () => {
    const video = makeVideo(folder, { seconds: 4 });
    const paused = [...video.frames.slice(0, 50), ...moved(video.frames.slice(50), 7e6)];
    const [one, ...more] = record(folder, [video.track], paused);
    expect(more).toEqual([]);
    const times = packets(one?.file ?? '', 'v').map(({ dts }) => dts);
    expect((times[50] ?? 0) - (times[49] ?? 0)).toBeCloseTo(7.04, 3);
  });

  it('waits for a key picture and for parameter sets', () => {
    const video = makeVideo(folder, { seconds: 2 });
    const unknown = { ...video.track, parameterSets: [] };
    const [one] = record(folder, [unknown], video.frames.slice(10));
    expect(countFrames(one?.file ?? '')).toBe(25);
    expect(record(folder, [unknown], video.frames.slice(1, 20))).toEqual([]);
  });

  it('records sound alone', async () => {
    const audio = makeAudio(folder, 'aac');
    const [one] = record(folder, [audio.track], audio.frames);
    ffmpeg('-i', one?.file ?? '', '-f', 'null', '-');
    expect((await scanFile(one?.file ?? '')).leading.kind).toBe('audio');
  });

  it('leaves sound out when asked to', () => {
    const video = makeVideo(folder, { seconds: 2 });
    const audio = makeAudio(folder, 'pcma');
    const [one] = record(folder, [video.track, audio.track], interleave(video.frames, audio.frames), {
      videoOnly: true,
    });
    expect(one?.summary.codecs).toEqual(['avc1.42C00D']);
  });
});

/** Times survive to a tick of 90 kHz. */
function expectTimes(file: string, video: Video): void {
  const zero = (video.frames[0]?.dtsUs ?? 0) / 1e6;
  const got = packets(file, 'v');
  expect(got.length).toBe(video.frames.length);
  const worst = got.map(({ pts, dts }, i) => {
    const frame = video.frames[i];
    return Math.max(Math.abs(pts + zero - (frame?.ptsUs ?? 0) / 1e6), Math.abs(dts + zero - (frame?.dtsUs ?? 0) / 1e6));
  });
  expect(Math.max(...worst)).toBeLessThan(2 / 90_000);
}

function expectSound(file: string, video: Video, audio: Audio): void {
  const zero = video.frames[0]?.dtsUs ?? 0;
  const kept = audio.frames.filter((frame) => frame.ptsUs >= zero);
  const data = ffmpeg('-i', file, '-map', '0:a', '-c', 'copy', '-f', 'data', '-');
  expect(data.equals(Buffer.concat(kept.map((frame) => frame.data)))).toBe(true);
}
