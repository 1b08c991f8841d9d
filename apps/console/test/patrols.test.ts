/** Times of a day in the form, and points while they are edited. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { daysText, minuteOf, rateOf, timeOf, windowText } from '../src/patrols/day-time.ts';
import { changed, plansOf, shifted, withPoint } from '../src/patrols/draft-points.ts';

describe('a time of the day', () => {
  it('comes back as it was typed', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 1439 }), (minute) => {
        expect(minuteOf(timeOf(minute))).toBe(minute);
      }),
    );
  });
  it('at midnight ends the day where an end is meant', () => {
    expect(minuteOf(timeOf(1440), true)).toBe(1440);
    expect(minuteOf('00:00')).toBe(0);
  });
  it.each(['', '24:00', '7:30', '12:60', 'noon'])('is not %j', (text) => {
    expect(minuteOf(text)).toBe(null);
  });
});

it.each([
  [480, 1080, '08:00–18:00'],
  [1320, 120, '22:00–次日 02:00'],
  [1200, 1440, '20:00–00:00'],
])('a window from %i to %i is said as %s', (fromMin, toMin, text) => {
  expect(windowText(fromMin, toMin, (time) => `次日 ${time}`)).toBe(text);
});

it('days are named in the order of the week', () => {
  const t = {
    daysKinds: { working: 'work' },
    weekdays: 'Mon,Tue,Wed,Thu,Fri,Sat,Sun',
    weekday: (names: string) => `on ${names}`,
  };
  expect(daysText({ kind: 'working' }, t, ', ')).toBe('work');
  expect(daysText({ kind: 'weekdays', weekdays: [7, 1] }, t, ', ')).toBe('on Mon, Sun');
});
it('the rate is of what is decided', () => {
  expect(rateOf({ done: 0, missed: 0 })).toBe(null);
  expect(rateOf({ done: 3, missed: 1 })).toBe(0.75);
});

describe('points', () => {
  const three = ['a', 'b', 'c'].reduce<ReturnType<typeof withPoint>>(
    (list, key) => withPoint(list, key, ` ${key} `, { lon: 119.123456789, lat: 31 }),
    [],
  );
  const keys = (list: typeof three): string => list.map((p) => p.key).join('');
  it('move past each other and stop at the ends', () => {
    expect([keys(shifted(three, 'a', 1)), keys(shifted(three, 'c', -1))]).toEqual(['bac', 'acb']);
    expect([keys(shifted(three, 'a', -1)), keys(shifted(three, 'c', 1)), keys(shifted(three, 'x', 1))]).toEqual([
      'abc',
      'abc',
      'abc',
    ]);
  });
  it('are sent without what only the page knows', () => {
    expect(plansOf(changed(three, 'b', { task: '  ' }))[1]).toEqual({
      name: 'b',
      place: { lon: 119.1234568, lat: 31 },
      radiusM: 50,
      task: null,
    });
  });
});
