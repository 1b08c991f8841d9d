/** The page behind the QR sign: who is there, whom to call, and how little it costs to load. */
import { expect, test } from './support/fixtures.ts';
import { firstSign, phoneSize } from './support/residents.ts';

const firstLoadBytes = 15 * 1024;

test.use(phoneSize);

test('the sign leads to a person, a number behind them, and the report', async ({ page, browser }) => {
  const { token, area } = await firstSign(browser);
  await page.goto(`/q/${token}`);
  await expect(page.getByRole('heading', { level: 1, name: area.name })).toBeVisible();
  const card = page.getByRole('region', { name: '这里的网格员' });
  await expect(card.getByText('微网格员', { exact: true })).toBeVisible();
  const calls = card.getByRole('link');
  await expect(calls.nth(0)).toHaveAccessibleName(/打电话给网格员/);
  await expect(calls.nth(1)).toHaveAccessibleName(/值班电话/);
  for (const call of await calls.all()) {
    await expect(call).toHaveAttribute('href', /^tel:[0-9+]+$/);
    const box = await call.boundingBox();
    expect(box?.height).toBeGreaterThanOrEqual(48);
  }
  // The call and the report are there before anybody scrolls.
  await expect(calls.nth(0)).toBeInViewport({ ratio: 1 });
  await expect(page.getByRole('link', { name: /我要上报/ })).toBeInViewport({ ratio: 1 });
});

for (const path of ['', '/report', '/report?kind=patrol']) {
  test(`first load of /q/…${path} is at most 15 kB, all compressed`, async ({ page, browser }) => {
    const { token } = await firstSign(browser);
    const got: { url: string; encoding: string | undefined; bytes: number }[] = [];
    page.on('requestfinished', (request) => {
      if (!request.url().startsWith('http')) return;
      got.push({ url: request.url(), encoding: undefined, bytes: 0 });
      void (async () => {
        const entry = got.find((g) => g.url === request.url());
        const response = await request.response();
        if (!entry || !response) return;
        const { responseBodySize, responseHeadersSize } = await request.sizes();
        entry.bytes = responseBodySize + responseHeadersSize;
        entry.encoding = response.headers()['content-encoding'];
      })();
    });
    await page.goto(`/q/${token}${path}`, { waitUntil: 'networkidle' });
    await expect.poll(() => got.every((g) => g.bytes > 0)).toBe(true);
    expect(got.length).toBeGreaterThanOrEqual(2);
    expect(got.filter((g) => g.encoding !== 'br')).toEqual([]);
    const total = got.reduce((sum, g) => sum + g.bytes, 0);
    test.info().annotations.push({ type: 'bytes', description: String(total) });
    expect(total).toBeLessThanOrEqual(firstLoadBytes);
  });
}

test('large text stays from page to page, and goes when it is switched off', async ({ page, browser }) => {
  const { token } = await firstSign(browser);
  const size = async (): Promise<number> =>
    page.evaluate(() => Number.parseFloat(getComputedStyle(document.body).fontSize));
  await page.goto('/');
  const normal = await size();
  await page.getByRole('link', { name: '大字版' }).click();
  const large = await size();
  expect(large).toBeGreaterThanOrEqual(1.3 * normal);
  for (const path of [`/q/${token}`, `/q/${token}/report?kind=patrol`, '/follow', '/find']) {
    await page.goto(path);
    expect(await size(), path).toBe(large);
  }
  // The switch keeps the page it is pressed on.
  await page.getByRole('link', { name: '标准字号' }).click();
  await expect(page).toHaveURL(/\/find/);
  expect(await size()).toBe(normal);
  await page.goto(`/q/${token}`);
  expect(await size()).toBe(normal);
});

test('a wrong sign leads to the list of signs', async ({ browser }) => {
  const context = await browser.newContext(phoneSize);
  const page = await context.newPage();
  const answer = await page.goto('/q/NOSUCHSIGN');
  expect(answer?.ok()).toBe(false);
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  await expect(page.getByRole('main').getByRole('link', { name: /找到我的网格员/ })).toBeVisible();
});
