import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Fix } from '../src/place/position.ts';
import { isWorthSharing, leastMs, standingMs } from '../src/place/share-rule.ts';

const at = (lat: number): Fix => ({ place: { lon: 118.99, lat }, takenAtMs: 0 });
const last = { fix: at(31.5), sentAtMs: 1_000_000 };

test('the first fix goes out at once', () => {
  expect(isWorthSharing(null, at(31.5), 0)).toBe(true);
});
test.each([
  ['far, too soon', 31.6, leastMs - 1, false],
  ['22 m, after 30 s', 31.5002, leastMs, true],
  ['11 m, after 30 s', 31.5001, leastMs, false],
  ['standing, just before it would look lost', 31.5, standingMs - 1, false],
  ['standing, from then on', 31.5, standingMs, true],
  ['a clock that was set back', 31.5, -1, true],
])('%s', (_, lat, sinceMs, expected) => {
  expect(isWorthSharing(last, at(lat), last.sentAtMs + sinceMs)).toBe(expected);
});
test('however one moves, never oftener than every 30 seconds', () => {
  const steps = fc.array(fc.tuple(fc.integer({ min: 0, max: 60_000 }), fc.double({ min: -80, max: 80, noNaN: true })));
  fc.assert(
    fc.property(steps, (walk) => {
      const sentMs: number[] = [];
      let sent: { fix: Fix; sentAtMs: number } | null = null;
      let nowMs = 0;
      for (const [waitMs, lat] of walk) {
        nowMs += waitMs;
        if (!isWorthSharing(sent, at(lat), nowMs)) continue;
        sent = { fix: at(lat), sentAtMs: nowMs };
        sentMs.push(nowMs);
      }
      const gaps = sentMs.slice(1).map((ms, i) => ms - (sentMs[i] ?? 0));
      expect(gaps.every((gap) => gap >= leastMs)).toBe(true);
    }),
  );
});
