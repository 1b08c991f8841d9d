/** Suggestions: in the dialog of a call, when a report is sorted, on residents' pages, and what an administrator sees. */
import type { Browser, BrowserContext, Page } from '@playwright/test';
import { as, ask } from './support/api.ts';
import { axeFindings, expect, signInAs, test } from './support/fixtures.ts';
import { firstSign, incidentOf, phoneSize, sayAnother } from './support/residents.ts';

interface Lesson {
  readonly subject: string;
  readonly enabled: boolean;
  readonly learning: boolean;
  readonly learnedAtMs: number | null;
}
async function categoryLesson(admin: BrowserContext): Promise<Lesson | undefined> {
  const { lessons } = await ask<{ lessons: Lesson[] }>(admin, 'GET', '/api/incidents/lessons');
  return lessons.find((one) => one.subject === 'category');
}

let learned = false;
/** The demo's past comes in while the specs run: asks until there was enough of it to learn from. */
async function learn(browser: Browser): Promise<void> {
  if (learned) return;
  const admin = await as(browser, 'system-admin');
  await expect
    .poll(
      async () => {
        const lesson = await categoryLesson(admin);
        if (lesson && lesson.learnedAtMs === null && !lesson.learning) {
          await ask(admin, 'POST', '/api/incidents/lessons/category/learn');
        }
        return lesson?.learnedAtMs ?? null;
      },
      { timeout: 80_000, intervals: [2000] },
    )
    .not.toBeNull();
  learned = true;
  await admin.close();
}
const chips = (page: Page) => page.getByTestId('suggestions').getByRole('button');
const words = '村道路灯不亮，夜间出行不便';

test('a call: the words suggest the category, one key takes it', async ({ page, context, browser }) => {
  await learn(browser);
  await signInAs(context, 'dispatcher');
  for (const lang of ['zh', 'en'] as const) {
    await page.goto(`/console/?lang=${lang}`);
    await page.getByRole('button', { name: lang === 'zh' ? '登记来电' : 'Log a call' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel(lang === 'zh' ? '情况' : 'What happened').fill(words);
    const first = chips(page).first();
    await expect(first).toContainText(lang === 'zh' ? '路灯故障' : 'Street lamp out');
    await expect(first).toContainText(/路灯|灯/);
    await expect(first).toContainText('%');
    await expect(first).toHaveAttribute('aria-pressed', 'false');
    expect(await axeFindings(page)).toEqual([]);
    await page.keyboard.press('Alt+1');
    await expect(first).toHaveAttribute('aria-pressed', 'true');
    // In the chip and, chosen, in the field.
    await expect(dialog.getByText(lang === 'zh' ? '路灯故障' : 'Street lamp out')).toHaveCount(2);
    await page.keyboard.press('Escape');
  }
});

test('a resident chose the wrong kind: the desk sees what it reads like, one click moves it, and says why', async ({
  page,
  browser,
}) => {
  await learn(browser);
  const { token } = await firstSign(browser);
  const resident = await (await browser.newContext({ ...phoneSize })).newPage();
  await sayAnother(resident);
  await resident.goto(`/q/${token}/report?kind=environment`);
  await resident.getByRole('radio').first().check();
  await resident.getByLabel('发生了什么').fill(words);
  await resident.getByRole('radio', { name: /匿名/ }).check();
  await resident.getByRole('button', { name: '提交' }).click();
  await expect(resident).toHaveURL(/\/r\//);
  const { id } = await incidentOf(browser, await resident.locator('dd.number').innerText());
  await resident.context().close();

  await signInAs(page.context(), 'dispatcher');
  await page.goto(`/console/?id=${id}`);
  const chip = chips(page).first();
  await expect(chip).toContainText('路灯故障');
  expect(await axeFindings(page)).toEqual([]);
  await chip.click();
  // In the timeline, and with the deadline that it moved.
  await expect(page.getByText('按描述改类别，依据：', { exact: false }).first()).toBeVisible();
  const { categoryCode } = await ask<{ categoryCode: string }>(page.context(), 'GET', `/api/incidents/${id}`);
  expect(categoryCode).toBe('patrol.lamp');
  await expect(page.getByTestId('suggestions')).toHaveCount(0);
});

test.describe('on a phone', () => {
  test.use(phoneSize);

  test('the words suggest a category of another kind; tapped, the report goes there', async ({ page, browser }) => {
    await learn(browser);
    const { token } = await firstSign(browser);
    const fetched: string[] = [];
    page.on('request', (request) => fetched.push(request.url()));
    await sayAnother(page);
    await page.goto(`/q/${token}/report?kind=environment`);
    await expect(page.getByRole('radio').first()).toBeVisible();
    // What chips take is no part of the first load.
    expect(fetched.some((url) => url.includes('/later-'))).toBe(false);
    await page.getByLabel('发生了什么').fill(words);
    const chip = page.getByRole('button', { name: /路灯故障/ });
    await expect(chip).toBeVisible();
    await expect(chip).toContainText(/依据：.*灯/);
    await chip.click();
    await expect(chip).toHaveAttribute('aria-pressed', 'true');
    await expect(page.getByRole('radio', { name: '路灯故障' })).toBeChecked();
    expect(await axeFindings(page)).toEqual([]);
    await page.getByRole('radio', { name: /匿名/ }).check();
    await page.getByRole('button', { name: '提交' }).click();
    await expect(page).toHaveURL(/\/r\//);
    const desk = await as(browser, 'dispatcher');
    const { id } = await incidentOf(browser, await page.locator('dd.number').innerText());
    expect((await ask<{ categoryCode: string }>(desk, 'GET', `/api/incidents/${id}`)).categoryCode).toBe('patrol.lamp');
    await desk.close();
  });
});

test('an administrator sees what was learned and how good it is, learns anew, switches it off and on', async ({
  page,
  context,
  browser,
}) => {
  await learn(browser);
  await signInAs(context, 'system-admin');
  for (const lang of ['en', 'zh'] as const) {
    await page.goto(`/console/admin/suggestions?lang=${lang}`);
    await expect(page.getByTestId('lesson-category').locator('dd').first()).toBeVisible();
    expect(await axeFindings(page)).toEqual([]);
  }
  const card = page.getByTestId('lesson-category');
  await card.getByRole('button', { name: '重新学习' }).click();
  await expect(page.getByText('已开始学习')).toBeVisible();
  await card.getByRole('switch').click();
  await expect(card.getByRole('switch')).not.toBeChecked();
  const desk = await as(browser, 'dispatcher');
  const basis = async (): Promise<string> =>
    (await ask<{ basis: string }>(desk, 'POST', '/api/incidents/suggest', { text: words })).basis;
  await expect.poll(basis).toBe('off');
  await card.getByRole('switch').click();
  await expect(card.getByRole('switch')).toBeChecked();
  await expect.poll(basis).toBe('learned');
  await desk.close();
});
