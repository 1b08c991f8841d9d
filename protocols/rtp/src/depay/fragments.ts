/** Puts a NAL unit together that came in fragments; the bytes are copied once. */

const maxNalBytes = 8 * 1024 * 1024;

export class Fragments {
  #parts: Uint8Array[] = [];
  #bytes = 0;
  #open = false;

  get open(): boolean {
    return this.#open;
  }

  /** @param header one or two bytes, rebuilt from the fragment's own */
  begin(header: Uint8Array): void {
    this.#parts = [header];
    this.#bytes = header.length;
    this.#open = true;
  }

  /** @returns false where it grows beyond all measure; it is then dropped */
  add(part: Uint8Array): boolean {
    this.#parts.push(part);
    this.#bytes += part.length;
    if (this.#bytes <= maxNalBytes) return true;
    this.drop();
    return false;
  }

  end(): Buffer {
    const nal = Buffer.allocUnsafe(this.#bytes);
    let at = 0;
    for (const part of this.#parts) {
      nal.set(part, at);
      at += part.length;
    }
    this.drop();
    return nal;
  }

  drop(): void {
    this.#parts = [];
    this.#bytes = 0;
    this.#open = false;
  }
}
