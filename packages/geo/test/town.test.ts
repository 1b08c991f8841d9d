import { createHash } from 'node:crypto';
import { beforeAll, describe, expect, test } from 'vitest';
import { areaLevels, buildAreaIndex, rng } from '@wangge/geo';
import { demoSeed, generateDemoTown, randomPlaceIn, type DemoTown } from '@wangge/geo/town';

const hash = (value: unknown) => createHash('sha256').update(JSON.stringify(value)).digest('hex').slice(0, 16);

describe('the demo town', () => {
  let town: DemoTown;
  beforeAll(() => {
    town = generateDemoTown();
  });
  const level = (name: string) => town.areas.filter((area) => area.level === name);

  test('is the same each time, and another one for another seed', () => {
    expect(hash(generateDemoTown(demoSeed))).toBe(hash(town));
    expect(hash(generateDemoTown(demoSeed + 1))).not.toBe(hash(town));
  });

  test('has 12 villages, 49 grids and 186 micro-grids of about 40,000 people', () => {
    expect(areaLevels.map((name) => level(name).length)).toEqual([1, 1, 12, 49, 186]);
    const people = level('town')[0]!.population;
    expect(people).toBeGreaterThan(39_500);
    expect(people).toBeLessThan(40_500);
    expect(people / level('town')[0]!.households).toBeGreaterThan(2.4);
    expect(people / level('town')[0]!.households).toBeLessThan(3.4);
    for (const micro of level('micro-grid')) expect(micro.households).toBeGreaterThan(0);
  });

  test('every level adds up to the one above', () => {
    for (const parent of town.areas.filter((area) => area.level !== 'micro-grid')) {
      const children = town.areas.filter((area) => area.parentCode === parent.code);
      expect(children.reduce((sum, area) => sum + area.population, 0)).toBe(parent.population);
      expect(children.reduce((sum, area) => sum + area.households, 0)).toBe(parent.households);
    }
  });

  test('codes are unique, well formed and those of a place that does not exist', () => {
    const codes = town.areas.map((area) => area.code);
    expect(new Set(codes).size).toBe(codes.length);
    const shapes = { county: 6, town: 9, village: 12, grid: 15, 'micro-grid': 17 };
    for (const area of town.areas) {
      expect(area.code).toMatch(/^990101\d*$/);
      expect(area.code).toHaveLength(shapes[area.level]);
      expect(area.parentCode === null || area.code.startsWith(area.parentCode)).toBe(true);
    }
    const names = town.areas.map((area) => area.name);
    expect(new Set(names).size).toBe(names.length);
  });

  test('looks like a place: water, roads with names, buildings, places', () => {
    const kinds = new Set(town.water.map((water) => water.kind));
    expect([...kinds].toSorted()).toEqual(['pond', 'reservoir', 'river']);
    expect(town.roads.filter((road) => road.kind !== 'lane').every((road) => road.name)).toBe(true);
    expect(town.buildings.length).toBeGreaterThan(3500);
    const places = new Set(town.places.map((place) => place.kind));
    for (const kind of ['town-hall', 'hospital', 'school', 'market', 'square', 'bus-stop']) {
      expect(places).toContain(kind);
    }
  });

  test('places and buildings are on land of the town', () => {
    const index = buildAreaIndex(level('micro-grid'));
    const outside = town.places.filter(({ position }) => !index.locate(...position));
    expect(outside).toEqual([]);
    const stray = town.buildings.filter(({ outline }) => !index.locate(...outline[0]!));
    // A corner of a house at the very edge may reach over the border.
    expect(stray.length).toBeLessThan(5);
    const water = buildAreaIndex(town.water.map(({ polygons }, i) => ({ code: `W${i}`, polygons })));
    const flooded = town.buildings.filter(({ outline }) => outline.some((corner) => water.locate(...corner)));
    expect(flooded).toEqual([]);
  });

  test('random places repeat with the seed and are all in a micro-grid', () => {
    const places = (seed: number) => {
      const random = rng(seed);
      return Array.from({ length: 500 }, () => randomPlaceIn(town, random));
    };
    expect(places(7)).toEqual(places(7));
    expect(places(8)).not.toEqual(places(7));
    const index = buildAreaIndex(level('micro-grid'));
    const found = new Set(places(7).map((place) => index.locate(...place)));
    expect(found).not.toContain(null);
    expect(found.size).toBeGreaterThan(100);
  });
});
