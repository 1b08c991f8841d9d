/** A border is moved on the page, taken back, done again, checked and published; what lies there goes with it. */
import { randomUUID } from 'node:crypto';
import type { BrowserContext, Page } from '@playwright/test';
import { ask, as, firstPublicCategory, request } from './support/api.ts';
import { expect, signInAs, test } from './support/fixtures.ts';

type Corner = [number, number];
interface Area {
  id: string;
  code: string;
  name: string;
  level: string;
  parentId: string | null;
}
interface Draft {
  draft: { id: string; revision: number };
  areas: Area[];
  shapes: { areaId: string; polygons: number[][][] }[];
}
interface Move {
  /** The micro-grid whose list of corners has it. */
  tile: Area;
  from: Corner;
  /** Steps of ten metres. */
  key: 'ArrowRight' | 'ArrowLeft' | 'ArrowUp' | 'ArrowDown';
  to: Corner;
  /** A place that another grid has afterwards. */
  place: { lon: number; lat: number };
  gridBefore: string;
  gridAfter: string;
}

const stepsOf = { ArrowRight: [1060, 0], ArrowLeft: [-1060, 0], ArrowUp: [0, 902], ArrowDown: [0, -902] } as const;

function inside(polygons: readonly number[][][], [x, y]: readonly number[]): boolean {
  let odd = false;
  for (const ring of polygons.flat())
    for (let i = 0; i + 3 < ring.length; i += 2) {
      const [ax = 0, ay = 0, bx = 0, by = 0] = ring.slice(i, i + 4);
      if (ay > (y ?? 0) === by > (y ?? 0)) continue;
      if ((x ?? 0) < ax + ((bx - ax) * ((y ?? 0) - ay)) / (by - ay)) odd = !odd;
    }
  return odd;
}

/** Grid at a place of a draft. */
function gridAt({ areas, shapes }: Draft, at: readonly number[]): string | undefined {
  const grids = new Set(areas.filter(({ level }) => level === 'grid').map(({ id }) => id));
  return shapes.find(({ areaId, polygons }) => grids.has(areaId) && inside(polygons, at))?.areaId;
}

/** Corners of micro-grids on a border between two grids, each with one of the micro-grids. */
function* cornersBetweenGrids({ areas, shapes }: Draft): Generator<{ tile: Area; from: Corner }> {
  const byId = new Map(areas.map((area) => [area.id, area]));
  const owners = new Map<string, Area[]>();
  for (const { areaId, polygons } of shapes) {
    const tile = byId.get(areaId);
    if (tile?.level !== 'micro-grid') continue;
    for (const ring of polygons.flat())
      for (let i = 0; i + 3 < ring.length; i += 2) {
        const key = `${ring[i]},${ring[i + 1]}`;
        owners.set(key, [...(owners.get(key) ?? []), tile]);
      }
  }
  for (const [key, tiles] of owners) {
    const [tile, other] = tiles;
    if (tiles.length !== 2 || !tile || !other || tile.parentId === other.parentId) continue;
    yield { tile, from: key.split(',').map(Number) as Corner };
  }
}

const readDraft = (context: BrowserContext, id: string) => ask<Draft>(context, 'GET', `/api/areas/drafts/${id}`);

/** Tries moves of thirty metres on a draft of its own until one is sound and a place changes its grid. */
async function findMove(context: BrowserContext): Promise<Move> {
  const { id } = await ask<{ id: string }>(context, 'POST', '/api/areas/drafts', { note: '试算' });
  const before = await readDraft(context, id);
  try {
    let { revision } = before.draft;
    for (const { tile, from } of cornersBetweenGrids(before)) {
      for (const key of Object.keys(stepsOf) as Move['key'][]) {
        const [dx, dy] = stepsOf[key];
        const to: Corner = [from[0] + 3 * dx, from[1] + 3 * dy];
        const edit = { kind: 'move-corners', moves: [{ from, to }] };
        const answer = await request(context, 'POST', `/api/areas/drafts/${id}/edits`, { revision, edit });
        if (!answer.ok()) continue;
        revision += 1;
        const after = await readDraft(context, id);
        const at = [from[0] + 1.5 * dx, from[1] + 1.5 * dy];
        const [gridBefore, gridAfter] = [gridAt(before, at), gridAt(after, at)];
        if (gridBefore !== undefined && gridAfter !== undefined && gridBefore !== gridAfter) {
          const place = { lon: (at[0] ?? 0) / 1e7, lat: (at[1] ?? 0) / 1e7 };
          return { tile, from, key, to, place, gridBefore, gridAfter };
        }
        revision = (await ask<{ revision: number }>(context, 'POST', `/api/areas/drafts/${id}/undo`, { revision }))
          .revision;
      }
    }
    throw new Error('no border that can be moved');
  } finally {
    await ask(context, 'DELETE', `/api/areas/versions/${id}`);
  }
}

async function report(context: BrowserContext, place: object): Promise<{ id: string; number: string }> {
  return ask(context, 'POST', '/api/incidents', {
    clientKey: randomUUID(),
    categoryCode: await firstPublicCategory(context),
    description: `边界附近的路灯不亮 ${randomUUID().slice(0, 8)}`,
    place,
    photoIds: [],
  });
}
const readIncident = (context: BrowserContext, id: string) =>
  ask<{ areaId: string; reportedAreaId: string }>(context, 'GET', `/api/incidents/${id}`);

