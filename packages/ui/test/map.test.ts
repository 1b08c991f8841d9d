import { incidentStateNames, severityNames } from '@wangge/incidents/contract';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { clusterRadius, heatColors, heatStep, heatSteps } from '../src/map/cell-symbols.ts';
import { decodeFlat, project, unproject } from '../src/map/decode.ts';
import { drawOrder, symbolOf } from '../src/map/symbols.ts';

test('a place survives the way to the map and back within a centimetre', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: -1800000000, max: 1800000000 }),
      fc.integer({ min: -800000000, max: 800000000 }),
      (x, y) => {
        const [first = []] = decodeFlat([x, y]);
        const back = unproject(first[0] ?? 0, first[1] ?? 0);
        expect(back.lon).toBeCloseTo(x / 1e7, 6);
        expect(back.lat).toBeCloseTo(y / 1e7, 6);
        expect(project(x / 1e7, y / 1e7)[0]).toBeCloseTo(first[0] ?? 0, 3);
      },
    ),
  );
});

test('severity is told by shape, state by mark, clock by ring: never by colour alone', () => {
  const shapes = new Set(severityNames.map((severity) => symbolOf({ state: 'handling', severity, clock: null }).shape));
  expect(shapes.size).toBe(severityNames.length);
  const marks = new Set(incidentStateNames.map((state) => symbolOf({ state, severity: 'ordinary', clock: null }).mark));
  expect(marks.size).toBe(incidentStateNames.length);
  const rings = (['running', 'warning', 'overdue'] as const).map(
    (clock) => symbolOf({ state: 'handling', severity: 'ordinary', clock }).ring,
  );
  expect(rings).toEqual(['none', 'warning', 'overdue']);
});

test('marks can be read: white on every fill has a contrast of 4.5 or more', () => {
  for (const state of incidentStateNames) {
    const { fill } = symbolOf({ state, severity: 'ordinary', clock: null });
    const [r = 0, g = 0, b = 0] = [1, 3, 5].map((i) => {
      const c = Number.parseInt(fill.slice(i, i + 2), 16) / 255;
      return c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4;
    });
    expect(1.05 / (0.2126 * r + 0.7152 * g + 0.0722 * b + 0.05)).toBeGreaterThanOrEqual(4.5);
  }
});

test('what is overdue lies above what is not', () => {
  for (const a of severityNames)
    for (const b of severityNames)
      expect(drawOrder({ severity: a, clock: 'overdue' })).toBeGreaterThan(
        drawOrder({ severity: b, clock: 'running' }),
      );
});

test('a group grows with its count and stays smaller than its cell', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 1_000_000 }), fc.integer({ min: 1, max: 1_000_000 }), (a, b) => {
      expect(clusterRadius(a)).toBeGreaterThanOrEqual(11);
      expect(clusterRadius(a)).toBeLessThanOrEqual(22);
      expect(clusterRadius(Math.min(a, b))).toBeLessThanOrEqual(clusterRadius(Math.max(a, b)));
    }),
  );
});

test('every count has one step of the heat, the fullest square the last', () => {
  expect(heatSteps(100)).toEqual([1, 3, 7, 16, 40]);
  expect(heatSteps(0)).toEqual([]);
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 1_000_000 }), fc.nat(), (most, n) => {
      const steps = heatSteps(most);
      const count = 1 + (n % most);
      const step = heatStep(count, steps);
      expect(steps).toEqual(steps.toSorted((a, b) => a - b));
      expect(steps[step] ?? Infinity).toBeLessThanOrEqual(count);
      expect(steps[step + 1] ?? Infinity).toBeGreaterThan(count);
      expect(heatStep(most, steps)).toBe(steps.length - 1);
      expect(steps.length).toBeLessThanOrEqual(heatColors.length);
    }),
  );
});
