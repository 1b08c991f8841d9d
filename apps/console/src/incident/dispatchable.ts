import type { Order } from '@wangge/dispatch/contract';
import type { IncidentState } from '@wangge/incidents/contract';

/** Whether this order still stands: somebody has it or did it. */
export function isStanding(order: Pick<Order, 'state'>): boolean {
  return order.state !== 'returned' && order.state !== 'cancelled';
}

/**
 * `first`: nobody has it yet, dispatching is the next step; `more`: another party can join; `no`: neither.
 * An incident stays registered until its first order is accepted, so the orders decide as well: an
 * offered one must not invite a second dispatch by the same click.
 */
export function canDispatch(state: IncidentState, orders: readonly Pick<Order, 'state'>[]): 'first' | 'more' | 'no' {
  switch (state) {
    case 'reported':
    case 'accepted':
    case 'registered':
      return orders.some(isStanding) ? 'more' : 'first';
    case 'handling':
      return 'more';
    case 'responded':
    case 'closed':
    case 'rejected':
    case 'withdrawn':
    case 'merged':
    case 'reopen-requested':
      return 'no';
    default:
      return state satisfies never;
  }
}
