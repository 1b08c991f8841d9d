/** Two residents report the same lamp: seen side by side, merged, both receipts show progress; and apart again. */
import type { Page } from '@playwright/test';
import { ask } from './support/api.ts';
import { axeFindings, expect, signInAs, test } from './support/fixtures.ts';
import {
  confirmCode,
  firstSign,
  incidentOf,
  moveAtDesk,
  newPhone,
  officeOf,
  phoneSize,
  reportLamp,
} from './support/residents.ts';

const mark = `核对并案${Date.now()}`;

/** As another resident would, asked whether it is the same. */
async function writeReport(page: Page, token: string, words: string, phone: string): Promise<void> {
  await page.goto(`/q/${token}/report?kind=patrol`);
  await page.getByRole('radio', { name: '路灯故障' }).check();
  await page.getByLabel('发生了什么').fill(words);
  await page.getByRole('radio', { name: /留手机号/ }).check();
  await page.getByLabel('手机号', { exact: true }).fill(phone);
  await page.getByRole('button', { name: '提交' }).click();
  await expect(page.getByRole('heading', { name: '是不是同一件事？' })).toBeVisible();
}

test('side by side, merged, both receipts show progress, undone', async ({ page, context, browser }) => {
  const { token, area } = await firstSign(browser);
  const [street, lane] = [await browser.newContext(phoneSize), await browser.newContext(phoneSize)];
  const [first, second] = [await street.newPage(), await lane.newPage()];
  const one = await reportLamp(first, token, `${mark} 弄堂口第三盏路灯不亮`, newPhone());

  // The second resident is shown the first report, without a word of it, and says that it is another.
  const phone = newPhone();
  await writeReport(second, token, `${mark} 弄堂口第三盏路灯灭了`, phone);
  await expect(second.getByText(area.name).first()).toBeVisible();
  expect(await second.content()).not.toContain('弄堂口第三盏路灯不亮');
  expect(await axeFindings(second)).toEqual([]);
  await second.getByRole('button', { name: '都不是，继续上报我的' }).click();
  await confirmCode(second, phone);
  await expect(second).toHaveURL(/\/r\//);
  const twoPath = new URL(second.url()).pathname;
  const twoNumber = await second.locator('dd.number').innerText();

  // The desk sees both beside each other and keeps the older one.
  const { id: oneId } = await incidentOf(browser, one.number);
  const { id: twoId } = await incidentOf(browser, twoNumber);
  await signInAs(context, 'dispatcher');
  await page.goto(`/console/?id=${twoId}`);
  await page.getByRole('button', { name: `对照 ${one.number}` }).click();
  const dialog = page.getByRole('dialog', { name: `对照 ${twoNumber} 与 ${one.number}` });
  await expect(dialog.getByText('弄堂口第三盏路灯不亮')).toBeVisible();
  await expect(dialog.getByText('弄堂口第三盏路灯灭了')).toBeVisible();
  await expect(dialog.getByText('同一类别', { exact: false })).toBeVisible();
  expect(await axeFindings(page)).toEqual([]);
  await dialog.getByRole('button', { name: `并案，保留 ${one.number}` }).click();
  await expect(page).toHaveURL(new RegExp(`id=${oneId}`));
  const merged = page.getByTestId('merged-one').filter({ hasText: twoNumber });
  await expect(merged).toBeVisible();

  await moveAtDesk(browser, oneId, 'accept');
  for (const path of [one.path, twoPath]) {
    await second.goto(path);
    await expect(second.getByText('已受理').first()).toBeVisible();
  }
  await expect(second.locator('dd.number')).toHaveText(twoNumber);
  await expect(second.getByText('合并办理', { exact: false }).first()).toBeVisible();

  // It was another lamp after all.
  await merged.getByRole('button', { name: `撤销并案 ${twoNumber}` }).click();
  await page
    .getByRole('dialog', { name: `撤销并案 ${twoNumber}` })
    .getByRole('button', { name: '撤销并案' })
    .click();
  await expect(merged).toHaveCount(0);
  await second.goto(twoPath);
  await expect(second.getByText('等待受理').first()).toBeVisible();

  // Told apart, they are not suggested for each other again.
  await page.goto(`/console/?id=${twoId}`);
  await page.getByRole('button', { name: `对照 ${one.number}` }).click();
  await page.getByTestId('not-same').click();
  await expect(page.getByTestId('alike-one').filter({ hasText: one.number })).toHaveCount(0);
  const desk = await officeOf(browser, 'dispatcher');
  const answer = (await (await desk.get(`/api/incidents/${twoId}/alike`)).json()) as { alike: { id: string }[] };
  expect(answer.alike.map(({ id }) => id)).not.toContain(oneId);
});

test('a resident who says that it is the same gets a receipt of their own', async ({ page, browser, context }) => {
  const { token } = await firstSign(browser);
  const other = await (await browser.newContext(phoneSize)).newPage();
  const known = await reportLamp(other, token, `${mark} 祠堂前面的灯坏了，一直没亮`, newPhone());
  const phone = newPhone();
  await writeReport(page, token, `${mark} 祠堂前面的灯坏了`, phone);
  await page.getByRole('button', { name: '是同一件事，我也要跟进' }).first().click();
  await confirmCode(page, phone);
  await expect(page).toHaveURL(/\/r\//);
  await expect(page.getByText('合并办理', { exact: false }).first()).toBeVisible();
  expect(await page.locator('dd.number').innerText()).not.toBe(known.number);
  await signInAs(context, 'dispatcher');
  const { id } = await incidentOf(browser, await page.locator('dd.number').innerText());
  const made = await ask<{ state: string; mergedInto: string | null }>(context, 'GET', `/api/incidents/${id}`);
  expect(made.state).toBe('merged');
  expect(made.mergedInto).not.toBeNull();
});
