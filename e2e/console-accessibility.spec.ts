/** Every dialog of an incident and of the office under axe, in both languages, on a desk and on a phone. */
import type { BrowserContext, Page } from '@playwright/test';
import { as, ask, reportIncident } from './support/api.ts';
import { axeFindings, expect, signInAs, test } from './support/fixtures.ts';
import { lampPhoto } from './support/photos.ts';
import { lampTask } from './support/tasks.ts';

const words = `给每个对话框看看 ${Date.now()}`;
let open: { id: string };
let proven: { id: string };

/** An order answered with three photos: from the spot, from far away, from the album. */
async function proof(member: BrowserContext, page: Page, incidentId: string, orderId: string): Promise<void> {
  const { place } = await ask<{ place: { lon: number; lat: number } }>(member, 'GET', `/api/incidents/${incidentId}`);
  const taken = [
    { how: 'camera', place: { ...place, accuracyM: 12 } },
    { how: 'camera', place: { lon: place.lon + 0.004, lat: place.lat, accuracyM: 12 } },
    { how: 'gallery', place: null },
  ];
  const photoIds: string[] = [];
  for (const facts of taken) {
    const answer = await member.request.post('/api/files', {
      headers: { 'x-wangge': '1' },
      multipart: {
        taken: JSON.stringify({ ...facts, atMs: Date.now(), offsetMs: 0 }),
        file: await lampPhoto(page),
      },
    });
    photoIds.push(((await answer.json()) as { fileId: string }).fileId);
  }
  const { orders } = await ask<{ orders: { id: string; version: number }[] }>(
    member,
    'GET',
    `/api/dispatch/incidents/${incidentId}/orders`,
  );
  let version = orders.find(({ id }) => id === orderId)?.version;
  for (const facts of [
    { move: 'accept' },
    { move: 'arrive', reason: '地下室没有信号' },
    { move: 'handle' },
    { move: 'respond', text: '已修好', photoIds },
  ]) {
    const path = `/api/dispatch/orders/${orderId}/moves`;
    ({ version } = (await ask<{ order: { version: number } }>(member, 'POST', path, { ...facts, version })).order);
  }
}

test.beforeAll(async ({ browser }) => {
  const desk = await as(browser, 'dispatcher');
  const member = await as(browser, 'grid-member');
  const page = await member.newPage();
  // Alike, and not the same to the letter: that would be merged at once.
  await reportIncident(desk, `${words} 弄堂口第三盏路灯不亮`);
  open = await reportIncident(desk, `${words} 弄堂口第三盏路灯灭了`);
  const task = await lampTask(browser, words);
  proven = task;
  await page.goto('/privacy');
  await proof(member, page, task.id, task.orderId);
  await Promise.all([desk.close(), member.close()]);
});

async function check(page: Page, name: string, within?: string): Promise<void> {
  expect.soft(await axeFindings(page, within), name).toEqual([]);
  const wider = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  expect.soft(wider, `${name} scrolls sideways`).toBeLessThanOrEqual(0);
}

/** What opens is looked at, and closed again by the keyboard. */
async function dialog(page: Page, name: string, press: () => Promise<void>): Promise<void> {
  await press();
  const shown = page.getByRole('dialog');
  await expect(shown).toBeVisible();
  // What lies behind it is looked at where it is a page of its own.
  await check(page, name, '[role=dialog]');
  await page.keyboard.press('Escape');
  await expect(shown, `${name} closes by Escape`).toBeHidden();
}

for (const [lang, width] of [
  ['zh', 1280],
  ['en', 360],
] as const) {
  test(`dialogs of an incident (${lang}, ${width})`, async ({ page, context }) => {
    await page.setViewportSize({ width, height: 800 });
    await signInAs(context, 'dispatcher');
    const show = async (id: string): Promise<void> => {
      await page.goto(`/console/?id=${id}&lang=${lang}`);
      // A link to an incident shows it on a phone as well.
      await expect(page.getByTestId('incident-detail')).toBeVisible();
    };
    await show(proven.id);
    await expect(page.locator('.photo-told').first()).toBeVisible();
    await check(page, 'proofs');
    await page.goto(`/console/incidents/${proven.id}/print?lang=${lang}`);
    await expect(page.locator('.sheet')).toBeVisible();
    await check(page, 'to be printed');
    await show(open.id);
    for (const button of ['split', 'county-send', 'whistle-sound', 'clock-pause']) {
      await dialog(page, button, () => page.getByTestId(button).first().click());
    }
    await dialog(page, 'supervise', async () => {
      await page.getByTestId('more-moves').click();
      await page.getByRole('menuitem', { name: /^(督办|Supervise)$/ }).click();
    });
    await dialog(page, 'compare', () => page.getByTestId('alike-one').first().getByRole('button').last().click());
  });

  test(`dialogs of the office (${lang}, ${width})`, async ({ page, context }) => {
    await page.setViewportSize({ width, height: 800 });
    await signInAs(context, 'system-admin');
    const first = (name: RegExp): Promise<void> => page.getByRole('button', { name }).first().click();
    const pages: [string, RegExp][] = [
      ['categories', /^(新建类别|New category)/],
      ['notify', /^(新增通道|Add a channel)/],
      ['calendar', /2026-12-15 /],
    ];
    for (const [name, button] of pages) {
      await page.goto(`/console/admin/${name}?lang=${lang}`);
      await dialog(page, name, () => first(button));
    }
    await signInAs(context, 'dispatcher');
    await page.goto(`/console/admin/rules?lang=${lang}`);
    await dialog(page, 'rules', () => first(/^(新增规则|New rule)/));
    await signInAs(context, 'grid-head');
    await page.goto(`/console/instructions?lang=${lang}`);
    await dialog(page, 'instruction', () => page.getByTestId('instruct').click());
    await page.goto(`/console/patrols?lang=${lang}`);
    await dialog(page, 'route', () => page.getByTestId('new-route').click());
  });
}
