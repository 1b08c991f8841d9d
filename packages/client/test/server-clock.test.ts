import { expect, test } from 'vitest';
import { noteServerDate, serverClock } from '../src/server-clock.ts';

const date = (ms: number): string => new Date(ms).toUTCString();
const noonMs = Date.UTC(2026, 10, 22, 4);

test('learns the offset and the last contact from answers, and ignores noise and nonsense', () => {
  expect(serverClock()).toBeNull();
  noteServerDate(null);
  noteServerDate('yesterday');
  expect(serverClock()).toBeNull();
  // The phone is a day behind.
  noteServerDate(date(noonMs), noonMs - 86_400_000);
  expect(serverClock()).toEqual({ offsetMs: 86_400_500, contactMs: noonMs });
  noteServerDate(date(noonMs + 60_000), noonMs - 86_400_000 + 61_200);
  expect(serverClock()).toEqual({ offsetMs: 86_400_500, contactMs: noonMs + 60_000 });
  // Somebody put it right.
  noteServerDate(date(noonMs + 120_000), noonMs + 120_500);
  expect(serverClock()).toEqual({ offsetMs: 0, contactMs: noonMs + 120_000 });
});
