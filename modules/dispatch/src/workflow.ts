/** The order's states and moves, exactly as the glossary's table has them. Pure: facts in, verdict out. */
import type { OrderMove, OrderState } from './states.ts';

/** In which capacity somebody acts on one order. `head`: leads the team (or department) of the party. */
export const orderHats = ['party', 'head', 'dispatcher', 'approver'] as const;
export type OrderHat = (typeof orderHats)[number];

/** What is known about the order and the move. */
export interface OrderFacts {
  readonly state: OrderState;
  /** State before it was suspended. */
  readonly stateBefore?: OrderState | null;
  readonly pending?: 'suspend' | 'extend' | null;
  readonly reason?: string | null;
  readonly untilMs?: number | null;
  readonly nowMs?: number;
  readonly hasPosition?: boolean;
  readonly text?: string | null;
  readonly proofRequired?: boolean;
  readonly proofCount?: number;
  /** Proofs must come from the app's camera; asked only where one is required. */
  readonly proofInApp?: boolean;
  readonly inAppCount?: number;
  readonly returnedTo?: string | null;
  /** The new party of a pass-on is in the head's own team and can receive orders. */
  readonly withinTeam?: boolean;
  readonly approverIsParty?: boolean;
}

/** Undefined while a fact it needs is not known yet: a button may be shown, a move not made. */
const guards = {
  reason: (f) => (f.reason === undefined ? undefined : (f.reason ?? '').trim() !== ''),
  'named-dispatcher': (f) => (f.returnedTo === undefined ? undefined : f.returnedTo !== null),
  'within-own-team': (f) => f.withinTeam,
  'position-or-reason': (f) =>
    f.hasPosition === undefined ? undefined : f.hasPosition || (f.reason ?? '').trim() !== '',
  'nothing-pending': (f) => (f.pending === undefined ? undefined : f.pending === null),
  'until-when': (f) =>
    f.untilMs === undefined || f.nowMs === undefined ? undefined : f.untilMs !== null && f.untilMs > f.nowMs,
  pending: (f) => (f.pending === undefined ? undefined : f.pending !== null),
  'approver-is-not-party': (f) => (f.approverIsParty === undefined ? undefined : !f.approverIsParty),
  'date-reached': (f) => (f.untilMs == null || f.nowMs === undefined ? undefined : f.nowMs >= f.untilMs),
  text: (f) => (f.text === undefined ? undefined : (f.text ?? '').trim() !== ''),
  'proof-where-asked': (f) =>
    f.proofRequired === undefined || f.proofCount === undefined ? undefined : !f.proofRequired || f.proofCount > 0,
  'proof-in-app': (f) => {
    if (f.proofRequired === undefined || f.proofInApp === undefined) return undefined;
    if (!f.proofRequired || !f.proofInApp) return true;
    return f.inAppCount === undefined ? undefined : f.inAppCount > 0;
  },
} as const satisfies Record<string, (f: OrderFacts) => boolean | undefined>;
export type OrderGuard = keyof typeof guards;

/** `approved`: suspended or the same, by what was asked for. `before`: the state before the suspension. */
export interface OrderArrow {
  readonly from: readonly OrderState[];
  readonly to: OrderState | 'same' | 'approved' | 'before';
  readonly guards: readonly OrderGuard[];
}
export interface OrderPersonArrow extends OrderArrow {
  readonly by: readonly OrderHat[];
}

const underWay: readonly OrderState[] = ['accepted', 'arrived', 'handling'];
const open: readonly OrderState[] = ['offered', ...underWay, 'suspended'];

