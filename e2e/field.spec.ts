/** The grid member's phone: from the offer to the answer, a report from the spot, all with one thumb. */
import type { BrowserContext, Page } from '@playwright/test';
import { ask } from './support/api.ts';
import { expect, test } from './support/fixtures.ts';
import { lampPhoto } from './support/photos.ts';
import { lampTask, membersPhone } from './support/tasks.ts';

let context: BrowserContext;
let page: Page;
test.beforeEach(async ({ browser }) => {
  ({ context, page } = await membersPhone(browser));
});
test.afterEach(() => context.close());

test('a task: offered, accepted, arrived, handled, answered with a photo', async ({ browser }) => {
  const words = `灯不亮 ${Date.now()}`;
  await page.goto('/field/');
  await expect(page.getByRole('main')).toBeVisible();
  // It appears by itself.
  await lampTask(browser, words);
  await page.getByText(words).click();
  await page.getByRole('button', { name: '签收' }).click();
  await expect(page.getByText('已签收').first()).toBeVisible();

  await page.getByRole('button', { name: '到场' }).click();
  const arrival = page.getByRole('dialog', { name: '登记到场' });
  await expect(arrival.getByText(/误差约 12 米/)).toBeVisible();
  await arrival.getByRole('button', { name: '确认到场' }).click();
  await expect(arrival).toBeHidden();

  await page.getByRole('button', { name: '处置' }).click();
  await expect(page.getByText('已开始处置').first()).toBeVisible();

  await page.getByRole('button', { name: '反馈' }).click();
  const answer = page.getByRole('dialog', { name: '反馈处置结果' });
  await answer.getByRole('textbox', { name: '处置结果' }).fill('换了灯泡，已亮。');
  await answer.getByRole('button', { name: '提交反馈' }).click();
  await expect(answer.getByRole('alert')).toContainText('必须附照片');
  await answer
    .locator('input[type=file]')
    .first()
    .setInputFiles(await lampPhoto(page));
  await expect(answer.getByRole('button', { name: /查看第 1 张照片/ })).toBeVisible();
  await answer.getByRole('button', { name: '提交反馈' }).click();
  await expect(page.getByText('已反馈').first()).toBeVisible();
  await page.goto('/field/');
  await page.getByRole('link', { name: '已办' }).click();
  await expect(page.getByText(words)).toBeVisible();
});

test('far away, or without a position: told, and asked for a reason', async ({ browser }) => {
  const words = `远处的灯 ${Date.now()}`;
  await lampTask(browser, words);
  await page.goto('/field/');
  await page.getByText(words).click();
  await page.getByRole('button', { name: '签收' }).click();
  await context.setGeolocation({ longitude: 119.1, latitude: 31.55, accuracy: 20 });
  await page.getByRole('button', { name: '到场' }).click();
  const arrival = page.getByRole('dialog', { name: '登记到场' });
  await expect(arrival.getByRole('alert')).toContainText(/离事发地点还有 .*公里/);
  await arrival.getByRole('button', { name: '没有定位，说明原因' }).click();
  await expect(arrival.getByRole('button', { name: '确认到场' })).toBeDisabled();
  await arrival.getByRole('textbox').fill('地下室没有信号');
  await arrival.getByRole('button', { name: '确认到场' }).click();
  await expect(arrival).toBeHidden();
  await expect(page.getByRole('button', { name: '处置' })).toBeVisible();
});

test('a proof taken in the app: the album does not do, the camera says when and how far away', async ({ browser }) => {
  const words = `防溺水宣传 ${Date.now()}`;
  const { onDuty } = await ask<{ onDuty: boolean }>(context, 'GET', '/api/me');
  await ask(context, 'POST', '/api/me/duty', { onDuty: true });
  await lampTask(browser, words, 'publicity.water');
  await page.goto('/field/');
  await page.getByText(words).click();
  await expect(page.getByText('反馈时必须附现场拍摄的照片', { exact: false })).toBeVisible();
  await page.getByRole('button', { name: '签收' }).click();
  await page.getByRole('button', { name: '反馈' }).click();
  const answer = page.getByRole('dialog', { name: '反馈处置结果' });
  await answer.getByRole('textbox', { name: '处置结果' }).fill('已到水边宣传。');
  const photo = await lampPhoto(page);
  // The second one is the album's.
  await answer.locator('input[type=file]').nth(1).setInputFiles(photo);
  await expect(answer.getByRole('button', { name: /查看第 1 张照片/ })).toBeVisible();
  await answer.getByRole('button', { name: '提交反馈' }).click();
  await expect(answer.getByRole('alert')).toContainText('从相册选的照片不算');
  await answer.locator('input[type=file]').first().setInputFiles(photo);
  await expect(answer.getByRole('button', { name: /查看第 2 张照片/ })).toBeVisible();
  await answer.getByRole('button', { name: '提交反馈' }).click();
  await expect(page.getByText('已反馈').first()).toBeVisible();
  await expect(page.getByText(/应用内拍摄 .*\s· 距事件地点 0 米/)).toBeVisible();
  await expect(page.getByText(/相册选取 .*\s· 无定位/)).toBeVisible();
  await ask(context, 'POST', '/api/me/duty', { onDuty });
});

async function chooseLamp(): Promise<void> {
  await page.getByRole('button', { name: /^类别/ }).click();
  const sheet = page.getByRole('dialog', { name: '选择类别' });
  await sheet.getByRole('button', { name: '巡查管理' }).click();
  await sheet.getByRole('button', { name: /路灯故障/ }).click();
}

test('a report from the spot: what is missing is said, place and photo go along', async () => {
  await page.goto('/field/report');
  const send = page.getByRole('button', { name: '上报', exact: true });
  await send.click();
  await expect(page.getByRole('alert')).toContainText('请选择类别');
  await expect(page.getByText(/误差约 12 米/)).toBeVisible();
  await page
    .locator('input[type=file]')
    .first()
    .setInputFiles(await lampPhoto(page));
  await chooseLamp();
  await page.getByRole('textbox', { name: '情况说明' }).fill('第三盏也不亮');
  const sent = page.waitForRequest(
    (request) => request.method() === 'POST' && request.url().endsWith('/api/incidents'),
  );
  await send.click();
  const body = (await sent).postDataJSON() as { place?: { lon: number }; photoIds: string[] };
  expect(body.place?.lon).toBeCloseTo(118.98579, 1);
  expect(body.photoIds).toHaveLength(1);
  await expect(page.getByRole('heading', { name: '上报成功' })).toBeFocused();
  await expect(page.getByText(/编号 \d{8}-\d{6}/)).toBeVisible();
});

test('settled on the spot: needs its photo, and becomes no task', async () => {
  await page.goto('/field/report');
  await chooseLamp();
  await page.getByRole('textbox', { name: '情况说明' }).fill('拧紧就亮了');
  await page.getByRole('switch', { name: '已当场处置（自处）' }).click();
  const send = page.getByRole('button', { name: '上报', exact: true });
  await send.click();
  await expect(page.getByRole('alert')).toContainText('必须附照片');
  await page
    .locator('input[type=file]')
    .first()
    .setInputFiles(await lampPhoto(page));
  await send.click();
  await expect(page.getByRole('heading', { name: '上报成功' })).toBeVisible();
  // Done already: waits to be checked, for nobody to be sent.
  await expect(page.getByText('待核查')).toBeVisible();
});
