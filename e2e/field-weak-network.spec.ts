/** In the rain, with one thumb and a bar of signal: every tap is answered at once, nothing goes twice, nothing is lost. */
import type { BrowserContext, Page, Request } from '@playwright/test';
import { expect, test } from './support/fixtures.ts';
import { lampPhoto } from './support/photos.ts';
import { lampTask, membersPhone } from './support/tasks.ts';

let context: BrowserContext;
let page: Page;
test.beforeEach(async ({ browser }) => {
  ({ context, page } = await membersPhone(browser));
});
test.afterEach(() => context.close());

test.use({ refusals: [422] });

const isMove = (request: Request): boolean => request.method() === 'POST' && request.url().endsWith('/moves');
const keyOf = (request: Request): string => (request.postDataJSON() as { clientKey: string }).clientKey;

async function chooseLamp(): Promise<void> {
  await page.getByRole('button', { name: /^类别/ }).click();
  await page.getByRole('button', { name: '巡查管理' }).click();
  await page.getByRole('button', { name: /路灯故障/ }).click();
}

test('a draft is there after a reload; another one can be begun beside it', async () => {
  await page.goto('/field/report');
  await page.getByRole('textbox', { name: '情况说明' }).fill('雨里写的');
  await page.getByRole('textbox', { name: /详细位置/ }).fill('桥头');
  await page
    .locator('input[type=file]')
    .first()
    .setInputFiles(await lampPhoto(page));
  await chooseLamp();
  await expect(page.getByRole('button', { name: /查看第 1 张照片/ })).toBeVisible();
  await expect(page.getByText('已自动保存草稿')).toBeVisible();
  await page.reload();
  await expect(page.getByRole('textbox', { name: '情况说明' })).toHaveValue('雨里写的');
  await expect(page.getByRole('textbox', { name: /详细位置/ })).toHaveValue('桥头');
  await expect(page.getByRole('button', { name: /查看第 1 张照片/ })).toBeVisible();

  await page.getByRole('button', { name: '另写一份' }).click();
  await expect(page.getByRole('textbox', { name: '情况说明' })).toHaveValue('');
  await page.getByRole('textbox', { name: '情况说明' }).fill('第二件');
  await expect(page.getByText('已自动保存草稿')).toBeVisible();
  await page.getByText('其他草稿 1 份').click();
  await page.getByRole('button', { name: /雨里写的/ }).click();
  await expect(page.getByRole('textbox', { name: /详细位置/ })).toHaveValue('桥头');
  await page.getByRole('button', { name: '上报', exact: true }).click();
  await expect(page.getByRole('heading', { name: '上报成功' })).toBeVisible();
  await page.getByRole('link', { name: '上报' }).click();
  await page.reload();
  await expect(page.getByRole('textbox', { name: '情况说明' })).toHaveValue('第二件');
  await expect(page.getByText('其他草稿', { exact: false })).toHaveCount(0);
});

test('a report whose answer is lost goes again by itself under the same key: one report', async () => {
  await page.goto('/field/report');
  await chooseLamp();
  await page.getByRole('textbox', { name: '情况说明' }).fill('答复丢了');
  const keys: string[] = [];
  await page.route('**/api/incidents', async (route) => {
    if (route.request().method() !== 'POST') return route.continue();
    keys.push(keyOf(route.request()));
    if (keys.length > 1) return route.continue();
    await route.fetch();
    return route.abort('connectionreset');
  });
  await page.getByRole('button', { name: '上报', exact: true }).click();
  await expect(page.getByRole('heading', { name: '上报成功' })).toBeVisible();
  await expect(page.getByText('没有重复登记', { exact: false })).toBeVisible();
  expect(keys).toHaveLength(2);
  expect(new Set(keys).size).toBe(1);
});

test('what the server refuses stays until a person decides, and can be changed and sent', async () => {
  await page.goto('/field/report');
  await chooseLamp();
  await page.getByRole('textbox', { name: '情况说明' }).fill('会被退回');
  const refusal = { error: { code: 'category-closed', message: { zh: '类别已停用。', en: 'Closed.' } } };
  await page.route('**/api/incidents', (route) =>
    route.request().method() === 'POST' ? route.fulfill({ status: 422, json: refusal }) : route.continue(),
  );
  await page.getByRole('button', { name: '上报', exact: true }).click();
  await expect(page.getByRole('alert')).toContainText('类别已停用');
  await page.unrouteAll();
  await page.reload();
  await expect(page.getByText('1 条没有发成，需要您处理')).toBeVisible();
  await page.getByRole('link', { name: '查看' }).click();
  await page.getByRole('button', { name: '改一改再发' }).click();
  await expect(page.getByRole('textbox', { name: '情况说明' })).toHaveValue('会被退回');
  await page.getByRole('button', { name: '上报', exact: true }).click();
  await expect(page.getByRole('heading', { name: '上报成功' })).toBeVisible();
  await expect(page.getByText('没有发成', { exact: false })).toHaveCount(0);
});

test('every tap is answered within 100 ms, a double tap is one move, a failed one goes again under its key', async ({
  browser,
}) => {
  const words = `雨中的灯 ${Date.now()}`;
  await lampTask(browser, words);
  await page.goto('/field/');
  await page.getByText(words).click();
  const moves: Request[] = [];
  page.on('request', (request) => {
    if (isMove(request)) moves.push(request);
  });
  let letGo = (): void => undefined;
  const held = new Promise<void>((done) => (letGo = done));
  await page.route('**/moves', async (route) => {
    await held;
    return route.abort('connectionreset');
  });
  const accept = page.getByRole('button', { name: '签收' });
  await expect(accept).toBeVisible();
  await page.evaluate(() => {
    addEventListener('pointerdown', () => performance.mark('tap'), { capture: true, once: true });
    new MutationObserver((_changes, observer) => {
      if (!document.querySelector('.move-main')?.textContent.includes('正在提交')) return;
      performance.measure('told', 'tap');
      observer.disconnect();
    }).observe(document.body, { childList: true, characterData: true, subtree: true });
  });
  await accept.dblclick();
  await expect(page.getByRole('button', { name: '正在提交' })).toBeDisabled();
  const [told] = await page.evaluate(() => performance.getEntriesByName('told').map((entry) => entry.duration));
  expect(told).toBeLessThan(100);
  letGo();
  await expect(page.getByText('“签收”已保存在手机上', { exact: false })).toBeVisible();
  await page.unrouteAll();
  await expect(page.getByText('等待发送', { exact: false })).toBeHidden();
  await expect(page.getByText('已签收').first()).toBeVisible();
  expect(moves.length).toBeGreaterThan(1);
  expect(new Set(moves.map(keyOf)).size).toBe(1);
});

test('what is done next lies under the thumb and is big enough for a wet one', async ({ browser }) => {
  const words = `拇指 ${Date.now()}`;
  await lampTask(browser, words);
  await page.goto('/field/');
  await page.getByText(words).click();
  for (const name of ['签收', '退回', '返回']) {
    const box = await page.getByRole('contentinfo').getByRole('button', { name, exact: true }).boundingBox();
    expect(box?.height, name).toBeGreaterThanOrEqual(48);
    expect(box?.y, name).toBeGreaterThan(370);
  }
  await page.goto('/field/map');
  for (const button of await page.locator('.wg-map-button').all()) {
    const box = await button.boundingBox();
    expect(Math.min(box?.width ?? 0, box?.height ?? 0)).toBeGreaterThanOrEqual(44);
  }
});
