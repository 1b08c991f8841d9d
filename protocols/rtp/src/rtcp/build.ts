/** Writes control packets of RTP, RFC 3550 §6; join them with `Buffer.concat` to a compound packet. */
import { ntpEpochS, type ReportBlock } from './parse.ts';

export interface SenderInfo {
  readonly ssrc: number;
  /** Wall clock in microseconds since 1970 at `rtpTimestamp`. */
  readonly wallUs: number;
  readonly rtpTimestamp: number;
  readonly packets: number;
  readonly octets: number;
}

export function buildSenderReport(info: SenderInfo, reports: readonly ReportBlock[] = []): Buffer {
  const packet = start(200, reports.length, 24 + reports.length * 24);
  const seconds = Math.floor(info.wallUs / 1e6);
  const fraction = Math.floor(((info.wallUs - seconds * 1e6) / 1e6) * 2 ** 32);
  packet.writeUInt32BE(info.ssrc >>> 0, 4);
  packet.writeUInt32BE((seconds + ntpEpochS) >>> 0, 8);
  packet.writeUInt32BE(fraction >>> 0, 12);
  packet.writeUInt32BE(info.rtpTimestamp >>> 0, 16);
  packet.writeUInt32BE(info.packets >>> 0, 20);
  packet.writeUInt32BE(info.octets >>> 0, 24);
  writeBlocks(packet, 28, reports);
  return packet;
}

export function buildReceiverReport(ssrc: number, reports: readonly ReportBlock[]): Buffer {
  const packet = start(201, reports.length, 4 + reports.length * 24);
  packet.writeUInt32BE(ssrc >>> 0, 4);
  writeBlocks(packet, 8, reports);
  return packet;
}

/** A description with the canonical name only, which every compound packet must have (RFC 3550 §6.1). */
export function buildSourceDescription(ssrc: number, name: string): Buffer {
  const text = Buffer.from(name).subarray(0, 255);
  // At least one zero ends the list.
  const packet = start(202, 1, (4 + 2 + text.length + 4) & ~3);
  packet.writeUInt32BE(ssrc >>> 0, 4);
  packet[8] = 1;
  packet[9] = text.length;
  packet.set(text, 10);
  return packet;
}

export function buildGoodbye(ssrc: number): Buffer {
  const packet = start(203, 1, 4);
  packet.writeUInt32BE(ssrc >>> 0, 4);
  return packet;
}

function start(packetType: number, count: number, bodySize: number): Buffer {
  if (count > 31) throw new RangeError('more than 31 reports');
  const packet = Buffer.alloc(4 + bodySize);
  packet[0] = 0x80 | count;
  packet[1] = packetType;
  packet.writeUInt16BE(bodySize / 4, 2);
  return packet;
}

function writeBlocks(packet: Buffer, offset: number, reports: readonly ReportBlock[]): void {
  reports.forEach((report, index) => {
    const at = offset + index * 24;
    packet.writeUInt32BE(report.ssrc >>> 0, at);
    packet[at + 4] = report.fractionLost;
    packet.writeIntBE(Math.max(-0x800000, Math.min(0x7fffff, report.cumulativeLost)), at + 5, 3);
    packet.writeUInt32BE(report.highestSequence >>> 0, at + 8);
    packet.writeUInt32BE(report.jitter >>> 0, at + 12);
    packet.writeUInt32BE(report.lastSr >>> 0, at + 16);
    packet.writeUInt32BE(report.delaySinceLastSr >>> 0, at + 20);
  });
}
