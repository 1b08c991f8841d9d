import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import type { AudioFrame, Frame, Track, VideoFrame } from '@wangge/codec';
import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import { EsDemuxer, PsDemuxer, PsMuxer, TsDemuxer, openSniffed } from '../src/index.ts';
import { accessUnits, collector, contents, feed, interleave, makeMedia, relativeMs, slices } from './media.ts';
import { ffmpeg, ffmpegPath, ffprobePath, gst, gstPath, missing, packets } from './peers.ts';

const skip = missing(ffmpegPath, ffprobePath);
const skipGst = skip ?? missing(gstPath);
const folder = mkdtempSync(join(tmpdir(), 'wangge-ps-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function moved(frame: Frame, byUs: number): Frame {
  const ptsUs = frame.ptsUs + byUs;
  return frame.kind === 'video' ? { ...frame, ptsUs, dtsUs: frame.dtsUs + byUs } : { ...frame, ptsUs };
}

function mux(tracks: readonly Track[], frames: readonly Frame[]): Buffer {
  const muxer = new PsMuxer(tracks);
  return Buffer.concat(frames.map((frame) => muxer.write(frame)));
}

const videoTrack = { kind: 'video', codec: 'h264', parameterSets: [Uint8Array.of(0x68, 0xce, 0x3c, 0x80)] } as const;
const sps = Uint8Array.from(Buffer.from('6742c01fd9005005bb016a02020280000003008000001e478c1924', 'hex'));

/** A picture of random bytes without anything that looks like a start code. */
const picture = fc
  .record({ key: fc.boolean(), size: fc.integer({ min: 2, max: 150_000 }), fill: fc.integer({ min: 1, max: 255 }) })
  .map(({ key, size, fill }) => {
    const nal = new Uint8Array(size + 2).fill(fill);
    nal.set([key ? 0x65 : 0x41, 0x88]);
    return { key, nal };
  });

describe('the own muxer and demultiplexer', () => {
  it('give back what they got, of any size and at any time', () => {
    const start = fc.integer({ min: -20_000_000_000, max: 2 ** 40 });
    fc.assert(
      fc.property(
        fc.array(picture, { minLength: 1, maxLength: 6 }),
        start,
        fc.integer({ min: 1, max: 9000 }),
        (list, base, piece) => {
          const frames = list.map(({ key, nal }, i): VideoFrame => {
            const time = base + i * 40_000;
            const nals = i === 0 ? [sps, ...videoTrack.parameterSets, nal] : [nal];
            return { kind: 'video', codec: 'h264', ptsUs: time, dtsUs: time, key, nals };
          });
          const { found, options } = collector();
          feed(new PsDemuxer(options), mux([videoTrack], frames), piece);
          expect(contents(found.video, 'h264')).toEqual(contents(frames, 'h264'));
          expect(relativeMs(found.video.map(({ ptsUs }) => ptsUs))).toEqual(frames.map((_, i) => i * 40));
        },
      ),
      { numRuns: 40 },
    );
  });

  it.each(['pcma', 'pcmu'] as const)('carry %s with and without pictures', (codec) => {
    const track = { kind: 'audio', codec, sampleRate: 8000, channels: 1 } as const;
    const frames = Array.from({ length: 100 }, (_, i): AudioFrame => {
      return { kind: 'audio', codec, ptsUs: i * 20_000, data: new Uint8Array(160).fill(i + 1) };
    });
    for (const tracks of [[track], [videoTrack, track]]) {
      const { found, options } = collector();
      const stream = mux(tracks, frames);
      feed(openSniffed(options), stream);
      expect(found.tracks).toEqual([track]);
      expect(found.audio.map(({ ptsUs, data }) => [ptsUs, data[0]])).toEqual(
        frames.map(({ ptsUs, data }) => [ptsUs, data[0]]),
      );
    }
  });

  it('samples of G.711 that look like AAC stay G.711', () => {
    const track = { kind: 'audio', codec: 'pcmu', sampleRate: 8000, channels: 1 } as const;
    const random = fc.uint8Array({ minLength: 157, maxLength: 157 });
    // A header of AAC whose length lies within, at, or beyond the end of the packet.
    const header = fc
      .integer({ min: 8, max: 300 })
      .map((length) => [0xff, 0xf1, 0x6c, 0x40 | (length >> 11), length >> 3, (length << 5) & 0xe0]);
    fc.assert(
      fc.property(fc.array(fc.tuple(header, random), { minLength: 1, maxLength: 20 }), (list) => {
        const frames = list
          .filter(([head]) => ((head[4] ?? 0) << 3) + ((head[5] ?? 0) >> 5) !== 163)
          .map(([head, rest], i): AudioFrame => {
            return { kind: 'audio', codec: 'pcmu', ptsUs: i * 20_000, data: Uint8Array.from([...head, ...rest]) };
          });
        const { found, options } = collector();
        feed(new PsDemuxer(options), mux([track], frames));
        expect(found.audio.map(({ codec }) => codec)).toEqual(frames.map(() => 'pcmu'));
      }),
    );
  });

  it('times go on when 33 bits are full', () => {
    const start = Math.round((2 ** 33 * 100) / 9) - 60_000;
    const codec = 'pcma';
    const track = { kind: 'audio', codec, sampleRate: 8000, channels: 1 } as const;
    const frames = Array.from({ length: 5 }, (_, i): AudioFrame => {
      return { kind: 'audio', codec, ptsUs: start + i * 20_000, data: new Uint8Array(160) };
    });
    const { found, options } = collector();
    feed(new PsDemuxer(options), mux([track], frames));
    expect(relativeMs(found.audio.map(({ ptsUs }) => ptsUs))).toEqual([0, 20, 40, 60, 80]);
  });

  it('refuses Opus, and leaves frames of another codec out', () => {
    expect(() => new PsMuxer([{ kind: 'audio', codec: 'opus', sampleRate: 48_000, channels: 2 }])).toThrow(TypeError);
    const frame = { kind: 'audio', codec: 'pcma', ptsUs: 0, data: new Uint8Array(1) } as const;
    expect(new PsMuxer([videoTrack]).write(frame).length).toBe(0);
  });

  it('a picture is given out as soon as the carrier says that it is complete', () => {
    const nals = [sps, ...videoTrack.parameterSets, Uint8Array.of(0x65, 0x88, 1)];
    const frame: VideoFrame = { kind: 'video', codec: 'h264', ptsUs: 0, dtsUs: 0, key: true, nals };
    const { found, options } = collector();
    const demuxer = new PsDemuxer(options);
    const stream = mux([videoTrack], [frame]);
    demuxer.push(stream.subarray(0, stream.length - 1));
    demuxer.flush();
    expect(found.video).toEqual([]);
    demuxer.push(stream.subarray(stream.length - 1));
    demuxer.flush();
    expect(found.video.length).toBe(1);
  });

  it('streams that are not handled are counted by type, and a map without types does no harm', () => {
    const nals = [sps, ...videoTrack.parameterSets, Uint8Array.of(0x65, 0x88, 1)];
    const frame: VideoFrame = { kind: 'video', codec: 'h264', ptsUs: 0, dtsUs: 0, key: true, nals };
    const stream = mux([videoTrack], [frame]);
    // The map's one entry: type, id. SVAC, then a type that nobody knows.
    const entry = stream.indexOf(Buffer.from([0x1b, 0xe0]));
    const outcomes = [0x80, 0x00].map((type) => {
      const changed = Buffer.from(stream);
      changed[entry] = type;
      const { found, options } = collector();
      const demuxer = new PsDemuxer(options);
      feed(demuxer, changed);
      return [found.video.length, demuxer.stats.unsupported.get(type)];
    });
    expect(outcomes).toEqual([
      [0, 1],
      [1, undefined],
    ]);
  });

  it('a device may go over from H.264 to H.265 in mid-stream', () => {
    const h264 = [sps, ...videoTrack.parameterSets, Uint8Array.of(0x65, 0x88, 1)];
    const vps = Uint8Array.from(Buffer.from('40010c01ffff01600000030090000003000003005d959809', 'hex'));
    const h265Sps = Buffer.from(
      '42010101600000030090000003000003005da00280802d165959a4932b9a020000030002000003006410',
      'hex',
    );
    const pps = Uint8Array.from(Buffer.from('4401c172b46240', 'hex'));
    const h265 = [vps, Uint8Array.from(h265Sps), pps, Uint8Array.of(0x26, 0x01, 0xaf, 1)];
    const stream = ([h264, h264, h265, h265] as const).map((nals, i) => {
      const codec = nals === h264 ? 'h264' : 'h265';
      const frame = { kind: 'video', codec, ptsUs: i * 40_000, dtsUs: i * 40_000, key: true, nals } as const;
      return mux([{ ...videoTrack, codec }], [frame]);
    });
    const { found, options } = collector();
    feed(new PsDemuxer(options), Buffer.concat(stream));
    expect(found.tracks.map(({ codec }) => codec)).toEqual(['h264', 'h265']);
    expect(found.video.map(({ codec, key }) => [codec, key])).toEqual([
      ['h264', true],
      ['h264', true],
      ['h265', true],
      ['h265', true],
    ]);
  });

  it('packets without times take the carrier’s', () => {
    const nals = [sps, ...videoTrack.parameterSets];
    const stream = (mark: number) =>
      Buffer.concat([...nals, Uint8Array.of(0x65, 0x88, mark)].flatMap((nal) => [Buffer.from([0, 0, 1]), nal]));
    const pes = (payload: Buffer) =>
      Buffer.concat([Buffer.from([0, 0, 1, 0xe0, 0, payload.length + 3, 0x80, 0, 0]), payload]);
    const ps = collector();
    const es = collector();
    const demuxers = [new PsDemuxer(ps.options), new EsDemuxer(es.options)] as const;
    [1000, 41_000, 83_000].forEach((time, i) => {
      demuxers[0].push(pes(stream(i)), time);
      demuxers[1].push(stream(i), time);
    });
    for (const demuxer of demuxers) demuxer.flush();
    expect(ps.found.video.map(({ ptsUs }) => ptsUs)).toEqual([1000, 41_000, 83_000]);
    expect(es.found.video.map(({ ptsUs }) => ptsUs)).toEqual([1000, 41_000, 83_000]);
  });
});

describe('hostile bytes', () => {
  const frame: VideoFrame = {
    kind: 'video',
    codec: 'h264',
    ptsUs: 0,
    dtsUs: 0,
    key: true,
    nals: [sps, ...videoTrack.parameterSets, new Uint8Array(300).fill(0x65)],
  };
  const real = mux([videoTrack], [frame, frame, frame]);

  it('of any kind do no harm', () => {
    const damage = fc.array(fc.tuple(fc.nat(real.length - 1), fc.integer({ min: 0, max: 255 })), { maxLength: 12 });
    const codes = fc.constantFrom('000001ba', '000001e0', '000001bc', '000001c0', '47400010', '00000167', 'ff');
    const random = fc.array(
      fc.oneof(
        codes.map((hex) => Buffer.from(hex, 'hex')),
        fc.uint8Array({ maxLength: 40 }),
      ),
    );
    fc.assert(
      fc.property(damage, random, fc.integer({ min: 1, max: 400 }), (damages, garbage, piece) => {
        const broken = Buffer.from(real);
        for (const [at, byte] of damages) broken[at] = byte;
        const stream = Buffer.concat([...garbage, broken, ...garbage, real]);
        for (const Open of [PsDemuxer, TsDemuxer, EsDemuxer]) feed(new Open(collector().options), stream, piece);
        const { found, options } = collector();
        feed(openSniffed(options), stream, piece);
        expect(found.video.length).toBeLessThanOrEqual(40);
      }),
      { numRuns: 300 },
    );
  });

  it('without end do not fill the memory', () => {
    const { options } = collector();
    const endless = [new PsDemuxer(options), new TsDemuxer(options), openSniffed(options)];
    // A PES packet without length whose payload has no start code, then zeros.
    const head = Buffer.concat([real, Buffer.from([0, 0, 1, 0xe0, 0, 0, 0x80, 0, 0, 0, 0, 1, 0x41])]);
    for (const demuxer of endless) demuxer.push(head);
    setFlagsFromString('--expose-gc');
    const collect = runInNewContext('gc') as () => void;
    collect();
    const before = process.memoryUsage().arrayBuffers;
    // The same memory again and again: what grows is what the demultiplexers hold.
    const pieces = [Buffer.alloc(64 << 10, 1), Buffer.alloc(64 << 10)];
    for (let i = 0; i < 500; i++) for (const demuxer of endless) demuxer.push(pieces[i & 1] ?? head);
    collect();
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(40 << 20);
  });
});

describe.skipIf(skipGst !== undefined)(`what others make of the own program stream${skipGst ?? ''}`, () => {
  it.each([
    { codec: 'h264', bFrames: 0 },
    { codec: 'h264', bFrames: 2 },
    { codec: 'h265', bFrames: 0 },
  ] as const)('$codec with $bFrames B pictures and AAC', ({ codec, bFrames }) => {
    const media = makeMedia(folder, codec, bFrames, true);
    const file = join(folder, `own-${codec}.ps`);
    // Not from zero: GStreamer loses pictures whose times wrap at the very start.
    const later = interleave(media.video, media.audio).map((frame) => moved(frame, 10e6));
    writeFileSync(file, mux(media.tracks, later));
    const expected = contents(media.video, codec);
    const copied = ffmpeg('-i', file, '-map', '0:v', '-c', 'copy', '-f', media.format, '-');
    expect(contents(accessUnits(codec, copied), codec)).toEqual(expected);
    const sound = ffmpeg('-i', file, '-map', '0:a', '-c', 'copy', '-f', 'adts', '-');
    const raw = Buffer.concat(media.audio.map(({ data }) => data));
    const { found, options } = collector();
    feed(new PsDemuxer(options), readFileSync(file));
    expect(Buffer.concat(found.audio.map(({ data }) => data)).equals(raw)).toBe(true);
    expect(sound.length).toBe(raw.length + 7 * media.audio.length);
    ffmpeg('-xerror', '-i', file, '-f', 'null', '-');
    const out = join(folder, `gst.${codec}`);
    const caps = `video/x-${codec},stream-format=byte-stream,alignment=au`;
    gst(`filesrc location=${file} ! mpegpsdemux ! ${codec}parse ! ${caps} ! filesink location=${out}`);
    expect(slices(accessUnits(codec, readFileSync(out)), codec)).toEqual(slices(media.video, codec));
    const times = packets(file, 'v').map(({ ptsUs }) => ptsUs);
    expect(relativeMs(times.toSorted((a, b) => a - b))).toEqual(media.video.map((_, i) => i * 40));
  });
});
