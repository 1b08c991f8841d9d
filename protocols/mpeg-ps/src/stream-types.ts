import type { AudioCodec, VideoCodec } from '@wangge/codec';

/** stream_type of PSM and PMT: ISO/IEC 13818-1 table 2-34, and GB/T 28181-2022 annex C for the ones from 0x80 on. */
const types: ReadonlyMap<number, VideoCodec | AudioCodec> = new Map([
  [0x1b, 'h264'],
  [0x24, 'h265'],
  [0x0f, 'aac'],
  [0x90, 'pcma'],
  [0x91, 'pcmu'],
]);

/** The codec of a stream type; nothing for those that are not handled (SVAC, G.722.1, G.723.1, G.729, LATM). */
export function codecOfType(type: number): VideoCodec | AudioCodec | undefined {
  return types.get(type);
}

/** Pictures that are not handled: MPEG-1, MPEG-2, MPEG-4 part 2, SVAC. */
export const otherVideoTypes: ReadonlySet<number> = new Set([0x01, 0x02, 0x10, 0x80]);

/** The stream type of a codec; nothing for Opus, which a program stream has none for. */
export function typeOfCodec(codec: VideoCodec | AudioCodec): number | undefined {
  for (const [type, known] of types) if (known === codec) return type;
  return undefined;
}
