import { between, rng, type Rng } from '../rng.ts';
import type { Polygons } from '../types.ts';
import type { Cells } from './cells.ts';
import { countyName, gridName, microGridName, townName, villageNames } from './names.ts';
import { partition } from './partition.ts';
import { gap, type Xy } from './plane.ts';
import { makeStretches, polygonsOf } from './rings.ts';
import { share } from './share.ts';
import type { DemoArea } from './types.ts';

export const gridCount = 49;
export const microGridCount = 186;
const population = 40_000;

const countyCode = '990101';
export const townCode = '990101100';

type Unit = { code: string; name: string; parent: string; cells: number[] };

/**
 * The administrative tree over the cells: each level is cut out of the one above, so that it tiles it by
 * construction, and all levels draw their borders from the same stretches.
 */
export function makeAdministration(
  seed: number,
  cells: Cells,
  centres: readonly Xy[],
  households: readonly number[],
): DemoArea[] {
  const random = rng(seed);
  const weight = (cell: number) => households[cell] ?? 0;
  const members = cells.sites.flatMap((_, cell) => (cells.inTown[cell] ? [cell] : []));
  const villages = cutVillages(cells, members, centres);
  const grids = cut(random, cells, villages, weight, {
    total: gridCount,
    least: 3,
    digits: 3,
    name: gridName,
  });
  const micros = cut(random, cells, grids, weight, {
    total: microGridCount,
    least: 2,
    digits: 2,
    name: microGridName,
  });

  const microOf = new Map<number, number>();
  micros.forEach((micro, i) => micro.cells.forEach((cell) => microOf.set(cell, i)));
  const stretches = makeStretches(cells, (cell) => microOf.get(cell) ?? -1);
  const polygons = (code: string): Polygons =>
    polygonsOf(stretches, (i) => (i < 0 ? null : micros[i]!.code.slice(0, code.length)), code);

  const people = new Map<string, { population: number; households: number }>();
  const total = micros.reduce((sum, micro) => sum + sumOf(micro.cells, weight), 0);
  for (const micro of micros) {
    const homes = sumOf(micro.cells, weight);
    const persons = Math.round(((homes * population) / total) * between(random, 0.93, 1.07));
    for (const length of [6, 9, 12, 15, 17]) {
      const code = micro.code.slice(0, length);
      const sum = people.get(code) ?? { population: 0, households: 0 };
      people.set(code, {
        population: sum.population + persons,
        households: sum.households + homes,
      });
    }
  }

  const area = (unit: Omit<Unit, 'cells' | 'parent'>, level: DemoArea['level'], parent: string | null) => ({
    code: unit.code,
    level,
    parentCode: parent,
    name: unit.name,
    ...people.get(unit.code)!,
    polygons: polygons(unit.code),
  });
  return [
    area({ code: countyCode, name: countyName }, 'county', null),
    area({ code: townCode, name: townName }, 'town', countyCode),
    ...villages.map((unit) => area(unit, 'village', unit.parent)),
    ...grids.map((unit) => area(unit, 'grid', unit.parent)),
    ...micros.map((unit) => area(unit, 'micro-grid', unit.parent)),
  ];
}

function sumOf(cells: readonly number[], weight: (cell: number) => number): number {
  return cells.reduce((sum, cell) => sum + weight(cell), 0);
}

function cutVillages(cells: Cells, members: readonly number[], centres: readonly Xy[]): Unit[] {
  const seeds = centres.map((centre) => cells.cellAt(centre));
  const owner = partition(cells, members, seeds, () => 1, { rounds: 0, move: false, handicapM: 0 });
  return centres.map((_, i) => ({
    code: `${townCode}${201 + i}`,
    name: villageNames[i]!,
    parent: townCode,
    cells: members.filter((cell) => owner.get(cell) === i),
  }));
}

function cut(
  random: Rng,
  cells: Cells,
  parents: readonly Unit[],
  weight: (cell: number) => number,
  how: { total: number; least: number; digits: number; name(parent: string, n: number): string },
): Unit[] {
  const counts = share(
    how.total,
    parents.map((parent) => sumOf(parent.cells, weight)),
    how.least,
  );
  return parents.flatMap((parent, p) => {
    const starts = spreadSeeds(random, cells, parent.cells, weight, counts[p]!);
    const owner = partition(cells, parent.cells, starts, weight, {
      rounds: 30,
      move: true,
      handicapM: 90,
    });
    const parts = starts.map((_, part) => parent.cells.filter((cell) => owner.get(cell) === part));
    // Numbered from west to east, and from north to south (CJ/T 349), by where their middle is.
    const ordered = parts.toSorted((a, b) => order(middle(cells, a)) - order(middle(cells, b)));
    return ordered.map((part, i) => ({
      code: `${parent.code}${String(i + 1).padStart(how.digits, '0')}`,
      name: how.name(parent.name, i + 1),
      parent: parent.code,
      cells: part,
    }));
  });
}

function order([x, y]: Xy): number {
  return x - 0.6 * y;
}

function middle(cells: Cells, part: readonly number[]): Xy {
  const sum = part.reduce<Xy>((s, cell) => [s[0] + cells.sites[cell]![0], s[1] + cells.sites[cell]![1]], [0, 0]);
  return [sum[0] / part.length, sum[1] / part.length];
}

/** Inhabited cells far from each other: the first by chance, each further one the farthest from all before. */
function spreadSeeds(
  random: Rng,
  cells: Cells,
  members: readonly number[],
  weight: (cell: number) => number,
  count: number,
): number[] {
  const inhabited = members.filter((cell) => weight(cell) > 0);
  if (inhabited.length < count) throw new Error('too few inhabited cells for the areas asked for');
  const seeds = [inhabited[Math.floor(random() * inhabited.length)]!];
  while (seeds.length < count) {
    const distance = (cell: number) => Math.min(...seeds.map((seed) => gap(cells.sites[seed]!, cells.sites[cell]!)));
    seeds.push(inhabited.reduce((a, b) => (distance(b) > distance(a) ? b : a)));
  }
  return seeds;
}
