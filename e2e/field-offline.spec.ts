/** Where there is no signal: what is made waits on the phone, over a killed browser and two tabs, and arrives once. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type BrowserContext, chromium, type Page } from '@playwright/test';
import { as, ask } from './support/api.ts';
import { expect, signInAs, test } from './support/fixtures.ts';
import { lampPhoto } from './support/photos.ts';
import { firstSign, officeOf, phoneSize } from './support/residents.ts';
import { lampTask, membersPhone } from './support/tasks.ts';

/** The page lies on the phone from its first visit on. */
async function openPhone(page: Page): Promise<void> {
  await page.goto('/field/');
  await page.evaluate(async () => {
    await navigator.serviceWorker.ready;
  });
  // The second visit is the service worker's; what it needs without signal it asks for at once. The page itself is asked:
  // from outside an answer that went through a service worker is not always seen to end.
  await page.reload();
  const asked = (): Promise<boolean> =>
    page.evaluate(() =>
      (performance.getEntriesByType('resource') as PerformanceResourceTiming[]).some(
        ({ name, responseEnd }) => name.endsWith('/api/incidents/categories') && responseEnd > 0,
      ),
    );
  await expect.poll(asked).toBe(true);
  await expect(page.getByRole('main')).toBeVisible();
  await expect(page.getByTestId('live-tag')).toContainText('实时');
}
async function fillReport(page: Page, words: string): Promise<void> {
  await page.getByRole('link', { name: '上报' }).click();
  await expect(page.getByText(/误差约 12 米/)).toBeVisible();
  await page
    .locator('input[type=file]')
    .first()
    .setInputFiles(await lampPhoto(page));
  await expect(page.getByRole('button', { name: /查看第 1 张照片/ })).toBeVisible();
  await page.getByRole('button', { name: /^类别/ }).click();
  await page.getByRole('button', { name: '巡查管理' }).click();
  await page.getByRole('button', { name: /路灯故障/ }).click();
  await page.getByRole('textbox', { name: '情况说明' }).fill(words);
  await page.getByRole('button', { name: '上报', exact: true }).click();
}
interface Found {
  id: string;
  number: string;
  photoCount: number;
}
async function found(desk: BrowserContext, words: string): Promise<Found[]> {
  const path = `/api/incidents?limit=20&q=${encodeURIComponent(words)}`;
  return (await ask<{ items: Found[] }>(desk, 'GET', path)).items;
}

test('opens without signal with the last tasks and their age; a report waits, and goes by itself', async ({
  browser,
}) => {
  const words = `没有信号的灯 ${Date.now()}`;
  const { context, page } = await membersPhone(browser);
  await lampTask(browser, words);
  await openPhone(page);
  await expect(page.getByText(words)).toBeVisible();

  await context.setOffline(true);
  await page.goto('/field/');
  await expect(page.getByText(words)).toBeVisible();
  await expect(page.getByText(/数据截至|前/).first()).toBeVisible();
  await expect(page.getByText('已离线', { exact: false }).first()).toBeVisible();

  const report = `离线上报 ${Date.now()}`;
  await fillReport(page, report);
  await expect(page.getByRole('heading', { name: '已保存在手机上' })).toBeFocused();
  await expect(page.getByText('现在没有信号也不会丢', { exact: false })).toBeVisible();
  await expect(page.getByText('1 条在这部手机上等待发送')).toBeVisible();

  await context.setOffline(false);
  await expect(page.getByRole('heading', { name: '上报成功' })).toBeVisible();
  await expect(page.getByText('等待发送', { exact: false })).toBeHidden();
  const desk = await as(browser, 'dispatcher');
  await expect.poll(() => found(desk, report)).toMatchObject([{ photoCount: 1 }]);
});

