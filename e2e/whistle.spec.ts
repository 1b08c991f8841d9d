/** Whistle and report-in: two departments called, one comes by position on a phone, the other by the town's word. */
import type { Browser, BrowserContext, Page } from '@playwright/test';
import { ask, reportIncident } from './support/api.ts';
import { axeFindings, expect, signInAs, test } from './support/fixtures.ts';
import { phoneSize } from './support/residents.ts';

interface Me {
  account: { posts: { departmentId: string | null; departmentName: string | null }[] };
}
interface Incident {
  place: { lon: number; lat: number };
}

/** A phone of the department's handler, standing somewhere. */
async function handlersPhone(browser: Browser, at: { lon: number; lat: number }): Promise<BrowserContext> {
  const context = await browser.newContext({
    ...phoneSize,
    geolocation: { longitude: at.lon, latitude: at.lat, accuracy: 12 },
    permissions: ['geolocation'],
  });
  await signInAs(context, 'department-handler');
  return context;
}

async function choose(page: Page, names: readonly string[]): Promise<void> {
  const dialog = page.getByRole('dialog');
  const field = dialog.getByRole('combobox', { name: '召集哪些部门' });
  for (const name of names) {
    await field.fill(name);
    await page.locator('.ant-select-item-option', { hasText: name }).first().click();
  }
  await page.keyboard.press('Escape');
}

test('two departments called: one by position, one by word; rated, and in the figures', async ({
  page,
  context,
  browser,
}) => {
  test.setTimeout(120_000);
  await signInAs(context, 'dispatcher');
  const { id, number } = await reportIncident(context, `多部门会商 ${Date.now()}`);
  const { place } = await ask<Incident>(context, 'GET', `/api/incidents/${id}`);
  // Far away at first.
  const phone = await handlersPhone(browser, { lon: place.lon + 0.05, lat: place.lat });
  const me = await ask<Me>(phone, 'GET', '/api/me');
  const own = me.account.posts.find((post) => post.departmentName !== null)?.departmentName ?? '';
  const other = own === '供电所' ? '水利站' : '供电所';

  await page.goto(`/console/?id=${id}`);
  await page.getByTestId('whistle-sound').click();
  const dialog = page.getByRole('dialog');
  await choose(page, [own, other]);
  await dialog.getByLabel('要做什么').fill('现场会商处置');
  await dialog.getByRole('button', { name: /吹\s*哨/ }).click();
  const panel = page.getByTestId('whistle');
  await expect(panel).toContainText('已到 0 / 2');
  await expect(page.getByTestId('timeline')).toContainText('30 分钟内到场');

  const screen = await phone.newPage();
  await screen.goto('/field/');
  const card = screen.getByTestId('whistle-card').filter({ hasText: number });
  await expect(card).toContainText('现场会商处置');
  await card.getByRole('button', { name: '现场报到' }).click();
  const sheet = screen.getByRole('dialog', { name: '现场报到' });
  await expect(sheet.getByRole('alert')).toContainText('离集合点还有');
  await expect(sheet.getByRole('button', { name: '确认报到' })).toBeDisabled();
  await phone.setGeolocation({ longitude: place.lon, latitude: place.lat, accuracy: 12 });
  await expect(sheet.getByText(/^离集合点 0/)).toBeVisible({ timeout: 20_000 });
  expect(await axeFindings(screen)).toEqual([]);
  await sheet.getByRole('button', { name: '确认报到' }).click();
  await expect(card).toContainText('按时报到');

  // The desk hears of it by itself.
  await expect(panel).toContainText('已到 1 / 2');
  await panel.locator('li', { hasText: other }).getByRole('button', { name: '确认到场' }).click();
  await dialog.getByLabel('到场人姓名').fill('李所长');
  await dialog.getByRole('button', { name: /确\s*定/ }).click();
  await expect(panel).toContainText('李所长（由镇里确认）');
  await panel.getByRole('button', { name: '结束吹哨' }).click();
  await dialog.getByRole('button', { name: /确\s*定/ }).click();
  await expect(panel).toContainText('已结束');
  for (const [department, marks] of [
    [own, ['5', '4', '5']],
    [other, ['3', '2', '3']],
  ] as const) {
    await panel
      .locator('li', { hasText: department })
      .getByRole('button', { name: /评\s*价/ })
      .click();
    const rating = page.getByRole('dialog', { name: `评价：${department}` });
    for (const [n, label] of ['态度', '速度', '效果'].entries()) {
      await rating
        .getByRole('radiogroup', { name: label })
        .getByText(marks[n] ?? '', { exact: true })
        .click();
    }
    await rating.getByRole('button', { name: /确\s*定/ }).click();
    await expect(rating).toBeHidden();
  }
  await expect(panel).toContainText('态度 5 · 速度 4 · 效果 5');
  expect(await axeFindings(page)).toEqual([]);

  await page.getByRole('link', { name: '报到', exact: true }).click();
  const figures = page.getByTestId('whistle-figures');
  await expect(figures.getByRole('row', { name: new RegExp(own) })).toContainText('100 %');
  await expect(figures.getByRole('row', { name: new RegExp(other) })).toContainText('2.7');
  expect(await axeFindings(page)).toEqual([]);
});
