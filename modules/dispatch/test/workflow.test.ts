import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { orderMoveNames, orderStateNames, type OrderMove, type OrderState } from '../src/states.ts';
import { checkOrderMove, orderHats, orderMovesFor, type OrderFacts, type OrderHat } from '../src/workflow.ts';

/** The table once more, written by hand from the glossary: state → move → who → where to. */
type Row = readonly [string, OrderMove, string, string];
const table: readonly Row[] = [
  ['offered', 'accept', 'party', 'accepted'],
  ['offered accepted', 'return', 'party', 'returned'],
  ['offered', 'pass-on', 'head', 'cancelled'],
  ['accepted', 'arrive', 'party', 'arrived'],
  ['accepted arrived', 'handle', 'party', 'handling'],
  ['accepted arrived handling', 'ask-suspend', 'party', 'same'],
  ['accepted arrived handling', 'ask-extend', 'party', 'same'],
  ['accepted arrived handling', 'approve', 'approver', 'approved'],
  ['suspended', 'resume', 'party system', 'before'],
  ['accepted arrived handling', 'respond', 'party', 'responded'],
  ['responded', 'reopen', 'system', 'handling'],
  ['offered accepted arrived handling suspended', 'cancel', 'dispatcher system', 'cancelled'],
];
const rowOf = (state: OrderState, move: OrderMove) =>
  table.find(([from, m]) => m === move && from.split(' ').includes(state));
const target = (row: Row, facts: OrderFacts): string | null | undefined => {
  if (row[3] === 'same') return facts.state;
  if (row[3] === 'before') return facts.stateBefore;
  if (row[3] === 'approved') return facts.pending === 'suspend' ? 'suspended' : facts.state;
  return row[3];
};

/** Facts under which every guard of the move holds. */
const fine = (state: OrderState, move: OrderMove): OrderFacts => ({
  state,
  stateBefore: 'arrived',
  pending: move === 'approve' ? 'suspend' : null,
  reason: '原因',
  untilMs: move === 'resume' ? 5 : 20,
  nowMs: 10,
  hasPosition: true,
  text: '已处置',
  proofRequired: true,
  proofCount: 1,
  proofInApp: true,
  inAppCount: 1,
  returnedTo: 'a dispatcher',
  withinTeam: true,
  approverIsParty: false,
});
const actors: readonly (OrderHat | 'system' | 'nobody')[] = [...orderHats, 'system', 'nobody'];

