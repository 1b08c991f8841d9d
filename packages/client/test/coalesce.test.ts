import fc from 'fast-check';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { coalesce, type LiveBatch } from '../src/live/coalesce.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());
const message = (id: string) => ({ type: 'incidents.changed', id, areaPath: '9/' });

test('the first message after quiet goes through within 200 ms', () => {
  const seen: LiveBatch[] = [];
  const c = coalesce((batch) => seen.push(batch));
  c.push(message('1'));
  vi.advanceTimersByTime(200);
  expect(seen).toEqual([{ reset: false, messages: [message('1')] }]);
});

test('a storm gives at most one batch a second, loses nothing and says nothing twice', () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.nat(300), fc.nat(9)), { maxLength: 60 }), (pushes) => {
      const at: number[] = [];
      const ids: string[][] = [];
      const c = coalesce((batch) => {
        at.push(Date.now());
        ids.push(batch.messages.map((m) => m.id));
      });
      for (const [waitMs, id] of pushes) {
        vi.advanceTimersByTime(waitMs);
        c.push(message(String(id)));
      }
      vi.advanceTimersByTime(5000);
      for (let i = 1; i < at.length; i++) expect((at[i] ?? 0) - (at[i - 1] ?? 0)).toBeGreaterThanOrEqual(1000);
      expect(new Set(ids.flat())).toEqual(new Set(pushes.map(([, id]) => String(id))));
      for (const batch of ids) expect(new Set(batch).size).toBe(batch.length);
    }),
    { numRuns: 50 },
  );
});

test('a reset is told once with what came beside it', () => {
  const seen: LiveBatch[] = [];
  const c = coalesce((batch) => seen.push(batch));
  c.reset();
  c.reset();
  c.push(message('1'));
  vi.advanceTimersByTime(3000);
  expect(seen).toEqual([{ reset: true, messages: [message('1')] }]);
});

test('nothing is told after stop', () => {
  const seen: LiveBatch[] = [];
  const c = coalesce((batch) => seen.push(batch));
  c.push(message('1'));
  c.stop();
  vi.advanceTimersByTime(3000);
  expect(seen).toEqual([]);
});
