import fc from 'fast-check';
import { expect, test } from 'vitest';
import { freshAbove } from '../src/desk/fresh-rows.ts';
import { scrollToRow, visibleRows } from '../src/desk/windowing.ts';

test('every row that can be seen is drawn', () => {
  fc.assert(
    fc.property(fc.nat(100_000), fc.integer({ min: 1, max: 2000 }), fc.nat(2000), (top, height, count) => {
      const rowHeight = 58;
      const { first, last } = visibleRows(top, height, rowHeight, count);
      expect(first).toBeGreaterThanOrEqual(0);
      expect(last).toBeLessThanOrEqual(count);
      expect(first).toBeLessThanOrEqual(last);
      for (let row = 0; row < count; row++) {
        const seen = (row + 1) * rowHeight > top && row * rowHeight < top + height;
        expect(!seen || (row >= first && row < last)).toBe(true);
      }
    }),
    { numRuns: 60 },
  );
});

test('scrolling to a row moves as little as possible and makes it visible', () => {
  expect(scrollToRow(0, 0, 580, 58)).toBeNull();
  expect(scrollToRow(10, 0, 580, 58)).toBe(58);
  expect(scrollToRow(2, 580, 580, 58)).toBe(116);
});

test('rows above the first known one are news, rows of a page loaded below are not', () => {
  const known = new Set(['c', 'd']);
  expect(freshAbove(known, ['a', 'b', 'c', 'd', 'e'])).toEqual(['a', 'b']);
  expect(freshAbove(known, ['c', 'd', 'e'])).toEqual([]);
  expect(freshAbove(known, ['x', 'y'])).toEqual([]);
  expect(freshAbove(new Set(), ['a'])).toEqual([]);
});
