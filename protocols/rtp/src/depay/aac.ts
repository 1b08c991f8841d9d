/** AAC on RTP in mode AAC-hbr, RFC 3640 §3.2 and §3.3.6. */
import type { RtpPacket } from '../packet.ts';
import { sequenceDistance } from '../sequence.ts';
import type { AudioDepayloader, SoundHandler } from './audio.ts';

/** Parameters of the description; bits. */
export interface AacHeaderSizes {
  readonly sizeLength: number;
  readonly indexLength: number;
  readonly indexDeltaLength: number;
}

/** Those of AAC-hbr, which devices leave out at times. */
export const aacHbr: AacHeaderSizes = { sizeLength: 13, indexLength: 3, indexDeltaLength: 3 };

const maxUnits = 64;
const maxUnitBytes = 8191 * 8;

export class AacDepayloader implements AudioDepayloader {
  malformed = 0;
  readonly #sizes: AacHeaderSizes;
  readonly #ticksPerUnit: number;
  readonly #onSound: SoundHandler;
  #parts: Uint8Array[] = [];
  #partBytes = 0;
  #last = 0;

  /** @param ticksPerUnit 1024 samples in ticks of the RTP clock, for packets that hold several units */
  constructor(sizes: AacHeaderSizes, ticksPerUnit: number, onSound: SoundHandler) {
    this.#sizes = sizes;
    this.#ticksPerUnit = ticksPerUnit;
    this.#onSound = onSound;
  }

  push(packet: RtpPacket): void {
    const { payload } = packet;
    if (sequenceDistance(this.#last, packet.sequence) !== 1) this.#drop();
    this.#last = packet.sequence;
    const sizes = this.#readSizes(payload);
    if (sizes === undefined) {
      this.malformed += 1;
      this.#drop();
      return;
    }
    const { units, start } = sizes;
    if (units.length === 1 && units[0]! > payload.length - start) {
      this.#addFragment(payload.subarray(start), units[0]!, packet);
      return;
    }
    this.#drop();
    let at = start;
    units.forEach((size, index) => {
      if (at + size > payload.length) this.malformed += 1;
      else if (size > 0) this.#onSound(payload.subarray(at, at + size), packet.timestamp + index * this.#ticksPerUnit);
      at += size;
    });
  }

  /** Sizes of the units (§3.2.1) and where the first begins. */
  #readSizes(payload: Uint8Array): { units: number[]; start: number } | undefined {
    if (payload.length < 2) return undefined;
    const bits = (payload[0]! << 8) | payload[1]!;
    const start = 2 + ((bits + 7) >> 3);
    if (start > payload.length) return undefined;
    const { sizeLength, indexLength, indexDeltaLength } = this.#sizes;
    const units: number[] = [];
    let at = 16;
    while (at + sizeLength <= 16 + bits && units.length < maxUnits) {
      units.push(readBits(payload, at, sizeLength));
      at += sizeLength + (units.length === 1 ? indexLength : indexDeltaLength);
    }
    return units.length === 0 ? undefined : { units, start };
  }

  /** A unit that is larger than a packet: each fragment tells the whole size, the marker ends it (§3.2.3). */
  #addFragment(part: Uint8Array, size: number, packet: RtpPacket): void {
    // Whose memory it is comes to be used again.
    this.#parts.push(Buffer.from(part));
    this.#partBytes += part.length;
    if (this.#partBytes > maxUnitBytes) {
      this.malformed += 1;
      this.#drop();
    } else if (packet.marker || this.#partBytes >= size) {
      if (this.#partBytes === size) this.#onSound(Buffer.concat(this.#parts), packet.timestamp);
      else this.malformed += 1;
      this.#drop();
    }
  }

  #drop(): void {
    this.#parts = [];
    this.#partBytes = 0;
  }
}

function readBits(data: Uint8Array, at: number, count: number): number {
  let value = 0;
  for (let bit = at; bit < at + count; bit += 1) {
    value = (value << 1) | ((data[bit >> 3]! >> (7 - (bit & 7))) & 1);
  }
  return value;
}
