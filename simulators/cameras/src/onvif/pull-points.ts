/** Subscriptions whose subscriber comes and asks (ONVIF core §9.2, PullPoint). */
import { randomUUID } from 'node:crypto';

export interface MotionEvent {
  readonly atMs: number;
  readonly moving: boolean;
}

const maxPoints = 32;
const maxWaiting = 200;

class PullPoint {
  readonly waiting: MotionEvent[] = [];
  untilMs = 0;
  wake: (() => void) | undefined;
}

export class PullPoints {
  readonly #points = new Map<string, PullPoint>();

  /** Undefined where too many are open. */
  open(forMs: number): string | undefined {
    this.#sweep();
    if (this.#points.size >= maxPoints) return undefined;
    const id = randomUUID();
    const point = new PullPoint();
    point.untilMs = Date.now() + forMs;
    this.#points.set(id, point);
    return id;
  }

  publish(event: MotionEvent): void {
    for (const point of this.#points.values()) {
      point.waiting.push(event);
      if (point.waiting.length > maxWaiting) point.waiting.shift();
      point.wake?.();
    }
  }

  /** Waits until something happens or the time is over. Undefined: there is no such subscription. */
  async pull(id: string, limit: number, forMs: number): Promise<readonly MotionEvent[] | undefined> {
    const point = this.#points.get(id);
    if (point === undefined) return undefined;
    if (point.waiting.length === 0) {
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, forMs);
        // A second question at the same time ends the first one.
        point.wake?.();
        point.wake = () => {
          clearTimeout(timer);
          resolve();
        };
      });
      point.wake = undefined;
    }
    return point.waiting.splice(0, limit);
  }

  renew(id: string, forMs: number): boolean {
    const point = this.#points.get(id);
    if (point !== undefined) point.untilMs = Date.now() + forMs;
    return point !== undefined;
  }

  close(id: string): boolean {
    this.#points.get(id)?.wake?.();
    return this.#points.delete(id);
  }

  closeAll(): void {
    for (const id of this.#points.keys()) this.close(id);
  }

  #sweep(): void {
    for (const [id, { untilMs }] of this.#points) if (untilMs < Date.now()) this.close(id);
  }
}

/** Milliseconds of an XML duration: `PT1M30S`; `fallback` for anything else (also an absolute time). */
export function durationMs(text: string, fallback: number): number {
  const match = /^P(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+(?:\.\d+)?)S)?)?$/.exec(text);
  if (match === null || text === 'P') return fallback;
  const [days = 0, hours = 0, minutes = 0, seconds = 0] = match.slice(1).map((part) => Number(part ?? 0));
  return (((days * 24 + hours) * 60 + minutes) * 60 + seconds) * 1000;
}
