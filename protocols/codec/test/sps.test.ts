import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  BitReader,
  CodecError,
  codecString,
  isFirstSlice,
  isKeyNal,
  isParameterSet,
  nalRole,
  nalType,
  opensAccessUnit,
  ParameterSets,
  parseSps,
  splitAnnexB,
  unescapeNal,
} from '../src/index.ts';
import { ffmpeg, ffmpegPath, missing } from './peers.ts';

const skip = missing(ffmpegPath);

function encode(codec: 'h264' | 'h265', size: string, rate: number, ...args: string[]): Uint8Array[] {
  const input = ['-f', 'lavfi', '-i', `testsrc2=s=${size}:r=${rate}:d=1`, '-frames:v', '5', '-pix_fmt', 'yuv420p'];
  const format = codec === 'h264' ? 'h264' : 'hevc';
  return splitAnnexB(ffmpeg(...input, '-c:v', codec === 'h264' ? 'libx264' : 'libx265', ...args, '-f', format, '-'));
}

const x265 = (params = '') => ['-x265-params', `log-level=none:pools=none${params}`, '-preset', 'ultrafast'];

describe.skipIf(skip !== undefined)(`parameter sets of real encoders${skip ?? ''}`, () => {
  it.each([
    { size: '1280x720', rate: 25, args: ['-profile:v', 'baseline'], string: 'avc1.42C01F', reorder: 0 },
    { size: '1920x1080', rate: 30, args: ['-profile:v', 'main', '-bf', '2'], string: 'avc1.4D4028', reorder: 2 },
    {
      size: '354x290',
      rate: 10,
      args: ['-profile:v', 'high', '-bf', '0', '-level', '3'],
      string: 'avc1.64001E',
      reorder: 0,
    },
    { size: '640x480', rate: 25, args: ['-flags', '+ildct+ilme', '-bf', '1'], string: undefined, reorder: 1 },
  ])('H.264 $size $args', ({ size, rate, args, string, reorder }) => {
    const sets = new ParameterSets('h264', encode('h264', size, rate, ...args));
    expect(sets.complete).toBe(true);
    const sps = sets.sps();
    expect(`${sps?.width}x${sps?.height}`).toBe(size);
    expect(sps?.frameRate).toBe(rate);
    expect(sps?.reorderFrames).toBe(reorder);
    expect(sps?.pixelAspect ?? [1, 1]).toEqual([1, 1]);
    expect(sps?.interlaced).toBe(args.includes('+ildct+ilme'));
    const told = codecString({ kind: 'video', codec: 'h264', parameterSets: sets.list() });
    expect(told).toBe(string ?? told);
  });

  it.each([
    { size: '1280x720', rate: 25, params: ':bframes=0', string: 'hvc1.1.6.L93.90', reorder: 0 },
    { size: '1920x1080', rate: 15, params: ':bframes=3:b-pyramid=1', string: 'hvc1.1.6.L120.90', reorder: 2 },
    { size: '642x362', rate: 25, params: ':bframes=0:temporal-layers=1', string: undefined, reorder: undefined },
  ])('H.265 $size $params', ({ size, rate, params, string, reorder }) => {
    const nals = encode('h265', size, rate, ...x265(params));
    const sets = new ParameterSets('h265', nals);
    expect(sets.list().map((nal) => nalRole('h265', nal))).toEqual(['vps', 'sps', 'pps']);
    const sps = sets.sps();
    expect(`${sps?.width}x${sps?.height}`).toBe(size);
    expect(sps?.frameRate).toBe(rate);
    expect(sps?.reorderFrames).toBe(reorder ?? sps?.reorderFrames);
    expect(sps?.bitDepthLuma).toBe(8);
    const told = codecString({ kind: 'video', codec: 'h265', parameterSets: sets.list() });
    expect(told).toBe(string ?? told);
  });

  it('tells the kinds of units apart', () => {
    for (const codec of ['h264', 'h265'] as const) {
      const nals = encode(codec, '320x240', 25, ...(codec === 'h265' ? x265() : ['-slices', '2']));
      expect(nals.filter((nal) => isParameterSet(codec, nal)).length).toBe(codec === 'h264' ? 2 : 3);
      expect(nals.filter((nal) => isKeyNal(codec, nal)).length).toBe(codec === 'h264' ? 2 : 1);
      expect(nals.filter((nal) => isFirstSlice(codec, nal)).length).toBe(5);
      expect(nals[0] && opensAccessUnit(codec, nals[0])).toBe(true);
      expect(nalType(codec, new Uint8Array(0))).toBe(-1);
    }
  });

  it('notices a change, and only a change', () => {
    const small = encode('h264', '320x240', 25);
    const large = encode('h264', '640x480', 25);
    const sets = new ParameterSets('h264');
    expect([sets.update(small), sets.update(small), sets.update(large), sets.update(large)]).toEqual([
      true,
      false,
      true,
      false,
    ]);
    expect(sets.sps()?.width).toBe(640);
  });

  it('reads damaged sets or refuses them with a typed error', () => {
    for (const codec of ['h264', 'h265'] as const) {
      const nals = encode(codec, '320x240', 25, ...(codec === 'h265' ? x265() : []));
      const sps = nals.find((nal) => nalRole(codec, nal) === 'sps') ?? new Uint8Array();
      const damage = fc.record({
        at: fc.nat(sps.length - 1),
        byte: fc.integer({ min: 0, max: 255 }),
        keep: fc.nat(sps.length),
      });
      fc.assert(
        fc.property(fc.array(damage, { minLength: 1, maxLength: 4 }), (damages) => {
          const bytes = Uint8Array.from(sps);
          for (const { at, byte } of damages) bytes[at] = byte;
          const cut = bytes.subarray(0, damages[0]?.keep);
          const judged = judge(() => parseSps(codec, cut));
          expect(judged).toMatch(/^(read|refused)$/);
          new ParameterSets(codec).update([cut]);
        }),
      );
    }
  });
});

/** What became of a damaged set; any other error is a bug. */
function judge(read: () => { width: number; height: number }): string {
  try {
    const { width, height } = read();
    return width > 0 && height > 0 ? 'read' : 'nonsense';
  } catch (error) {
    return error instanceof CodecError ? 'refused' : String(error);
  }
}

it('refuses a parameter set of a megabyte', () => {
  expect(() => parseSps('h264', new Uint8Array(1 << 20))).toThrow(CodecError);
});

it('reads Exp-Golomb codes of H.264 table 9-2 and takes emulation prevention away', () => {
  // 1 010 011 00100 00101 then se: 010 011
  const r = new BitReader(Uint8Array.of(0b1010_0110, 0b0100_0010, 0b1010_0110));
  expect([r.ue(), r.ue(), r.ue(), r.ue(), r.ue(), r.se(), r.se()]).toEqual([0, 1, 2, 3, 4, 1, -1]);
  expect([...unescapeNal(Uint8Array.of(0x67, 0, 0, 3, 1, 0, 0, 3, 0, 0, 3), 1)]).toEqual([0, 0, 1, 0, 0, 0, 0]);
});
