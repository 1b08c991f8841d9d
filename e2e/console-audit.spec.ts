/** The audit page: who looked at what and why can be found, and the chain verified. */
import { as, ask, reportIncident } from './support/api.ts';
import { expect, signInAs, test } from './support/fixtures.ts';

interface AuditRow {
  action: string;
  actorName: string;
  purpose: string | null;
}

test('a look at a number is found by action and by person, with its purpose', async ({ page, context, browser }) => {
  const desk = await as(browser, 'dispatcher');
  const incident = await reportIncident(desk, `无人机扰民 ${Date.now()}`);
  const purpose = `回访核实 ${Date.now()}`;
  await ask(desk, 'POST', `/api/incidents/${incident.id}/reporter`, { purpose });
  const me = await ask<{ account: { name: string } }>(desk, 'GET', '/api/me');

  await signInAs(context, 'audit-admin');
  await page.goto('/console/admin/audit');
  const found = page.getByRole('row', { name: purpose });
  await expect(found).toBeVisible();
  await page.getByLabel('操作', { exact: true }).fill('incidents.reveal-reporter');
  await expect(page.getByRole('cell', { name: '登录', exact: true })).toHaveCount(0);
  await expect(found).toContainText('查看上报人');
  // The word finds the same as its code.
  await page.getByLabel('操作', { exact: true }).fill('查看上报人');
  await page.keyboard.press('Escape');
  await expect(page.getByRole('cell', { name: '登录', exact: true })).toHaveCount(0);
  await expect(found).toContainText('查看上报人');
  await page.getByLabel('操作人').fill(me.account.name);
  await expect(found).toContainText(me.account.name);
  const { items } = await ask<{ items: AuditRow[] }>(context, 'GET', '/api/audit?action=incidents.reveal-reporter');
  expect(items.find((row) => row.purpose === purpose)?.actorName).toBe(me.account.name);

  await page.getByLabel('操作人').fill('没有这个人');
  await expect(page.getByText('没有符合条件的记录')).toBeVisible();
  await page.getByLabel('操作人').fill('');
  await page.getByLabel('从', { exact: true }).fill('2000-01-01');
  await page.getByLabel('到', { exact: true }).fill('2000-01-02');
  await expect(page.getByText('没有符合条件的记录')).toBeVisible();
});

test('the chain is verified', async ({ page, context }) => {
  await signInAs(context, 'audit-admin');
  await page.goto('/console/admin/audit');
  await page.getByRole('button', { name: '校验' }).click();
  await expect(page.getByTestId('audit-verdict')).toContainText('校验通过');
  const verdict = await ask<{ ok: boolean }>(context, 'POST', '/api/audit/verify');
  expect(verdict.ok).toBe(true);
});

test('a dispatcher has no way to it', async ({ page, context }) => {
  await signInAs(context, 'dispatcher');
  await page.goto('/console/admin/audit');
  await expect(page.getByText('您没有查看这一页的权限')).toBeVisible();
  expect((await context.request.get('/api/audit')).status()).toBe(403);
});
