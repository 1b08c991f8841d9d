/** Plays an address in a test and waits for what comes. */
import type { AudioFrame, Frame, Track, VideoFrame } from '@wangge/codec';
import { onTestFinished } from 'vitest';
import { RtspSession, type RtspClientOptions, type RtspClosure } from '../../src/index.ts';

export class Watch {
  readonly session: RtspSession;
  readonly video: VideoFrame[] = [];
  readonly audio: AudioFrame[] = [];
  tracks: readonly Track[] = [];
  losses = 0;
  closure: RtspClosure | undefined;
  #waiters: { readonly ready: () => boolean; readonly resolve: () => void }[] = [];

  constructor(options: RtspClientOptions) {
    // A machine under load lets encoders pause: only tests of stalling want to be told so soon.
    this.session = new RtspSession(
      { stallTimeoutMs: 40_000, ...options },
      {
        onTracks: (tracks) => {
          this.tracks = tracks;
        },
        onFrame: (frame: Frame, _track, afterLoss) => {
          if (frame.kind === 'video') this.video.push(frame);
          else this.audio.push(frame);
          if (afterLoss) this.losses += 1;
          this.#wake();
        },
        onClosed: (closure) => {
          this.closure = closure;
          this.#wake();
        },
      },
    );
    onTestFinished(() => this.session.close());
  }

  /** @throws Error where the session ends before it comes true */
  async until(ready: (watch: Watch) => boolean): Promise<void> {
    await this.#wait(() => ready(this) || this.closure !== undefined);
    if (!ready(this)) throw new Error(`closed: ${JSON.stringify(this.closure)}`);
  }

  async closed(): Promise<RtspClosure> {
    await this.#wait(() => this.closure !== undefined);
    return this.closure!;
  }

  /** The pictures as a byte stream with start codes. */
  annexB(): Buffer {
    const code = Buffer.of(0, 0, 0, 1);
    return Buffer.concat(this.video.flatMap((frame) => frame.nals.flatMap((nal) => [code, nal])));
  }

  #wait(ready: () => boolean): Promise<void> {
    if (ready()) return Promise.resolve();
    return new Promise((resolve) => this.#waiters.push({ ready, resolve }));
  }

  #wake(): void {
    for (const waiter of this.#waiters) if (waiter.ready()) waiter.resolve();
    this.#waiters = this.#waiters.filter((waiter) => !waiter.ready());
  }
}
