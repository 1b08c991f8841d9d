/** What the assembly of pictures must know of NAL units: H.264 (ITU-T H.264 §7.4.1) and H.265 (ITU-T H.265 §7.4.2.2). */
import type { VideoCodec } from '@wangge/codec';

export interface NalRules {
  readonly codec: VideoCodec;
  readonly headerSize: number;
  type(nal: Uint8Array): number;
  isSlice(type: number): boolean;
  isKey(type: number): boolean;
  /** The slice begins a picture: first_mb_in_slice = 0, or first_slice_segment_in_pic_flag. */
  beginsPicture(nal: Uint8Array): boolean;
  /** In the order in which a decoder wants them. */
  readonly parameterSets: readonly number[];
  /** Delimiters, ends of sequence and filler: no use to those who get whole pictures. */
  isDropped(type: number): boolean;
}

export const h264Rules: NalRules = {
  codec: 'h264',
  headerSize: 1,
  type: (nal) => nal[0]! & 31,
  isSlice: (type) => type >= 1 && type <= 5,
  isKey: (type) => type === 5,
  beginsPicture: (nal) => nal.length > 1 && nal[1]! > 127,
  parameterSets: [7, 8],
  isDropped: (type) => type >= 9 && type <= 12,
};

export const h265Rules: NalRules = {
  codec: 'h265',
  headerSize: 2,
  type: (nal) => (nal[0]! >> 1) & 63,
  isSlice: (type) => type <= 31,
  isKey: (type) => type >= 16 && type <= 21,
  beginsPicture: (nal) => nal.length > 2 && nal[2]! > 127,
  parameterSets: [32, 33, 34],
  isDropped: (type) => type >= 35 && type <= 38,
};

export function rulesFor(codec: VideoCodec): NalRules {
  return codec === 'h264' ? h264Rules : h265Rules;
}
