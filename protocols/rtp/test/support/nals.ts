/** NAL units made up for the tests: true headers, random content. */
import fc from 'fast-check';
import type { VideoCodec } from '@wangge/codec';

/** A unit of that type whose slice begins a picture, unless told otherwise. */
export function nal(codec: VideoCodec, type: number, size: number, first = true, fill = 0xaa): Buffer {
  const head = codec === 'h264' ? [0x60 | type] : [type << 1, 1];
  const body = Buffer.alloc(Math.max(2, size), fill);
  body[0] = first ? 0x80 | (fill & 0x7f) : fill & 0x7f;
  return Buffer.concat([Buffer.from(head), body]);
}

/** Random but for their identifiers, which can be read: the filling of H.265's SPS says that it has one layer. */
export const setsOf = {
  h264: [nal('h264', 7, 20), nal('h264', 8, 4)],
  h265: [nal('h265', 32, 20), nal('h265', 33, 30, true, 0x81), nal('h265', 34, 6)],
} as const;

export const sliceTypes = { h264: { key: 5, other: 1 }, h265: { key: 19, other: 1 } } as const;

export interface MadePicture {
  readonly key: boolean;
  readonly nals: readonly Buffer[];
}

/** Pictures of one to three slices, a key picture now and then; the first is one. */
export function pictures(codec: VideoCodec): fc.Arbitrary<MadePicture[]> {
  const slices = fc.array(fc.integer({ min: 2, max: 5000 }), { minLength: 1, maxLength: 3 });
  const one = fc.record({ key: fc.boolean(), slices, fill: fc.integer({ min: 0, max: 255 }) });
  return fc.array(one, { minLength: 1, maxLength: 12 }).map((list) =>
    list.map(({ key: wanted, slices: sizes, fill }, index) => {
      const key = wanted || index === 0;
      const type = key ? sliceTypes[codec].key : sliceTypes[codec].other;
      return { key, nals: sizes.map((size, slice) => nal(codec, type, size, slice === 0, fill)) };
    }),
  );
}
