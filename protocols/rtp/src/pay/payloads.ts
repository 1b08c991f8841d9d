/** Cuts frames into payloads of RTP. */
import type { Frame, VideoCodec } from '@wangge/codec';

/**
 * Marker: of pictures the last payload, of AAC each whole unit. `laterTicks` is the distance from the frame's stamp,
 * which only pieces of G.711 have.
 */
export type PayloadSink = (payload: Uint8Array, marker: boolean, laterTicks: number) => void;

/**
 * @param maxSize bytes of one payload at most, at least 16
 * @throws RangeError for a smaller one
 */
export function payloadsOf(frame: Frame, maxSize: number, sink: PayloadSink): void {
  if (maxSize < 16) throw new RangeError('payloads of fewer than 16 bytes');
  if (frame.kind === 'video') videoPayloads(frame.codec, frame.nals, maxSize, sink);
  else if (frame.codec === 'aac') aacPayloads(frame.data, maxSize, sink);
  // G.711 may be cut anywhere; a packet of Opus may not, and is sent whole (RFC 7587 §4.2).
  else if (frame.codec === 'opus') sink(frame.data, false, 0);
  else for (let at = 0; at < frame.data.length; at += maxSize) sink(frame.data.subarray(at, at + maxSize), false, at);
}

/** Single NAL units and fragments: FU-A of RFC 6184 §5.8, FU of RFC 7798 §4.4.3. */
function videoPayloads(codec: VideoCodec, nals: readonly Uint8Array[], maxSize: number, sink: PayloadSink): void {
  nals.forEach((nal, index) => {
    const last = index === nals.length - 1;
    if (nal.length <= maxSize) sink(nal, last, 0);
    else fragment(codec, nal, maxSize, last, sink);
  });
}

function fragment(codec: VideoCodec, nal: Uint8Array, maxSize: number, last: boolean, sink: PayloadSink): void {
  const h264 = codec === 'h264';
  const head = h264 ? 1 : 2;
  const type = h264 ? nal[0]! & 31 : (nal[0]! >> 1) & 63;
  const room = maxSize - head - 1;
  for (let at = head; at < nal.length; at += room) {
    const end = Math.min(nal.length, at + room);
    const payload = Buffer.allocUnsafe(head + 1 + end - at);
    if (h264) {
      payload[0] = (nal[0]! & 0xe0) | 28;
    } else {
      payload[0] = (nal[0]! & 0x81) | (49 << 1);
      payload[1] = nal[1]!;
    }
    payload[head] = type | (at === head ? 0x80 : 0) | (end === nal.length ? 0x40 : 0);
    payload.set(nal.subarray(at, end), head + 1);
    sink(payload, last && end === nal.length, 0);
  }
}

/** AAC-hbr, one unit or a fragment of one in a packet (RFC 3640 §3.3.6). */
function aacPayloads(unit: Uint8Array, maxSize: number, sink: PayloadSink): void {
  if (unit.length > 8191) throw new RangeError('a unit of AAC of more than 8,191 bytes');
  const room = maxSize - 4;
  for (let at = 0; at < unit.length; at += room) {
    const end = Math.min(unit.length, at + room);
    const payload = Buffer.allocUnsafe(4 + end - at);
    payload.writeUInt16BE(16, 0);
    payload.writeUInt16BE(unit.length << 3, 2);
    payload.set(unit.subarray(at, end), 4);
    sink(payload, end === unit.length, 0);
  }
}
