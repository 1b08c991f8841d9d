/** Time as a thing that tests can set. */
export interface Clock {
  nowMs(): number;
}
export const systemClock: Clock = { nowMs: () => Date.now() };

/** A clock that stands until it is moved. */
export class TestClock implements Clock {
  #nowMs: number;
  constructor(startMs: number) {
    this.#nowMs = startMs;
  }
  nowMs(): number {
    return this.#nowMs;
  }
  set(ms: number): void {
    this.#nowMs = ms;
  }
  advance(ms: number): void {
    this.#nowMs += ms;
  }
}

/** Calendar day `YYYY-MM-DD` of a moment in a zone. */
export function dayIn(zone: string, ms: number): string {
  return new Intl.DateTimeFormat('sv-SE', { timeZone: zone, year: 'numeric', month: '2-digit', day: '2-digit' }).format(
    ms,
  );
}
