/**
 * The incident's states and moves, exactly as the glossary's table has them. Pure: facts in, verdict out.
 * Moves that a person may make and moves that only the platform may make are two lists.
 */
import { incidentStates, severities, type IncidentMove, type IncidentState, type Severity } from './states.ts';

/** In which capacity somebody acts on one incident. A person may wear several at once. */
export const hats = ['dispatcher', 'verifier', 'supervisor', 'field-lead', 'reporter', 'affected'] as const;
export type Hat = (typeof hats)[number];

const openStates = (Object.keys(incidentStates) as IncidentState[]).filter((s) => incidentStates[s].open);

/** `same`: the state stays. `before`: back to the state kept when the incident was merged or asked to be reopened. */
export interface Arrow {
  readonly from: readonly IncidentState[];
  readonly to: IncidentState | 'same' | 'before';
  readonly guards: readonly Guard[];
}
export interface PersonArrow extends Arrow {
  readonly by: readonly Hat[];
}

/** What is known about the incident and the move. What a move does not need may be left out. */
export interface IncidentFacts {
  readonly state: IncidentState;
  readonly stateBefore?: IncidentState | null;
  readonly hasCategory?: boolean;
  readonly hasPlace?: boolean;
  readonly severity?: Severity;
  readonly nowMs?: number;
  readonly reason?: string | null;
  /** The one who asks handled it, or is to handle it. */
  readonly isHandler?: boolean;
  readonly proofRequired?: boolean;
  readonly proofCount?: number;
  /** Proofs must come from the app's camera; asked only where one is required. */
  readonly proofInApp?: boolean;
  readonly inAppCount?: number;
  /** When it was closed or rejected. */
  readonly endedAtMs?: number | null;
  /** This person asked for a reopening before. */
  readonly askedBefore?: boolean;
  readonly escalated?: boolean;
  readonly newSeverity?: Severity;
  /** The incident that this one is (to be) merged into. */
  readonly target?: { readonly state: IncidentState; readonly leadsBack: boolean };
  readonly orderAccepted?: boolean;
  readonly selfHandled?: boolean;
  readonly openRequiredOrders?: number;
  readonly respondedOrders?: number;
  /** When the platform may close by itself; null where the category does not allow it. */
  readonly autoCloseAtMs?: number | null;
}

const dayMs = 86_400_000;
/** A closed or rejected incident may be objected to for so long. */
export const reopenWithinMs = 15 * dayMs;

/** Each answers undefined while a fact it needs is not known yet: a button may be shown, a move not made. */
const guards = {
  reason: (f) => (f.reason === undefined ? undefined : (f.reason ?? '').trim() !== ''),
  'category-place-severity': (f) =>
    f.hasCategory === undefined || f.hasPlace === undefined
      ? undefined
      : f.hasCategory && f.hasPlace && f.severity !== undefined,
  'target-open': (f) => f.target && incidentStates[f.target.state].open,
  'no-cycle': (f) => f.target && !f.target.leadsBack,
  // A closed target took this one's clock and answer with it.
  'target-not-closed': (f) => f.target && f.target.state !== 'closed',
  'first-order-accepted-or-self-handled': (f) =>
    f.orderAccepted === undefined && f.selfHandled === undefined
      ? undefined
      : (f.orderAccepted ?? false) || (f.selfHandled ?? false),
  'every-required-order-responded': (f) =>
    f.openRequiredOrders === undefined
      ? undefined
      : f.openRequiredOrders === 0 && ((f.respondedOrders ?? 0) > 0 || (f.selfHandled ?? false)),
  'verifier-is-not-handler': (f) => (f.isHandler === undefined ? undefined : !f.isHandler),
  'proof-present': (f) =>
    f.proofRequired === undefined || f.proofCount === undefined ? undefined : !f.proofRequired || f.proofCount > 0,
  'proof-in-app': (f) => {
    if (f.proofRequired === undefined || f.proofInApp === undefined) return undefined;
    if (!f.proofRequired || !f.proofInApp) return true;
    return f.inAppCount === undefined ? undefined : f.inAppCount > 0;
  },
  'no-required-order-open': (f) => (f.openRequiredOrders === undefined ? undefined : f.openRequiredOrders === 0),
  'limit-passed-and-category-allows': (f) =>
    f.autoCloseAtMs === undefined || f.nowMs === undefined
      ? undefined
      : f.autoCloseAtMs !== null && f.nowMs >= f.autoCloseAtMs,
  'once-per-person': (f) => (f.askedBefore === undefined ? undefined : !f.askedBefore),
  'within-15-days': (f) =>
    f.endedAtMs == null || f.nowMs === undefined ? undefined : f.nowMs - f.endedAtMs <= reopenWithinMs,
  'severity-higher': (f) =>
    f.newSeverity === undefined || f.severity === undefined
      ? undefined
      : severities[f.newSeverity].rank > severities[f.severity].rank,
  escalated: (f) => f.escalated,
} as const satisfies Record<string, (f: IncidentFacts) => boolean | undefined>;
export type Guard = keyof typeof guards;

const besides = (by: readonly Hat[], ...more: Guard[]): PersonArrow => ({
  from: openStates,
  to: 'same',
  by,
  guards: ['reason', ...more],
});

