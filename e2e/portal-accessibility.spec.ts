/** Every page that a resident can meet, under axe, at 360 px, in both languages and with large text. */
import type { Page } from '@playwright/test';
import { axeFindings, expect, test } from './support/fixtures.ts';
import { closeInOffice, firstSign, newPhone, openLampForm, phoneSize, reportLamp } from './support/residents.ts';

let receipts: { open: string; closed: string };
test.beforeAll(async ({ browser }) => {
  const page = await (await browser.newContext(phoneSize)).newPage();
  const { token } = await firstSign(browser);
  const open = await reportLamp(page, token, '路灯不亮');
  const closed = await reportLamp(page, token, '路灯又不亮', newPhone());
  await closeInOffice(browser, page, closed.number);
  receipts = { open: open.path, closed: closed.path };
  await page.context().close();
});

async function check(page: Page, name: string): Promise<void> {
  expect.soft(await axeFindings(page), name).toEqual([]);
  const { wider, small } = await page.evaluate(() => {
    const root = document.documentElement;
    const targets = [...document.querySelectorAll<HTMLElement>('a[href], button, label.choice, label.file')];
    return {
      wider: root.scrollWidth - root.clientWidth,
      // Links within a sentence are as high as their line; skipping links are off the page until focused.
      small: targets
        .filter((e) => e.offsetParent !== null && !e.closest('p.hint, .summary') && !e.classList.contains('skip'))
        .filter((e) => e.getBoundingClientRect().height < 47.5)
        .map((e) => e.outerHTML.slice(0, 100)),
    };
  });
  expect.soft(wider, `${name} scrolls sideways`).toBeLessThanOrEqual(0);
  expect.soft(small, `${name}: targets below 48 px`).toEqual([]);
}

for (const lang of ['zh', 'en'] as const) {
  for (const size of ['normal', 'large'] as const) {
    // A context of its own: pages with something wrong on them are answers of 422 and 404.
    test(`axe, ${lang}, ${size} text`, async ({ browser }) => {
      const context = await browser.newContext(phoneSize);
      const page = await context.newPage();
      const { token } = await firstSign(browser);
      const phone = newPhone();
      await page.goto(`/?size=${size}`);
      await openLampForm(page, token);
      await page.getByLabel('发生了什么').fill('路灯不亮');
      await page.getByRole('radio', { name: /留手机号/ }).check();
      await page.getByLabel('手机号', { exact: true }).fill(phone);
      // What a form answers keeps the language of its cookie.
      await context.request.get(`/?lang=${lang}`);
      await page.getByRole('button', { name: '提交' }).click();
      await expect(page.locator('#code')).toBeVisible();
      await check(page, 'code');
      await page.locator('#code').fill('12');
      await page.locator('button[value=confirm]').click();
      await expect(page.getByRole('alert')).toBeVisible();
      await check(page, 'code, wrong');
      const paths = {
        home: '/',
        find: '/find',
        privacy: '/privacy',
        sign: `/q/${token}`,
        kinds: `/q/${token}/report`,
        form: `/q/${token}/report?kind=patrol`,
        follow: '/follow',
        receipt: `${receipts.open}?new=1`,
        withdraw: `${receipts.open}/withdraw`,
        closed: receipts.closed,
        objection: `${receipts.closed}/objection`,
        'wrong link': '/r/no-such-receipt-anywhere',
        'not found': '/no-such-page',
      };
      for (const [name, path] of Object.entries(paths)) {
        await page.goto(path);
        await check(page, name);
      }
      await page.goto('/find');
      await page.locator('.tiles a').first().click();
      await check(page, 'micro-grids of a village');
      await page.goto(`/q/${token}/report?kind=patrol`);
      await page.locator('main button[type=submit]').click();
      await expect(page.getByRole('alert')).toBeVisible();
      await check(page, 'form, wrong');
      await context.close();
    });
  }
}
