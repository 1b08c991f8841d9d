/** A camera and a clock that do what a test says. */
import type { Frame, Track } from '@wangge/codec';
import type { OpenSource, SourceHandlers, SourceTarget } from '../../../src/media/hub.ts';
import type { MediaTimers } from '../../../src/media/timers.ts';

export class ScriptedTimers implements MediaTimers {
  #nowMs = 0;
  #due: { readonly atMs: number; readonly run: () => void }[] = [];

  nowMs(): number {
    return this.#nowMs;
  }
  after(ms: number, run: () => void): () => void {
    const one = { atMs: this.#nowMs + ms, run };
    this.#due.push(one);
    return () => void (this.#due = this.#due.filter((other) => other !== one));
  }
  advance(ms: number): void {
    this.#nowMs += ms;
    for (const one of this.#due.filter(({ atMs }) => atMs <= this.#nowMs)) {
      this.#due = this.#due.filter((other) => other !== one);
      one.run();
    }
  }
}

export interface Pull {
  readonly target: SourceTarget;
  readonly handlers: SourceHandlers;
  closed: boolean;
  keysAsked: number;
  hurried: number;
}

export function scriptedSource(): { readonly open: OpenSource; readonly pulls: Pull[] } {
  const pulls: Pull[] = [];
  const open: OpenSource = (target, handlers) => {
    const pull: Pull = { target, handlers, closed: false, keysAsked: 0, hurried: 0 };
    pulls.push(pull);
    return {
      requestKey: () => void pull.keysAsked++,
      hurry: () => void pull.hurried++,
      close: () => void (pull.closed = true),
    };
  };
  return { open, pulls };
}

/** 320 by 240, baseline. */
const sets = ['Z0LAHtkDxWhAAAADAEAAAAwDxYuS', 'aMuMsg=='].map((text) => Buffer.from(text, 'base64'));
export const tracks: readonly Track[] = [{ kind: 'video', codec: 'h264', parameterSets: sets }];

/** The n-th picture of a stream of 25 a second. */
export function picture(n: number, { key = false, bytes = 100 } = {}): Frame {
  const slice = Buffer.alloc(bytes, n % 256);
  slice[0] = key ? 0x65 : 0x41;
  return {
    kind: 'video',
    codec: 'h264',
    ptsUs: n * 40_000,
    dtsUs: n * 40_000,
    key,
    nals: key ? [...sets, slice] : [slice],
  };
}
