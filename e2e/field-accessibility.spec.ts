/** Every page and sheet of the grid member's phone under axe, in both languages, also with text twice as large. */
import type { Page } from '@playwright/test';
import { axeFindings, expect, test } from './support/fixtures.ts';
import { lampTask, membersPhone } from './support/tasks.ts';

let orderId: string;
test.beforeAll(async ({ browser }) => {
  ({ orderId } = await lampTask(browser, `给每一页看看的灯 ${Date.now()}`));
});

const refusal = { error: { code: 'category-closed', message: { zh: '类别已停用。', en: 'Closed.' } } };

async function check(page: Page, name: string): Promise<void> {
  expect.soft(await axeFindings(page), name).toEqual([]);
  const wider = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  expect.soft(wider, `${name} scrolls sideways`).toBeLessThanOrEqual(0);
}

for (const lang of ['zh', 'en'] as const) {
  for (const percent of [100, 200]) {
    test(`axe, ${lang}, text at ${percent} %`, async ({ browser }) => {
      const { context, page } = await membersPhone(browser);
      if (percent !== 100) {
        // As a phone's own text size does.
        await context.addInitScript((size) => {
          document.addEventListener('DOMContentLoaded', () => {
            const style = document.createElement('style');
            style.textContent = `html { font-size: ${size}% !important; }`;
            document.head.append(style);
          });
        }, percent);
      }
      const paths = {
        tasks: '/field/',
        done: '/field/done',
        report: '/field/report',
        map: '/field/map',
        me: '/field/me',
        password: '/field/me/password',
        sessions: '/field/me/sessions',
        outbox: '/field/me/outbox',
        messages: '/field/me/messages',
        telling: '/field/me/telling',
        task: `/field/tasks/${orderId}`,
      };
      for (const [name, path] of Object.entries(paths)) {
        await page.goto(`${path}?lang=${lang}`);
        await expect(page.getByRole('main')).toBeVisible();
        await expect(page.locator('.wg-loading')).toHaveCount(0);
        await check(page, name);
      }
      await page.locator('.move-return').click();
      await expect(page.getByRole('dialog')).toBeVisible();
      await check(page, 'return a task');
      await page.keyboard.press('Escape');
      await expect(page.getByRole('dialog')).toBeHidden();
      await page.getByRole('button', { name: /^(求助|Call for help)$/ }).click();
      await expect(page.getByRole('dialog')).toBeVisible();
      await check(page, 'call for help');
      await page.goto(`/field/report?lang=${lang}`);
      await page.locator('.choice').first().click();
      await expect(page.getByRole('dialog')).toBeVisible();
      await check(page, 'choose a category');
      await page.locator('.list-children button').first().click();
      await page.route('**/api/incidents', (route) =>
        route.request().method() === 'POST' ? route.fulfill({ status: 422, json: refusal }) : route.continue(),
      );
      await page.locator('textarea').fill('退回给每一页看看');
      await page.locator('button[type=submit]').click();
      await expect(page.getByRole('alert')).toBeVisible();
      await check(page, 'a report that was refused');
      await page.locator('.outbox-bar a').click();
      await expect(page.locator('.outbox-refused')).toBeVisible();
      await check(page, 'the outbox');
      await page.locator('.outbox-buttons button').first().click();
      await expect(page.getByRole('dialog')).toBeVisible();
      await check(page, 'delete what was not sent');
      await context.close();
    });
  }
}

test('signing in, under axe', async ({ browser }) => {
  const context = await browser.newContext({ viewport: { width: 360, height: 740 } });
  const page = await context.newPage();
  for (const lang of ['zh', 'en']) {
    await page.goto(`/field/?lang=${lang}`);
    await expect(page.locator('input[type=password]')).toBeVisible();
    await check(page, `sign in, ${lang}`);
  }
  await context.close();
});
