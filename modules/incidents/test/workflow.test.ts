import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  incidentMoveNames,
  incidentStateNames,
  severityNames,
  type IncidentMove,
  type IncidentState,
} from '../src/states.ts';
import { checkMove, hats, movesFor, type Hat, type IncidentFacts } from '../src/workflow.ts';

/** The table once more, written by hand from the glossary: state → move → who → where to. */
type Row = readonly [string, IncidentMove, string, string];
const open = 'reported accepted registered handling responded reopen-requested';
const table: readonly Row[] = [
  ['reported', 'accept', 'dispatcher system', 'accepted'],
  ['reported', 'reject', 'dispatcher', 'rejected'],
  ['reported accepted', 'withdraw', 'reporter', 'withdrawn'],
  ['accepted', 'register', 'dispatcher system', 'registered'],
  ['reported accepted registered handling', 'merge', 'dispatcher', 'merged'],
  ['merged', 'unmerge', 'dispatcher', 'before'],
  ['registered', 'start', 'system', 'handling'],
  ['handling', 'respond', 'system', 'responded'],
  ['responded', 'rework', 'verifier', 'handling'],
  ['responded', 'close', 'verifier system', 'closed'],
  ['closed rejected', 'ask-reopen', 'reporter affected', 'reopen-requested'],
  ['reopen-requested', 'grant-reopen', 'dispatcher', 'handling'],
  ['reopen-requested', 'refuse-reopen', 'dispatcher', 'before'],
  [open, 'supervise', 'supervisor', 'same'],
  [open, 'raise-severity', 'dispatcher supervisor', 'same'],
  [open, 'change-category', 'dispatcher', 'same'],
  [open, 'change-place', 'dispatcher', 'same'],
  [open, 'escalate', 'dispatcher field-lead', 'same'],
  [open, 'take-back', 'dispatcher field-lead', 'same'],
];
const rowOf = (state: IncidentState, move: IncidentMove) =>
  table.find(([from, m]) => m === move && from.split(' ').includes(state));

/** Facts under which every guard holds. */
const fine = (state: IncidentState): IncidentFacts => ({
  state,
  stateBefore: 'closed',
  hasCategory: true,
  hasPlace: true,
  severity: 'ordinary',
  newSeverity: 'urgent',
  nowMs: 1000,
  endedAtMs: 0,
  autoCloseAtMs: 500,
  reason: '原因',
  isHandler: false,
  proofRequired: true,
  proofCount: 1,
  proofInApp: true,
  inAppCount: 1,
  askedBefore: false,
  escalated: true,
  target: { state: 'handling', leadsBack: false },
  orderAccepted: true,
  openRequiredOrders: 0,
  respondedOrders: 1,
});
const actors: readonly (Hat | 'system' | 'nobody')[] = [...hats, 'system', 'nobody'];

