/** Which orders an incident's answer waits for, and how far its parts are. Pure. */
import { orderStates, type OrderState } from '../states.ts';

export interface PartFacts {
  readonly state: OrderState;
  readonly required: boolean;
  readonly part: boolean;
  /** Of an earlier round, replaced, or dropped: counts for nothing any more. */
  readonly superseded: boolean;
}

/** A part that its party gave back: nobody does it, and nobody has said that it need not be done. */
export function isUnsettled({ part, state, superseded }: PartFacts): boolean {
  return part && state === 'returned' && !superseded;
}

/** The incident cannot be answered while this order is as it is. */
export function holdsAnswer(order: PartFacts): boolean {
  return (order.required && orderStates[order.state].open) || isUnsettled(order);
}

/** Cancelled parts are no parts any more; a returned one still is. */
export function partsProgress(orders: readonly PartFacts[]): { done: number; total: number } {
  const parts = orders.filter((o) => o.part && !o.superseded && o.state !== 'cancelled');
  return { done: parts.filter((o) => o.state === 'responded').length, total: parts.length };
}
