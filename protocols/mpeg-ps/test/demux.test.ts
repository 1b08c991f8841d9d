import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { PsDemuxer, TsDemuxer, openSniffed } from '../src/index.ts';
import { type Media, collector, contents, feed, makeMedia, relativeMs, slices } from './media.ts';
import { ffmpeg, ffmpegPath, ffprobePath, gst, gstPath, missing } from './peers.ts';

const skip = missing(ffmpegPath, ffprobePath);
const skipGst = skip ?? missing(gstPath);
const folder = mkdtempSync(join(tmpdir(), 'wangge-ps-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function muxByFfmpeg({ file, format }: Media, container: 'vob' | 'mpegts'): Buffer {
  return ffmpeg('-i', file, '-c', 'copy', '-bsf:v', `${format}_mp4toannexb`, '-f', container, '-');
}

function expectVideo(found: ReturnType<typeof collector>['found'], media: Media): void {
  expect(found.video.length).toBe(media.video.length);
  expect(contents(found.video, media.codec)).toEqual(contents(media.video, media.codec));
  expect(found.video.map(({ key }) => key)).toEqual(media.video.map(({ key }) => key));
  expect(relativeMs(found.video.map(({ ptsUs }) => ptsUs))).toEqual(relativeMs(media.video.map(({ ptsUs }) => ptsUs)));
  expect(relativeMs(found.video.map(({ dtsUs }) => dtsUs))).toEqual(relativeMs(media.video.map(({ dtsUs }) => dtsUs)));
  expect(found.tracks[0]).toMatchObject({ kind: 'video', codec: media.codec });
}

describe.skipIf(skip !== undefined)(`streams of ffmpeg${skip ?? ''}`, () => {
  it.each([
    { codec: 'h264', bFrames: 0, piece: 1400 },
    { codec: 'h264', bFrames: 2, piece: 1400 },
    { codec: 'h265', bFrames: 0, piece: 1400 },
    { codec: 'h264', bFrames: 0, piece: 7 },
    { codec: 'h264', bFrames: 0, piece: 1 << 20 },
  ] as const)('program stream without map: $codec, $bFrames B pictures, in pieces of $piece', (wish) => {
    const media = makeMedia(folder, wish.codec, wish.bFrames);
    const { found, options } = collector();
    const demuxer = new PsDemuxer(options);
    feed(demuxer, muxByFfmpeg(media, 'vob'), wish.piece);
    expectVideo(found, media);
    expect(demuxer.stats).toEqual({ skippedBytes: 0, losses: 0, unsupported: new Map() });
  });

  it.each([
    { codec: 'h264', bFrames: 2, piece: 1316 },
    { codec: 'h265', bFrames: 3, piece: 1316 },
    { codec: 'h264', bFrames: 0, piece: 100 },
  ] as const)('transport stream: $codec, $bFrames B pictures and AAC, in pieces of $piece', (wish) => {
    const media = makeMedia(folder, wish.codec, wish.bFrames, true);
    const { found, options } = collector();
    const demuxer = new TsDemuxer(options);
    feed(demuxer, muxByFfmpeg(media, 'mpegts'), wish.piece);
    expectVideo(found, media);
    expect(Buffer.concat(found.audio.map(({ data }) => data))).toEqual(
      Buffer.concat(media.audio.map(({ data }) => data)),
    );
    expect(demuxer.stats.losses).toBe(0);
  });

  it('finds out what it is given, whatever was announced', () => {
    const media = makeMedia(folder, 'h264');
    const streams = {
      ps: muxByFfmpeg(media, 'vob'),
      ts: muxByFfmpeg(media, 'mpegts'),
      es: ffmpeg('-i', media.file, '-c', 'copy', '-bsf:v', 'h264_mp4toannexb', '-f', 'h264', '-'),
    };
    for (const [container, stream] of Object.entries(streams)) {
      // A viewer comes in the middle, too.
      for (const from of [0, 123_457]) {
        const { found, options } = collector();
        const demuxer = openSniffed(options);
        feed(demuxer, stream.subarray(from));
        expect([container, from, demuxer.container]).toEqual([container, from, container]);
        const all = contents(media.video, 'h264');
        const got = contents(found.video, 'h264');
        expect(got.length).toBeGreaterThan(from === 0 ? 99 : 60);
        expect(got).toEqual(all.slice(-got.length));
      }
    }
  });

  it('looks again when a device goes over to another container', () => {
    const media = makeMedia(folder, 'h264');
    const { found, options } = collector();
    const demuxer = openSniffed(options);
    feed(demuxer, muxByFfmpeg(media, 'mpegts'));
    const loops = Array.from({ length: 3 }, () => muxByFfmpeg(media, 'vob'));
    feed(demuxer, Buffer.concat(loops));
    expect(demuxer.container).toBe('ps');
    expect(found.video.length).toBeGreaterThan(200);
  });

  it('goes on after a loss, and gives out whole pictures only', () => {
    const media = makeMedia(folder, 'h264');
    const known = new Set(contents(media.video, 'h264'));
    for (const [container, step] of [
      ['vob', 1400],
      ['mpegts', 1316],
    ] as const) {
      for (const told of [true, false]) {
        const stream = muxByFfmpeg(media, container);
        const { found, options } = collector();
        const demuxer = openSniffed(options);
        let lost = 0;
        for (let at = 0, i = 0; at < stream.length; at += step, i++) {
          if (i % 50 === 49) {
            lost++;
            if (told) demuxer.lost();
          } else demuxer.push(stream.subarray(at, at + step));
        }
        demuxer.flush();
        const damaged = contents(found.video, 'h264').filter((one) => !known.has(one));
        // What nobody noticed can spoil the pictures that it hit, told losses none but those cut in silence.
        expect(damaged.length).toBeLessThanOrEqual(told ? 0 : 2 * lost);
        expect(found.video.length).toBeGreaterThan(100 - 3 * lost);
        expect(lost).toBeGreaterThan(8);
      }
    }
  });
});

describe.skipIf(skipGst !== undefined)(`streams of GStreamer${skipGst ?? ''}`, () => {
  it('mpegpsmux: H.264 and AAC', () => {
    const codec = 'h264';
    const media = makeMedia(folder, codec, 0, true);
    const out = join(folder, `${codec}.ps`);
    const parts = [
      `filesrc location=${media.file} ! qtdemux name=d mpegpsmux name=m ! filesink location=${out}`,
      `d.video_0 ! queue ! ${codec}parse config-interval=-1 ! m. d.audio_0 ! queue ! aacparse ! audio/mpeg,stream-format=adts ! m.`,
    ];
    gst(parts.join(' '));
    const { found, options } = collector();
    const demuxer = openSniffed(options);
    feed(demuxer, readFileSync(out));
    expect(demuxer.container).toBe('ps');
    expect(slices(found.video, codec)).toEqual(slices(media.video, codec));
    expect(relativeMs(found.video.map(({ ptsUs }) => ptsUs))).toEqual(media.video.map((_, i) => i * 40));
    // This muxer forgets the last packet of sound at the end of a stream.
    const sound = (frames: readonly { data: Uint8Array }[]) =>
      Buffer.concat(frames.slice(0, media.audio.length - 1).map(({ data }) => data)).toString('base64');
    expect(sound(found.audio)).toBe(sound(media.audio));
  });
});