describe('the table of incident moves', () => {
  for (const state of incidentStateNames) {
    it(`lets nothing else happen in ${state}`, () => {
      for (const move of incidentMoveNames) {
        for (const actor of actors) {
          const row = rowOf(state, move);
          const allowed = row !== undefined && row[2].split(' ').includes(actor);
          const as = actor === 'system' ? 'system' : actor === 'nobody' ? [] : [actor];
          const kept = row?.[3] === 'same' ? state : row?.[3] === 'before' ? 'closed' : row?.[3];
          const verdict = checkMove(move, as, fine(state));
          expect(verdict, `${state} ${move} ${actor}`).toMatchObject(allowed ? { ok: true, to: kept } : { ok: false });
          const offered: readonly IncidentMove[] = as === 'system' ? [] : movesFor(as, fine(state));
          expect(offered.includes(move), `${state} ${move} ${actor} offered`).toBe(allowed && as !== 'system');
        }
      }
    });
  }

  const broken: readonly [IncidentState, IncidentMove, Hat | 'system', Partial<IncidentFacts>, string][] = [
    ['reported', 'reject', 'dispatcher', { reason: ' ' }, 'reason'],
    ['accepted', 'register', 'dispatcher', { hasPlace: false }, 'category-place-severity'],
    ['accepted', 'register', 'system', { hasCategory: false }, 'category-place-severity'],
    ['reported', 'merge', 'dispatcher', { target: { state: 'closed', leadsBack: false } }, 'target-open'],
    ['reported', 'merge', 'dispatcher', { target: { state: 'handling', leadsBack: true } }, 'no-cycle'],
    ['merged', 'unmerge', 'dispatcher', { target: { state: 'closed', leadsBack: false } }, 'target-not-closed'],
    ['registered', 'start', 'system', { orderAccepted: false }, 'first-order-accepted-or-self-handled'],
    ['handling', 'respond', 'system', { openRequiredOrders: 1 }, 'every-required-order-responded'],
    ['handling', 'respond', 'system', { respondedOrders: 0 }, 'every-required-order-responded'],
    ['responded', 'close', 'verifier', { isHandler: true }, 'verifier-is-not-handler'],
    ['responded', 'close', 'verifier', { proofCount: 0 }, 'proof-present'],
    ['responded', 'close', 'verifier', { inAppCount: 0 }, 'proof-in-app'],
    ['responded', 'close', 'system', { inAppCount: 0 }, 'proof-in-app'],
    ['responded', 'close', 'verifier', { openRequiredOrders: 2 }, 'no-required-order-open'],
    ['responded', 'close', 'system', { autoCloseAtMs: null }, 'limit-passed-and-category-allows'],
    ['responded', 'close', 'system', { autoCloseAtMs: 1001 }, 'limit-passed-and-category-allows'],
    ['closed', 'ask-reopen', 'reporter', { askedBefore: true }, 'once-per-person'],
    ['closed', 'ask-reopen', 'affected', { nowMs: 15 * 86_400_000 + 1 }, 'within-15-days'],
    ['handling', 'raise-severity', 'dispatcher', { newSeverity: 'ordinary' }, 'severity-higher'],
    ['handling', 'take-back', 'dispatcher', { escalated: false }, 'escalated'],
  ];
  it.each(broken)('%s %s by %s fails its guard with %j', (state, move, actor, facts, guard) => {
    const verdict = checkMove(move, actor === 'system' ? 'system' : [actor], { ...fine(state), ...facts });
    expect(verdict).toEqual({ ok: false, code: 'guard-failed', guard });
  });

  it('closes without a photo from the camera exactly where the category does not ask for one', () => {
    for (const proofRequired of [false, true]) {
      for (const proofInApp of [false, true]) {
        for (const inAppCount of [0, 1]) {
          for (const as of [['verifier'] as const, 'system' as const]) {
            const facts = { ...fine('responded'), proofRequired, proofInApp, inAppCount };
            const { ok } = checkMove('close', as, facts);
            expect(ok, `${String(as)} ${proofRequired} ${proofInApp} ${inAppCount}`).toBe(
              !(proofRequired && proofInApp && inAppCount === 0),
            );
          }
        }
      }
    }
  });

  it('refuses a move whose facts nobody established, though the button may be shown', () => {
    expect(checkMove('close', ['verifier'], { state: 'responded' })).toMatchObject({ ok: false, code: 'guard-failed' });
    expect(movesFor(['verifier'], { state: 'responded' })).toContain('close');
  });

  it('no sequence of moves leaves the table', () => {
    const step = fc.record({
      move: fc.constantFrom(...incidentMoveNames),
      as: fc.oneof(fc.constant('system' as const), fc.subarray([...hats])),
      facts: fc.record(
        {
          reason: fc.constantFrom('', '原因'),
          isHandler: fc.boolean(),
          proofRequired: fc.boolean(),
          proofCount: fc.nat(2),
          proofInApp: fc.boolean(),
          inAppCount: fc.nat(2),
          hasCategory: fc.boolean(),
          hasPlace: fc.boolean(),
          severity: fc.constantFrom(...severityNames),
          newSeverity: fc.constantFrom(...severityNames),
          askedBefore: fc.boolean(),
          escalated: fc.boolean(),
          endedAtMs: fc.nat(10),
          nowMs: fc.nat(20),
          autoCloseAtMs: fc.option(fc.nat(20)),
          orderAccepted: fc.boolean(),
          selfHandled: fc.boolean(),
          openRequiredOrders: fc.nat(1),
          respondedOrders: fc.nat(1),
          target: fc.record({ state: fc.constantFrom(...incidentStateNames), leadsBack: fc.boolean() }),
        },
        { requiredKeys: [] },
      ),
    });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
        let state: IncidentState = 'reported';
        let before: IncidentState | null = null;
        for (const { move, as, facts } of steps) {
          const verdict = checkMove(move, as, { ...facts, state, stateBefore: before } as IncidentFacts);
          if (!verdict.ok) continue;
          const row = rowOf(state, move);
          expect(row, `${state} ${move}`).toBeDefined();
          const who = row?.[2].split(' ') ?? [];
          expect(as === 'system' ? who.includes('system') : as.some((hat) => who.includes(hat))).toBe(true);
          const to = row?.[3] === 'same' ? state : row?.[3] === 'before' ? before : row?.[3];
          expect(verdict.to).toBe(to);
          if (move === 'merge' || move === 'ask-reopen') before = state;
          state = verdict.to;
          expect(incidentStateNames).toContain(state);
        }
      }),
      { numRuns: 2000 },
    );
  });
});
