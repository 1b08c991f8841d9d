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

const isMove = (request: Request): boolean => request.method() === 'POST' && request.url().endsWith('/moves');
const keyOf = (request: Request): string => (request.postDataJSON() as { clientKey: string }).clientKey;

test('offline: a banner, a clear word on sending, and the draft is there after a reload', async () => {
  await page.goto('/field/report');
  await page.getByRole('textbox', { name: '情况说明' }).fill('雨里写的');
  await page.getByRole('textbox', { name: /详细位置/ }).fill('桥头');
  await page
    .locator('input[type=file]')
    .first()
    .setInputFiles(await lampPhoto(page));
  await page.getByRole('button', { name: /^类别/ }).click();
  await page.getByRole('button', { name: '巡查管理' }).click();
  await page.getByRole('button', { name: /路灯故障/ }).click();
  await expect(page.getByRole('button', { name: /查看第 1 张照片/ })).toBeVisible();
  await expect(page.getByText('已自动保存草稿')).toBeVisible();
  await context.setOffline(true);
  await expect(page.getByText('已离线', { exact: false }).first()).toBeVisible();
  await page.getByRole('button', { name: '上报', exact: true }).click();
  await expect(page.getByRole('alert')).toContainText('没有发出去，内容都还在');
  await context.setOffline(false);
  await page.reload();
  await expect(page.getByRole('textbox', { name: '情况说明' })).toHaveValue('雨里写的');
  await expect(page.getByRole('textbox', { name: /详细位置/ })).toHaveValue('桥头');
  await expect(page.getByRole('button', { name: /查看第 1 张照片/ })).toBeVisible();
  await page.getByRole('button', { name: /上报$/ }).click();
  await expect(page.getByRole('heading', { name: '上报成功' })).toBeVisible();
});

test('a report whose answer is lost is tried again with the same key: one report', async () => {
  await page.goto('/field/report');
  await page.getByRole('button', { name: /^类别/ }).click();
  await page.getByRole('button', { name: '巡查管理' }).click();
  await page.getByRole('button', { name: /路灯故障/ }).click();
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
  await expect(page.getByRole('alert')).toContainText('没有发出去');
  await page.getByRole('button', { name: /重试/ }).click();
  await expect(page.getByText('没有重复登记', { exact: false })).toBeVisible();
  expect(keys).toHaveLength(2);
  expect(new Set(keys).size).toBe(1);
});

test('every tap is answered within 100 ms, a double tap sends once, a failed move keeps its key', async ({
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
  await expect(page.getByRole('alert')).toBeVisible();
  expect(moves).toHaveLength(1);
  await page.unrouteAll();
  await accept.click();
  await expect(page.getByText('已签收').first()).toBeVisible();
  expect(moves).toHaveLength(2);
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