/** What people may do. */
export const personMoves = {
  accept: { from: ['reported'], to: 'accepted', by: ['dispatcher'], guards: [] },
  reject: { from: ['reported'], to: 'rejected', by: ['dispatcher'], guards: ['reason'] },
  withdraw: { from: ['reported', 'accepted'], to: 'withdrawn', by: ['reporter'], guards: [] },
  register: { from: ['accepted'], to: 'registered', by: ['dispatcher'], guards: ['category-place-severity'] },
  merge: {
    from: ['reported', 'accepted', 'registered', 'handling'],
    to: 'merged',
    by: ['dispatcher'],
    guards: ['reason', 'target-open', 'no-cycle'],
  },
  unmerge: { from: ['merged'], to: 'before', by: ['dispatcher'], guards: ['reason', 'target-not-closed'] },
  rework: { from: ['responded'], to: 'handling', by: ['verifier'], guards: ['reason'] },
  close: {
    from: ['responded'],
    to: 'closed',
    by: ['verifier'],
    guards: ['verifier-is-not-handler', 'proof-present', 'proof-in-app', 'no-required-order-open'],
  },
  'ask-reopen': {
    from: ['closed', 'rejected'],
    to: 'reopen-requested',
    by: ['reporter', 'affected'],
    guards: ['reason', 'once-per-person', 'within-15-days'],
  },
  'grant-reopen': { from: ['reopen-requested'], to: 'handling', by: ['dispatcher'], guards: [] },
  // The objection failed, so the incident is again what it was: closed or rejected.
  'refuse-reopen': { from: ['reopen-requested'], to: 'before', by: ['dispatcher'], guards: ['reason'] },
  supervise: besides(['supervisor']),
  'raise-severity': besides(['dispatcher', 'supervisor'], 'severity-higher'),
  'change-category': besides(['dispatcher']),
  'change-place': besides(['dispatcher']),
  escalate: besides(['dispatcher', 'field-lead']),
  'take-back': besides(['dispatcher', 'field-lead'], 'escalated'),
} as const satisfies Partial<Record<IncidentMove, PersonArrow>>;
export type PersonMove = keyof typeof personMoves;

/** What only the platform does, because of something else that happened. */
export const systemMoves = {
  // Reports of trusted sources (members, dispatchers, imports) need nobody's acceptance.
  accept: { from: ['reported'], to: 'accepted', guards: [] },
  register: { from: ['accepted'], to: 'registered', guards: ['category-place-severity'] },
  start: { from: ['registered'], to: 'handling', guards: ['first-order-accepted-or-self-handled'] },
  respond: { from: ['handling'], to: 'responded', guards: ['every-required-order-responded'] },
  close: {
    from: ['responded'],
    to: 'closed',
    guards: ['proof-present', 'proof-in-app', 'no-required-order-open', 'limit-passed-and-category-allows'],
  },
} as const satisfies Partial<Record<IncidentMove, Arrow>>;
export type SystemMove = keyof typeof systemMoves;

export type Verdict =
  | { readonly ok: true; readonly to: IncidentState }
  | {
      readonly ok: false;
      readonly code: 'move-not-allowed' | 'forbidden' | 'guard-failed';
      readonly guard: Guard | null;
    };

function follow(arrow: Arrow, facts: IncidentFacts): Verdict {
  const failed = arrow.guards.find((guard) => guards[guard](facts) !== true);
  if (failed !== undefined) return { ok: false, code: 'guard-failed', guard: failed };
  const to = arrow.to === 'same' ? facts.state : arrow.to === 'before' ? facts.stateBefore : arrow.to;
  if (to == null) return { ok: false, code: 'move-not-allowed', guard: null };
  return { ok: true, to };
}

/**
 * May this move be made now, and where does it lead?
 *
 * @param as the hats of the person who asks, or `system`
 */
export function checkMove(move: IncidentMove, as: readonly Hat[] | 'system', facts: IncidentFacts): Verdict {
  if (as === 'system') {
    const arrow: Arrow | undefined = (systemMoves as Partial<Record<IncidentMove, Arrow>>)[move];
    if (!arrow?.from.includes(facts.state)) return { ok: false, code: 'move-not-allowed', guard: null };
    return follow(arrow, facts);
  }
  const arrow: PersonArrow | undefined = (personMoves as Partial<Record<IncidentMove, PersonArrow>>)[move];
  if (!arrow?.from.includes(facts.state)) return { ok: false, code: 'move-not-allowed', guard: null };
  if (!arrow.by.some((hat) => as.includes(hat))) return { ok: false, code: 'forbidden', guard: null };
  return follow(arrow, facts);
}

/** The moves to offer a person: those that no fact known so far forbids. */
export function movesFor(as: readonly Hat[], facts: IncidentFacts): PersonMove[] {
  return (Object.keys(personMoves) as PersonMove[]).filter((move) => {
    const arrow: PersonArrow = personMoves[move];
    return (
      arrow.from.includes(facts.state) &&
      arrow.by.some((hat) => as.includes(hat)) &&
      arrow.guards.every((guard) => guards[guard](facts) !== false)
    );
  });
}
