import type { Task } from '@wangge/dispatch/contract';
import { orderStateNames } from '@wangge/dispatch/contract';
import { pauseReasonNames } from '@wangge/incidents/contract';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { limitsOf, pressingLimit } from '../src/clocks/limits-of.ts';

const facts = fc.record({
  state: fc.constantFrom(...orderStateNames),
  orderMs: fc.option(fc.nat(100)),
  suspendedMs: fc.option(fc.nat(100)),
  incidentMs: fc.option(fc.nat(100)),
  tone: fc.constantFrom('running', 'warning', 'overdue' as const),
  paused: fc.option(fc.record({ why: fc.constantFrom(...pauseReasonNames), untilMs: fc.option(fc.nat(100)) })),
});
type Facts = typeof facts extends fc.Arbitrary<infer F> ? F : never;
function task({ state, orderMs, suspendedMs, incidentMs, tone, paused }: Facts): Task {
  const order = { state, deadlineMs: orderMs, suspendedUntilMs: suspendedMs };
  // A clock that stands has no deadline.
  return { order, incident: { deadlineMs: paused ? null : incidentMs, clock: tone, paused } } as unknown as Task;
}

const nothing = { kind: null };

test('each of the two clocks is told at most once, and what stands is never counted down', () => {
  fc.assert(
    fc.property(facts, (each) => {
      const limits = limitsOf(task(each));
      expect(new Set(limits.map(({ of }) => of)).size).toBe(limits.length);
      const own = limits.find(({ of }) => of === 'order');
      const ownKind = each.state === 'suspended' ? 'paused' : each.orderMs === null ? null : 'due';
      expect(own?.kind ?? null).toBe(ownKind);
      const resident = limits.find(({ of }) => of === 'incident') ?? nothing;
      expect(resident).toMatchObject(
        each.paused
          ? { kind: 'paused', why: each.paused.why, untilMs: each.paused.untilMs }
          : each.incidentMs === null
            ? nothing
            : { kind: 'due', deadlineMs: each.incidentMs, tone: each.tone },
      );
    }),
  );
});

test('the card tells a suspension, else what is due first, else what stands, else nothing', () => {
  fc.assert(
    fc.property(facts, (each) => {
      const limits = limitsOf(task(each));
      const due = limits.flatMap((limit) => (limit.kind === 'due' ? [limit.deadlineMs] : []));
      expect(pressingLimit(task(each)) ?? nothing).toMatchObject(
        each.state === 'suspended'
          ? { of: 'order', kind: 'paused' }
          : due.length > 0
            ? { kind: 'due', deadlineMs: Math.min(...due) }
            : { kind: limits.length > 0 ? 'paused' : null },
      );
    }),
  );
});
