/** What was handed on lately, for browsers that come back and say where they stopped. */
import type { LiveEvent } from './bus.ts';

interface Heard {
  readonly event: LiveEvent;
  readonly atMs: number;
}

/**
 * Numbers are given before commit, so a lower one may be heard after a higher one, and in another
 * order by another process. What was heard within this time of the last event that a browser saw is
 * sent again: hearing twice costs one look, missing one would cost the truth.
 */
const overlapMs = 5000;

export class ReplayBuffer {
  readonly #most: number;
  #heard: Heard[] = [];
  /** Everything after this number that is to be heard is in the buffer. */
  #completeAfter = 0;
  #highest = 0;

  constructor(most: number) {
    this.#most = most;
  }
  /** Starts over: what the outbox holds, with the times at which it was written. */
  start(heard: readonly Heard[], completeAfter: number, highest: number): void {
    this.#heard = [...heard];
    this.#completeAfter = completeAfter;
    this.#highest = highest;
    this.#trim();
  }
  add(events: readonly LiveEvent[], atMs: number): void {
    for (const event of events) {
      this.#heard.push({ event, atMs });
      this.#highest = Math.max(this.#highest, event.seq);
    }
    this.#trim();
  }
  /** Silent events move the number too. */
  reached(seq: number): void {
    this.#highest = Math.max(this.#highest, seq);
  }
  /** What a browser that saw `lastSeq` may have missed, or null when that cannot be told any more. */
  since(lastSeq: number): readonly LiveEvent[] | null {
    if (lastSeq < this.#completeAfter || lastSeq > this.#highest) return null;
    let seenAtMs = Number.POSITIVE_INFINITY;
    let best = -1;
    for (const { event, atMs } of this.#heard) {
      if (event.seq <= lastSeq && event.seq > best) {
        best = event.seq;
        seenAtMs = atMs;
      }
    }
    return this.#heard
      .filter(({ event, atMs }) => event.seq > lastSeq || (atMs >= seenAtMs - overlapMs && event.seq !== lastSeq))
      .map(({ event }) => event);
  }
  #trim(): void {
    // In steps, so that not every event moves the whole list.
    if (this.#heard.length <= this.#most * 1.25) return;
    const dropped = this.#heard.splice(0, this.#heard.length - this.#most);
    for (const { event } of dropped) this.#completeAfter = Math.max(this.#completeAfter, event.seq);
  }
}
