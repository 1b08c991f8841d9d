/** H.264 on RTP, RFC 6184: single NAL units, STAP-A (§5.7.1) and FU-A (§5.8). */
import type { Fragments } from './fragments.ts';
import type { PictureAssembler, PictureHandlers } from './picture-assembler.ts';
import { VideoDepayloader } from './video-depayloader.ts';

const stapA = 24;
const fuA = 28;

/** @param sets parameter sets of the description (sprop-parameter-sets), put before key pictures that lack them */
export function createH264Depayloader(sets: readonly Uint8Array[], handlers: PictureHandlers): VideoDepayloader {
  return new VideoDepayloader('h264', readH264, sets, handlers);
}

function readH264(payload: Uint8Array, assembler: PictureAssembler, fragments: Fragments): void {
  const type = payload[0]! & 31;
  if (type === fuA) {
    readFragment(payload, assembler, fragments);
    return;
  }
  if (fragments.open) {
    fragments.drop();
    assembler.malformed();
  }
  if (type >= 1 && type <= 23) assembler.view(payload);
  else if (type === stapA) readAggregate(payload, assembler);
  // Interleaved mode (STAP-B, MTAP, FU-B) is never offered to us: packetization-mode 2 has no known camera.
  else assembler.malformed();
}

function readFragment(payload: Uint8Array, assembler: PictureAssembler, fragments: Fragments): void {
  if (payload.length < 3) return assembler.malformed();
  const header = payload[1]!;
  if ((header & 0x80) !== 0) {
    if (fragments.open) assembler.malformed();
    fragments.begin(Uint8Array.of((payload[0]! & 0xe0) | (header & 31)));
  } else if (!fragments.open) {
    return assembler.malformed();
  }
  if (!fragments.add(payload.subarray(2))) return assembler.malformed();
  if ((header & 0x40) !== 0) assembler.nal(fragments.end());
}

function readAggregate(payload: Uint8Array, assembler: PictureAssembler): void {
  let at = 1;
  while (at + 2 <= payload.length) {
    const size = (payload[at]! << 8) | payload[at + 1]!;
    at += 2;
    if (at + size > payload.length) return assembler.malformed();
    if (size > 0) assembler.view(payload.subarray(at, at + size));
    at += size;
  }
}
