import type { Clock } from '../clock.ts';

export interface RateLimit {
  readonly perSecond: number;
  readonly burst: number;
}

/** Sources remembered at once; the one unheard for longest is forgotten first. */
const maxSources = 20_000;

/** A token bucket per key (source address, device number). Memory is bounded, whatever keys are made up. */
export class RateLimiter {
  readonly #limit: RateLimit;
  readonly #clock: Clock;
  readonly #buckets = new Map<string, { tokens: number; at: number }>();

  constructor(limit: RateLimit, clock: Clock) {
    this.#limit = limit;
    this.#clock = clock;
  }

  /** Takes one token; false when there is none. */
  admit(key: string): boolean {
    const now = this.#clock.now();
    const { perSecond, burst } = this.#limit;
    const bucket = this.#buckets.get(key) ?? { tokens: burst, at: now };
    this.#buckets.delete(key);
    this.#buckets.set(key, bucket);
    if (this.#buckets.size > maxSources) this.#buckets.delete(this.#buckets.keys().next().value!);
    const gained = (Math.max(0, now - bucket.at) / 1000) * perSecond;
    bucket.tokens = Math.min(burst, bucket.tokens + gained);
    bucket.at = now;
    if (bucket.tokens < 1) return false;
    bucket.tokens--;
    return true;
  }
}
