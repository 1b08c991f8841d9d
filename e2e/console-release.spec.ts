/** What the public reads of an incident: nothing, until a dispatcher has written it for them. */
import type { BrowserContext } from '@playwright/test';
import { as, ask, reportIncident } from './support/api.ts';
import { expect, signInAs, test } from './support/fixtures.ts';

interface Request311 {
  service_request_id: string;
  description: string | null;
}
/** The same incident as the public API shows it, to somebody without an account. */
async function publicly(context: BrowserContext, number: string): Promise<string | null> {
  const all = await ask<Request311[]>(context, 'GET', `/open311/v2/requests/${number}.json`);
  return all[0]?.description || null;
}

test('a text for the public is released, changed by nobody else, and taken back', async ({
  page,
  context,
  browser,
}) => {
  await signInAs(context, 'dispatcher');
  const secret = `王小明家门口路灯坏了 13800001234 ${Date.now()}`;
  const incident = await reportIncident(context, secret);
  const stranger = await browser.newContext();
  expect(await publicly(stranger, incident.number)).toBeNull();

  await page.goto(`/console/?id=${incident.id}`);
  const panel = page.getByTestId('release');
  await expect(panel).toContainText('未公开');
  await panel.getByRole('button', { name: '公开文字和照片' }).click();
  const dialog = page.getByRole('dialog');
  await expect(dialog).toContainText('请删去姓名');
  const text = dialog.getByLabel('公开的文字');
  await expect(text).toHaveValue(secret);
  await expect(dialog.getByText('好像有电话')).toBeVisible();
  await text.fill('路灯不亮');
  await expect(dialog.getByText('好像有电话')).toHaveCount(0);
  await dialog.getByRole('button', { name: '公开', exact: true }).click();
  await expect(dialog).toBeHidden();
  await expect(panel).toContainText('已公开');
  await expect(panel).toContainText('路灯不亮');
  expect(await publicly(stranger, incident.number)).toBe('路灯不亮');
  await expect(page.getByTestId('timeline')).toContainText('公开');

  await panel.getByRole('button', { name: '取消公开' }).click();
  await expect(panel).toContainText('未公开');
  expect(await publicly(stranger, incident.number)).toBeNull();
});

test('who may not release sees that it is released, and no buttons', async ({ page, context, browser }) => {
  const desk = await as(browser, 'dispatcher');
  const incident = await reportIncident(desk, `花坛破损 ${Date.now()}`);
  const { version } = await ask<{ version: number }>(desk, 'GET', `/api/incidents/${incident.id}`);
  await ask(desk, 'POST', `/api/incidents/${incident.id}/release`, {
    clientKey: crypto.randomUUID(),
    version,
    released: true,
    publicText: '花坛待修',
    photoIds: [],
  });
  await signInAs(context, 'leader');
  await page.goto(`/console/?id=${incident.id}`);
  await expect(page.getByTestId('release')).toContainText('花坛待修');
  await expect(page.getByTestId('release').getByRole('button')).toHaveCount(0);
});
