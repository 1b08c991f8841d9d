import { mkdtempSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import { Fmp4Error, type SegmentScan, readPicture } from '../src/index.ts';
import { interleave, makeAudio, makeVideo } from './media.ts';
import { countFrames, ffmpegPath, missing, pictures } from './peers.ts';
import { openSegments, record, scanFile } from './record.ts';

const skip = missing(ffmpegPath, '/usr/bin/ffprobe');
const folder = mkdtempSync(join(tmpdir(), 'wangge-fmp4-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** What became of a damaged file; anything but a typed error is a bug. */
async function judge(bytes: Uint8Array): Promise<SegmentScan | 'refused'> {
  const file = join(folder, 'damaged.mp4');
  writeFileSync(file, bytes);
  try {
    return await scanFile(file);
  } catch (error) {
    if (error instanceof Fmp4Error) return 'refused';
    throw error;
  }
}

describe.skipIf(skip !== undefined)(`scanning${skip ?? ''}`, () => {
  const make = () => {
    const video = makeVideo(folder, { bFrames: 2, codec: 'h264' });
    const audio = makeAudio(folder, 'aac');
    const [one] = record(folder, [video.track, audio.track], interleave(video.frames, audio.frames));
    if (!one) throw new Error('nothing was recorded');
    return one;
  };

  it('finds the complete fragments of a file that was cut anywhere', async () => {
    const { bytes, file } = make();
    const { fragments, initBytes } = await scanFile(file);
    const cut = fc.integer({ min: initBytes, max: bytes.length });
    await fc.assert(
      fc.asyncProperty(cut, async (length) => {
        const scan = await judge(bytes.subarray(0, length));
        const whole = fragments.filter((one) => one.offset + one.bytes <= length);
        const end = whole.at(-1);
        expect(scan).toMatchObject({ fragments: whole, fileBytes: length });
        expect(scan).not.toMatchObject({ validBytes: 0 });
        expect(typeof scan === 'object' && scan.validBytes >= (end ? end.offset + end.bytes : initBytes)).toBe(true);
      }),
      { numRuns: 60 },
    );
    expect(await judge(bytes.subarray(0, initBytes - 1))).toBe('refused');
  });

  it('says what to cut off so that the rest plays', async () => {
    const { bytes } = make();
    const file = join(folder, 'cut.mp4');
    writeFileSync(file, bytes.subarray(0, Math.floor(bytes.length * 0.7)));
    const scan = await scanFile(file);
    truncateSync(file, scan.validBytes);
    expect(scan.indexed).toBe(false);
    expect(countFrames(file)).toBe(scan.fragments.length * 25);
  });

  it('finds a hole that a power cut left at the end', async () => {
    const { bytes, file } = make();
    const { fragments } = await scanFile(file);
    const [, , third, fourth] = fragments;
    const holed = Buffer.from(bytes.subarray(0, (fourth?.offset ?? 0) + (fourth?.bytes ?? 0)));
    holed.fill(0, (third?.offset ?? 0) + (third?.bytes ?? 0) - 1000);
    const scan = await judge(holed);
    expect(scan).toMatchObject({ fragments: fragments.slice(0, 2), validBytes: third?.offset });
  });

  it('tells where the bytes of key pictures are', async () => {
    const { bytes, file } = make();
    const { fragments } = await scanFile(file);
    const keys = fragments.flatMap(({ keyFrames }) => keyFrames);
    expect(keys.map(({ timeUs }) => Math.round((timeUs - (keys[0]?.timeUs ?? 0)) / 1000))).toEqual([
      0, 1000, 2000, 3000,
    ]);
    // An IDR behind what may stand in front of it (SEI): the types of all units in the sample.
    const types = keys.map(({ offset, bytes: length }) => nalTypes(bytes.subarray(offset, offset + length)));
    for (const one of types) expect(one).toContain(5);
  });

  it.each(['h264', 'h265'] as const)('reads a key picture of %s that any decoder understands', async (codec) => {
    const video = makeVideo(folder, { codec, bFrames: 2 });
    const [one] = record(folder, [video.track], video.frames);
    const { segments, close } = await openSegments(one ? [one] : []);
    const [segment] = segments;
    const third = segment?.scan.fragments[2]?.keyFrames[0];
    if (!segment || !third) throw new Error('nothing was recorded');
    const still = join(folder, `still.${codec}`);
    writeFileSync(still, await readPicture(segment.file, segment.scan, third));
    expect(pictures(still)).toEqual(pictures(video.file).slice(50, 51));
    const beyond = { ...third, offset: one?.bytes.length ?? 0 };
    await expect(readPicture(segment.file, segment.scan, beyond)).rejects.toMatchObject({ problem: 'cut' });
    await close();
  });

  it('survives any damage', async () => {
    const { bytes, file } = make();
    const { fragments, initBytes } = await scanFile(file);
    const heads = [0, initBytes, ...fragments.map((one) => one.offset)];
    const place = fc.tuple(fc.constantFrom(...heads), fc.nat(700)).map(([head, offset]) => head + offset);
    const damage = fc.tuple(place, fc.integer({ min: 0, max: 255 }));
    await fc.assert(
      fc.asyncProperty(fc.array(damage, { minLength: 1, maxLength: 5 }), async (damages) => {
        const broken = Buffer.from(bytes);
        for (const [at, byte] of damages) broken[at] = byte;
        const scan = await judge(broken);
        expect(scan === 'refused' || scan.validBytes <= broken.length).toBe(true);
      }),
      { numRuns: 300 },
    );
  });
});

function nalTypes(sample: Buffer): number[] {
  const types: number[] = [];
  for (let at = 0; at < sample.length; at += 4 + sample.readUInt32BE(at)) types.push((sample[at + 4] ?? 0) & 31);
  return types;
}

it('refuses what is no such file', async () => {
  await fc.assert(
    fc.asyncProperty(fc.uint8Array({ maxLength: 200 }), async (bytes) => {
      expect(await judge(bytes)).toBe('refused');
    }),
    { numRuns: 50 },
  );
});
