import type { Frame, Track } from '@wangge/codec';
import type { UdpOptions } from '../udp-pair.ts';

/** A stream that others may read. */
export interface StreamSource {
  readonly tracks: readonly Track[];
  /**
   * Gives frames from now on, best beginning with the last key picture and what followed it.
   *
   * @returns stops it
   */
  subscribe(onFrame: (frame: Frame, track: number) => void, onEnd: () => void): () => void;
}

/** Takes what a publisher sends. */
export interface PublishSink {
  /** Before the first frame, and again when parameter sets were learned or changed. */
  onTracks(tracks: readonly Track[]): void;
  onFrame(frame: Frame, track: number, afterLoss: boolean): void;
  /** Exactly once. */
  onClosed(): void;
}

export interface StreamRequest {
  /** Without slashes at either end, decoded. */
  readonly path: string;
  readonly query: URLSearchParams;
  readonly remoteAddress: string;
}

export interface AccessRequest extends StreamRequest {
  readonly action: 'play' | 'publish';
  /** User of the Authorization header; undefined without one. */
  readonly username: string | undefined;
  /** Whether the header was made with this password (Basic, or Digest with our nonce). */
  verify(password: string): boolean;
}

/** `challenge` asks for user and password (401), `deny` refuses (403). */
export type AccessDecision = 'allow' | 'challenge' | 'deny';

export interface RtspServerOptions {
  /** Address to listen on; `127.0.0.1` unless told. */
  readonly host?: string;
  /** 0 lets the system choose. */
  readonly port: number;
  /** Ports for readers and publishers by UDP; `false` refuses UDP (461). */
  readonly udp?: UdpOptions | false;
  /** Everyone may do everything without it. */
  authorize?(request: AccessRequest): AccessDecision | Promise<AccessDecision>;
  /** Undefined: there is no such stream (404). It may take its time to begin one. */
  play?(request: StreamRequest): StreamSource | undefined | Promise<StreamSource | undefined>;
  /** Undefined: nothing may be published there (403). Called once the publisher begins to send. */
  publish?(request: StreamRequest): PublishSink | undefined | Promise<PublishSink | undefined>;
  /** 1000 unless told; more are closed at once. */
  readonly maxConnections?: number;
  /** Connections without a request, UDP sessions without a sign of life, publishers without packets; 60 s unless told. */
  readonly idleTimeoutMs?: number;
  /** A reader that is this far behind skips to the next key picture; 4 MiB unless told. */
  readonly maxQueuedBytes?: number;
  /** A reader that stays behind this long is disconnected; 10 s unless told. */
  readonly maxCongestedMs?: number;
  readonly realm?: string;
}

export interface RtspServerCounts {
  connections: number;
  readers: number;
  publishers: number;
  /** Readers that were disconnected because they stayed behind. */
  tooSlow: number;
  /** Frames that slow readers skipped. */
  skippedFrames: number;
  /** Connections refused for want of room. */
  turnedAway: number;
  /** Connections closed because they do not speak RTSP. */
  garbage: number;
}
