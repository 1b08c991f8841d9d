/** Keeps a stream playing: begins anew after every end, with growing and jittered delays. */
import type { CloseReason, RtspClosure } from './errors.ts';
import type { RtspClientOptions, RtspHandlers } from './options.ts';
import { RtspSession } from './session.ts';

export interface SupervisorOptions extends RtspClientOptions {
  /** First delay, doubled at each failure; 1 s unless told. */
  readonly firstDelayMs?: number;
  /** 60 s unless told. */
  readonly maxDelayMs?: number;
  /**
   * Delay after a refused password, 300 s unless told: cameras lock an account after a handful of wrong ones, and for
   * others than us too.
   */
  readonly refusedDelayMs?: number;
  /** Played this long, the next failure counts as the first; 30 s unless told. */
  readonly stableMs?: number;
  /** For tests. */
  readonly clock?: SupervisorClock;
}

export interface SupervisorClock {
  nowMs(): number;
  /** @returns cancels it */
  after(ms: number, run: () => void): () => void;
  /** 0 up to 1. */
  random(): number;
}

export interface SupervisorHandlers extends Omit<RtspHandlers, 'onClosed'> {
  /** A session ended; the next begins after the delay. */
  onInterrupted(closure: RtspClosure, nextInMs: number): void;
}

const systemClock: SupervisorClock = {
  nowMs: () => performance.now(),
  after: (ms, run) => {
    const timer = setTimeout(run, ms);
    return () => clearTimeout(timer);
  },
  random: Math.random,
};

export class RtspSupervisor {
  readonly #options: SupervisorOptions;
  readonly #handlers: SupervisorHandlers;
  readonly #clock: SupervisorClock;
  #session: RtspSession | undefined;
  #failures = 0;
  #firstFrameMs: number | undefined;
  #cancel: (() => void) | undefined;
  #closed = false;
  /** Remembered, so that a camera which speaks UDP only is not kept waiting for its silence each time. */
  #worked: 'tcp' | 'udp' | undefined;

  readonly #onAbort = () => this.close();

  constructor(options: SupervisorOptions, handlers: SupervisorHandlers) {
    this.#options = options;
    this.#handlers = handlers;
    this.#clock = options.clock ?? systemClock;
    options.signal?.addEventListener('abort', this.#onAbort, { once: true });
    if (options.signal?.aborted === true) this.close();
    this.#begin();
  }

  /** The session that is under way; undefined between two. */
  get session(): RtspSession | undefined {
    return this.#session;
  }

  /** Begins at once instead of after the delay: someone is looking, or the address was corrected. */
  hurry(): void {
    if (this.#closed || this.#session !== undefined) return;
    this.#cancel?.();
    this.#begin();
  }

  /** Ends it for good; no handler is called any more. */
  close(): void {
    this.#closed = true;
    this.#options.signal?.removeEventListener('abort', this.#onAbort);
    this.#cancel?.();
    this.#session?.close();
  }

  #begin(): void {
    if (this.#closed) return;
    this.#cancel = undefined;
    this.#firstFrameMs = undefined;
    const { transport = 'auto' } = this.#options;
    const way = transport === 'auto' && this.#worked === 'udp' ? 'udp' : transport;
    const session = new RtspSession(
      { ...this.#options, transport: way },
      {
        onTracks: (tracks) => {
          if (!this.#closed) this.#handlers.onTracks(tracks);
        },
        onFrame: (frame, track, afterLoss) => {
          this.#firstFrameMs ??= this.#clock.nowMs();
          if (!this.#closed) this.#handlers.onFrame(frame, track, afterLoss);
        },
        onClosed: (closure) => this.#onClosed(session, closure),
      },
    );
    this.#session = session;
  }

  #onClosed(session: RtspSession, closure: RtspClosure): void {
    // A camera that changed its ways (new firmware) gets the whole round again after one failure.
    this.#worked = this.#firstFrameMs === undefined ? undefined : session.statistics().transport;
    this.#session = undefined;
    if (this.#closed) return;
    const playedMs = this.#firstFrameMs === undefined ? 0 : this.#clock.nowMs() - this.#firstFrameMs;
    this.#failures = playedMs >= (this.#options.stableMs ?? 30_000) ? 1 : this.#failures + 1;
    const delayMs = this.#delay(closure.reason);
    this.#cancel = this.#clock.after(delayMs, () => this.#begin());
    this.#handlers.onInterrupted(closure, delayMs);
  }

  /** ±25 %: a thousand cameras behind a switch that restarts must not all come back in the same moment. */
  #delay(reason: CloseReason): number {
    const { firstDelayMs = 1000, maxDelayMs = 60_000, refusedDelayMs = 300_000 } = this.#options;
    const grown = Math.min(maxDelayMs, firstDelayMs * 2 ** Math.min(20, this.#failures - 1));
    const base = reason === 'unauthorized' || reason === 'forbidden' ? refusedDelayMs : grown;
    return Math.round(base * (0.75 + this.#clock.random() / 2));
  }
}
