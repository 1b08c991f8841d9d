/** New borders by the page: a file is checked, a faulty one refused, a good one previewed, published and drawn. */
import type { BrowserContext, Page } from '@playwright/test';
import { as, ask } from './support/api.ts';
import { expect, signInAs, test } from './support/fixtures.ts';

type Ring = number[];
interface Shape {
  areaId: string;
  code: string;
  polygons: Ring[][];
}
interface Area {
  id: string;
  code: string;
  name: string;
  parentId: string | null;
}
const key = (lon: number | undefined, lat: number | undefined): string => `${lon} ${lat}`;

function* corners(shape: Shape): Generator<{ ring: Ring; at: number }> {
  for (const ring of shape.polygons.flat()) for (let at = 0; at < ring.length; at += 2) yield { ring, at };
}

function cornersOf(shapes: readonly Shape[]): ReadonlySet<string> {
  return new Set(shapes.flatMap((shape) => [...corners(shape)].map(({ ring, at }) => key(ring[at], ring[at + 1]))));
}

async function microGrids(context: BrowserContext): Promise<Shape[]> {
  const { shapes } = await ask<{ shapes: Shape[] }>(context, 'GET', '/api/areas/shapes?level=micro-grid');
  return shapes;
}

/** A corner where three micro-grids meet inside of their grid: it can move without moving the grid's border. */
async function innerCorner(context: BrowserContext, shapes: readonly Shape[]): Promise<string> {
  const grids = await ask<{ shapes: Shape[] }>(context, 'GET', '/api/areas/shapes?level=grid');
  const rim = new Set(
    grids.shapes.flatMap((grid) => [...corners(grid)].map(({ ring, at }) => key(ring[at], ring[at + 1]))),
  );
  const owners = new Map<string, Set<string>>();
  for (const shape of shapes)
    for (const { ring, at } of corners(shape)) {
      const corner = key(ring[at], ring[at + 1]);
      owners.set(corner, (owners.get(corner) ?? new Set()).add(shape.code));
    }
  const found = [...owners].find(([corner, codes]) => codes.size >= 3 && !rim.has(corner));
  if (!found) throw new Error('no corner inside of a grid');
  return found[0];
}

/** The same borders with one corner moved by half a metre to the east, in all rings or in the first only. */
function moved(shapes: readonly Shape[], corner: string, everywhere: boolean): Shape[] {
  const copy = structuredClone(shapes) as Shape[];
  let code: string | null = null;
  for (const shape of copy)
    for (const { ring, at } of corners(shape)) {
      if (key(ring[at], ring[at + 1]) !== corner || (!everywhere && code !== null && code !== shape.code)) continue;
      code = shape.code;
      ring[at] = (ring[at] ?? 0) + 50;
    }
  return copy;
}

function geojson(shapes: readonly Shape[], areas: readonly Area[]): Buffer {
  const byId = new Map(areas.map((area) => [area.id, area]));
  const degrees = (ring: Ring): number[][] =>
    Array.from({ length: ring.length / 2 }, (_, i) => [(ring[2 * i] ?? 0) / 1e7, (ring[2 * i + 1] ?? 0) / 1e7]);
  const features = shapes.map((shape) => {
    const area = byId.get(shape.areaId);
    return {
      type: 'Feature',
      properties: {
        code: shape.code,
        name: area?.name ?? '',
        parent: byId.get(area?.parentId ?? '')?.code ?? '',
        人口: 1234,
      },
      geometry: { type: 'MultiPolygon', coordinates: shape.polygons.map((rings) => rings.map(degrees)) },
    };
  });
  return Buffer.from(JSON.stringify({ type: 'FeatureCollection', features }));
}

async function importFile(page: Page, name: string, buffer: Buffer): Promise<void> {
  const panel = page.getByRole('region', { name: '导入边界' });
  await panel.locator('input[type=file]').setInputFiles({ name, mimeType: 'application/geo+json', buffer });
  await expect(panel).toContainText(name);
  await expect(panel.getByLabel('代码字段', { exact: true })).toHaveValue('code');
  await panel.getByLabel('这些区域的级别').click();
  await page.locator('.ant-select-dropdown:visible').getByText('微网格', { exact: true }).click();
  await panel.getByLabel('上级代码字段').fill('parent');
  await panel.getByRole('button', { name: '导入并检查' }).click();
}

