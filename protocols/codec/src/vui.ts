import type { BitReader } from './bit-reader.ts';

/** Table E-1, which both standards share: width to height of one sample, by aspect_ratio_idc. */
const aspects: readonly (readonly [number, number])[] = [
  [0, 0],
  [1, 1],
  [12, 11],
  [10, 11],
  [16, 11],
  [40, 33],
  [24, 11],
  [20, 11],
  [32, 11],
  [80, 33],
  [18, 11],
  [15, 11],
  [64, 33],
  [160, 99],
  [4, 3],
  [3, 2],
  [2, 1],
];

/** The first field of the VUI of both standards; nothing when it is absent, unspecified or zero. */
export function readAspectRatio(r: BitReader): readonly [number, number] | undefined {
  if (!r.flag()) return undefined;
  const idc = r.bits(8);
  const aspect = idc === 255 ? ([r.bits(16), r.bits(16)] as const) : aspects[idc];
  return aspect && aspect[0] > 0 && aspect[1] > 0 ? aspect : undefined;
}

/** Behind the aspect ratio both standards go on alike: overscan, video signal, place of the chroma samples. */
export function skipVideoSignal(r: BitReader): void {
  if (r.flag()) r.skip(1);
  if (r.flag()) {
    r.skip(4);
    if (r.flag()) r.skip(24);
  }
  if (r.flag()) {
    r.ue();
    r.ue();
  }
}
