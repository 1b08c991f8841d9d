/** Feeds a SourceBuffer, which takes one piece at a time and throws when its room is full. */

export interface AppendTarget {
  readonly updating: boolean;
  readonly buffered: { readonly length: number; start(i: number): number; end(i: number): number };
  appendBuffer(data: ArrayBuffer | Uint8Array<ArrayBuffer>): void;
  remove(start: number, end: number): void;
  addEventListener(type: 'updateend' | 'error', listener: () => void): void;
}

/** So much that waits means that the player cannot follow: what is older is worth nothing any more. */
const mostWaitingBytes = 24 * 1024 * 1024;

export class AppendQueue {
  readonly #target: AppendTarget;
  readonly #onFull: () => void;
  #waiting: (ArrayBuffer | (() => void))[] = [];
  #waitingBytes = 0;
  #dropBeforeS: number | null = null;

  /** @param onFull the browser's room is used up although old picture was dropped, or the player cannot follow */
  constructor(target: AppendTarget, onFull: () => void) {
    this.#target = target;
    this.#onFull = onFull;
    target.addEventListener('updateend', () => this.#pump());
  }

  push(data: ArrayBuffer): void {
    this.#waiting.push(data);
    this.#waitingBytes += data.byteLength;
    if (this.#waitingBytes > mostWaitingBytes) {
      this.clear();
      this.#onFull();
      return;
    }
    this.#pump();
  }
  /** Runs when everything before it has been taken: a change of type, another offset. */
  after(step: () => void): void {
    this.#waiting.push(step);
    this.#pump();
  }
  dropBefore(atS: number): void {
    this.#dropBeforeS = atS;
    this.#pump();
  }
  clear(): void {
    this.#waiting = [];
    this.#waitingBytes = 0;
  }

  #pump(): void {
    const { updating, buffered } = this.#target;
    if (updating) return;
    try {
      const dropS = this.#dropBeforeS;
      this.#dropBeforeS = null;
      if (dropS !== null && buffered.length > 0 && buffered.start(0) < dropS) {
        this.#target.remove(buffered.start(0), dropS);
        return;
      }
      while (typeof this.#waiting[0] === 'function') {
        (this.#waiting.shift() as () => void)();
        // A step may have begun to remove something.
        if (this.#target.updating) return;
      }
      const pieces: ArrayBuffer[] = [];
      while (this.#waiting[0] instanceof ArrayBuffer) pieces.push(this.#waiting.shift() as ArrayBuffer);
      if (pieces.length === 0) return;
      const data = joined(pieces);
      this.#waitingBytes -= data.byteLength;
      this.#target.appendBuffer(data);
    } catch {
      // Full, or the element is in error: in both cases a new start is the way on.
      this.clear();
      this.#onFull();
    }
  }
}

/** What came while the last piece was taken goes in together: one append is cheaper than ten. */
function joined(pieces: readonly ArrayBuffer[]): Uint8Array<ArrayBuffer> {
  const all = new Uint8Array(pieces.reduce((sum, piece) => sum + piece.byteLength, 0));
  let at = 0;
  for (const piece of pieces) {
    all.set(new Uint8Array(piece), at);
    at += piece.byteLength;
  }
  return all;
}
