import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import { exportMp4, Fmp4Error, placeSegments, retimeFragment, sameFormat, seekFragment } from '../src/index.ts';
import { interleave, makeAudio, makeVideo, moved } from './media.ts';
import { countFrames, ffmpeg, ffmpegPath, missing, packets, pictures } from './peers.ts';
import { type Recorded, joinSegments, openSegments, record, scanFile, wallStart } from './record.ts';

const skip = missing(ffmpegPath, '/usr/bin/ffprobe');
const folder = mkdtempSync(join(tmpdir(), 'wangge-fmp4-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const out = join(folder, 'out.mp4');

async function writeExport(recorded: readonly Recorded[], fromMs: number, toMs: number) {
  const { segments, close } = await openSegments(recorded);
  try {
    const made = await exportMp4(segments, wallStart + fromMs, wallStart + toMs);
    const pieces: Buffer[] = [];
    for await (const piece of made.read()) pieces.push(piece);
    const bytes = Buffer.concat(pieces);
    await writeFile(out, bytes);
    return { made, bytes };
  } finally {
    await close();
  }
}

/** Any error but a typed one is a bug. */
function judgeRetime(fragment: Buffer): string {
  try {
    retimeFragment(fragment, new Map([[1, 90_000]]), 1);
    return 'moved';
  } catch (error) {
    return error instanceof Fmp4Error ? 'refused' : String(error);
  }
}

describe.skipIf(skip !== undefined)(`joining${skip ?? ''}`, () => {
  const make = (sound: 'aac' | 'opus' | 'pcma' = 'aac', bFrames = 0) => {
    const video = makeVideo(folder, { seconds: 6, bFrames });
    const audio = makeAudio(folder, sound, 6);
    const frames = interleave(video.frames, audio.frames);
    const tracks = [video.track, audio.track];
    return { video, audio, recorded: record(folder, tracks, frames, { segmentMs: 2000 }) };
  };

  it('makes one stream of the fragments of several segments', async () => {
    const { video, recorded } = make('aac', 2);
    const scans = await Promise.all(recorded.map(({ file }) => scanFile(file)));
    writeFileSync(out, Buffer.concat(await joinSegments(recorded)));
    expect(pictures(out)).toEqual(pictures(video.file));
    const times = packets(out, 'v').map(({ dts }) => Math.round(dts * 1000));
    expect(times).toEqual(times.map((_, i) => i * 40));
    const scan = await scanFile(out);
    expect(scan.fragments.map(({ wallMs }) => Math.round(wallMs ?? 0))).toEqual(
      scans.flatMap((one) => one.fragments.map(({ wallMs }) => Math.round(wallMs ?? 0))),
    );
  });

  it('leaves a hole as long as it was, and closes one that is only drift', async () => {
    const video = makeVideo(folder, { seconds: 2 });
    const wallOf = (late: number) => (frame: { ptsUs: number }) => wallStart + late + frame.ptsUs / 1000;
    const recorded = [0, 2300, 9000, 10_500].flatMap((late) =>
      record(folder, [video.track], video.frames, {}, wallOf(late)),
    );
    const scans = await Promise.all(recorded.map(({ file }) => scanFile(file)));
    expect(placeSegments(scans).map(({ shiftUs }) => Math.round(shiftUs / 1000))).toEqual([0, 2000, 9000, 11_000]);
  });

  it.each([
    { sound: 'aac', bFrames: 0 },
    { sound: 'opus', bFrames: 2 },
    { sound: 'pcma', bFrames: 0 },
  ] as const)('exports a range across segments with $sound and $bFrames B pictures', async ({ sound, bFrames }) => {
    const { recorded, video } = make(sound, bFrames);
    const { made, bytes } = await writeExport(recorded, 1520, 4480);
    expect(made.bytes).toBe(bytes.length);
    expect([made.startWallMs - wallStart, Math.abs(made.endWallMs - wallStart - 4480) <= 120]).toEqual([1520, true]);
    expect(bytes.indexOf('moov')).toBeLessThan(bytes.indexOf('mdat'));
    ffmpeg('-i', out, '-f', 'null', '-');
    // From the key picture at 1.0 s (plus the delay of B pictures) on everything is there,
    const lead = (video.frames[0]?.ptsUs ?? 0) / 1000;
    const all = pictures(video.file);
    const whole = pictures(out, '-ignore_editlist', '1');
    expect(whole.length).toBeGreaterThanOrEqual(Math.floor((4480 - 1000 - lead) / 40));
    // (of B pictures at the very end some may be missing)
    const sure = whole.length - bFrames;
    expect(whole.slice(0, sure)).toEqual(all.slice(25, 25 + sure));
    // and what is shown begins with the moment asked for.
    const shown = pictures(out);
    expect(shown[0]).toBe(all[Math.ceil((1520 - lead) / 40)]);
    const length = packets(out, 'a').reduce((sum, { pts }) => Math.max(sum, pts), 0);
    expect(length).toBeGreaterThan(2.8);
    expect(length).toBeLessThan(3.05);
  });

  it('exports everything, with the sound byte by byte', async () => {
    const { recorded, video, audio } = make();
    await writeExport(recorded, -1000, 60_000);
    expect(countFrames(out)).toBe(150);
    expect(pictures(out)).toEqual(pictures(video.file));
    const sound = ffmpeg('-i', out, '-map', '0:a', '-c', 'copy', '-f', 'data', '-');
    const kept = audio.frames.filter((frame) => frame.ptsUs >= 0);
    expect(sound.equals(Buffer.concat(kept.map(({ data }) => data)))).toBe(true);
  });

  it('can be read twice, and says when a file has become shorter', async () => {
    const { recorded } = make();
    const { segments, close } = await openSegments(recorded);
    const made = await exportMp4(segments, wallStart, wallStart + 5000);
    const read = async () => {
      let bytes = 0;
      for await (const piece of made.read()) bytes += piece.length;
      return bytes;
    };
    expect([await read(), await read()]).toEqual([made.bytes, made.bytes]);
    const last = recorded.at(-1)?.file ?? '';
    writeFileSync(last, (await readFile(last)).subarray(0, 2000));
    await expect(read()).rejects.toMatchObject({ problem: 'cut' });
    await close();
  });

  it('refuses what it cannot do', async () => {
    const { recorded } = make();
    await expect(writeExport(recorded, 90_000, 95_000)).rejects.toMatchObject({ problem: 'empty' });
    await expect(writeExport(recorded, 4000, 3000)).rejects.toMatchObject({ problem: 'empty' });
    const large = makeVideo(folder, { seconds: 2, size: '640x480' });
    const changed = record(folder, [large.track], moved(large.frames, 6e6));
    await expect(writeExport([...recorded, ...changed], 0, 8000)).rejects.toMatchObject({ problem: 'mixed' });
    const [first, , , second] = await Promise.all([...recorded, ...changed].map(({ file }) => scanFile(file)));
    expect(first && second && sameFormat(first, second)).toBe(false);
    expect(() => retimeFragment(Buffer.from('00000010mdat'), new Map(), 1)).toThrow(Fmp4Error);
  });

  it('moves damaged fragments or refuses them with a typed error', async () => {
    const { recorded } = make();
    const [{ bytes } = { bytes: Buffer.alloc(0) }] = recorded;
    const [fragment] = (await scanFile(recorded[0]?.file ?? '')).fragments;
    const whole = bytes.subarray(fragment?.offset ?? 0, (fragment?.offset ?? 0) + (fragment?.bytes ?? 0));
    const damage = fc.tuple(fc.nat(800), fc.integer({ min: 0, max: 255 }));
    fc.assert(
      fc.property(fc.array(damage, { minLength: 1, maxLength: 6 }), fc.nat(whole.length), (damages, keep) => {
        const broken = Buffer.from(whole.subarray(0, keep));
        for (const [at, byte] of damages) if (at < broken.length) broken[at] = byte;
        expect(judgeRetime(broken)).toMatch(/^(moved|refused)$/);
      }),
      { numRuns: 300 },
    );
  });

  it('finds the fragment to begin with', async () => {
    const { recorded } = make();
    const { fragments } = await scanFile(recorded[0]?.file ?? '');
    expect([-5000, 0, 999, 1000, 99_000].map((ms) => seekFragment(fragments, wallStart + ms))).toEqual([0, 0, 0, 1, 1]);
    expect(seekFragment([], wallStart)).toBe(-1);
  });
});