test('a browser that is killed, then opened twice: everything arrives, once', async ({ browser }) => {
  const { area } = await firstSign(browser);
  const { lon, lat } = area.center ?? { lon: 119, lat: 31.5 };
  const folder = mkdtempSync(join(tmpdir(), 'wangge-phone-'));
  const { launchOptions, baseURL } = test.info().project.use;
  const open = (): Promise<BrowserContext> =>
    chromium.launchPersistentContext(folder, {
      ...launchOptions,
      ...phoneSize,
      ...(baseURL === undefined ? {} : { baseURL: process.env['WANGGE_E2E_URL'] ?? baseURL }),
      locale: 'zh-CN',
      timezoneId: 'Asia/Shanghai',
      geolocation: { longitude: lon, latitude: lat, accuracy: 12 },
      permissions: ['geolocation'],
    });
  const stamp = Date.now();
  try {
    let phone = await open();
    await signInAs(phone, 'grid-member');
    const page = await phone.newPage();
    await openPhone(page);
    await phone.setOffline(true);
    for (const n of [1, 2, 3]) {
      await fillReport(page, `关机前 ${stamp} 第${n}件`);
      await expect(page.getByRole('heading', { name: '已保存在手机上' })).toBeVisible();
      await page.getByRole('button', { name: '再报一件' }).click();
    }
    // Nothing is said goodbye to: the process is gone.
    const cdp = await phone.browser()?.newBrowserCDPSession();
    const gone = new Promise<void>((done) => phone.once('close', () => done()));
    if (cdp) await cdp.send('Browser.crash').catch(() => undefined);
    else await phone.close();
    await gone;

    phone = await open();
    await phone.setOffline(true);
    const [first, second] = [await phone.newPage(), await phone.newPage()];
    await Promise.all([first.goto('/field/me/outbox'), second.goto('/field/me/outbox')]);
    await expect(first.getByText(`关机前 ${stamp}`, { exact: false })).toHaveCount(3);
    await expect(second.getByRole('heading', { name: /^等待发送/ })).toContainText('3');
    // The session ended with the browser.
    await phone.setOffline(false);
    await signInAs(phone, 'grid-member');
    await Promise.all([first.reload(), second.reload()]);
    for (const tab of [first, second]) {
      await expect(tab.getByRole('heading', { name: '一天内已发出' })).toContainText('3');
      await expect(tab.getByText(`关机前 ${stamp}`, { exact: false })).toHaveCount(3);
      await expect(tab.getByRole('heading', { name: /^等待发送/ })).toHaveCount(0);
    }
    const desk = await as(browser, 'dispatcher');
    await expect.poll(async () => (await found(desk, String(stamp))).map((each) => each.photoCount)).toEqual([1, 1, 1]);
    await phone.close();
  } finally {
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  }
});

test.describe('moves', () => {
  test.use({ refusals: [409] });

  test('made without signal go on one after the other, and say when they were done', async ({ browser }) => {
    const words = `山里的灯 ${Date.now()}`;
    const { context, page } = await membersPhone(browser);
    const { id } = await lampTask(browser, words);
    await openPhone(page);
    await page.getByText(words).click();
    await expect(page.getByRole('button', { name: '签收' })).toBeVisible();
    await context.setOffline(true);
    await page.getByRole('button', { name: '签收' }).click();
    await expect(page.getByText('“签收”已保存在手机上', { exact: false })).toBeVisible();
    await expect(page.getByText('待发送', { exact: true }).first()).toBeVisible();
    await page.getByRole('button', { name: '处置' }).click();
    await page.getByRole('button', { name: '反馈' }).click();
    const answer = page.getByRole('dialog', { name: '反馈处置结果' });
    await answer.getByRole('textbox', { name: '处置结果' }).fill('换了灯泡，已亮。');
    // The photo is five minutes old when it is sent, by this phone's clock.
    const photo = await lampPhoto(page);
    await page.evaluate(() => {
      const right = Date.now;
      Object.assign(globalThis, { rightNow: right });
      Date.now = () => right() - 300_000;
    });
    await answer.locator('input[type=file]').first().setInputFiles(photo);
    await expect(answer.getByRole('button', { name: /查看第 1 张照片/ })).toBeVisible();
    await page.evaluate(() => {
      Date.now = (globalThis as unknown as { rightNow: () => number }).rightNow;
    });
    await answer.getByRole('button', { name: '提交反馈' }).click();
    await expect(answer).toBeHidden();
    await expect(page.getByText('3 条在这部手机上等待发送')).toBeVisible();
    await context.setOffline(false);
    await expect(page.getByText('等待发送', { exact: false })).toBeHidden();
    await expect(page.getByText('已反馈').first()).toBeVisible();
    const desk = await as(browser, 'dispatcher');
    interface Told {
      state: string;
      timeline: { move: string; photos: { taken?: { how: string; byPhone: boolean } }[] }[];
    }
    const incident = await ask<Told>(desk, 'GET', `/api/incidents/${id}`);
    expect(incident.state).toBe('responded');
    const own = incident.timeline.filter(({ move }) => move.startsWith('order:') && move !== 'order:offer');
    expect(own.map(({ move }) => move)).toEqual(['order:accept', 'order:handle', 'order:respond']);
    expect(own.at(-1)?.photos).toHaveLength(1);
    expect(own.at(-1)?.photos[0]?.taken).toMatchObject({ how: 'camera', byPhone: true });
    await expect(page.getByText(/应用内拍摄 .*\s· 时间以手机为准/)).toBeVisible();
  });

  test('that meet a task which somebody else has changed show both sides and wait', async ({ browser }) => {
    const words = `撞车的灯 ${Date.now()}`;
    const { context, page } = await membersPhone(browser);
    const { orderId } = await lampTask(browser, words);
    await openPhone(page);
    await page.getByText(words).click();
    await expect(page.getByRole('button', { name: '签收' })).toBeVisible();
    await context.setOffline(true);
    await page.getByRole('button', { name: '签收' }).click();
    await page.getByRole('button', { name: '处置' }).click();
    // The same person, at another machine, was faster.
    const other = await officeOf(browser, 'grid-member');
    await other.post(`/api/dispatch/orders/${orderId}/moves`, {
      headers: { 'x-wangge': '1' },
      data: { move: 'accept', version: 1 },
    });
    await context.setOffline(false);
    const both = page.getByRole('dialog', { name: '任务刚刚有变化' });
    await expect(both.getByText('您看到的')).toBeVisible();
    await expect(both.getByText('现在已不能这样操作。')).toBeVisible();
    await expect(page.getByText('没有发成，需要您处理', { exact: false })).toBeVisible();
    // Put off, it stays; over a reload too.
    await both.getByRole('button', { name: '关闭' }).click();
    await page.reload();
    await both.getByRole('button', { name: '不做这一步了' }).click();
    await expect(both).toBeHidden();
    await expect(page.getByText('没有发成', { exact: false })).toBeHidden();
    await expect(page.getByText('处置中').first()).toBeVisible();
  });
});

