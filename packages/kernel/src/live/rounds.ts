/**
 * When changes are passed on. In quiet times each goes out at once; in a storm they are gathered, and
 * shared answers live from one round to the next instead of dying with every single change.
 */
import type { LiveEvent } from './bus.ts';

/** Least time between two rounds: few changes, or many. */
const quietMs = 250;
const stormMs = 500;
/** So many changes within a second are a storm. */
const stormEvents = 10;
const stormWindowMs = 1000;

export class Rounds {
  readonly #listeners: ((events: readonly LiveEvent[]) => void)[] = [];
  readonly #unsubscribe: () => void;
  /** When the last changes were heard, the oldest first. */
  readonly #lately: number[] = [];
  #waiting: LiveEvent[] = [];
  #timer: NodeJS.Timeout | null = null;
  #lastMs = Number.NEGATIVE_INFINITY;

  constructor(live: { subscribe(listener: (events: readonly LiveEvent[]) => void): () => void }) {
    this.#unsubscribe = live.subscribe((events) => this.#take(events));
  }
  /** Listeners are called in the order in which they came: caches first, then whoever tells browsers. */
  onRound(listener: (events: readonly LiveEvent[]) => void): void {
    this.#listeners.push(listener);
  }
  get stormy(): boolean {
    const oldest = this.#lately.length < stormEvents ? undefined : this.#lately[0];
    return oldest !== undefined && performance.now() - oldest < stormWindowMs;
  }
  /** Passes on what waits, now. */
  flush(): void {
    if (!this.#timer) return;
    clearTimeout(this.#timer);
    this.#timer = null;
    this.#lastMs = performance.now();
    const events = this.#waiting;
    this.#waiting = [];
    for (const listener of this.#listeners) listener(events);
  }
  close(): void {
    this.#unsubscribe();
    if (this.#timer) clearTimeout(this.#timer);
    this.#timer = null;
  }
  #take(events: readonly LiveEvent[]): void {
    const now = performance.now();
    for (let n = Math.min(events.length, stormEvents); n > 0; n--) this.#lately.push(now);
    if (this.#lately.length > stormEvents) this.#lately.splice(0, this.#lately.length - stormEvents);
    this.#waiting.push(...events);
    const pauseMs = this.stormy ? stormMs : quietMs;
    this.#timer ??= setTimeout(() => this.flush(), Math.max(0, this.#lastMs + pauseMs - now));
  }
}
