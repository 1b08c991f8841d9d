/** AAC on RTP as MP4A-LATM with the configuration outside (cpresent=0), RFC 6416 §6. */
import type { RtpPacket } from '../packet.ts';
import { sequenceDistance } from '../sequence.ts';
import type { AudioDepayloader, SoundHandler } from './audio.ts';

const maxElementBytes = 65536;

/**
 * AudioSpecificConfig out of a StreamMuxConfig (ISO/IEC 14496-3 §1.7.3.1) of the one shape that is in use: version 0,
 * one program, one layer. Undefined for any other.
 */
export function configOfStreamMux(mux: Uint8Array): { config: Uint8Array; subFrames: number } | undefined {
  if (mux.length < 4) return undefined;
  // audioMuxVersion 1 bit, allStreamsSameTimeFraming 1, numSubFrames 6, numProgram 4, numLayer 3: 15 bits before it.
  const layers = ((mux[1]! & 0xfe) >> 1) & 7;
  if (mux[0]! >> 6 !== 1 || mux[1]! >> 4 !== 0 || layers !== 0) return undefined;
  const config = new Uint8Array(Math.min(mux.length - 2, 8));
  for (let index = 0; index < config.length; index += 1) {
    config[index] = ((mux[index + 1]! & 1) << 7) | (mux[index + 2]! >> 1);
  }
  // What follows is the frame length type; two bytes are a whole configuration of AAC-LC, five with explicit SBR.
  const explicitRate = (((config[0]! & 7) << 1) | (config[1]! >> 7)) === 15;
  return { config: config.subarray(0, explicitRate ? 5 : 2), subFrames: (mux[0]! & 63) + 1 };
}

export class LatmDepayloader implements AudioDepayloader {
  malformed = 0;
  readonly #subFrames: number;
  readonly #ticksPerUnit: number;
  readonly #onSound: SoundHandler;
  #parts: Uint8Array[] = [];
  #bytes = 0;
  #last: number | undefined;
  #intact = true;

  constructor(subFrames: number, ticksPerUnit: number, onSound: SoundHandler) {
    this.#subFrames = subFrames;
    this.#ticksPerUnit = ticksPerUnit;
    this.#onSound = onSound;
  }

  /** An audioMuxElement may be spread over packets; the marker ends it (RFC 6416 §6.1). */
  push(packet: RtpPacket): void {
    if (this.#last !== undefined && sequenceDistance(this.#last, packet.sequence) !== 1) this.#intact = false;
    this.#last = packet.sequence;
    // Whose memory it is comes to be used again.
    this.#parts.push(Buffer.from(packet.payload));
    this.#bytes += packet.payload.length;
    if (this.#bytes > maxElementBytes) {
      this.malformed += 1;
      this.#intact = false;
      this.#clear();
    }
    if (!packet.marker) return;
    if (this.#intact) this.#read(Buffer.concat(this.#parts), packet.timestamp);
    this.#intact = true;
    this.#clear();
  }

  #read(element: Buffer, timestamp: number): void {
    let at = 0;
    for (let index = 0; index < this.#subFrames && at < element.length; index += 1) {
      let size = 0;
      while (element[at] === 255) size += element[at++]!;
      size += element[at++] ?? 0;
      if (size === 0 || at + size > element.length) {
        this.malformed += 1;
        return;
      }
      this.#onSound(element.subarray(at, at + size), timestamp + index * this.#ticksPerUnit);
      at += size;
    }
  }

  #clear(): void {
    this.#parts = [];
    this.#bytes = 0;
  }
}
