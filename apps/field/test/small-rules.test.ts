import fc from 'fast-check';
import { expect, test } from 'vitest';
import { deviceName } from '../src/me/device-name.ts';
import { fixOf } from '../src/place/position.ts';
import { navigateLink } from '../src/place/navigate-link.ts';
import { fitWithin, longestSide } from '../src/photos/shrink.ts';
import { lockedSentence } from '../src/session/sign-in-problem.ts';
import { moveLabel } from '../src/task/timeline-label.ts';

test('photos fit the longest side, keep their proportions and are never enlarged', () => {
  const side = fc.integer({ min: 1, max: 20_000 });
  fc.assert(
    fc.property(side, side, (width, height) => {
      const fit = fitWithin(width, height, longestSide);
      expect(Math.max(fit.width, fit.height)).toBeLessThanOrEqual(longestSide);
      expect(fit.width <= width && fit.height <= height && fit.width > 0 && fit.height > 0).toBe(true);
      const scale = Math.min(1, longestSide / Math.max(width, height));
      expect(Math.abs(fit.width - width * scale)).toBeLessThanOrEqual(1);
    }),
  );
});

test('the way there opens the phone’s own map app', () => {
  const place = { lon: 118.997, lat: 31.5018 };
  expect(navigateLink(place, '建设路 (北)', 'Android')).toBe(
    `geo:31.501800,118.997000?q=31.501800,118.997000(${encodeURIComponent('建设路  北')})`,
  );
  expect(navigateLink(place, '', 'iPhone')).toBe('maps:?daddr=31.501800,118.997000');
});

test('fixes are whole, rounded and within what the contract takes', () => {
  const coords = { longitude: 118.99712345678, latitude: 31.50187654321, accuracy: 1e9 };
  expect(fixOf({ coords, timestamp: 12.7 })).toEqual({
    place: { lon: 118.9971235, lat: 31.5018765, accuracyM: 1_000_000 },
    takenAtMs: 13,
  });
});

test('a lock says how long it lasts', () => {
  const words = (minutes: number): string => `${minutes}`;
  expect(lockedSentence({ code: 'locked-out', details: { retryAfterS: 61 } }, words)).toBe('2');
  expect(lockedSentence({ code: 'locked-out', details: {} }, words)).toBeNull();
  expect(lockedSentence({ code: 'wrong-credentials', details: { retryAfterS: 61 } }, words)).toBeNull();
});

test('timeline entries have names, unknown ones their code', () => {
  expect(moveLabel('order:accept').zh).toBe('签收');
  expect(moveLabel('register').zh).toBe('立案');
  expect(moveLabel('report').zh).toBe('上报');
  expect(moveLabel('constructor').zh).toBe('constructor');
  expect(moveLabel('order:constructor').zh).toBe('constructor');
});

test('devices are told apart in two words', () => {
  expect(deviceName('Mozilla/5.0 (Linux; Android 14) AppleWebKit Chrome/140.0 Mobile Safari/537.36')).toBe(
    'Chrome · Android',
  );
  expect(deviceName('curl/8')).toBe('curl/8');
});
