import type { OrderMove, OrderState, Task } from '@wangge/dispatch/contract';
import type { FieldMove } from '../task/moves.ts';
import type { MoveItem, OutboxItem } from './item.ts';

/** Where each move leads, and what can be done then: the order's workflow as far as this page goes. */
const after: Record<FieldMove, { readonly state: OrderState; readonly moves: readonly OrderMove[] }> = {
  accept: { state: 'accepted', moves: ['arrive', 'handle', 'respond', 'return'] },
  arrive: { state: 'arrived', moves: ['handle', 'respond'] },
  handle: { state: 'handling', moves: ['respond'] },
  respond: { state: 'responded', moves: [] },
  return: { state: 'returned', moves: [] },
};

/** Moves of an order that are still on the phone, oldest first. */
export function movesOf(items: readonly OutboxItem[], orderId: string): readonly MoveItem[] {
  return items.filter((item): item is MoveItem => item.kind === 'move' && item.orderId === orderId);
}

/**
 * The task as it will be once what waits has arrived, so that one can go on without a link. A move that
 * was made on another version than it would meet stays out: the server will call it a conflict.
 */
export function withWaiting(task: Task, items: readonly OutboxItem[]): Task {
  let { order } = task;
  for (const { facts, version, state } of movesOf(items, order.id)) {
    if ((state !== 'waiting' && state !== 'sending') || version !== order.version) continue;
    const next = after[facts.move];
    order = {
      ...order,
      state: next.state,
      moves: [...next.moves],
      version: order.version + 1,
      ...(facts.move === 'respond' ? { response: facts.text } : {}),
    };
  }
  return order === task.order ? task : { ...task, order };
}