/** What people may do with an order once it is offered. */
export const orderPersonMoves = {
  accept: { from: ['offered'], to: 'accepted', by: ['party'], guards: [] },
  return: { from: ['offered', 'accepted'], to: 'returned', by: ['party'], guards: ['reason', 'named-dispatcher'] },
  // The old order ends here; the new party's own order starts as offered.
  'pass-on': { from: ['offered'], to: 'cancelled', by: ['head'], guards: ['reason', 'within-own-team'] },
  arrive: { from: ['accepted'], to: 'arrived', by: ['party'], guards: ['position-or-reason'] },
  handle: { from: ['accepted', 'arrived'], to: 'handling', by: ['party'], guards: [] },
  'ask-suspend': { from: underWay, to: 'same', by: ['party'], guards: ['nothing-pending', 'reason', 'until-when'] },
  'ask-extend': { from: underWay, to: 'same', by: ['party'], guards: ['nothing-pending', 'reason', 'until-when'] },
  approve: { from: underWay, to: 'approved', by: ['approver'], guards: ['pending', 'approver-is-not-party'] },
  resume: { from: ['suspended'], to: 'before', by: ['party'], guards: [] },
  respond: { from: underWay, to: 'responded', by: ['party'], guards: ['text', 'proof-where-asked', 'proof-in-app'] },
  cancel: { from: open, to: 'cancelled', by: ['dispatcher'], guards: ['reason'] },
} as const satisfies Partial<Record<OrderMove, OrderPersonArrow>>;
export type OrderPersonMove = keyof typeof orderPersonMoves;

/** What only the platform does. */
export const orderSystemMoves = {
  resume: { from: ['suspended'], to: 'before', guards: ['date-reached'] },
  // Together with the incident's rework.
  reopen: { from: ['responded'], to: 'handling', guards: [] },
  // When the incident closes, merges or ends otherwise.
  cancel: { from: open, to: 'cancelled', guards: ['reason'] },
} as const satisfies Partial<Record<OrderMove, OrderArrow>>;
export type OrderSystemMove = keyof typeof orderSystemMoves;

export type OrderVerdict =
  | { readonly ok: true; readonly to: OrderState }
  | {
      readonly ok: false;
      readonly code: 'move-not-allowed' | 'forbidden' | 'guard-failed';
      readonly guard: OrderGuard | null;
    };

function follow(arrow: OrderArrow, facts: OrderFacts): OrderVerdict {
  const failed = arrow.guards.find((guard) => guards[guard](facts) !== true);
  if (failed !== undefined) return { ok: false, code: 'guard-failed', guard: failed };
  switch (arrow.to) {
    case 'same':
      return { ok: true, to: facts.state };
    case 'approved':
      return { ok: true, to: facts.pending === 'suspend' ? 'suspended' : facts.state };
    case 'before':
      if (facts.stateBefore == null) return { ok: false, code: 'move-not-allowed', guard: null };
      return { ok: true, to: facts.stateBefore };
    default:
      return { ok: true, to: arrow.to };
  }
}

/** May this move be made now, and where does it lead? `offer` makes an order, so it is no move of one. */
export function checkOrderMove(move: OrderMove, as: readonly OrderHat[] | 'system', facts: OrderFacts): OrderVerdict {
  if (as === 'system') {
    const arrow: OrderArrow | undefined = (orderSystemMoves as Partial<Record<OrderMove, OrderArrow>>)[move];
    if (!arrow?.from.includes(facts.state)) return { ok: false, code: 'move-not-allowed', guard: null };
    return follow(arrow, facts);
  }
  const arrow: OrderPersonArrow | undefined = (orderPersonMoves as Partial<Record<OrderMove, OrderPersonArrow>>)[move];
  if (!arrow?.from.includes(facts.state)) return { ok: false, code: 'move-not-allowed', guard: null };
  if (!arrow.by.some((hat) => as.includes(hat))) return { ok: false, code: 'forbidden', guard: null };
  return follow(arrow, facts);
}

/** The moves to offer a person: those that no fact known so far forbids. */
export function orderMovesFor(as: readonly OrderHat[], facts: OrderFacts): OrderPersonMove[] {
  return (Object.keys(orderPersonMoves) as OrderPersonMove[]).filter((move) => {
    const arrow: OrderPersonArrow = orderPersonMoves[move];
    return (
      arrow.from.includes(facts.state) &&
      arrow.by.some((hat) => as.includes(hat)) &&
      arrow.guards.every((guard) => guards[guard](facts) !== false)
    );
  });
}
