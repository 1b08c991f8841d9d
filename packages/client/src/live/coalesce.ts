import type { LiveMessage } from '@wangge/contract-kit';

/** What changed since the last time one was told: refetch what is shown of it, or everything. */
export interface LiveBatch {
  readonly reset: boolean;
  readonly messages: readonly LiveMessage[];
}

export interface CoalesceOptions {
  /** Least time between two batches. */
  readonly everyMs?: number;
  /** Most delay of the first message after quiet: spreads a thousand browsers over a tick. */
  readonly firstJitterMs?: number;
  /** Most extra delay of later batches. */
  readonly jitterMs?: number;
  readonly random?: () => number;
}

/**
 * Turns a storm of messages into at most one batch a second, while the first one after a quiet time
 * goes through at once. Equal messages are told once per batch.
 */
export function coalesce(
  deliver: (batch: LiveBatch) => void,
  options: CoalesceOptions = {},
): { push(message: LiveMessage): void; reset(): void; stop(): void } {
  const { everyMs = 1000, firstJitterMs = 120, jitterMs = 400, random = Math.random } = options;
  let waiting = new Map<string, LiveMessage>();
  let resetWaits = false;
  let lastMs = Number.NEGATIVE_INFINITY;
  let timer: ReturnType<typeof setTimeout> | null = null;

  const flush = (): void => {
    timer = null;
    lastMs = Date.now();
    const batch = { reset: resetWaits, messages: [...waiting.values()] };
    waiting = new Map();
    resetWaits = false;
    deliver(batch);
  };
  const schedule = (): void => {
    if (timer !== null) return;
    const sinceMs = Date.now() - lastMs;
    const waitMs = sinceMs >= everyMs ? random() * firstJitterMs : everyMs - sinceMs + random() * jitterMs;
    timer = setTimeout(flush, waitMs);
  };
  return {
    push(message) {
      waiting.set(`${message.type} ${message.id} ${message.areaPath}`, message);
      schedule();
    },
    reset() {
      resetWaits = true;
      schedule();
    },
    stop() {
      if (timer !== null) clearTimeout(timer);
      timer = null;
    },
  };
}
