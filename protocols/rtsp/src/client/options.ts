import type { Frame, Track } from '@wangge/codec';
import type { TrackStatistics } from '@wangge/rtp';
import type { Credentials } from '../digest.ts';
import type { UdpOptions } from '../udp-pair.ts';
import type { RtspClosure } from './errors.ts';

export interface RtspClientOptions {
  /** rtsp://… ; user and password may be in it. */
  readonly url: string;
  /** Preferred to those of the address. */
  readonly credentials?: Credentials;
  /** `auto`: TCP, then UDP where TCP is refused (461) or stays silent. */
  readonly transport?: 'auto' | 'tcp' | 'udp';
  /** Kinds of tracks to set up; both unless told. */
  readonly media?: readonly ('video' | 'audio')[];
  /** Asks for the way back to the camera's speaker (ONVIF Streaming Specification §5.3). */
  readonly backchannel?: boolean;
  /** Range of PLAY, `npt=0.000-` unless told; recorders take `clock=20260101T080000Z-`. */
  readonly range?: string;
  /** Scale of PLAY (RFC 2326 §12.34): speed of a recorder's playback. */
  readonly scale?: number;
  readonly udp?: UdpOptions;
  /** 5 s unless told. */
  readonly connectTimeoutMs?: number;
  /** 10 s unless told: some cameras start their encoder at DESCRIBE. */
  readonly requestTimeoutMs?: number;
  /** From PLAY to the first packet, 5 s unless told. */
  readonly firstPacketTimeoutMs?: number;
  /** Without packets, 10 s unless told. */
  readonly stallTimeoutMs?: number;
  readonly userAgent?: string;
  readonly signal?: AbortSignal;
}

export interface RtspHandlers {
  /** Before the first frame, and again when parameter sets were learned or changed; the order stays. */
  onTracks(tracks: readonly Track[]): void;
  /**
   * @param track index in the list of tracks
   * @param afterLoss pictures of that track before this one are missing
   */
  onFrame(frame: Frame, track: number, afterLoss: boolean): void;
  /** Exactly once; nothing comes after it. */
  onClosed(closure: RtspClosure): void;
}

export interface RtspStatistics {
  readonly transport: 'tcp' | 'udp' | undefined;
  /** From the beginning of the session to the answer of PLAY, and to the first packet. */
  readonly playMs: number | undefined;
  readonly firstPacketMs: number | undefined;
  readonly tracks: readonly TrackStatistics[];
  readonly backchannel: boolean;
}
