import { describe, expect, test } from 'vitest';
import { areaM2, distanceM, distanceToSegmentM, lengthM, metresPerDegree } from '@wangge/geo';

describe('metres', () => {
  // Lengths of a degree as GeographicLib gives them.
  test.each([
    [0, 111_319.5, 110_574.3],
    [30, 96_486.3, 110_852.4],
    [60, 55_800.0, 111_412.3],
  ])('a degree at latitude %d', (lat, lon, latLength) => {
    const scale = metresPerDegree(lat);
    expect(scale.lon).toBeCloseTo(lon, -0.5);
    expect(scale.lat).toBeCloseTo(latLength, -0.5);
  });

  // Known answers of GeographicLib (Karney's algorithms).
  test('distances are those of the geodesic', () => {
    const metres = distanceM([119, 31.5], [119.1, 31.6]);
    expect(metres).toBeCloseTo(14_597.935, 1);
    expect(distanceM([119, 31.5], [120.5, 32.5]) / 179_957.227).toBeCloseTo(1, 3);
    expect(
      lengthM([
        [119, 31.5],
        [119.05, 31.55],
        [119.1, 31.6],
      ]),
    ).toBeCloseTo(metres, 0);
  });

  test('the area of a small cell is that between geodesics', () => {
    const cell = [
      [119, 31],
      [119.1, 31],
      [119.1, 31.1],
      [119, 31.1],
      [119, 31],
    ] as const;
    expect(areaM2([[cell]]) / 105_830_589.2).toBeCloseTo(1, 6);
  });

  test('the whole ellipsoid has the area of WGS 84', () => {
    const half = (west: number, east: number) =>
      [
        [west, -90],
        [east, -90],
        [east, 90],
        [west, 90],
        [west, -90],
      ] as const;
    const total = areaM2([[half(-180, 0)], [half(0, 180)]]);
    expect(total / 510_065_621_724_000).toBeCloseTo(1, 9);
  });

  test('interior rings are taken off, whatever way they turn', () => {
    const square = (size: number) =>
      [
        [119, 31],
        [119 + size, 31],
        [119 + size, 31 + size],
        [119, 31 + size],
        [119, 31],
      ] as const;
    const whole = areaM2([[square(0.01)]]);
    const hole = areaM2([[square(0.001)]]);
    expect(areaM2([[square(0.01), square(0.001)]])).toBeCloseTo(whole - hole, 3);
    expect(areaM2([[square(0.01), square(0.001).toReversed()]])).toBeCloseTo(whole - hole, 3);
  });

  test('distance to a segment ends at its ends', () => {
    const scale = metresPerDegree(31);
    expect(distanceToSegmentM([119, 31], [119.001, 30.9], [119.001, 31.1])).toBeCloseTo(0.001 * scale.lon, 3);
    expect(distanceToSegmentM([119, 31], [119, 31.001], [119, 31.002])).toBeCloseTo(0.001 * scale.lat, 3);
    expect(distanceToSegmentM([119, 31], [119, 31], [119, 31])).toBe(0);
  });
});
