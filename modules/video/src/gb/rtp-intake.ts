/** From the packets of a device to frames: order, container, times. What a device announces of itself is a hint only. */
import type { Frame, Track } from '@wangge/codec';
import { openSniffed, type SniffedDemuxer } from '@wangge/mpeg-ps';
import {
  ClockGroup,
  isRtcp,
  type MediaClock,
  parseRtp,
  ReorderBuffer,
  type RtpPacket,
  TrackReceiver,
} from '@wangge/rtp';
import { MarkerTrust } from './marker-trust.ts';
import { TrackGate } from './track-gate.ts';

export interface IntakeOptions {
  /** False over TCP, where nothing comes out of order. */
  readonly reorder: boolean;
  onTracks(tracks: readonly Track[]): void;
  onFrame(frame: Frame): void;
  /** Encoding that the device named for a payload type: `PS`, `H264`. */
  encodingOf(payloadType: number): string | undefined;
}

/** Payload types of bare sound (RFC 3551), which some devices send beside the program stream. */
const soundTypes = new Set([0, 8]);

export class RtpIntake {
  readonly #options: IntakeOptions;
  readonly #gate: TrackGate;
  readonly #reorder: ReorderBuffer | undefined;
  readonly #clocks = new ClockGroup();
  readonly #clock: MediaClock = this.#clocks.add(90_000, true);
  readonly #trust = new MarkerTrust();
  readonly #demuxer: SniffedDemuxer;
  #bare: TrackReceiver | undefined;
  #decided = false;
  #last: RtpPacket | undefined;

  constructor(options: IntakeOptions) {
    this.#options = options;
    this.#gate = new TrackGate(options);
    this.#demuxer = openSniffed({
      onTrack: (track) => this.#gate.onTrack(track),
      onFrame: (frame) => this.#gate.onFrame(frame),
    });
    if (options.reorder) this.#reorder = new ReorderBuffer((packet) => this.#take(packet));
  }

  /** One packet of RTP (or RTCP, which is left aside). @returns false for what is neither */
  push(data: Buffer): boolean {
    if (isRtcp(data)) return true;
    const packet = parseRtp(data);
    if (!packet) return false;
    if (soundTypes.has(packet.payloadType)) return true;
    if (!this.#decided) this.#decide(packet);
    if (this.#bare) this.#bare.push(data, performance.now());
    else if (this.#reorder) this.#reorder.push(packet, performance.now());
    else this.#take(packet);
    return true;
  }

  /** Pictures without a container (RFC 6184, 7798) where the device says so and the bytes do not say otherwise. */
  #decide(packet: RtpPacket): void {
    const encoding = this.#options.encodingOf(packet.payloadType);
    const codec = encoding === 'H264' ? 'h264' : encoding === 'H265' || encoding === 'HEVC' ? 'h265' : undefined;
    const [a, b, c] = packet.payload;
    const contained = (a === 0 && b === 0 && (c === 1 || c === 0)) || a === 0x47;
    this.#decided = true;
    if (codec === undefined || contained) return;
    this.#bare = new TrackReceiver({
      format: {
        payloadType: packet.payloadType,
        clockRate: 90_000,
        donl: false,
        track: { kind: 'video', codec, parameterSets: [] },
      },
      clocks: this.#clocks,
      ...(this.#options.reorder ? { reorder: {} } : {}),
      onFrame: (frame) => this.#gate.onFrame(frame),
      onTrack: (track) => this.#gate.onTrack(track),
    });
  }

  #take(packet: RtpPacket): void {
    const last = this.#last;
    this.#last = packet;
    if (last && ((last.sequence + 1) & 0xffff) !== packet.sequence) this.#demuxer.lost();
    this.#trust.see(packet, last);
    this.#demuxer.push(packet.payload, this.#clock.toUs(packet.timestamp, performance.now() * 1000));
    if (packet.marker && this.#trust.trusted) this.#demuxer.flush();
  }
}
