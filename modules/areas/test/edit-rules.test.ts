/** Edits of a town: codes, figures, outlines; what was done is undone to the letter, and no edit opens a gap. */
import { areaM2, fromPolygons, outlineOf, type Polygons } from '@wangge/geo';
import { cornerKey, EditProblem, rimCorners, tileOf, allEdges } from '@wangge/geo/edit';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { AreaEdit } from '../src/contract.ts';
import { checkLevels } from '../src/rules/check-levels.ts';
import { applyEdit } from '../src/rules/edit/apply-edit.ts';
import { EditRefused } from '../src/rules/edit/edit-refused.ts';
import { applyPatch, patchBetween } from '../src/rules/edit/patch.ts';
import { mosaicOf, readyToEdit, tilesOf } from '../src/rules/edit/tiles.ts';
import type { AreaEntry, TownShapes } from '../src/rules/entry.ts';

const step = 10_000;
const box = (x: number, y: number): Polygons => {
  const at = (cx: number, cy: number): [number, number] => [
    (1_190_000_000 + cx * step) / 1e7,
    (310_000_000 + cy * step) / 1e7,
  ];
  return [[[at(x, y), at(x + 1, y), at(x + 1, y + 1), at(x, y + 1), at(x, y)]]];
};
const quanta = (x: number, y: number): [number, number] => [1_190_000_000 + x * step, 310_000_000 + y * step];
/** Two villages of two grids of two by two micro-grids; a third grid in the second village is not divided. */
function town(): TownShapes {
  const entries: AreaEntry[] = [];
  const polygons = new Map<string, Polygons>();
  const add = (level: AreaEntry['level'], code: string, parentId: string | null, people: number): void => {
    entries.push({
      id: code,
      level,
      code,
      name: `区${code}`,
      parentId,
      population: people,
      households: null,
      derived: false,
    });
  };
  add('county', '9', null, 1700);
  add('town', '99', '9', 1700);
  add('village', '991', '99', 800);
  add('village', '992', '99', 900);
  const cells: string[] = [];
  for (const [g, [village, gx]] of (
    [
      ['991', 0],
      ['991', 2],
      ['992', 4],
      ['992', 6],
    ] as const
  ).entries()) {
    const grid = `${village}00${(g % 2) + 1}`;
    add('grid', grid, village, 400);
    for (const [m, [dx, dy]] of [
      [0, 0],
      [1, 0],
      [0, 1],
      [1, 1],
    ].entries()) {
      const code = `${grid}0${m + 1}`;
      add('micro-grid', code, grid, 100);
      polygons.set(code, box(gx + (dx ?? 0), dy ?? 0));
      cells.push(code);
    }
  }
  add('grid', '992003', '992', 100);
  polygons.set('992003', box(8, 0));
  const topology = fromPolygons([...polygons].map(([code, shape]) => ({ code, polygons: shape })));
  for (const entry of entries.filter(({ id }) => !polygons.has(id)))
    polygons.set(
      entry.id,
      outlineOf(
        topology,
        [...cells, '992003'].filter((code) => code.startsWith(entry.code)),
      ),
    );
  return readyToEdit({ entries, polygons });
}
let made = 0;
const context = { newId: () => `new-${(made += 1)}`, used: new Set(['grid 991007']) };
const edit = (of: TownShapes, one: AreaEdit): TownShapes => applyEdit(of, one, context).town;
const refusal = (of: TownShapes, one: AreaEdit): string | null => {
  try {
    edit(of, one);
    return null;
  } catch (error) {
    if (error instanceof EditRefused) return error.guard;
    if (error instanceof EditProblem) return error.problem;
    throw error;
  }
};
const at = (of: TownShapes, code: string): AreaEntry | undefined => of.entries.find((entry) => entry.code === code);
const land = (of: TownShapes, id: string): number => areaM2(of.polygons.get(id) ?? []);

it('a sound town is as it was when it is ready', () => {
  expect(checkLevels(town())).toEqual([]);
});

describe('a border that moves', () => {
  it('moves for both grids and both villages', () => {
    const before = town();
    const after = edit(before, { kind: 'move-corners', moves: [{ from: quanta(4, 1), to: quanta(4.3, 1) }] });
    expect(checkLevels(after)).toEqual([]);
    for (const id of ['991', '991002', '99100202', '99100204'])
      expect(land(after, id)).toBeGreaterThan(land(before, id));
    for (const id of ['992', '992001']) expect(land(after, id)).toBeLessThan(land(before, id));
    expect(land(after, '99')).toBeCloseTo(land(before, '99'), 2);
    expect(after.polygons.get('99')).toBe(before.polygons.get('99'));
    expect(
      applyEdit(before, { kind: 'move-corners', moves: [{ from: quanta(4, 1), to: quanta(4.3, 1) }] }, context).names,
    ).toHaveLength(4);
  });
});

