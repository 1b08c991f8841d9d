/** Packets of RTP, RFC 3550 §5.1 and §5.3.1. */

/** A header extension: its profile word (0xBEDE, 0xABAC of ONVIF replay, …) and its words. */
export interface RtpExtension {
  readonly profile: number;
  readonly data: Uint8Array;
}

export interface RtpPacket {
  readonly payloadType: number;
  readonly marker: boolean;
  /** 16 bits, wraps. */
  readonly sequence: number;
  /** 32 bits in ticks of the payload's clock, wraps. */
  readonly timestamp: number;
  readonly ssrc: number;
  readonly csrcs: readonly number[];
  readonly extension: RtpExtension | undefined;
  /** A view into the datagram or the socket's chunk, without padding: no copy. */
  readonly payload: Uint8Array;
}

/** Fields of a fixed header that is written; see {@link RtpPacket}. */
export interface RtpHeader {
  readonly payloadType: number;
  readonly marker: boolean;
  readonly sequence: number;
  readonly timestamp: number;
  readonly ssrc: number;
}

/** Bytes of the header that {@link writeRtpHeader} writes. */
export const rtpHeaderSize = 12;

const none: readonly number[] = [];

/** Reads one packet (RFC 3550 §5.1); undefined where the bytes cannot be one. */
export function parseRtp(data: Uint8Array): RtpPacket | undefined {
  const length = data.length;
  if (length < rtpHeaderSize) return undefined;
  const first = data[0]!;
  if (first >> 6 !== 2) return undefined;
  const second = data[1]!;
  const sources = first & 15;
  let start = rtpHeaderSize + sources * 4;
  let extension: RtpExtension | undefined;
  if ((first & 0x10) !== 0) {
    if (start + 4 > length) return undefined;
    const end = start + 4 + word16(data, start + 2) * 4;
    if (end > length) return undefined;
    extension = { profile: word16(data, start), data: data.subarray(start + 4, end) };
    start = end;
  }
  let end = length;
  if ((first & 0x20) !== 0) {
    const padding = data[length - 1]!;
    if (padding === 0) return undefined;
    end -= padding;
  }
  if (start > end) return undefined;
  return {
    payloadType: second & 127,
    marker: second > 127,
    sequence: word16(data, 2),
    timestamp: word32(data, 4),
    ssrc: word32(data, 8),
    csrcs: sources === 0 ? none : Array.from({ length: sources }, (_, index) => word32(data, 12 + index * 4)),
    extension,
    payload: data.subarray(start, end),
  };
}

/** Writes a fixed header of {@link rtpHeaderSize} bytes, without sources, extension and padding. */
export function writeRtpHeader(target: Uint8Array, offset: number, header: RtpHeader): void {
  const { sequence, timestamp, ssrc } = header;
  target[offset] = 0x80;
  target[offset + 1] = header.payloadType | (header.marker ? 0x80 : 0);
  target[offset + 2] = sequence >> 8;
  target[offset + 3] = sequence;
  target[offset + 4] = timestamp >>> 24;
  target[offset + 5] = timestamp >>> 16;
  target[offset + 6] = timestamp >>> 8;
  target[offset + 7] = timestamp;
  target[offset + 8] = ssrc >>> 24;
  target[offset + 9] = ssrc >>> 16;
  target[offset + 10] = ssrc >>> 8;
  target[offset + 11] = ssrc;
}

/**
 * One whole packet. With `extension`, its data must be a multiple of four bytes (RFC 3550 §5.3.1); `padding` is the
 * number of bytes that are added at the end, 0 to 255.
 */
export function buildRtp(
  header: RtpHeader,
  payload: Uint8Array,
  extras: { csrcs?: readonly number[]; extension?: RtpExtension; padding?: number } = {},
): Buffer {
  const { csrcs = none, extension, padding = 0 } = extras;
  if (extension !== undefined && extension.data.length % 4 !== 0) throw new RangeError('extension is not in words');
  if (csrcs.length > 15) throw new RangeError('more than 15 sources');
  if (padding < 0 || padding > 255) throw new RangeError('padding is not 0 to 255');
  const extensionSize = extension === undefined ? 0 : 4 + extension.data.length;
  const start = rtpHeaderSize + csrcs.length * 4 + extensionSize;
  const packet = Buffer.alloc(start + payload.length + padding);
  writeRtpHeader(packet, 0, header);
  packet[0]! |= csrcs.length | (extension === undefined ? 0 : 0x10) | (padding === 0 ? 0 : 0x20);
  csrcs.forEach((source, index) => packet.writeUInt32BE(source >>> 0, rtpHeaderSize + index * 4));
  if (extension !== undefined) {
    const at = start - extensionSize;
    packet.writeUInt16BE(extension.profile, at);
    packet.writeUInt16BE(extension.data.length / 4, at + 2);
    packet.set(extension.data, at + 4);
  }
  packet.set(payload, start);
  if (padding > 0) packet[packet.length - 1] = padding;
  return packet;
}

/**
 * Tells RTCP from RTP where both come through one port (RFC 5761 §4): payload types 64 to 95 with marker are RTCP's
 * packet types 192 to 223.
 */
export function isRtcp(data: Uint8Array): boolean {
  return data.length >= 4 && data[0]! >> 6 === 2 && data[1]! >= 192 && data[1]! <= 223;
}

function word16(data: Uint8Array, at: number): number {
  return (data[at]! << 8) | data[at + 1]!;
}

function word32(data: Uint8Array, at: number): number {
  return ((data[at]! << 24) | (data[at + 1]! << 16) | (data[at + 2]! << 8) | data[at + 3]!) >>> 0;
}
