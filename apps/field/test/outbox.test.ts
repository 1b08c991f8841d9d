import { CallError } from '@wangge/client';
import type { Task } from '@wangge/dispatch/contract';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { chainOf, isStuck, type MoveItem, type OutboxItem, type OutboxState } from '../src/outbox/item.ts';
import { memoryStore } from '../src/outbox/outbox-store.ts';
import { withWaiting } from '../src/outbox/overlay.ts';
import { afterFailure, isHeld, nextToSend } from '../src/outbox/queue.ts';

const task = { order: { id: 'o1', state: 'offered', version: 3, moves: ['accept', 'return'] } } as unknown as Task;
const base = { accountId: 'a', madeAtMs: 0, phone: null, photos: [], tries: 0, notBeforeMs: 0, problem: null };
function move(seq: number, more: Partial<MoveItem> = {}): MoveItem {
  const own = { id: `m${seq}`, seq, kind: 'move', orderId: 'o1', state: 'waiting', version: 2 + seq } as const;
  return { ...base, ...own, sentAtMs: null, facts: { move: 'accept' }, seen: task, ...more };
}
function report(seq: number, state: OutboxState = 'waiting'): OutboxItem {
  const content = { categoryCode: 'c', description: 'd' };
  return { ...base, id: `r${seq}`, seq, kind: 'report', state, sentAtMs: null, content, answer: null };
}
const error = (code: string, more: { field?: string; offline?: boolean; details?: Record<string, unknown> } = {}) =>
  new CallError(code as 'internal', { zh: '', en: '' }, more);

describe('what goes next', () => {
  test('the oldest; what has gone does not go again', () => {
    expect(nextToSend([report(2), report(1, 'sent'), report(3)], 0).item?.id).toBe('r2');
    expect(nextToSend([report(1, 'sent')], 0)).toEqual({ item: null, wakeAtMs: null });
  });
  test('behind one that was refused nothing of the same order goes, everything else does', () => {
    const items = [move(1, { state: 'refused' }), move(2), report(3)];
    expect(nextToSend(items, 0).item?.id).toBe('r3');
    expect(isHeld(items, move(2))).toBe(true);
    expect(isHeld(items, report(3))).toBe(false);
  });
  test('one that has to pause is waited for, and holds its own order only', () => {
    const items = [move(1, { notBeforeMs: 500 }), move(2), report(3, 'sent')];
    expect(nextToSend(items, 0)).toEqual({ item: null, wakeAtMs: 500 });
    expect(nextToSend(items, 500).item?.id).toBe('m1');
    expect(nextToSend([...items, report(4)], 0).item?.id).toBe('r4');
  });
  test('whatever is tried and however it ends: each at most once at a time, each order in its order', () => {
    const states = fc.constantFrom<OutboxState>('waiting', 'sending', 'sent', 'refused', 'conflict');
    const anyItem = fc.tuple(states, fc.integer({ min: 0, max: 3 }), fc.nat(2));
    fc.assert(
      fc.property(fc.array(anyItem, { maxLength: 12 }), (list) => {
        const items = list.map(([state, order, pause], seq) =>
          order === 0 ? report(seq, state) : move(seq, { orderId: `o${order}`, state, notBeforeMs: pause }),
        );
        const { item } = nextToSend(items, 1);
        if (!item) return;
        expect(item.state).toBe('waiting');
        const before = items.filter((other) => other.seq < item.seq && chainOf(other) === chainOf(item));
        expect(before.every((other) => other.state === 'sent')).toBe(true);
      }),
    );
  });
});

