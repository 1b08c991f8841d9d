import { nalRole, parseSps, type VideoCodec } from '@wangge/codec';

/**
 * How many pictures may precede a picture in decoding order and follow it in display order (B-frames), as told by the
 * sequence parameter set. Undefined where it does not say, or is garbage.
 */
export function reorderDepth(codec: VideoCodec, sets: readonly Uint8Array[]): number | undefined {
  const sps = sets.find((nal) => nalRole(codec, nal) === 'sps');
  if (sps === undefined) return undefined;
  try {
    return parseSps(codec, sps).reorderFrames;
  } catch {
    return undefined;
  }
}
