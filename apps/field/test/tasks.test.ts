import type { Task } from '@wangge/dispatch/contract';
import { orderStateNames } from '@wangge/dispatch/contract';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { conflictRows } from '../src/task/conflict-rows.ts';
import { nextMove, possibleMoves } from '../src/task/moves.ts';
import { groupTasks } from '../src/tasks/group-tasks.ts';

interface Facts {
  id?: string;
  state?: Task['order']['state'];
  severity?: Task['incident']['severity'];
  deadlineMs?: number | null;
  offeredAtMs?: number;
}
function task({ id = 'a', state = 'offered', severity = 'ordinary', deadlineMs = null, offeredAtMs = 0 }: Facts): Task {
  const order = { id, state, offeredAtMs, pending: null, partyName: '一号', handlerName: null, moves: [] };
  const incident = { severity, deadlineMs, place: null, address: null, areaName: null, photos: [] };
  return { order, incident } as unknown as Task;
}

test('every open task is in exactly one group, emergencies first, then by deadline', () => {
  const facts = fc.record({
    id: fc.uuid(),
    state: fc.constantFrom(...orderStateNames),
    severity: fc.constantFrom('ordinary', 'urgent', 'emergency' as const),
    deadlineMs: fc.option(fc.nat(100)),
  });
  fc.assert(
    fc.property(fc.uniqueArray(facts, { selector: ({ id }) => id }), (all) => {
      const groups = groupTasks(all.map(task));
      const ids = groups.flatMap(({ tasks }) => tasks.map(({ order }) => order.id));
      expect(ids.toSorted()).toEqual(all.map(({ id }) => id).toSorted());
      for (const { tasks } of groups) {
        const rank = tasks.map(({ incident }) => [
          incident.severity === 'emergency' ? 0 : 1,
          incident.deadlineMs ?? Number.MAX_SAFE_INTEGER,
        ]);
        expect(rank).toEqual(rank.toSorted(([a = 0, b = 0], [c = 0, d = 0]) => a - c || b - d));
      }
    }),
  );
});
test('offered ones stand first, suspended ones last', () => {
  const groups = groupTasks([task({ state: 'suspended' }), task({ state: 'handling' }), task({ state: 'offered' })]);
  expect(groups.map(({ group }) => group)).toEqual(['offered', 'underWay', 'suspended']);
});

test('the next step is the first possible one, and returning is never it', () => {
  expect(nextMove(possibleMoves(['return', 'respond', 'arrive', 'handle']))).toBe('arrive');
  expect(nextMove(possibleMoves(['return']))).toBeNull();
  expect(possibleMoves(['pass-on', 'approve', 'cancel'])).toEqual([]);
});

test('whoever becomes the handler of their own order has not changed it', () => {
  const seen = task({});
  const { order } = seen;
  const handled = { ...seen, order: { ...order, handlerName: order.partyName } };
  expect(conflictRows(seen, handled)).toEqual([{ field: 'state', changed: false }]);
  const another = { ...seen, order: { ...order, handlerName: '二号' } };
  expect(conflictRows(seen, another)).toContainEqual({ field: 'party', changed: true });
});

test('a conflict shows what differs, and the state in any case', () => {
  const seen = task({ deadlineMs: 1 });
  expect(conflictRows(seen, task({ deadlineMs: 2 }))).toEqual([
    { field: 'state', changed: false },
    { field: 'deadline', changed: true },
  ]);
  expect(conflictRows(seen, task({ state: 'cancelled', deadlineMs: 1 }))).toEqual([{ field: 'state', changed: true }]);
});
