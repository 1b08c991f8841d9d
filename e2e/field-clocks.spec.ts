/** On the phone: what a limit does to its member, the answer to a supervision, and calling for help. */
import type { BrowserContext, Page } from '@playwright/test';
import { as, ask } from './support/api.ts';
import { axeFindings, expect, signInAs, test } from './support/fixtures.ts';
import { phoneSize } from './support/residents.ts';
import { lampTask, membersPhone } from './support/tasks.ts';

let context: BrowserContext;
let page: Page;
test.beforeEach(async ({ browser }) => {
  ({ context, page } = await membersPhone(browser));
});
test.afterEach(() => context.close());

test('a task shows what is left; a supervision is answered without signal and arrives', async ({ browser }) => {
  const words = `督办的灯 ${Date.now()}`;
  const { id } = await lampTask(browser, words);
  const leader = await as(browser, 'leader');
  const { version } = await ask<{ version: number }>(leader, 'GET', `/api/incidents/${id}`);
  await ask(leader, 'POST', `/api/incidents/${id}/moves`, { move: 'supervise', version, reason: '三天没有消息' });

  await page.goto('/field/');
  await page.getByText(words).click();
  await expect(page.getByTestId('task-limits')).toContainText(/剩 .*截止/);
  const clocks = page.getByTestId('task-clocks');
  await expect(clocks).toContainText('三天没有消息');
  await expect(clocks).toContainText('待答复');
  await expect(clocks).toContainText(/请于 .* 前答复/);
  expect(await axeFindings(page)).toEqual([]);

  await context.setOffline(true);
  await clocks.getByRole('button', { name: '答复督办' }).click();
  const sheet = page.getByRole('dialog', { name: '答复督办' });
  await sheet.getByRole('textbox', { name: '答复内容' }).fill('已到现场，今晚修好');
  await sheet.getByRole('button', { name: '提交答复' }).click();
  await expect(clocks.getByRole('button', { name: '待发送' })).toBeDisabled();
  await context.setOffline(false);
  await expect(clocks).toContainText('已到现场，今晚修好');
  await expect(clocks.getByRole('button', { name: '答复督办' })).toHaveCount(0);
});

test('a call for help reaches the desk with the position; the caller hears who comes', async ({ browser }) => {
  const words = `求助的灯 ${Date.now()}`;
  await lampTask(browser, words);
  const office = await as(browser, 'dispatcher');
  const desk = await office.newPage();
  await desk.goto('/console/');
  await expect(desk.getByTestId('live-tag')).toContainText('实时');

  await page.goto('/field/');
  await page.getByText(words).click();
  await page.getByRole('button', { name: '求助', exact: true }).click();
  const sheet = page.getByRole('dialog', { name: '求助' });
  await expect(sheet.getByText(/误差约 12 米/)).toBeVisible();
  const cry = `有人持刀 ${Date.now()}`;
  await sheet.getByRole('textbox', { name: /出了什么事/ }).fill(cry);
  await sheet.getByRole('button', { name: '发出求助' }).click();
  await expect(sheet).toBeHidden();
  await expect(page.locator('.timeline')).toContainText(cry);

  // The head of the grid finds the way on the phone.
  const headsPhone = await browser.newContext({ ...phoneSize });
  await signInAs(headsPhone, 'grid-head');
  const screen = await headsPhone.newPage();
  await screen.goto('/field/');
  const heard = screen.getByTestId('help-card').filter({ hasText: cry });
  await heard.getByRole('link', { name: '在地图上看' }).click();
  await expect(screen).toHaveURL(/\/field\/map\/help\//);
  await expect(screen.locator('.map-sheet')).toContainText('求助');
  await expect(screen.getByRole('link', { name: '导航过去' })).toBeVisible();
  await expect(screen.getByRole('link', { name: /^拨打/ })).toHaveAttribute('href', /^tel:/);
  expect(await axeFindings(screen)).toEqual([]);

  const line = desk.getByTestId('help-bar').getByRole('listitem').filter({ hasText: cry });
  await expect(line).toContainText('误差约 12 米');
  expect(await axeFindings(desk)).toEqual([]);
  await line.getByRole('button', { name: /响\s*应/ }).click();
  await expect(line).toHaveCount(0);
  await page.goto('/field/');
  const card = page.getByTestId('help-card').filter({ hasText: cry });
  await expect(card).toContainText('已响应');
  expect(await axeFindings(page)).toEqual([]);
});

test('a task is handed on to a colleague, who declines it, then takes it', async ({ browser }) => {
  const words = `转交的灯 ${Date.now()}`;
  const { orderId } = await lampTask(browser, words);
  const other = await browser.newContext({ ...phoneSize });
  await signInAs(other, 'grid-head');
  const { account } = await ask<{ account: { name: string } }>(other, 'GET', '/api/me');
  const theirs = await other.newPage();
  await theirs.goto('/field/');
  const handOn = async (): Promise<void> => {
    await page.goto(`/field/tasks/${orderId}`);
    await page.getByRole('button', { name: '转交同事' }).click();
    const sheet = page.getByRole('dialog', { name: '转交同事' });
    await sheet.getByRole('radio', { name: new RegExp(account.name) }).check();
    await sheet.getByRole('textbox', { name: '转交原因' }).fill('下午培训');
    expect(await axeFindings(page)).toEqual([]);
    await sheet.getByRole('button', { name: '发给对方' }).click();
    await expect(sheet).toBeHidden();
    await expect(page.getByRole('button', { name: '转交同事' })).toHaveCount(0);
  };
  const card = theirs.getByTestId('forward-card').filter({ hasText: words });
  await handOn();
  await card.getByRole('button', { name: '不接' }).click();
  await theirs.getByRole('dialog', { name: '不接' }).getByRole('button', { name: '不接' }).click();
  await expect(card).toHaveCount(0);
  await handOn();
  await card.getByRole('button', { name: '接手' }).click();
  await expect(theirs.locator('.task-list').getByText(words).last()).toBeVisible();
  await page.goto('/field/');
  await expect(page.getByTestId('forward-card').filter({ hasText: words }).first()).toContainText('已接手');
});
