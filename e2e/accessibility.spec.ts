/** WCAG 2.2 A and AA on every surface, in both languages: axe finds nothing. */
import { axeFindings, expect, signInAs, test } from './support/fixtures.ts';

const residents = ['/', '/find', '/follow', '/privacy'];
const console = [
  '/console/',
  '/console/overview',
  '/console/areas',
  '/console/people',
  '/console/categories',
  '/console/account',
  '/console/messages',
];
const field = ['/field/', '/field/report', '/field/map', '/field/me'];

for (const lang of ['zh', 'en']) {
  test(`residents' pages (${lang})`, async ({ page }) => {
    await page.setViewportSize({ width: 360, height: 740 });
    for (const path of residents) {
      await page.goto(`${path}?lang=${lang}`);
      expect(await axeFindings(page), path).toEqual([]);
      const wider = await page.evaluate(
        () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
      );
      expect(wider, `${path} scrolls sideways`).toBeLessThanOrEqual(0);
    }
  });
  test(`console (${lang})`, async ({ page, context }) => {
    await signInAs(context, 'dispatcher');
    for (const path of console) {
      await page.goto(`${path}?lang=${lang}`);
      await expect(page.getByRole('main')).toBeVisible();
      expect(await axeFindings(page), path).toEqual([]);
    }
  });
  test(`grid member's page (${lang})`, async ({ page, context }) => {
    await page.setViewportSize({ width: 360, height: 740 });
    await signInAs(context, 'grid-member');
    for (const path of field) {
      await page.goto(`${path}?lang=${lang}`);
      await expect(page.getByRole('main')).toBeVisible();
      expect(await axeFindings(page), path).toEqual([]);
    }
  });
}