test('a call for help goes before everything, and waits for nothing', () => {
  const deed = { name: 'ask-help', incidentId: 'i', text: null, place: null, placeAgeS: 0 } as const;
  const help = (seq: number, state: OutboxState = 'waiting'): OutboxItem => ({
    ...base,
    id: `h${seq}`,
    seq,
    kind: 'deed',
    state,
    sentAtMs: null,
    deed,
    about: '',
  });
  expect(nextToSend([report(1), move(2), help(3)], 0).item?.id).toBe('h3');
  expect(nextToSend([help(1, 'refused'), report(2), help(3)], 0).item?.id).toBe('h3');
  expect(isHeld([help(1, 'refused'), help(3)], help(3))).toBe(false);
});

describe('what failed', () => {
  test('without link or session waits, and so does everything else', () => {
    for (const code of [error('unavailable', { offline: true }), error('unauthenticated')])
      expect(afterFailure(report(1), code, 9)).toMatchObject({ state: 'waiting', notBeforeMs: 0, stop: true });
  });
  test('at a busy server is tried later, as late as the server says', () => {
    const told = error('rate-limited', { details: { retryAfterS: 7 } });
    expect(afterFailure(report(1), told, 1000)).toMatchObject({ state: 'waiting', notBeforeMs: 8000, stop: false });
    expect(afterFailure({ ...report(1), tries: 30 }, error('internal'), 0).notBeforeMs).toBe(300_000);
  });
  test('for a person to decide: a conflict for moves, a refusal for the rest', () => {
    expect(afterFailure(move(1), error('stale-edit'), 0).state).toBe('conflict');
    expect(afterFailure(move(1), error('move-not-allowed'), 0).state).toBe('conflict');
    expect(afterFailure(move(1), error('guard-failed'), 0).state).toBe('refused');
    expect(afterFailure(move(1), error('conflict', { field: 'photoIds' }), 0).state).toBe('refused');
    expect(afterFailure(report(1), error('key-reused'), 0).state).toBe('refused');
    expect(afterFailure(report(1), error('place-outside'), 0)).toMatchObject({ state: 'refused', stop: false });
  });
  test('for photos that the server has swept away goes again with them, but not for ever', () => {
    const gone = error('not-found', { field: 'photoIds' });
    expect(afterFailure(report(1), gone, 0)).toMatchObject({ state: 'waiting', photosGone: true });
    expect(afterFailure({ ...report(1), tries: 3 }, gone, 0).state).toBe('refused');
  });
});

describe('the task as it will be', () => {
  test('goes along with what waits, step by step', () => {
    const items = [move(1, { version: 3 }), move(2, { version: 4, facts: { move: 'respond', text: '好了' } })];
    expect(withWaiting(task, items).order).toMatchObject({
      state: 'responded',
      version: 5,
      moves: [],
      response: '好了',
    });
    expect(withWaiting(task, items.slice(0, 1)).order).toMatchObject({ state: 'accepted', version: 4 });
  });
  test('is as it is where what waits was made on another version, is stuck, or is of another order', () => {
    for (const other of [move(1, { version: 2 }), move(1, { version: 3, state: 'conflict' }), report(1)])
      expect(withWaiting(task, [other])).toBe(task);
    expect(withWaiting(task, [move(1, { version: 3, orderId: 'o2' })])).toBe(task);
  });
});

test('in memory as on the disk: added once, changed step by step, photos go with the end', async () => {
  const store = memoryStore();
  const item = { ...report(1), photos: [{ id: 'p', fileId: null }] };
  await store.add(item, [{ id: 'p', blob: new Blob(['x']) }], null);
  await store.add({ ...item, tries: 9 }, [], null);
  expect((await store.all()).map(({ tries }) => tries)).toEqual([0]);
  await store.change('r1', (now) => ({ ...now, state: 'refused' }));
  expect(isStuck((await store.all())[0] ?? item)).toBe(true);
  await store.replace('r1', { ...item, id: 'r2' });
  expect(await store.photo('p')).not.toBeNull();
  await store.change('r2', () => null);
  expect([await store.all(), await store.photo('p')]).toEqual([[], null]);
  expect(await store.change('r2', (now) => now)).toBeNull();
});
