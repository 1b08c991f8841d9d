/** The frames since the last key picture: with them a newcomer sees something at once. */
import type { Frame } from '@wangge/codec';

export interface CachedFrame {
  readonly frame: Frame;
  readonly wallMs: number;
}

export class GopCache {
  readonly #maxBytes: number;
  #frames: CachedFrame[] = [];
  #bytes = 0;
  /** Nothing is kept before the first key picture, and behind a group that is too large. */
  #open = false;

  constructor(maxBytes: number) {
    this.#maxBytes = maxBytes;
  }

  get frames(): readonly CachedFrame[] {
    return this.#frames;
  }

  push(frame: Frame, wallMs: number): void {
    if (frame.kind === 'video' && frame.key) {
      this.clear();
      this.#open = true;
    }
    if (!this.#open) return;
    this.#bytes += frameBytes(frame);
    // From the middle of a group nobody can begin, so a part of it is of no use.
    if (this.#bytes > this.#maxBytes) this.clear();
    else this.#frames.push({ frame, wallMs });
  }

  clear(): void {
    this.#frames = [];
    this.#bytes = 0;
    this.#open = false;
  }
}

export function frameBytes(frame: Frame): number {
  if (frame.kind === 'audio') return frame.data.length;
  let bytes = 0;
  for (const nal of frame.nals) bytes += nal.length;
  return bytes;
}
