import { expect, test } from 'vitest';
import { clockOf, minuteOf } from '../src/notify/minutes.ts';

test('every minute of the day reads back as itself, with seconds too', () => {
  for (let minute = 0; minute < 1440; minute++) {
    expect(minuteOf(clockOf(minute))).toBe(minute);
    expect(minuteOf(`${clockOf(minute)}:59`)).toBe(minute);
  }
});
