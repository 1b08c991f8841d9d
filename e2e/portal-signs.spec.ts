/** Signs for the doors: A5, one or all, and never with an address that leads nowhere. */
import { axeFindings, expect, signInAs, test } from './support/fixtures.ts';
import { firstSign } from './support/residents.ts';
import { startServer } from './support/server.ts';

test('refused as a page while the address is the machine itself', async ({ browser }) => {
  const { token } = await firstSign(browser);
  const context = await browser.newContext();
  const page = await context.newPage();
  await page.goto(`/signs/${token}`);
  await expect(page.getByRole('main').getByRole('link', { name: /登录/ })).toBeVisible();
  await signInAs(context, 'dispatcher');
  const answer = await page.goto(`/signs/${token}`);
  expect(answer?.ok()).toBe(false);
  await expect(page.getByText('public-url-loopback')).toBeVisible();
  expect(await axeFindings(page)).toEqual([]);
  await context.close();
});

test.describe('with an address that people can type', () => {
  let server: Awaited<ReturnType<typeof startServer>>;
  test.beforeAll(async () => {
    test.setTimeout(300_000);
    server = await startServer(['--public-url', 'http://wangge.example']);
  });
  test.afterAll(() => server.stop());

  test('one sign, and all of them, a page of A5 each', async ({ browser }) => {
    const context = await browser.newContext({ baseURL: server.url });
    await signInAs(context, 'dispatcher');
    const { points } = (await (await context.request.get('/api/areas/qr-points')).json()) as {
      points: { token: string; area: { id: string; name: string; parentId: string } }[];
    };
    const [first] = points;
    if (!first) throw new Error('no QR points');
    const siblings = points.filter((p) => p.area.parentId === first.area.parentId);
    const page = await context.newPage();
    await page.goto(`/signs/${first.token}`);
    const sign = page.getByRole('article');
    await expect(sign).toHaveCount(1);
    await expect(sign.getByRole('heading', { name: first.area.name })).toBeVisible();
    await expect(sign.getByRole('img', { name: `http://wangge.example/q/${first.token}` })).toBeVisible();
    await expect(page.getByRole('button', { name: '打印' })).toBeVisible();
    expect(await axeFindings(page)).toEqual([]);
    expect(pagesOf(await page.pdf({ preferCSSPageSize: true }))).toEqual(['A5']);

    await page.goto(`/signs/all?areaId=${first.area.parentId}`);
    await expect(sign).toHaveCount(siblings.length);
    expect(await axeFindings(page)).toEqual([]);
    expect(pagesOf(await page.pdf({ preferCSSPageSize: true }))).toEqual(siblings.map(() => 'A5'));
    await context.close();
  });
});

/** Sheet sizes of a PDF, by its page boxes (1 pt = 1/72 inch). */
function pagesOf(pdf: Buffer): string[] {
  const boxes = [...pdf.toString('latin1').matchAll(/\/MediaBox\s*\[\s*0 0 ([\d.]+) ([\d.]+)\s*\]/g)];
  return boxes.map(([, width, height]) => {
    const mm = [width, height].map((points) => Math.round((Number(points) * 25.4) / 72));
    return mm[0] === 148 && mm[1] === 210 ? 'A5' : `${mm[0]}×${mm[1]} mm`;
  });
}
