import { moveBody, incidentMoveNames, incidentStateNames, type Incident } from '@wangge/incidents/contract';
import { orderMoveBody, orderMoveNames, orderStateNames, type OrderState } from '@wangge/dispatch/contract';
import { describe, expect, test } from 'vitest';
import { changesSince } from '../src/incident/changes-since.ts';
import { canDispatch } from '../src/incident/dispatchable.ts';
import { bodyOfMove } from '../src/incident/move-body.ts';
import { moveFields } from '../src/incident/move-fields.ts';
import { moveLabel } from '../src/incident/move-label.ts';
import { orderFields } from '../src/incident/order-fields.ts';

const id = '0190a0a0-0000-7000-8000-000000000000';
const filled = {
  reason: '现场核实',
  categoryCode: 'env.litter',
  severity: 'urgent' as const,
  targetId: id,
  place: { lon: 120.1, lat: 29.8 },
  address: '',
};

describe('moves', () => {
  const accepted = new Set(moveBody.options.map((option) => option.shape.move.value as string));
  test.each(incidentMoveNames.map((move) => [move]))(
    '%s: the form makes what the contract takes, or is not offered',
    (move) => {
      expect(moveFields[move] !== null).toBe(accepted.has(move));
      const parsed = moveBody.safeParse(bodyOfMove(move, filled, 3, id));
      expect(parsed.success).toBe(accepted.has(move));
    },
  );
  test('a move takes nothing that it does not know', () => {
    expect(bodyOfMove('accept', filled, 3, id)).toEqual({ move: 'accept', version: 3, clientKey: id });
    expect(bodyOfMove('close', { reason: '  ' }, 3, id)).toEqual({ move: 'close', version: 3, clientKey: id });
  });
  test('orders: every move with a form is one that the contract takes', () => {
    const known = new Set(orderMoveBody.options.map((option) => option.shape.move.value as string));
    for (const move of orderMoveNames) expect(orderFields[move] !== null).toBe(known.has(move));
  });
  test('every line of history has a name in both languages', () => {
    for (const move of [...incidentMoveNames, ...orderMoveNames.map((each) => `order:${each}`), 'note', 'report'])
      expect(moveLabel(move).zh).not.toBe(move);
    expect(moveLabel('something-new')).toEqual({ zh: 'something-new', en: 'something-new' });
  });
});

test('an incident can be dispatched first while nobody has it, joined while it is handled, else not', () => {
  const by = (kind: string, orders: readonly { state: OrderState }[]) =>
    incidentStateNames.filter((state) => canDispatch(state, orders) === kind);
  expect(by('first', [])).toEqual(['reported', 'accepted', 'registered']);
  expect(by('more', [])).toEqual(['handling']);
  for (const state of orderStateNames) {
    const standing = state !== 'returned' && state !== 'cancelled';
    expect(by('first', [{ state }])).toEqual(standing ? [] : ['reported', 'accepted', 'registered']);
  }
});

test('what changed in between is told by fields and by new lines of history only', () => {
  const entry = (n: number) => ({
    id: `${n}`,
    atMs: n,
    move: 'note',
    fromState: null,
    toState: null,
    actorName: '',
    reason: null,
    orderId: null,
    partyName: null,
    photos: [],
  });
  const before = {
    state: 'reported',
    severity: 'ordinary',
    categoryCode: 'a',
    address: null,
    place: null,
    deadlineMs: 5,
    timeline: [entry(1)],
  } as unknown as Incident;
  const after = { ...before, state: 'accepted', deadlineMs: null, timeline: [entry(1), entry(2)] } as Incident;
  const words = { category: (code: string) => code, time: String };
  const changes = changesSince(before, after, words);
  expect(changes.entries.map((each) => each.id)).toEqual(['2']);
  expect(changes.fields.map((each) => each.field)).toEqual(['state', 'deadline']);
  expect(changesSince(before, before, words)).toEqual({ entries: [], fields: [] });
});