describe('splitting', () => {
  it('a grid along micro-grids gives the next code, that was never given, and moves whole micro-grids', () => {
    const after = edit(town(), {
      kind: 'split',
      areaId: '991001',
      line: [quanta(1, -1), quanta(1, 3)],
      name: '新网格',
    });
    const added = at(after, '991008');
    expect(added).toMatchObject({ name: '新网格', level: 'grid', parentId: '991', population: 200 });
    expect(at(after, '991001')?.population).toBe(200);
    const moved = after.entries.filter((entry) => entry.parentId === added?.id);
    expect(moved.map(({ id, code }) => [id.length, code])).toEqual([
      [8, '99100801'],
      [8, '99100802'],
    ]);
    expect(checkLevels(after)).toEqual([]);
  });
  it('a grid through micro-grids cuts them, with their people by land', () => {
    const before = town();
    const after = edit(before, {
      kind: 'split',
      areaId: '991002',
      line: [quanta(1.5, 0.5), quanta(4.5, 0.5)],
      name: '南片',
    });
    expect(checkLevels(after)).toEqual([]);
    expect(after.entries).toHaveLength(before.entries.length + 3);
    const sum = (level: string): number =>
      after.entries.filter((e) => e.level === level).reduce((n, e) => n + (e.population ?? 0), 0);
    expect([sum('grid'), sum('micro-grid')]).toEqual([1700, 1600]);
    expect(at(after, '991008')?.population).toBe(100);
  });
  it('an undivided grid needs no micro-grids; villages and towns are not split', () => {
    const after = edit(town(), {
      kind: 'split',
      areaId: '992003',
      line: [quanta(8, 0.6), quanta(9, 0.6)],
      name: '北片',
    });
    expect(at(after, '992004')).toMatchObject({ name: '北片', population: 40 });
    expect(checkLevels(after)).toEqual([]);
    const line = [quanta(-1, 0.5), quanta(9, 0.5)];
    expect(refusal(town(), { kind: 'split', areaId: '991', line, name: 'x' })).toBe('wrong-level');
    expect(
      refusal(town(), { kind: 'split', areaId: '991001', line: [quanta(0.1, 0.1), quanta(0.2, 0.2)], name: 'x' }),
    ).toBe('line-does-not-cut');
  });
});

describe('merging', () => {
  it('grids: micro-grids go over with new codes and stay who they are', () => {
    const after = edit(town(), { kind: 'merge', areaId: '991001', otherId: '991002' });
    expect(at(after, '991002')).toBeUndefined();
    expect(at(after, '991001')?.population).toBe(800);
    const inside = after.entries.filter((entry) => entry.parentId === '991001');
    expect(inside.map(({ id }) => id)).toContain('99100204');
    expect(new Set(inside.map(({ code }) => code.slice(0, 6)))).toEqual(new Set(['991001']));
    expect(checkLevels(after)).toEqual([]);
  });
  it('micro-grids: one shape; others are refused', () => {
    const after = edit(town(), { kind: 'merge', areaId: '99100101', otherId: '99100102' });
    expect(land(after, '99100101')).toBeCloseTo(2 * land(town(), '99100101'), 1);
    expect(checkLevels(after)).toEqual([]);
    const merge = (areaId: string, otherId: string) => refusal(town(), { kind: 'merge', areaId, otherId });
    expect(merge('99100101', '99100104')).toBe('not-neighbours');
    expect(merge('99100102', '99100201')).toBe('not-siblings');
    expect(merge('992002', '992003')).toBe('one-divided');
    expect(merge('991', '992')).toBe('wrong-level');
  });
});

