import type { OrderMove } from '@wangge/dispatch/contract';

export type OrderField = 'reason' | 'no-place' | 'party' | 'response' | 'photos' | 'until' | 'decision';

/** What a person fills in for each move of an order; null for moves that are not made here. */
export const orderFields: Readonly<Record<OrderMove, readonly OrderField[] | null>> = {
  offer: null,
  accept: [],
  return: ['reason'],
  'pass-on': ['party', 'reason'],
  // At a desk there is no position of the site, so the reason is asked for.
  arrive: ['no-place'],
  handle: [],
  'ask-suspend': ['until', 'reason'],
  'ask-extend': ['until', 'reason'],
  approve: ['decision'],
  resume: [],
  respond: ['response', 'photos'],
  reopen: null,
  cancel: ['reason'],
};
