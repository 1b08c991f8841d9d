import type { LiveBatch } from '@wangge/client';

/** Which live messages make an answer old. */
export interface LiveInterest {
  readonly types: readonly string[];
  /** Only messages about this one, for the types that name it. */
  readonly id?: string;
}

/**
 * Whether a batch concerns a query. Message types of other modules do not carry the watched id, so
 * the id narrows only the first type: `{types: ['incidents.changed', 'dispatch.order-changed'], id}`.
 */
export function isConcerned(interest: LiveInterest | undefined, batch: LiveBatch): boolean {
  if (!interest) return false;
  if (batch.reset) return true;
  return batch.messages.some(({ type, id }) => {
    const at = interest.types.indexOf(type);
    if (at < 0) return false;
    return at > 0 || interest.id === undefined || interest.id === id;
  });
}
