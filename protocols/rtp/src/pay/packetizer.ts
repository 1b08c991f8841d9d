/** Frames made into whole packets of RTP. */
import { randomBytes } from 'node:crypto';
import type { Frame } from '@wangge/codec';
import { rtpHeaderSize, writeRtpHeader } from '../packet.ts';
import { buildSenderReport, buildSourceDescription } from '../rtcp/build.ts';
import { payloadsOf } from './payloads.ts';

export interface PacketizerOptions {
  readonly payloadType: number;
  readonly clockRate: number;
  /** Random unless told, as RFC 3550 §8.1 wants it. */
  readonly ssrc?: number;
  /** Bytes of a whole packet at most, 1200 unless told. */
  readonly maxPacketSize?: number;
}

/**
 * One sender of one track. All packets of a frame carry the same stamp (GB/T 28181-2022 asks for it too), which is made
 * of `ptsUs` and a random beginning.
 */
export class RtpPacketizer {
  readonly ssrc: number;
  readonly payloadType: number;
  readonly #clockRate: number;
  readonly #maxPayload: number;
  readonly #stampOffset: number;
  #sequence: number;
  #packets = 0;
  #octets = 0;

  constructor(options: PacketizerOptions) {
    const random = randomBytes(10);
    this.ssrc = (options.ssrc ?? random.readUInt32BE(0)) >>> 0;
    this.payloadType = options.payloadType;
    this.#clockRate = options.clockRate;
    this.#maxPayload = (options.maxPacketSize ?? 1200) - rtpHeaderSize;
    this.#stampOffset = random.readUInt32BE(4);
    this.#sequence = random.readUInt16BE(8);
  }

  /** Of the packet that comes next. */
  get nextSequence(): number {
    return this.#sequence;
  }

  /** 32 bits; counts on over any number of wraps without losing exactness. */
  timestampOf(ptsUs: number): number {
    const ticks = Math.round((ptsUs * this.#clockRate) / 1e6);
    return ((ticks % 2 ** 32) + this.#stampOffset) >>> 0;
  }

  /**
   * Whole packets, one after the other in one buffer; `sizes` of each.
   *
   * @param lead bytes left free before each packet, for the framing of a connection (4 of RTSP, 2 of RFC 4571)
   */
  packetize(frame: Frame, lead = 0): { data: Buffer; sizes: readonly number[] } {
    const payloads: Uint8Array[] = [];
    const markers: boolean[] = [];
    const later: number[] = [];
    let total = 0;
    payloadsOf(frame, this.#maxPayload, (payload, marker, laterTicks) => {
      payloads.push(payload);
      markers.push(marker);
      later.push(laterTicks);
      total += lead + rtpHeaderSize + payload.length;
    });
    const data = Buffer.allocUnsafe(total);
    const { payloadType, ssrc } = this;
    const start = this.timestampOf(frame.ptsUs);
    let at = 0;
    const sizes = payloads.map((payload, index) => {
      at += lead;
      const timestamp = (start + later[index]!) >>> 0;
      writeRtpHeader(data, at, { payloadType, marker: markers[index]!, sequence: this.#sequence, timestamp, ssrc });
      data.set(payload, at + rtpHeaderSize);
      at += rtpHeaderSize + payload.length;
      this.#sequence = (this.#sequence + 1) & 0xffff;
      this.#octets += payload.length;
      return rtpHeaderSize + payload.length;
    });
    this.#packets += payloads.length;
    return { data, sizes };
  }

  /**
   * A sender report with a description (RFC 3550 §6.1) that ties the stamps of the stream's tracks to one wall clock.
   *
   * @param ptsUs a time on the stream's clock, that of the report
   * @param wallOffsetUs the wall clock (µs since 1970) minus the stream's clock, the same for all tracks of a stream
   */
  senderReportAt(ptsUs: number, wallOffsetUs: number, name: string): Buffer {
    const report = buildSenderReport({
      ssrc: this.ssrc,
      wallUs: ptsUs + wallOffsetUs,
      rtpTimestamp: this.timestampOf(ptsUs),
      packets: this.#packets,
      octets: this.#octets,
    });
    return Buffer.concat([report, buildSourceDescription(this.ssrc, name)]);
  }
}