async function choose(page: Page, move: Move): Promise<void> {
  const side = page.getByTestId('border-editor');
  await side.getByLabel('区域', { exact: true }).fill(move.tile.code);
  await page.locator('.ant-select-dropdown:visible').getByText(move.tile.name, { exact: true }).click();
  await side.getByLabel('顶点', { exact: true }).selectOption(move.from.join());
}

/** By the keyboard alone: three steps, and Enter. */
async function nudge(page: Page, move: Move): Promise<void> {
  const corner = page.getByRole('group', { name: '移动顶点（方向键）' });
  await corner.getByLabel('每次移动').selectOption('10');
  await corner.getByRole('button', { name: '向北' }).focus();
  for (let i = 0; i < 3; i++) await page.keyboard.press(move.key);
  await expect(corner).toContainText('30.0');
  await corner.getByRole('button', { name: '移动到这里' }).focus();
  await page.keyboard.press('Enter');
}

/** A whole town's borders are checked to the last corner: on a busy machine that takes its time. */
const checking = { timeout: 60_000 };
test.use({ refusals: [409] });

test('a border is moved, taken back, published, and the report there goes to the other grid', async ({
  page,
  context,
  browser,
}) => {
  test.setTimeout(240_000);
  await signInAs(context, 'system-admin');
  const move = await findMove(context);
  const desk = await as(browser, 'dispatcher');
  const early = await report(desk, move.place);
  const before = await readIncident(desk, early.id);

  await page.goto('/console/admin/areas?tab=drafts');
  const note = `边界 ${Date.now()}`;
  await page.getByLabel('说明').fill(note);
  await page.getByRole('button', { name: '新建草稿' }).click();
  await expect(page.getByTestId('border-editor')).toBeVisible(checking);
  const id = new URL(page.url()).searchParams.get('id')?.replaceAll('"', '') ?? '';
  await choose(page, move);
  await nudge(page, move);
  const steps = page.getByTestId('steps').getByRole('listitem');
  await expect(steps).toHaveCount(1, checking);
  await expect(steps.first()).toContainText('移动边界');
  const moved = await readDraft(context, id);
  expect(gridAt(moved, [move.place.lon * 1e7, move.place.lat * 1e7])).toBe(move.gridAfter);

  // Taken back to the letter, and done again.
  await page.getByRole('button', { name: '撤销' }).click();
  await expect(steps.first()).toContainText('已撤销');
  const back = await readDraft(context, id);
  expect(gridAt(back, [move.place.lon * 1e7, move.place.lat * 1e7])).toBe(move.gridBefore);
  await page.getByRole('button', { name: '重做' }).click();
  await expect(steps.first()).not.toContainText('已撤销');

  // Somebody else has the same draft open and does not hear of changes: the second is told who was faster.
  const other = await as(browser, 'system-admin');
  await other.route('**/api/live*', (route) => route.abort());
  const otherPage = await other.newPage();
  await otherPage.goto(`/console/admin/areas?tab=drafts&id=${id}`);
  await expect(otherPage.getByTestId('steps').getByRole('listitem')).toHaveCount(1, checking);
  await page.getByRole('button', { name: '撤销' }).click();
  await expect(steps.first()).toContainText('已撤销');
  await otherPage.getByRole('button', { name: '撤销' }).click();
  await expect(otherPage.getByRole('alert').filter({ hasText: '修改了这份草稿' })).toBeVisible();
  await expect(otherPage.getByTestId('steps').getByRole('listitem').first()).toContainText('已撤销');
  await otherPage.getByRole('button', { name: '重做' }).click();
  // The first page hears of it by itself.
  await expect(steps.first()).not.toContainText('已撤销');

  await page.getByRole('button', { name: '检查' }).click();
  await expect(page.getByText('没有空隙和重叠')).toBeVisible(checking);
  await page.getByRole('button', { name: '发布…' }).click();
  const dialog = page.getByRole('dialog');
  await expect(dialog.getByTestId('moving')).toContainText(early.number, checking);
  await dialog.getByRole('button', { name: '立即发布' }).click();
  await expect(dialog).toBeHidden(checking);

  const after = await readIncident(desk, early.id);
  expect(after.reportedAreaId, 'where it was reported is history').toBe(before.reportedAreaId);
  expect(after.areaId).not.toBe(before.areaId);
  const late = await readIncident(desk, (await report(desk, move.place)).id);
  const { areas } = await ask<{ areas: Area[] }>(desk, 'GET', '/api/areas');
  expect(areas.find((area) => area.id === late.areaId)?.parentId).toBe(move.gridAfter);
});

test('on a phone the drafts and steps can be read, and the editor says what it needs', async ({ page, context }) => {
  await signInAs(context, 'system-admin');
  const { id } = await ask<{ id: string }>(context, 'POST', '/api/areas/drafts', { note: '手机上看' });
  await page.setViewportSize({ width: 360, height: 740 });
  await page.goto('/console/admin/areas?tab=drafts');
  await page.getByRole('button', { name: '编辑 手机上看' }).click();
  await expect(page.getByText('编辑边界需要更宽的屏幕')).toBeVisible(checking);
  await expect(page.getByRole('heading', { name: '手机上看' })).toBeVisible();
  await ask(context, 'DELETE', `/api/areas/versions/${id}`);
});
