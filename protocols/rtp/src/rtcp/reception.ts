/** What a receiver reports about a source: RFC 3550 §6.4.1 and appendices A.3 and A.8. */
import type { RtpPacket } from '../packet.ts';
import { sequenceDistance, timestampDistance } from '../sequence.ts';
import type { ReportBlock, SenderReport } from './parse.ts';

export class ReceptionStatistics {
  readonly #ticksPerUs: number;
  #ssrc: number | undefined;
  #base = 0;
  #highest = 0;
  #received = 0;
  #expectedBefore = 0;
  #receivedBefore = 0;
  #jitter = 0;
  #lastStamp = 0;
  #lastArrivalUs = 0;
  #lastSr = 0;
  #lastSrUs = 0;

  constructor(clockRate: number) {
    this.#ticksPerUs = clockRate / 1e6;
  }

  onPacket(packet: RtpPacket, arrivalUs: number): void {
    if (packet.ssrc !== this.#ssrc) this.#begin(packet, arrivalUs);
    this.#received += 1;
    const distance = sequenceDistance(this.#highest & 0xffff, packet.sequence);
    if (distance > 0) this.#highest += distance;
    // Packets of one picture share a stamp though they are paced: only the first of each says something of the path.
    if (packet.timestamp !== this.#lastStamp) {
      const apart = (arrivalUs - this.#lastArrivalUs) * this.#ticksPerUs;
      const difference = Math.abs(apart - timestampDistance(this.#lastStamp, packet.timestamp));
      this.#jitter += (difference - this.#jitter) / 16;
      this.#lastStamp = packet.timestamp;
      this.#lastArrivalUs = arrivalUs;
    }
  }

  onSenderReport(report: SenderReport, arrivalUs: number): void {
    this.#lastSr = report.ntpMiddle;
    this.#lastSrUs = arrivalUs;
  }

  /** Milliseconds. */
  get jitterMs(): number {
    return this.#jitter / this.#ticksPerUs / 1000;
  }

  /** The block for the next receiver report; undefined before the first packet. */
  report(nowUs: number): ReportBlock | undefined {
    if (this.#ssrc === undefined) return undefined;
    const expected = this.#highest - this.#base + 1;
    const expectedNow = expected - this.#expectedBefore;
    const lostNow = expectedNow - (this.#received - this.#receivedBefore);
    this.#expectedBefore = expected;
    this.#receivedBefore = this.#received;
    return {
      ssrc: this.#ssrc,
      fractionLost: expectedNow > 0 && lostNow > 0 ? Math.min(255, Math.floor((lostNow * 256) / expectedNow)) : 0,
      cumulativeLost: expected - this.#received,
      highestSequence: this.#highest,
      jitter: Math.floor(this.#jitter),
      lastSr: this.#lastSr,
      delaySinceLastSr: this.#lastSr === 0 ? 0 : Math.round(((nowUs - this.#lastSrUs) / 1e6) * 65536),
    };
  }

  #begin(packet: RtpPacket, arrivalUs: number): void {
    this.#ssrc = packet.ssrc;
    this.#base = packet.sequence;
    this.#highest = packet.sequence;
    this.#received = 0;
    this.#expectedBefore = 0;
    this.#receivedBefore = 0;
    this.#jitter = 0;
    this.#lastSr = 0;
    this.#lastStamp = packet.timestamp;
    this.#lastArrivalUs = arrivalUs;
  }
}
