/** Control packets of RTP, RFC 3550 §6. */

export interface ReportBlock {
  readonly ssrc: number;
  /** Loss since the last report in 256ths. */
  readonly fractionLost: number;
  /** 24 bits, signed. */
  readonly cumulativeLost: number;
  readonly highestSequence: number;
  /** In ticks of the payload's clock. */
  readonly jitter: number;
  /** Middle 32 bits of the NTP stamp of the last sender report, 0 if none. */
  readonly lastSr: number;
  /** Since that report, in 65,536ths of a second. */
  readonly delaySinceLastSr: number;
}

export interface SenderReport {
  readonly type: 'sr';
  readonly ssrc: number;
  /** Wall clock of the sender, microseconds since 1970. */
  readonly ntpUs: number;
  /** Middle 32 bits of the NTP stamp, which a receiver report gives back. */
  readonly ntpMiddle: number;
  readonly rtpTimestamp: number;
  readonly packets: number;
  readonly octets: number;
  readonly reports: readonly ReportBlock[];
}

export interface ReceiverReport {
  readonly type: 'rr';
  readonly ssrc: number;
  readonly reports: readonly ReportBlock[];
}

export interface SourceDescription {
  readonly type: 'sdes';
  /** Canonical names by source; other items are passed over. */
  readonly names: ReadonlyMap<number, string>;
}

export interface Goodbye {
  readonly type: 'bye';
  readonly sources: readonly number[];
  readonly reason: string | undefined;
}

/** Any other kind: application-defined (204), feedback (205, 206), extended reports (207). */
export interface OtherControl {
  readonly type: 'other';
  readonly packetType: number;
  readonly count: number;
  readonly body: Uint8Array;
}

export type RtcpPacket = SenderReport | ReceiverReport | SourceDescription | Goodbye | OtherControl;

/** Seconds from 1900 (NTP) to 1970. */
export const ntpEpochS = 2_208_988_800;

/**
 * Reads a compound packet (RFC 3550 §6.1). What is cut short is left out, so that a device's slip in one part does not
 * hide the others; garbage gives an empty list.
 */
export function parseRtcp(data: Uint8Array): RtcpPacket[] {
  const view = Buffer.from(data.buffer, data.byteOffset, data.byteLength);
  const packets: RtcpPacket[] = [];
  let at = 0;
  while (at + 4 <= view.length) {
    const first = view[at]!;
    if (first >> 6 !== 2) break;
    const end = at + 4 + view.readUInt16BE(at + 2) * 4;
    if (end > view.length) break;
    const padding = (first & 0x20) === 0 ? 0 : view[end - 1]!;
    const bodyEnd = Math.max(at + 4, end - padding);
    const packet = parseOne(view[at + 1]!, first & 31, view.subarray(at + 4, bodyEnd));
    if (packet !== undefined) packets.push(packet);
    at = end;
  }
  return packets;
}

function parseOne(packetType: number, count: number, body: Buffer): RtcpPacket | undefined {
  switch (packetType) {
    case 200:
      return body.length < 24 ? undefined : parseSenderReport(count, body);
    case 201:
      if (body.length < 4) return undefined;
      return { type: 'rr', ssrc: body.readUInt32BE(0), reports: parseBlocks(count, body.subarray(4)) };
    case 202:
      return { type: 'sdes', names: parseNames(count, body) };
    case 203:
      return parseGoodbye(count, body);
    default:
      return { type: 'other', packetType, count, body };
  }
}

function parseSenderReport(count: number, body: Buffer): SenderReport {
  const seconds = body.readUInt32BE(4);
  const fraction = body.readUInt32BE(8);
  return {
    type: 'sr',
    ssrc: body.readUInt32BE(0),
    ntpUs: (seconds - ntpEpochS) * 1e6 + Math.round((fraction / 2 ** 32) * 1e6),
    ntpMiddle: body.readUInt32BE(6),
    rtpTimestamp: body.readUInt32BE(12),
    packets: body.readUInt32BE(16),
    octets: body.readUInt32BE(20),
    reports: parseBlocks(count, body.subarray(24)),
  };
}

function parseBlocks(count: number, body: Buffer): ReportBlock[] {
  const blocks: ReportBlock[] = [];
  for (let at = 0; blocks.length < count && at + 24 <= body.length; at += 24) {
    blocks.push({
      ssrc: body.readUInt32BE(at),
      fractionLost: body[at + 4]!,
      cumulativeLost: body.readIntBE(at + 5, 3),
      highestSequence: body.readUInt32BE(at + 8),
      jitter: body.readUInt32BE(at + 12),
      lastSr: body.readUInt32BE(at + 16),
      delaySinceLastSr: body.readUInt32BE(at + 20),
    });
  }
  return blocks;
}

function parseNames(count: number, body: Buffer): Map<number, string> {
  const names = new Map<number, string>();
  let at = 0;
  for (let chunk = 0; chunk < count && at + 4 <= body.length; chunk += 1) {
    const ssrc = body.readUInt32BE(at);
    at += 4;
    while (at + 2 <= body.length && body[at] !== 0) {
      const end = at + 2 + body[at + 1]!;
      if (end > body.length) return names;
      if (body[at] === 1) names.set(ssrc, body.toString('utf8', at + 2, end));
      at = end;
    }
    // The list ends with a zero and is filled to a whole word.
    at = (at + 4) & ~3;
  }
  return names;
}

function parseGoodbye(count: number, body: Buffer): Goodbye {
  const known = Math.min(count, Math.floor(body.length / 4));
  const sources = Array.from({ length: known }, (_, index) => body.readUInt32BE(index * 4));
  const at = known * 4;
  const size = at < body.length ? body[at]! : 0;
  const reason = size > 0 && at + 1 + size <= body.length ? body.toString('utf8', at + 1, at + 1 + size) : undefined;
  return { type: 'bye', sources, reason };
}
