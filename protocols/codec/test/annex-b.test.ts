import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { AccessUnitAssembler, AnnexBSplitter, joinAnnexB, splitAnnexB } from '../src/index.ts';

/** Units as an encoder writes them: never three bytes 00 00 00..03, never a zero at the end. */
const unit = fc
  .array(fc.integer({ min: 0, max: 255 }), { minLength: 1, maxLength: 40 })
  .map((bytes) => Uint8Array.from([...bytes.map((byte, i) => (byte === 0 && bytes[i - 1] === 0 ? 4 : byte)), 0x80]));

function collect(stream: Uint8Array, cuts: readonly number[], maxNalBytes?: number) {
  const found: { nal: number[]; tag: number }[] = [];
  const splitter = new AnnexBSplitter<number>({
    onNal: (nal, tag) => found.push({ nal: [...nal], tag }),
    ...(maxNalBytes !== undefined && { maxNalBytes }),
  });
  const bounds = [0, ...cuts.map((cut) => cut % (stream.length + 1)).toSorted((a, b) => a - b), stream.length];
  for (let i = 1; i < bounds.length; i++) splitter.push(stream.subarray(bounds[i - 1], bounds[i]), i - 1);
  splitter.flush();
  return { found, splitter, bounds };
}

describe('Annex B', () => {
  it('splits what it joins', () => {
    fc.assert(
      fc.property(fc.array(unit), (units) => {
        expect(splitAnnexB(joinAnnexB(units)).map((nal) => [...nal])).toEqual(units.map((nal) => [...nal]));
      }),
    );
  });

  it('splits the same when the stream is cut anywhere, with short start codes and stuffing', () => {
    const code = fc.constantFrom([0, 0, 1], [0, 0, 0, 1], [0, 0, 0, 0, 0, 1]);
    fc.assert(
      fc.property(fc.array(fc.tuple(code, unit), { minLength: 1 }), fc.array(fc.nat()), (parts, cuts) => {
        const stream = Uint8Array.from(parts.flatMap(([start, nal]) => [...start, ...nal]));
        expect(collect(stream, cuts).found.map(({ nal }) => nal)).toEqual(parts.map(([, nal]) => [...nal]));
      }),
    );
  });

  it('splits byte by byte', () => {
    const units = [Uint8Array.of(0x67, 1, 2), Uint8Array.of(0x68, 9), Uint8Array.of(0x65, 0x88, 0, 0, 3, 1)];
    const stream = joinAnnexB(units);
    const cuts = Array.from(stream, (_, i) => i);
    expect(collect(stream, cuts).found.map(({ nal }) => nal)).toEqual(units.map((nal) => [...nal]));
  });

  it('gives a unit the tag of the piece in which it begins', () => {
    const stream = joinAnnexB([
      Uint8Array.of(0x41, 0x9a, 1),
      Uint8Array.of(0x41, 0x9a, 2),
      Uint8Array.of(0x41, 0x9a, 3),
    ]);
    expect(collect(stream, [9, 14]).found.map(({ tag }) => tag)).toEqual([0, 0, 2]);
  });

  it('gives up a unit that is too long, and only that one', () => {
    const stream = joinAnnexB([new Uint8Array(100).fill(7), Uint8Array.of(0x68, 1)]);
    const { found, splitter } = collect(stream, [20, 40, 60], 50);
    expect(found.map(({ nal }) => nal)).toEqual([[0x68, 1]]);
    expect(splitter.dropped).toBe(1);
  });

  it('drops what was under way on reset', () => {
    const found: number[] = [];
    const splitter = new AnnexBSplitter<number>({ onNal: (_, tag) => found.push(tag) });
    splitter.push(Uint8Array.of(0, 0, 1, 0x41, 1), 1);
    splitter.reset();
    splitter.push(Uint8Array.of(5, 5, 0, 0, 1, 0x41, 2), 2);
    splitter.flush();
    expect(found).toEqual([2]);
  });

  it('takes any bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), fc.array(fc.nat()), (bytes, cuts) => {
        const { found } = collect(bytes, cuts, 64);
        for (const { nal } of found) expect(nal.length).toBeLessThanOrEqual(64);
      }),
    );
  });
});

describe('access units', () => {
  const h264 = { sps: [0x67], pps: [0x68], sei: [0x06, 5], aud: [0x09, 0xf0], filler: [0x0c, 0xff] };
  const slice = (first: boolean, mark: number, key = false) => [key ? 0x65 : 0x41, first ? 0x88 : 0x40, mark];

  function assemble(codec: 'h264' | 'h265', nals: readonly number[][]) {
    const units: { marks: number[][]; key: boolean; tag: number }[] = [];
    const assembler = new AccessUnitAssembler<number>({
      codec,
      onUnit: ({ nals: parts, key, tag }) => units.push({ marks: parts.map((part) => [...part]), key, tag }),
      maxNals: 10,
    });
    nals.forEach((nal, i) => assembler.push(Uint8Array.from(nal), i));
    assembler.flush();
    return { units, assembler };
  }

  it('H.264: slices of a picture stay together, sets and SEI go with the next', () => {
    const { aud, sps, pps, sei, filler } = h264;
    const { units } = assemble('h264', [
      aud,
      sps,
      pps,
      slice(true, 1, true),
      slice(false, 2, true),
      filler,
      sei,
      slice(true, 3),
      slice(true, 4),
    ]);
    expect(units).toEqual([
      { marks: [sps, pps, slice(true, 1, true), slice(false, 2, true)], key: true, tag: 0 },
      { marks: [sei, slice(true, 3)], key: false, tag: 6 },
      { marks: [slice(true, 4)], key: false, tag: 8 },
    ]);
  });

  it('H.265: likewise', () => {
    const vps = [0x40, 1];
    const idr = [0x26, 1, 0xaf];
    const second = [0x26, 1, 0x2f];
    const trail = [0x02, 1, 0xd0];
    const { units } = assemble('h265', [vps, [0x42, 1], [0x44, 1], idr, second, trail, vps, idr]);
    expect(units.map(({ marks, key }) => [marks.length, key])).toEqual([
      [5, true],
      [1, false],
      [2, true],
    ]);
  });

  it('gives up a picture of too many bytes', () => {
    const sizes: number[] = [];
    const onUnit = ({ nals }: { nals: Uint8Array[] }) => void sizes.push(nals.length);
    const assembler = new AccessUnitAssembler<undefined>({ codec: 'h264', onUnit, maxBytes: 100 });
    const part = Uint8Array.from([...slice(false, 1), ...new Uint8Array(40)]);
    for (let i = 0; i < 4; i++) assembler.push(part, undefined);
    assembler.flush();
    expect([assembler.dropped, sizes]).toEqual([1, [1]]);
  });

  it('gives up a picture of too many parts', () => {
    const { units, assembler } = assemble(
      'h264',
      Array.from({ length: 14 }, () => slice(false, 1)),
    );
    expect(assembler.dropped).toBe(1);
    expect(units.map(({ marks }) => marks.length)).toEqual([3]);
  });
});
