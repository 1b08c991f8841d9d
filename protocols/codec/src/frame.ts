/** What every protocol of this folder takes in or gives out: coded pictures and sound, with their times. */

export type VideoCodec = 'h264' | 'h265';
export type AudioCodec = 'aac' | 'pcma' | 'pcmu' | 'opus';

/**
 * One coded picture. Times are microseconds on the stream's own clock, unwrapped: they do not start at zero and
 * say nothing about the wall clock.
 */
export interface VideoFrame {
  readonly kind: 'video';
  readonly codec: VideoCodec;
  readonly ptsUs: number;
  /** Equal to `ptsUs` where pictures are sent in the order in which they are shown. */
  readonly dtsUs: number;
  /** A decoder may begin here (IDR of H.264; IDR, BLA or CRA of H.265). */
  readonly key: boolean;
  /** NAL units without start codes or lengths, in order, parameter sets of the stream included. */
  readonly nals: readonly Uint8Array[];
}

/** One or more whole packets of sound: raw AAC (no ADTS), bytes of G.711, or one packet of Opus. */
export interface AudioFrame {
  readonly kind: 'audio';
  readonly codec: AudioCodec;
  readonly ptsUs: number;
  readonly data: Uint8Array;
}

export type Frame = VideoFrame | AudioFrame;

/** What is known of a stream before its first frame. */
export interface VideoTrack {
  readonly kind: 'video';
  readonly codec: VideoCodec;
  /** Parameter sets as NAL units (H.265: VPS, SPS, PPS; H.264: SPS, PPS); empty while unknown. */
  readonly parameterSets: readonly Uint8Array[];
}

export interface AudioTrack {
  readonly kind: 'audio';
  readonly codec: AudioCodec;
  readonly sampleRate: number;
  readonly channels: number;
  /** AudioSpecificConfig (ISO/IEC 14496-3) of AAC. */
  readonly config?: Uint8Array;
}

export type Track = VideoTrack | AudioTrack;