test('a phone whose clock is a day wrong says when it was by the server’s clock', async ({ browser }) => {
  const { context, page } = await membersPhone(browser);
  const dayMs = 86_400_000;
  await context.addInitScript((wrongByMs) => {
    const right = Date.now.bind(Date);
    Date.now = () => right() + wrongByMs;
  }, dayMs);
  await openPhone(page);
  await context.setOffline(true);
  const beforeMs = Date.now();
  await fillReport(page, `钟错的手机 ${beforeMs}`);
  await expect(page.getByRole('heading', { name: '已保存在手机上' })).toBeVisible();
  const afterMs = Date.now();
  const sent = page.waitForRequest(
    (request) => request.method() === 'POST' && request.url().endsWith('/api/incidents'),
  );
  await context.setOffline(false);
  const { phone } = (await sent).postDataJSON() as {
    phone: { phoneMs: number; clockOffsetMs: number; contactMs: number };
  };
  expect(phone.phoneMs).toBeGreaterThan(beforeMs + dayMs - 1000);
  // Answers say the time in whole seconds.
  expect(phone.phoneMs + phone.clockOffsetMs).toBeGreaterThan(beforeMs - 2000);
  expect(phone.phoneMs + phone.clockOffsetMs).toBeLessThan(afterMs + 2000);
  expect(phone.contactMs).toBeLessThanOrEqual(beforeMs + 1000);
  await expect(page.getByRole('heading', { name: '上报成功' })).toBeVisible();
});

test('signing out takes the answers from the phone; what waits stays and goes after signing in', async ({
  browser,
}) => {
  const words = `退出前 ${Date.now()}`;
  const { context, page } = await membersPhone(browser);
  await openPhone(page);
  await page.route('**/api/incidents', (route) =>
    route.request().method() === 'POST' ? route.abort('connectionreset') : route.continue(),
  );
  await fillReport(page, words);
  await expect(page.getByText('1 条在这部手机上等待发送')).toBeVisible();
  await page.getByRole('link', { name: '我的' }).click();
  await page.getByRole('button', { name: '退出登录' }).click();
  const sure = page.getByRole('dialog', { name: '退出登录' });
  await expect(sure.getByText('还有 1 条没有发出', { exact: false })).toBeVisible();
  await sure.getByRole('button', { name: '退出登录' }).click();
  await expect(page.getByRole('textbox', { name: '用户名' })).toBeVisible();
  const left = () =>
    page.evaluate(
      () =>
        new Promise<number>((done, fail) => {
          const opening = indexedDB.open('wangge-field');
          opening.onerror = () => fail(new Error('no database'));
          opening.onsuccess = () => {
            const count = opening.result.transaction('answers').objectStore('answers').count();
            count.onsuccess = () => {
              opening.result.close();
              done(count.result);
            };
          };
        }),
    );
  await expect.poll(left).toBe(0);
  await page.unrouteAll();
  await signInAs(context, 'grid-member');
  await page.goto('/field/me/outbox');
  await expect(page.getByRole('heading', { name: '一天内已发出' })).toContainText('1');
  const desk = await as(browser, 'dispatcher');
  await expect.poll(async () => (await found(desk, words)).length).toBe(1);
});
