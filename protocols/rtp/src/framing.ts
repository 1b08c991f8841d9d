/**
 * RTP and RTCP over a connection, RFC 4571 §2: two bytes of length, then the packet. GB/T 28181-2016 §C and -2022
 * annex D use it for TCP.
 */

/** Cuts a byte stream into packets; memory is bounded by one packet of 65,535 bytes. */
export class Rfc4571Splitter {
  readonly #onPacket: (packet: Buffer) => void;
  #head: number | undefined;
  #partial: Buffer | undefined;
  #filled = 0;

  /** @param onPacket gets views into the chunk where a packet lies in one, else a buffer of its own */
  constructor(onPacket: (packet: Buffer) => void) {
    this.#onPacket = onPacket;
  }

  push(chunk: Buffer): void {
    let at = 0;
    while (at < chunk.length) {
      if (this.#partial !== undefined) {
        at += this.#fill(this.#partial, chunk, at);
        continue;
      }
      let length: number;
      if (this.#head !== undefined) {
        length = (this.#head << 8) | chunk[at++]!;
        this.#head = undefined;
      } else if (chunk.length - at === 1) {
        this.#head = chunk[at]!;
        return;
      } else {
        length = chunk.readUInt16BE(at);
        at += 2;
      }
      if (length === 0) continue;
      if (at + length <= chunk.length) {
        this.#onPacket(chunk.subarray(at, at + length));
        at += length;
      } else {
        this.#partial = Buffer.allocUnsafe(length);
        this.#filled = 0;
      }
    }
  }

  #fill(partial: Buffer, chunk: Buffer, at: number): number {
    const copied = chunk.copy(partial, this.#filled, at);
    this.#filled += copied;
    if (this.#filled === partial.length) {
      this.#partial = undefined;
      this.#onPacket(partial);
    }
    return copied;
  }
}

/** One packet with its length before it. */
export function frameRfc4571(packet: Uint8Array): Buffer {
  if (packet.length > 65535) throw new RangeError('a packet of more than 65,535 bytes');
  const framed = Buffer.allocUnsafe(2 + packet.length);
  framed.writeUInt16BE(packet.length, 0);
  framed.set(packet, 2);
  return framed;
}
