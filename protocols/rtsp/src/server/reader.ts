/** Sends a stream to one reader, who may be slow. */
import type { Socket } from 'node:net';
import type { Frame, Track } from '@wangge/codec';
import { clockRateOf, payloadTypeOf, RtpPacketizer } from '@wangge/rtp';
import type { Carrier } from './carrier.ts';
import type { RtspServerCounts } from './options.ts';

const reportEveryMs = 5000;

export interface ReaderOptions {
  readonly socket: Socket;
  readonly tracks: readonly Track[];
  readonly counts: RtspServerCounts;
  readonly maxQueuedBytes: number;
  readonly maxCongestedMs: number;
}

interface Outlet {
  readonly carrier: Carrier;
  readonly packetizer: RtpPacketizer;
}

export class Reader {
  readonly #options: ReaderOptions;
  readonly #outlets: (Outlet | undefined)[];
  readonly #hasVideo: () => boolean;
  /** Wall clock minus the stream's clock, so that players tie the tracks together. */
  #wallOffsetUs: number | undefined;
  #reportedMs = -Infinity;
  #congestedSinceMs: number | undefined;
  #waitForKey = true;

  constructor(options: ReaderOptions) {
    this.#options = options;
    this.#outlets = options.tracks.map(() => undefined);
    this.#hasVideo = () => options.tracks.some((track, index) => track.kind === 'video' && this.#outlets[index]);
  }

  add(index: number, carrier: Carrier): void {
    const track = this.#options.tracks[index]!;
    const packetizer = new RtpPacketizer({
      payloadType: payloadTypeOf(track, index),
      clockRate: clockRateOf(track),
      maxPacketSize: 1400,
    });
    this.#outlets[index]?.carrier.close();
    this.#outlets[index] = { carrier, packetizer };
  }

  get carriers(): Carrier[] {
    return this.#outlets.flatMap((outlet) => outlet?.carrier ?? []);
  }

  /** For RTP-Info (RFC 2326 §12.33): the first sequence number of each track that was set up. */
  sequences(): { index: number; sequence: number }[] {
    return this.#outlets.flatMap((outlet, index) =>
      outlet === undefined ? [] : [{ index, sequence: outlet.packetizer.nextSequence }],
    );
  }

  /** @returns false where the reader has been behind for too long and is to be disconnected */
  send(frame: Frame, index: number, nowMs: number): boolean {
    const outlet = this.#outlets[index];
    if (outlet === undefined) return true;
    if (this.#isCongested(nowMs)) {
      this.#options.counts.skippedFrames += 1;
      return nowMs - this.#congestedSinceMs! <= this.#options.maxCongestedMs;
    }
    if (this.#waitForKey && this.#hasVideo()) {
      if (frame.kind !== 'video' || !frame.key) return true;
      this.#waitForKey = false;
    }
    const { data, sizes } = outlet.packetizer.packetize(frame, outlet.carrier.lead);
    this.#report(frame, nowMs);
    outlet.carrier.sendPackets(data, sizes);
    return true;
  }

  close(): void {
    for (const carrier of this.carriers) carrier.close();
  }

  /** Behind by too much until three quarters of it are gone; then it goes on with a key picture. */
  #isCongested(nowMs: number): boolean {
    const queued = this.#options.socket.writableLength;
    const limit = this.#options.maxQueuedBytes;
    if (this.#congestedSinceMs === undefined) {
      if (queued <= limit) return false;
      this.#congestedSinceMs = nowMs;
      this.#waitForKey = true;
      return true;
    }
    if (queued > limit / 4) return true;
    this.#congestedSinceMs = undefined;
    return false;
  }

  #report(frame: Frame, nowMs: number): void {
    this.#wallOffsetUs ??= Date.now() * 1000 - frame.ptsUs;
    if (nowMs - this.#reportedMs < reportEveryMs) return;
    this.#reportedMs = nowMs;
    for (const outlet of this.#outlets) {
      outlet?.carrier.sendControl(outlet.packetizer.senderReportAt(frame.ptsUs, this.#wallOffsetUs, 'wangge'));
    }
  }
}