describe('moving a micro-grid', () => {
  it('to a neighbouring grid, also of another village: codes, outlines and figures follow', () => {
    const before = town();
    const after = edit(before, { kind: 'rehang', areaId: '99100202', parentId: '992001' });
    expect(after.entries.find(({ id }) => id === '99100202')).toMatchObject({ code: '99200105', parentId: '992001' });
    expect([at(after, '991')?.population, at(after, '992')?.population, at(after, '99')?.population]).toEqual([
      700, 1000, 1700,
    ]);
    expect(land(after, '992')).toBeGreaterThan(land(before, '992'));
    expect(checkLevels(after)).toEqual([]);
  });
  it('is refused where it has no border, or would leave or halve a grid', () => {
    const go = (areaId: string, parentId: string) => refusal(town(), { kind: 'rehang', areaId, parentId });
    expect(go('99100101', '991002')).toBe('not-neighbours');
    expect(go('99100101', '991001')).toBe('same-parent');
    expect(go('99200202', '992003')).toBe('one-divided');
    expect(go('99100101', '992')).toBe('wrong-level');
  });
});

it('any row of edits tiles the land, keeps it, and is taken back and done again exactly', () => {
  const number = fc.integer({ min: 0, max: 1000 });
  let done = 0;
  fc.assert(
    fc.property(
      fc.array(fc.tuple(fc.integer({ min: 0, max: 5 }), number, number, number), { minLength: 1, maxLength: 7 }),
      (steps) => {
        const start = town();
        let now = start;
        const patches: ReturnType<typeof patchBetween>[] = [];
        for (const [kind, a, b, c] of steps) {
          const one = someEdit(now, kind, a, b, c);
          if (refusal(now, one) !== null) continue;
          const next = edit(now, one);
          patches.push(JSON.parse(JSON.stringify(patchBetween(now, next))) as ReturnType<typeof patchBetween>);
          now = next;
          done += 1;
        }
        expect(checkLevels(now)).toEqual([]);
        expect(land(now, '99')).toBeCloseTo(land(start, '99'), 0);
        const back = patches.toReversed().reduce((of, patch) => applyPatch(of, patch, 'undo'), now);
        expect(plain(back)).toEqual(plain(start));
        expect(plain(patches.reduce((of, patch) => applyPatch(of, patch, 'redo'), back))).toEqual(plain(now));
      },
    ),
    { numRuns: 40 },
  );
  expect(done).toBeGreaterThan(40);
});

function plain(of: TownShapes): unknown {
  const sorted = of.entries.toSorted((a, b) => (a.id < b.id ? -1 : 1));
  return sorted.map((entry) => ({ ...entry, shape: of.polygons.get(entry.id) }));
}

function someEdit(of: TownShapes, kind: number, a: number, b: number, c: number): AreaEdit {
  const mosaic = mosaicOf(of);
  const pick = <T>(list: readonly T[], n: number): T => list[n % list.length] as T;
  const small = of.entries.filter(({ level }) => level === 'grid' || level === 'micro-grid');
  if (kind === 0) {
    const rim = rimCorners(mosaic);
    const corners = [...allEdges(mosaic.values())]
      .map(([corner]) => corner)
      .filter((corner) => !rim.has(cornerKey(corner)));
    const from = pick(corners, a);
    return {
      kind: 'move-corners',
      moves: [{ from: [...from], to: [from[0] + 9 * (b - 500), from[1] + 9 * (c - 500)] }],
    };
  }
  if (kind === 1) {
    const [p, q] = pick([...allEdges(mosaic.values())], a);
    return {
      kind: 'add-corner',
      a: [...p],
      b: [...q],
      at: [Math.round((p[0] + q[0]) / 2) + b - 500, Math.round((p[1] + q[1]) / 2) + c - 500],
    };
  }
  if (kind === 2) return { kind: 'merge', areaId: pick(small, a).id, otherId: pick(small, b).id };
  if (kind === 3) return { kind: 'rehang', areaId: pick(small, a).id, parentId: pick(of.entries, b).id };
  const area = pick(small, a);
  const shell = tileOf(of.polygons.get(area.id) ?? [])[0]?.[0] ?? [];
  const [p, q] = [pick(shell, b), pick(shell, b + 1 + (c % (shell.length - 1)))];
  const [r, s] = [pick(shell, b + 1), pick(shell, b + 2 + (c % (shell.length - 1)))];
  const middle = (m: readonly number[], n: readonly number[]): [number, number] => [
    Math.round(((m[0] ?? 0) + (n[0] ?? 0)) / 2),
    Math.round(((m[1] ?? 0) + (n[1] ?? 0)) / 2),
  ];
  return {
    kind: 'split',
    areaId: area.id,
    line: [middle(p, r), middle(q, s)],
    name: `新${tilesOf(of.entries).length}`,
  };
}
