/** H.265 on RTP, RFC 7798: single NAL units, AP (§4.4.2) and FU (§4.4.3). */
import type { Fragments } from './fragments.ts';
import type { PictureAssembler, PictureHandlers } from './picture-assembler.ts';
import { VideoDepayloader } from './video-depayloader.ts';

const aggregate = 48;
const fragment = 49;

/**
 * @param sets parameter sets of the description (sprop-vps, sprop-sps, sprop-pps)
 * @param donl decoding order numbers are in the packets (sprop-max-don-diff > 0); they are passed over, since packets
 *   that are sent in another order than that of decoding have not been met
 */
export function createH265Depayloader(
  sets: readonly Uint8Array[],
  handlers: PictureHandlers,
  donl = false,
): VideoDepayloader {
  const order = donl ? 2 : 0;
  return new VideoDepayloader(
    'h265',
    (payload, assembler, fragments) => readH265(payload, assembler, fragments, order),
    sets,
    handlers,
  );
}

function readH265(payload: Uint8Array, assembler: PictureAssembler, fragments: Fragments, order: number): void {
  if (payload.length < 3 + order) return assembler.malformed();
  const type = (payload[0]! >> 1) & 63;
  if (type === fragment) return readFragment(payload, assembler, fragments, order);
  if (fragments.open) {
    fragments.drop();
    assembler.malformed();
  }
  if (type < aggregate) assembler.view(order === 0 ? payload : without(payload, 2, order));
  else if (type === aggregate) readAggregate(payload, assembler, order);
  else assembler.malformed();
}

function readFragment(payload: Uint8Array, assembler: PictureAssembler, fragments: Fragments, order: number): void {
  const header = payload[2]!;
  const begins = (header & 0x80) !== 0;
  if (begins) {
    if (fragments.open) assembler.malformed();
    fragments.begin(Uint8Array.of((payload[0]! & 0x81) | ((header & 63) << 1), payload[1]!));
  } else if (!fragments.open) {
    return assembler.malformed();
  }
  if (!fragments.add(payload.subarray(begins ? 3 + order : 3))) return assembler.malformed();
  if ((header & 0x40) !== 0) assembler.nal(fragments.end());
}

function readAggregate(payload: Uint8Array, assembler: PictureAssembler, order: number): void {
  let at = 2 + order;
  while (at + 2 <= payload.length) {
    const size = (payload[at]! << 8) | payload[at + 1]!;
    at += 2;
    if (at + size > payload.length) return assembler.malformed();
    if (size > 0) assembler.view(payload.subarray(at, at + size));
    // Units after the first have the difference of their order number (one byte) before their size.
    at += size + (order === 0 ? 0 : 1);
  }
}

function without(payload: Uint8Array, at: number, count: number): Uint8Array {
  return Buffer.concat([payload.subarray(0, at), payload.subarray(at + count)]);
}
