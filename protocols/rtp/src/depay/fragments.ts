/** Puts a NAL unit together that came in fragments; the bytes are copied once, to where they stay. */

const maxNalBytes = 8 * 1024 * 1024;
/**
 * Units share memory, one after the other: a buffer for each picture costs the collector more than all the rest of the
 * way. Whoever keeps a unit keeps its neighbours, which are of the same group of pictures.
 */
const roomBytes = 128 * 1024;

export class Fragments {
  #room: Buffer = Buffer.alloc(0);
  /** Where the unit under way begins, and where it goes on. */
  #from = 0;
  #at = 0;
  #open = false;

  get open(): boolean {
    return this.#open;
  }

  /** @param header one or two bytes, rebuilt from the fragment's own */
  begin(header: Uint8Array): void {
    this.#at = this.#from;
    this.#open = true;
    this.#put(header);
  }

  /**
   * @param part is copied
   * @returns false where it grows beyond all measure; it is then dropped
   */
  add(part: Uint8Array): boolean {
    if (this.#at - this.#from + part.length > maxNalBytes) {
      this.drop();
      return false;
    }
    this.#put(part);
    return true;
  }

  end(): Buffer {
    const nal = this.#room.subarray(this.#from, this.#at);
    this.#from = this.#at;
    this.#open = false;
    return nal;
  }

  drop(): void {
    this.#at = this.#from;
    this.#open = false;
  }

  #put(part: Uint8Array): void {
    if (this.#at + part.length > this.#room.length) this.#move(part.length);
    this.#room.set(part, this.#at);
    this.#at += part.length;
  }

  /** Units that are given out stay where they are. */
  #move(more: number): void {
    const bytes = this.#at - this.#from;
    const room = Buffer.allocUnsafeSlow(Math.max(roomBytes, 2 * (bytes + more)));
    this.#room.copy(room, 0, this.#from, this.#at);
    this.#room = room;
    this.#from = 0;
    this.#at = bytes;
  }
}
