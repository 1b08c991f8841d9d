/** The dispatch key before it is known to whom: it waits, says so, and can be taken back. */
import type { BrowserContext, Page } from '@playwright/test';
import { ask, reportIncident } from './support/api.ts';
import { expect, signInAs, test } from './support/fixtures.ts';

const words = (what: string): string => `${what} ${Date.now()}`;
const candidatesOf = (id: string): RegExp => new RegExp(`/api/dispatch/incidents/${id}/candidates`);

/** Holds the answer about candidates back until told. */
async function heldCandidates(page: Page, id: string): Promise<() => void> {
  let release = (): void => undefined;
  const released = new Promise<void>((done) => (release = done));
  await page.route(candidatesOf(id), async (route) => {
    await released;
    await route.continue();
  });
  return release;
}
async function orderCount(context: BrowserContext, id: string): Promise<number> {
  const { orders } = await ask<{ orders: unknown[] }>(context, 'GET', `/api/dispatch/incidents/${id}/orders`);
  return orders.length;
}

test.beforeEach(async ({ context }) => {
  await signInAs(context, 'dispatcher');
});

test('waits for the candidates, then dispatches to the suggested one', async ({ page, context }) => {
  const incident = await reportIncident(context, words('井盖松动'));
  const release = await heldCandidates(page, incident.id);
  await page.goto(`/console/?id=${incident.id}`);
  await expect(page.getByTestId('dispatch-box')).toBeVisible();
  await page.keyboard.press('d');
  await expect(page.getByTestId('dispatch-waiting')).toContainText('正在找处置方');
  await expect(page.getByRole('dialog')).toHaveCount(0);
  expect(await orderCount(context, incident.id)).toBe(0);
  release();
  await expect(page.getByTestId('orders').getByText('待签收')).toBeVisible();
  await expect(page.getByTestId('dispatch-waiting')).toHaveCount(0);
  expect(await orderCount(context, incident.id)).toBe(1);
  // Registered by the rules, but nothing that the dispatcher still has to send out.
  await expect(page.locator(`[data-number="${incident.number}"]`)).toContainText('已派遣待签收');
  await expect(page.getByTestId('incident-detail').locator('header')).toContainText('已派遣待签收');
});

test('pressed while the incident itself is loading, it is not lost', async ({ page, context }) => {
  const incident = await reportIncident(context, words('路面积水'));
  let release = (): void => undefined;
  const released = new Promise<void>((done) => (release = done));
  await page.route(`**/api/incidents/${incident.id}`, async (route) => {
    await released;
    await route.continue();
  });
  await page.goto(`/console/?id=${incident.id}`);
  await expect(page.getByTestId('incident-row').first()).toBeVisible();
  await page.keyboard.press('d');
  await expect(page.getByTestId('dispatch-waiting')).toBeVisible();
  release();
  await expect(page.getByTestId('orders').getByText('待签收')).toBeVisible();
  expect(await orderCount(context, incident.id)).toBe(1);
});

test('Escape takes it back, and the incident stays open', async ({ page, context }) => {
  const incident = await reportIncident(context, words('树枝挡道'));
  const release = await heldCandidates(page, incident.id);
  await page.goto(`/console/?id=${incident.id}`);
  await expect(page.getByTestId('dispatch-box')).toBeVisible();
  await page.keyboard.press('d');
  await expect(page.getByTestId('dispatch-waiting')).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(page.getByTestId('dispatch-waiting')).toHaveCount(0);
  release();
  await expect(page.getByTestId('dispatch')).toBeEnabled();
  await expect(page.getByTestId('incident-detail')).toContainText(incident.number);
  expect(await orderCount(context, incident.id)).toBe(0);
});

test('so does moving to another incident', async ({ page, context }) => {
  const other = await reportIncident(context, words('垃圾满溢'));
  const text = words('护栏倒了');
  const incident = await reportIncident(context, text);
  const release = await heldCandidates(page, incident.id);
  await page.goto(`/console/?id=${incident.id}`);
  await expect(page.getByTestId('dispatch-box')).toBeVisible();
  await page.keyboard.press('d');
  await expect(page.getByTestId('dispatch-waiting')).toBeVisible();
  await page.locator(`[data-number="${other.number}"]`).click();
  await expect(page.getByTestId('incident-detail')).toContainText(other.number);
  await expect(page.getByTestId('dispatch-waiting')).toHaveCount(0);
  const answered = page.waitForResponse(candidatesOf(incident.id)).catch(() => null);
  release();
  await page.locator(`[data-number="${incident.number}"]`).click();
  await expect(page.getByTestId('incident-detail')).toContainText(text);
  await answered;
  await expect(page.getByTestId('dispatch')).toBeEnabled();
  expect(await orderCount(context, incident.id)).toBe(0);
  expect(await orderCount(context, other.id)).toBe(0);
});
