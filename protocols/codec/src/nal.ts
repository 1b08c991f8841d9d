import type { VideoCodec } from './frame.ts';

/** Types of NAL units that this package names (H.264 table 7-1). */
const h264 = {
  slice: 1,
  partitionA: 2,
  partitionC: 4,
  idr: 5,
  sei: 6,
  sps: 7,
  pps: 8,
  aud: 9,
  endOfSequence: 10,
  endOfStream: 11,
  filler: 12,
} as const;
/** H.265 table 7-1. */
const h265 = {
  bla: 16,
  lastKey: 21,
  vps: 32,
  sps: 33,
  pps: 34,
  aud: 35,
  endOfSequence: 36,
  endOfStream: 37,
  filler: 38,
  prefixSei: 39,
} as const;

/** Bytes in front of what a NAL unit holds (H.264 §7.3.1, H.265 §7.3.1.2). */
export const nalHeaderBytes: Readonly<Record<VideoCodec, number>> = { h264: 1, h265: 2 };

/** What part a NAL unit plays, whichever of the two standards it follows. */
export type NalRole = 'slice' | 'key-slice' | 'vps' | 'sps' | 'pps' | 'sei' | 'aud' | 'end' | 'filler' | 'other';

/** nal_unit_type of the first byte; -1 of an empty unit. */
export function nalType(codec: VideoCodec, nal: Uint8Array): number {
  const first = nal[0];
  if (first === undefined) return -1;
  return codec === 'h264' ? first & 0x1f : (first >> 1) & 0x3f;
}

/**
 * The part that a NAL unit plays. `key-slice` is IDR of H.264 and IRAP (BLA, IDR, CRA; types 16 to 21) of H.265.
 */
export function nalRole(codec: VideoCodec, nal: Uint8Array): NalRole {
  const type = nalType(codec, nal);
  return codec === 'h264' ? h264Role(type) : h265Role(type);
}

function h264Role(type: number): NalRole {
  if (type === h264.idr) return 'key-slice';
  if (type >= h264.slice && type <= h264.partitionC) return 'slice';
  if (type === h264.sps) return 'sps';
  if (type === h264.pps) return 'pps';
  if (type === h264.sei) return 'sei';
  if (type === h264.aud) return 'aud';
  if (type === h264.endOfSequence || type === h264.endOfStream) return 'end';
  return type === h264.filler ? 'filler' : 'other';
}

function h265Role(type: number): NalRole {
  if (type >= h265.bla && type <= h265.lastKey) return 'key-slice';
  if (type >= 0 && type <= 9) return 'slice';
  if (type === h265.vps) return 'vps';
  if (type === h265.sps) return 'sps';
  if (type === h265.pps) return 'pps';
  if (type === h265.aud) return 'aud';
  if (type === h265.prefixSei || type === h265.prefixSei + 1) return 'sei';
  if (type === h265.endOfSequence || type === h265.endOfStream) return 'end';
  return type === h265.filler ? 'filler' : 'other';
}

/** Whether a picture that holds this unit is one at which a decoder may begin. */
export function isKeyNal(codec: VideoCodec, nal: Uint8Array): boolean {
  return nalRole(codec, nal) === 'key-slice';
}

/** VPS, SPS or PPS. */
export function isParameterSet(codec: VideoCodec, nal: Uint8Array): boolean {
  const role = nalRole(codec, nal);
  return role === 'sps' || role === 'pps' || role === 'vps';
}

/**
 * Whether this slice is the first of its picture: first_mb_in_slice = 0 (H.264 §7.3.3; ue(v) zero is a single set
 * bit), first_slice_segment_in_pic_flag (H.265 §7.3.6.1). Partitions B and C of H.264 never are.
 */
export function isFirstSlice(codec: VideoCodec, nal: Uint8Array): boolean {
  const type = nalType(codec, nal);
  if (codec === 'h264') {
    return (type === h264.slice || type === h264.partitionA || type === h264.idr) && (nal[1] ?? 0) >= 0x80;
  }
  return type >= 0 && type <= h265.lastKey && (nal[2] ?? 0) >= 0x80;
}

/**
 * Whether a unit that follows a slice can only belong to the next access unit (H.264 §7.4.1.2.3, H.265 §7.4.2.4.4).
 */
export function opensAccessUnit(codec: VideoCodec, nal: Uint8Array): boolean {
  const type = nalType(codec, nal);
  if (codec === 'h264') return (type >= h264.sei && type <= h264.aud) || (type >= 14 && type <= 18);
  const open = (type >= h265.vps && type <= h265.aud) || type === h265.prefixSei;
  return open || (type >= 41 && type <= 44) || (type >= 48 && type <= 55);
}
