/** Handled by several: in parts, with the county's answer, and by one word to a whole grid. */
import type { BrowserContext, Page } from '@playwright/test';
import { as, ask, reportIncident } from './support/api.ts';
import { axeFindings, expect, signInAs, test } from './support/fixtures.ts';
import { lampPhoto } from './support/photos.ts';
import { membersPhone } from './support/tasks.ts';

interface Me {
  account: { name: string; posts: { departmentName: string | null }[] };
}
interface Order {
  id: string;
  version: number;
  partyName: string;
}

/** Takes the part of an incident that this party has, and answers it with a photo. */
async function answerPart(party: BrowserContext, page: Page, incidentId: string, partyName: string): Promise<void> {
  const { orders } = await ask<{ orders: Order[] }>(party, 'GET', `/api/dispatch/incidents/${incidentId}/orders`);
  const own = orders.find((order) => order.partyName === partyName);
  expect(own, partyName).toBeDefined();
  const { name, mimeType, buffer } = await lampPhoto(page);
  const upload = await party.request.post('/api/files', {
    headers: { 'x-wangge': '1' },
    multipart: { file: { name, mimeType, buffer } },
  });
  const { fileId } = (await upload.json()) as { fileId: string };
  let version = own?.version;
  for (const facts of [{ move: 'accept' }, { move: 'respond', text: '本部门已办完', photoIds: [fileId] }]) {
    const path = `/api/dispatch/orders/${own?.id}/moves`;
    ({ version } = (await ask<{ order: Order }>(party, 'POST', path, { ...facts, version })).order);
  }
}

test('an incident in parts is verified when all are answered, and closed then', async ({ page, context, browser }) => {
  await signInAs(context, 'dispatcher');
  const { id } = await reportIncident(context, `分办的事 ${Date.now()}`);
  const handler = await as(browser, 'department-handler');
  const member = await as(browser, 'grid-member');
  const me = await Promise.all([handler, member].map((each) => ask<Me>(each, 'GET', '/api/me')));
  const department = me[0]?.account.posts[0]?.departmentName ?? '';
  const person = me[1]?.account.name ?? '';

  await page.goto(`/console/?id=${id}`);
  await page.getByTestId('split').click();
  const dialog = page.getByRole('dialog', { name: '分给多个部门办理' });
  for (const [n, [party, task]] of (
    [
      [department, '清运垃圾'],
      [person, '走访周边住户'],
    ] as const
  ).entries()) {
    const part = dialog.getByRole('group', { name: `第 ${n + 1} 份` });
    await part.getByRole('combobox', { name: '承办部门或人员' }).fill(party);
    // Other members have names that end alike.
    const option = page.locator('.ant-select-item-option').filter({ hasText: new RegExp(`^${party}`) });
    await option.first().click();
    await part.getByLabel('办理要求').fill(task);
  }
  expect(await axeFindings(page)).toEqual([]);
  await dialog.getByRole('button', { name: /派\s*出/ }).click();
  await expect(dialog).toBeHidden();
  const parts = page.getByTestId('parts');
  await expect(parts).toHaveText('分办 0/2');

  await answerPart(handler, page, id, department);
  await expect(parts).toHaveText('分办 1/2');
  await expect(page.getByTestId('move-close')).toHaveCount(0);
  await answerPart(member, page, id, person);
  await expect(parts).toHaveText('分办 2/2');
  await page.getByTestId('move-close').click();
  await page
    .getByRole('dialog', { name: /结案/ })
    .getByRole('button', { name: /结\s*案/ })
    .click();
  await expect(page.getByTestId('timeline')).toContainText('结案');
  const { state } = await ask<{ state: string }>(context, 'GET', `/api/incidents/${id}`);
  expect(state).toBe('closed');
});

test('sent up to the county its clock stands; the answer brings it back down', async ({ page, context }) => {
  await signInAs(context, 'dispatcher');
  const { id } = await reportIncident(context, `报县的事 ${Date.now()}`);
  await page.goto(`/console/?id=${id}`);
  await page.getByTestId('county-send').click();
  const up = page.getByRole('dialog', { name: '报送县级' });
  await up.getByLabel('请县级做什么').fill('请县水利局协调上游来水');
  await up.getByRole('button', { name: /确\s*定/ }).click();
  const county = page.getByTestId('county');
  await expect(county).toContainText('在县级办理');
  const clock = page.getByTestId('clock-handle');
  await expect(clock).toContainText('已暂停');
  await expect(clock).toContainText('报送县级');

  await page.getByTestId('county-enter').click();
  const down = page.getByRole('dialog', { name: '录入县级答复' });
  await down.getByLabel('答复内容').fill('已安排分洪，水位三日内回落');
  await down.getByLabel('答复人（县级）').fill('县水利局 王科长');
  await down.getByLabel('文号').fill('县水函〔2026〕12号');
  await down.getByRole('button', { name: /确\s*定/ }).click();
  await expect(county).toContainText('县级已答复');
  await expect(county).toContainText('县水利局 王科长');
  await expect(clock).toContainText('计时中');
  await expect(page.getByTestId('timeline')).toContainText('已安排分洪，水位三日内回落');
  expect(await axeFindings(page)).toEqual([]);
});

test('a word to the whole grid, with a place: who has read it, who confirms it', async ({ page, context, browser }) => {
  await signInAs(context, 'grid-head');
  const words = `防汛巡堤 ${Date.now()}`;
  await page.goto('/console/instructions');
  await page.getByTestId('instruct').click();
  const dialog = page.getByRole('dialog', { name: '发通知' });
  await dialog.getByLabel('通知内容').fill(words);
  await dialog.getByRole('button', { name: '在地图上选地点' }).click();
  // The map takes no click before it is drawn.
  await expect(async () => {
    await dialog.getByTestId('map').click();
    await expect(dialog.locator('.place-found')).not.toContainText('点地图选地点', { timeout: 1000 });
  }).toPass();
  expect(await axeFindings(page)).toEqual([]);
  await dialog.getByRole('button', { name: '发通知' }).click();
  await expect(dialog).toBeHidden();
  const given = page.getByTestId('instructions').locator('> li').filter({ hasText: words });
  await expect(given).toContainText(/已读 0\/\d+/);

  const phone = await membersPhone(browser);
  await phone.page.goto('/field/');
  const card = phone.page.getByTestId('my-instructions').getByRole('listitem').filter({ hasText: words });
  await card.getByRole('button', { name: '查看' }).click();
  await expect(card.getByRole('link', { name: '导航到通知的地点' })).toBeVisible();
  await expect(given).toContainText(/已读 1\/\d+/);
  await expect(given).toContainText(/已确认 0\/\d+/);
  expect(await axeFindings(phone.page)).toEqual([]);
  await card.getByRole('button', { name: '确认收到' }).click();
  await expect(card).toHaveCount(0);
  await expect(given).toContainText(/已确认 1\/\d+/);
});
