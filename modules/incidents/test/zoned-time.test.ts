import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { momentAt, readTime } from '../src/import/zoned-time.ts';

describe('local times of a file', () => {
  it.each([
    ['12/31/2017 11:59:58 PM', 'America/Los_Angeles', '2018-01-01T07:59:58.000Z'],
    ['04/09/2018 09:18:35 AM', 'America/Los_Angeles', '2018-04-09T16:18:35.000Z'],
    ['12/01/2017 12:00:00 AM', 'America/Los_Angeles', '2017-12-01T08:00:00.000Z'],
    ['2026-11-22 08:15:30', 'Asia/Shanghai', '2026-11-22T00:15:30.000Z'],
    ['2026-11-22T08:15:30Z', 'Asia/Shanghai', '2026-11-22T08:15:30.000Z'],
    ['2026-11-22T08:15:30+05:30', 'Asia/Shanghai', '2026-11-22T02:45:30.000Z'],
    // 01:30 comes twice on this night: the earlier one is meant.
    ['2017-11-05 01:30:00', 'America/Los_Angeles', '2017-11-05T08:30:00.000Z'],
    // 02:30 is left out on this night.
    ['2017-03-12 02:30:00', 'America/Los_Angeles', '2017-03-12T10:30:00.000Z'],
  ])('%s in %s', (text, zone, utc) => {
    expect(new Date(readTime(text, zone) ?? Number.NaN).toISOString()).toBe(utc);
  });
  it.each(['', 'yesterday', '13/41/2017', '2017-02-29', '2017-01-01 25:00:00', '12/31/2017 13:00:00 PM'])(
    'refuses %j',
    (text) => {
      expect(readTime(text, 'UTC')).toBeNull();
    },
  );
  it('reads back what a zone shows at any moment', () => {
    const zones = ['Asia/Shanghai', 'America/Los_Angeles', 'Europe/Berlin', 'Australia/Lord_Howe'];
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 2_000_000_000 }), fc.constantFrom(...zones), (seconds, zone) => {
        const shown = new Intl.DateTimeFormat('sv-SE', {
          timeZone: zone,
          dateStyle: 'short',
          timeStyle: 'medium',
        }).format(seconds * 1000);
        const back = readTime(shown, zone) ?? Number.NaN;
        const again = new Intl.DateTimeFormat('sv-SE', {
          timeZone: zone,
          dateStyle: 'short',
          timeStyle: 'medium',
        }).format(back);
        expect(again).toBe(shown);
        expect(back).toBeLessThanOrEqual(seconds * 1000);
        expect(momentAt('UTC', seconds * 1000)).toBe(seconds * 1000);
      }),
    );
  });
});