describe('the table of order moves', () => {
  for (const state of orderStateNames) {
    it(`lets nothing else happen in ${state}`, () => {
      for (const move of orderMoveNames) {
        for (const actor of actors) {
          const row = rowOf(state, move);
          const facts = fine(state, move);
          const allowed = row !== undefined && row[2].split(' ').includes(actor);
          const as = actor === 'system' ? 'system' : actor === 'nobody' ? [] : [actor];
          const verdict = checkOrderMove(move, as, facts);
          expect(verdict, `${state} ${move} ${actor}`).toMatchObject(
            allowed ? { ok: true, to: target(row, facts) } : { ok: false },
          );
          const offered: readonly OrderMove[] = as === 'system' ? [] : orderMovesFor(as, facts);
          expect(offered.includes(move), `${state} ${move} ${actor} offered`).toBe(allowed && as !== 'system');
        }
      }
    });
  }

  const broken: readonly [OrderState, OrderMove, OrderHat | 'system', Partial<OrderFacts>, string][] = [
    ['offered', 'return', 'party', { reason: '' }, 'reason'],
    ['offered', 'return', 'party', { returnedTo: null }, 'named-dispatcher'],
    ['offered', 'pass-on', 'head', { withinTeam: false }, 'within-own-team'],
    ['accepted', 'arrive', 'party', { hasPosition: false, reason: null }, 'position-or-reason'],
    ['handling', 'ask-extend', 'party', { pending: 'extend' }, 'nothing-pending'],
    ['handling', 'ask-suspend', 'party', { untilMs: null }, 'until-when'],
    ['handling', 'approve', 'approver', { pending: null }, 'pending'],
    ['handling', 'approve', 'approver', { approverIsParty: true }, 'approver-is-not-party'],
    ['suspended', 'resume', 'system', { untilMs: 11 }, 'date-reached'],
    ['handling', 'respond', 'party', { text: ' ' }, 'text'],
    ['handling', 'respond', 'party', { proofCount: 0 }, 'proof-where-asked'],
    ['handling', 'respond', 'party', { inAppCount: 0 }, 'proof-in-app'],
    ['offered', 'cancel', 'dispatcher', { reason: '' }, 'reason'],
  ];
  it.each(broken)('%s %s by %s fails its guard with %j', (state, move, actor, facts, guard) => {
    const as = actor === 'system' ? 'system' : ([actor] as const);
    expect(checkOrderMove(move, as, { ...fine(state, move), ...facts })).toEqual({
      ok: false,
      code: 'guard-failed',
      guard,
    });
  });

  it('arrives without a position when a reason is given', () => {
    expect(checkOrderMove('arrive', ['party'], { state: 'accepted', hasPosition: false, reason: '无信号' })).toEqual({
      ok: true,
      to: 'arrived',
    });
  });

  // Asked × in the app × photos × of them from the camera: what the category asks for, and nothing else, decides.
  const flags = [false, true, undefined] as const;
  const counts = [0, 1, 2, undefined] as const;
  const cases = flags.flatMap((proofRequired) =>
    flags.flatMap((proofInApp) =>
      counts.flatMap((proofCount) =>
        counts.map((inAppCount) => ({ proofRequired, proofInApp, proofCount, inAppCount })),
      ),
    ),
  );
  it.each(cases)('answers with %j as the category asks', ({ proofRequired, proofInApp, proofCount, inAppCount }) => {
    const told = {
      ...(proofRequired === undefined ? {} : { proofRequired }),
      ...(proofInApp === undefined ? {} : { proofInApp }),
      ...(proofCount === undefined ? {} : { proofCount }),
      ...(inAppCount === undefined ? {} : { inAppCount }),
    };
    const { proofRequired: _1, proofInApp: _2, proofCount: _3, inAppCount: _4, ...rest } = fine('handling', 'respond');
    const guard =
      proofRequired === undefined || proofCount === undefined || (proofRequired && proofCount === 0)
        ? 'proof-where-asked'
        : proofInApp === undefined || (proofRequired && proofInApp && !((inAppCount ?? 0) > 0))
          ? 'proof-in-app'
          : null;
    expect(checkOrderMove('respond', ['party'], { ...rest, ...told })).toEqual(
      guard === null ? { ok: true, to: 'responded' } : { ok: false, code: 'guard-failed', guard },
    );
    // A button is hidden only by what is known to forbid it.
    const forbids =
      (proofRequired === true && proofCount === 0) ||
      (proofRequired === true && proofInApp === true && inAppCount === 0);
    expect(orderMovesFor(['party'], { ...rest, ...told }).includes('respond')).toBe(!forbids);
  });

  it('no sequence of moves leaves the table', () => {
    const step = fc.record({
      move: fc.constantFrom(...orderMoveNames),
      as: fc.oneof(fc.constant('system' as const), fc.subarray([...orderHats])),
      facts: fc.record(
        {
          pending: fc.constantFrom('suspend' as const, 'extend' as const, null),
          reason: fc.constantFrom('', '原因'),
          untilMs: fc.option(fc.nat(20)),
          nowMs: fc.nat(20),
          hasPosition: fc.boolean(),
          text: fc.constantFrom('', '好了'),
          proofRequired: fc.boolean(),
          proofCount: fc.nat(1),
          proofInApp: fc.boolean(),
          inAppCount: fc.nat(1),
          returnedTo: fc.constantFrom(null, 'd'),
          withinTeam: fc.boolean(),
          approverIsParty: fc.boolean(),
        },
        { requiredKeys: [] },
      ),
    });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
        let state: OrderState = 'offered';
        let before: OrderState | null = null;
        for (const { move, as, facts } of steps) {
          const all = { ...facts, state, stateBefore: before } as OrderFacts;
          const verdict = checkOrderMove(move, as, all);
          if (!verdict.ok) continue;
          const row = rowOf(state, move);
          const who = row?.[2].split(' ') ?? [];
          expect(as === 'system' ? who.includes('system') : as.some((hat) => who.includes(hat))).toBe(true);
          expect(verdict.to).toBe(row && target(row, all));
          if (verdict.to === 'suspended') before = state;
          state = verdict.to;
          expect(orderStateNames).toContain(state);
        }
      }),
      { numRuns: 2000 },
    );
  });
});