async function publish(page: Page, note: string): Promise<void> {
  await page.getByRole('row', { name: note }).getByRole('button', { name: '发布' }).click();
  await expect(page.getByRole('dialog')).toContainText('边界变化');
  await page.getByRole('dialog').getByRole('button', { name: '立即发布' }).click();
}

/** A whole town's borders are checked to the last corner: on a busy machine that takes its time. */
const checking = { timeout: 60_000 };

test.use({ refusals: [409, 422] });

test('borders: a faulty file is refused, a good one comes into force and is drawn', async ({
  page,
  context,
  browser,
}) => {
  test.setTimeout(180_000);
  await signInAs(context, 'system-admin');
  const { areas } = await ask<{ areas: Area[] }>(context, 'GET', '/api/areas');
  const before = await microGrids(context);
  const corner = await innerCorner(context, before);
  const [lon = '0', lat = '0'] = corner.split(' ');
  const stamp = Date.now();
  const faultyName = `faulty-${stamp}.geojson`;
  const goodName = `good-${stamp}.geojson`;
  await page.goto('/console/admin/areas?tab=versions');

  await importFile(page, 'no-map.geojson', Buffer.from('{"type":"FeatureCollection"')).catch(() => undefined);
  await expect(page.getByRole('alert')).toContainText('这不是 GeoJSON 文件');

  await importFile(page, faultyName, geojson(moved(before, corner, false), areas));
  await expect(page.getByTestId('findings')).toBeVisible(checking);
  await publish(page, faultyName);
  const refused = page.getByRole('dialog');
  await expect(refused.getByRole('alert')).toContainText('不能发布');
  // Where it is not exact, by area, with a way to the place on the map.
  const places = refused.getByTestId('findings');
  await expect(places.getByRole('button', { name: /在地图上看/ }).first()).toBeVisible();
  await places.getByRole('button', { name: '在地图上看 1', exact: true }).click();
  await refused.getByRole('button', { name: '取消' }).click();
  expect(await microGrids(context)).toEqual(before);

  await page.getByRole('button', { name: `删除草稿“${faultyName}”` }).click();
  await page
    .getByRole('tooltip')
    .getByRole('button', { name: /删\s*除/ })
    .click();
  await expect(page.getByRole('row', { name: faultyName })).toHaveCount(0);
  const versions = await ask<{ items: { note: string }[] }>(context, 'GET', '/api/areas/versions');
  expect(versions.items.map((version) => version.note)).not.toContain(faultyName);

  await importFile(page, goodName, geojson(moved(before, corner, true), areas));
  await expect(page.getByText('没有发现问题')).toBeVisible(checking);
  // Somebody at the desk has the map open: the new borders reach it without a reload.
  const desk = await as(browser, 'dispatcher');
  const deskPage = await desk.newPage();
  await deskPage.goto('/console/');
  await expect(deskPage.getByText('实时')).toBeVisible();
  await expect(deskPage.locator('.desk-map canvas').first()).toBeVisible();
  const newCorner = key(Number(lon) + 50, Number(lat));
  const redrawn = deskPage.waitForResponse(async (answer) => {
    if (!answer.url().includes('/api/areas/shapes?level=micro-grid') || answer.status() !== 200) return false;
    return cornersOf(((await answer.json()) as { shapes: Shape[] }).shapes).has(newCorner);
  });
  await publish(page, goodName);
  await expect(page.getByRole('dialog')).toBeHidden();
  await expect(page.getByRole('row', { name: goodName })).toContainText('已发布');
  const shown = (await (await redrawn).json()) as { shapes: Shape[] };
  expect(cornersOf(shown.shapes).has(corner), 'the old corner is gone').toBe(false);
  expect(cornersOf(await microGrids(context)).has(newCorner), 'the new corner is in force').toBe(true);
  const counted = await ask<{ areas: { code: string; population: number | null }[] }>(context, 'GET', '/api/areas');
  const codes = new Set(before.map((shape) => shape.code));
  const heads = counted.areas.filter((area) => codes.has(area.code)).map((area) => area.population);
  expect(new Set(heads), 'the column of people was read').toEqual(new Set([1234]));
});

test('who may not edit areas sees the versions, but no import', async ({ page, context }) => {
  await signInAs(context, 'leader');
  await page.goto('/console/admin/areas?tab=versions');
  await expect(page.getByRole('row').nth(1)).toBeVisible();
  await expect(page.getByRole('region', { name: '导入边界' })).toHaveCount(0);
  await expect(page.getByRole('button', { name: '发布' })).toHaveCount(0);
});
