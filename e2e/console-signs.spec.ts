/** QR signs from the console: of one micro-grid, of a whole grid, as paper. */
import { ask } from './support/api.ts';
import { expect, signInAs, test } from './support/fixtures.ts';
import { startServer } from './support/server.ts';

interface Point {
  token: string;
  area: { id: string; name: string; path: string; parentId: string };
}

test.describe('with an address that people can type', () => {
  let server: Awaited<ReturnType<typeof startServer>>;
  test.beforeAll(async () => {
    test.setTimeout(300_000);
    server = await startServer(['--public-url', 'http://wangge.example']);
  });
  test.afterAll(() => server.stop());

  test('signs of the chosen area, one to a sheet, lead to that area', async ({ browser }) => {
    const context = await browser.newContext({ baseURL: server.url });
    await signInAs(context, 'system-admin');
    const { points } = await ask<{ points: Point[] }>(context, 'GET', '/api/areas/qr-points');
    const point = points.toSorted((a, b) => (a.area.path < b.area.path ? -1 : 1))[0] as Point;
    const page = await context.newPage();
    await page.goto(`/console/admin/areas?id=${point.area.id}`);
    await expect(page.getByRole('heading', { name: point.area.name, exact: true })).toBeVisible();
    const opened = context.waitForEvent('page');
    await page.locator('.area-info').getByRole('link', { name: '打印二维码标牌' }).click();
    const sign = await opened;
    await expect(sign.getByRole('article')).toHaveCount(1);
    await expect(sign.getByRole('heading', { name: point.area.name })).toBeVisible();
    const address = `http://wangge.example/q/${point.token}`;
    await expect(sign.getByRole('img', { name: address })).toBeVisible();

    // What a passer-by who scans it gets to see.
    const street = await browser.newContext({ baseURL: server.url });
    const phone = await street.newPage();
    await phone.goto(new URL(address).pathname);
    await expect(phone.getByRole('heading', { level: 1 })).toContainText(point.area.name);
    await street.close();

    // A whole grid: as many sheets of paper as it has signs, the screen's words left out.
    const grid = points.filter((each) => each.area.parentId === point.area.parentId);
    await page.goto(`/console/admin/areas?id=${point.area.parentId}`);
    const all = context.waitForEvent('page');
    await page.locator('.page-tools').getByRole('link', { name: '打印二维码标牌' }).click();
    const sheet = await all;
    await expect(sheet.getByRole('article')).toHaveCount(grid.length);
    await sheet.emulateMedia({ media: 'print' });
    await expect(sheet.locator('.screen-only')).toBeHidden();
    const pdf = (await sheet.pdf({ preferCSSPageSize: true })).toString('latin1');
    expect(pdf.match(/\/MediaBox/g)).toHaveLength(grid.length);
    await context.close();
  });
});

test('who may not print is refused by the page and by the address', async ({ page, context }) => {
  await signInAs(context, 'leader');
  await page.goto('/console/admin/areas');
  await expect(page.getByRole('heading', { name: '区域', exact: true })).toBeVisible();
  await expect(page.getByRole('link', { name: '打印二维码标牌' })).toHaveCount(0);
  expect((await context.request.get('/signs/all')).status()).toBe(403);
});
