import type { Area } from '@wangge/areas/contract';
import { expect, test } from 'vitest';
import { deviceName } from '../src/account/device-name.ts';
import { filterTree } from '../src/admin/areas/filter-tree.ts';
import { findingKind, formatSquareMetres } from '../src/admin/areas/finding-words.ts';
import { columnsOf, guessColumn, outlinesOf } from '../src/admin/areas/geojson-columns.ts';
import { categoryTree } from '../src/admin/categories/category-tree.ts';
import { areaTrail, areaTree } from '../src/common/area-tree.ts';
import { byParent, fillDays, labelled, signed } from '../src/overview/figures.ts';
import { signInProblem } from '../src/session/sign-in-problem.ts';

const area = (id: string, level: Area['level'], parentId: string | null): Area => ({
  id,
  code: `c-${id}`,
  name: `n-${id}`,
  level,
  parentId,
  path: '',
  population: null,
  households: null,
  center: null,
});
const areas = [
  area('t', 'town', null),
  area('v', 'village', 't'),
  area('g', 'grid', 'v'),
  area('lost', 'grid', 'gone'),
];

test('the tree keeps areas whose parent is out of reach, at the top', () => {
  const tree = areaTree(areas);
  expect(tree.map((node) => node.key)).toEqual(['t', 'lost']);
  expect(tree[0]?.children[0]?.children[0]?.key).toBe('g');
  const byId = new Map(areas.map((each) => [each.id, each]));
  expect(areaTrail(areas[2] as Area, byId)).toBe('n-v / n-g');
  expect(areaTrail(areas[0] as Area, byId)).toBe('n-t');
});

test('finding in the tree keeps the way to what was found and opens it', () => {
  const found = filterTree(areaTree(areas), 'c-g');
  expect(found.nodes.map((node) => node.key)).toEqual(['t']);
  expect([...found.expanded].toSorted()).toEqual(['t', 'v']);
  expect(filterTree(areaTree(areas), 'zzz').nodes).toEqual([]);
});

test('columns and outlines are read from GeoJSON, anything else is refused', () => {
  const text = JSON.stringify({
    type: 'FeatureCollection',
    features: [
      {
        properties: { NAME: 'a', grid_code: 1 },
        geometry: {
          type: 'Polygon',
          coordinates: [
            [
              [1, 2],
              [3, 4],
            ],
          ],
        },
      },
      { properties: null, geometry: null },
    ],
  });
  expect(columnsOf(text)).toEqual(['NAME', 'grid_code']);
  expect(guessColumn(['NAME', 'grid_code'], ['code', 'id'])).toBe('grid_code');
  expect(outlinesOf(text)[0]?.polygons).toEqual([[[1e7, 2e7, 3e7, 4e7]]]);
  expect(outlinesOf(text).length).toBe(1);
  for (const bad of ['', '[]', 'null', '{"type":"Feature"}']) expect(columnsOf(bad)).toBeNull();
});

test('kinds of findings are named whatever their spelling', () => {
  const words = { gaps: '空隙', selfIntersections: '自相交' };
  expect(findingKind('gap', words)).toBe('空隙');
  expect(findingKind('self-intersection', words)).toBe('自相交');
  expect(findingKind('other', words)).toBe('other');
  expect(formatSquareMetres(1_500_000, 'zh')).toBe('1.50 平方公里');
});

test('figures: days without incidents, parents of categories, largest first', () => {
  const from = Date.parse('2026-11-20T00:00:00+08:00');
  const days = fillDays([{ day: '2026-11-21', reported: 2, closed: 1 }], from, from + 2 * 86_400_000);
  expect(days.map((day) => [day.day, day.reported])).toEqual([
    ['2026-11-20', 0],
    ['2026-11-21', 2],
    ['2026-11-22', 0],
  ]);
  const byCode = new Map([['a.x', { parentCode: 'a' }]]);
  expect(byParent({ 'a.x': 2, a: 1, b: 4 }, byCode)).toEqual({ a: 3, b: 4 });
  expect(labelled({ a: 3, b: 4, c: 0 }, (key) => key)).toEqual([
    { name: 'b', count: 4 },
    { name: 'a', count: 3 },
  ]);
});

test('categories stand under their parents in their order', () => {
  const one = (code: string, parentCode: string | null, order: number) =>
    ({ code, parentCode, order }) as Parameters<typeof categoryTree>[0][number];
  const tree = categoryTree([one('b', null, 2), one('a.2', 'a', 2), one('a', null, 1), one('a.1', 'a', 1)]);
  expect(tree.map((row) => row.code)).toEqual(['a', 'b']);
  expect(tree[0]?.children?.map((row) => row.code)).toEqual(['a.1', 'a.2']);
});

test('a locked account says how long, other failures keep the general sentence', () => {
  const words = { locked: (minutes: number) => `locked ${minutes}`, tooMany: 'too many' };
  const problem = (code: 'locked-out' | 'rate-limited' | 'wrong-credentials', details: Record<string, unknown> = {}) =>
    signInProblem({ code, details }, words);
  expect(problem('locked-out', { untilMs: Date.now() + 14.5 * 60_000 })).toBe('locked 15');
  expect(problem('locked-out')).toBeNull();
  expect(problem('rate-limited')).toBe('too many');
  expect(problem('wrong-credentials')).toBeNull();
});

test('browsers are named in two words', () => {
  expect(deviceName('Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 Chrome/140.0 Safari/537.36 Edg/140.0')).toBe(
    'Edge · Windows',
  );
  expect(deviceName('Mozilla/5.0 (Linux; Android 14) Chrome/1 MicroMessenger/8')).toBe('WeChat · Android');
  expect(deviceName('curl/8')).toBe('curl/8');
});

test('a change carries its sign, and none where nothing changed', () => {
  expect([0.12, -0.005, 0, -0.0001].map((share) => signed(share, '%'))).toEqual(['+12.0%', '−0.5%', '0.0%', '0.0%']);
});
