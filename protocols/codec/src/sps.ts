import { CodecError } from './bit-reader.ts';
import type { VideoCodec } from './frame.ts';
import { parseH264Sps } from './sps-h264.ts';
import { parseH265Sps } from './sps-h265.ts';

/** profile_tier_level of H.265 §7.3.3, as the hvcC box repeats it. */
export interface HevcProfile {
  readonly space: number;
  readonly tier: number;
  readonly profile: number;
  /** 32 flags, the first in the highest bit. */
  readonly compatibility: number;
  /** Six bytes of constraint flags. */
  readonly constraints: Uint8Array;
  readonly level: number;
  readonly temporalLayers: number;
  readonly temporalIdNested: boolean;
}

/** What a sequence parameter set tells of the pictures. */
export interface SpsInfo {
  readonly codec: VideoCodec;
  /** Pixels that are shown: cropping is taken off. */
  readonly width: number;
  readonly height: number;
  /** profile_idc */
  readonly profile: number;
  /** level_idc: ten times the level of H.264, thirty times that of H.265. */
  readonly level: number;
  /** The byte of constraint_set flags of H.264; 0 of H.265. */
  readonly constraints: number;
  /** 0 = grey, 1 = 4:2:0, 2 = 4:2:2, 3 = 4:4:4 */
  readonly chromaFormat: number;
  readonly bitDepthLuma: number;
  readonly bitDepthChroma: number;
  readonly interlaced: boolean;
  /** Width to height of one sample, when the VUI tells it. */
  readonly pixelAspect?: readonly [number, number];
  /** Pictures per second, when the VUI tells it; many cameras lie. */
  readonly frameRate?: number;
  /** How many pictures may come before one that is shown earlier; unknown when the stream does not say. */
  readonly reorderFrames?: number;
  readonly hevc?: HevcProfile;
}

/**
 * Reads the sequence parameter set of either codec.
 *
 * @throws CodecError when it is cut short or impossible
 */
export function parseSps(codec: VideoCodec, nal: Uint8Array): SpsInfo {
  if (nal.length > 4096) throw new CodecError('a parameter set of more than 4096 bytes');
  return codec === 'h264' ? parseH264Sps(nal) : parseH265Sps(nal);
}
