import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { countdown, dayStart, formatDistance, formatEnd, formatSpan, formatTime, relativeTime } from '../src/time.ts';

const at = (iso: string): number => Date.parse(`${iso}+08:00`);
const now = at('2026-11-22T10:00:00');

test.each([
  ['2026-11-22T09:59:30', '刚刚', 'just now'],
  ['2026-11-22T10:00:20', '刚刚', 'just now'],
  ['2026-11-22T09:15:00', '45 分钟前', '45 min ago'],
  ['2026-11-22T00:10:00', '9 小时前', '9 h ago'],
  ['2026-11-21T23:50:00', '昨天 23:50', 'yesterday 23:50'],
  ['2026-11-20T08:05:00', '11-20 08:05', '11-20 08:05'],
  ['2025-11-20T08:05:00', '2025-11-20 08:05', '2025-11-20 08:05'],
])('%s is told as %s', (iso, zh, en) => {
  expect(relativeTime(at(iso), now, 'zh')).toBe(zh);
  expect(relativeTime(at(iso), now, 'en')).toBe(en);
});

test('the day begins at the town’s midnight', () => {
  expect(dayStart(at('2026-11-22T00:00:00'))).toBe(at('2026-11-22T00:00:00'));
  expect(dayStart(at('2026-11-22T23:59:59'))).toBe(at('2026-11-22T00:00:00'));
  expect(formatTime(at('2026-01-01T00:05:00'), now)).toBe('01-01 00:05');
});

test.each([
  ['2026-11-22T22:00:00', '2026-11-23T02:00:00', '次日 02:00'],
  ['2026-11-22T20:00:00', '2026-11-23T00:00:00', '00:00'],
  ['2026-11-22T08:00:00', '2026-11-22T11:30:00', '11:30'],
])('from %s to %s ends at %s', (from, to, text) => {
  expect(formatEnd(at(from), at(to), (time) => `次日 ${time}`)).toBe(text);
});

describe('countdown', () => {
  test('what is left and what is over', () => {
    expect(countdown(now + 65 * 60_000, now, 'running', 'zh')).toEqual({ tone: 'running', text: '剩 1 小时 05 分' });
    expect(countdown(now + 600_000, now, 'warning', 'en')).toEqual({ tone: 'warning', text: '10 min left' });
    expect(countdown(now - 27 * 3_600_000, now, 'overdue', 'zh')).toEqual({
      tone: 'overdue',
      text: '超时 1 天 3 小时',
    });
  });
  test('a deadline that passed is overdue whatever the last answer said', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 1e10 }),
        fc.constantFrom('running', 'warning', 'overdue', null),
        (over, c) => {
          expect(countdown(now - over, now, c as 'running' | null, 'zh').tone).toBe('overdue');
        },
      ),
    );
  });
  test('no figure is shown when the clocks disagree', () => {
    expect(countdown(now + 5000, now, 'overdue', 'zh')).toEqual({ tone: 'overdue', text: '已超时' });
  });
});

test('a span has at most two units and never a zero one', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1000, max: 1e11 }), (ms) => {
      const text = formatSpan(ms, 'en');
      expect(text).toMatch(/^\d+ (d|h|min|s)( \d+ (h|min))?$/);
      expect(text).not.toMatch(/(^| )0 /);
    }),
  );
});

test('distances are rounded to what they are worth', () => {
  expect(formatDistance(123, 'zh')).toBe('120 米');
  expect(formatDistance(1234, 'en')).toBe('1.2 km');
});
