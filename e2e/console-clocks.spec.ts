/** A limit that passes: overdue, supervised, escalated, and answered by a person; every open page hears of it. */
import type { BrowserContext } from '@playwright/test';
import { as, ask, firstPublicCategory, reportIncident } from './support/api.ts';
import { axeFindings, expect, signInAs, test } from './support/fixtures.ts';

interface Rules {
  ladders: { phase: string; severity: string; steps: object[] }[];
  defaults: { phase: string; steps: object[] }[];
}

/** Emergencies have one minute, and the levels follow upon it; nobody else's reports are emergencies here. */
async function shortLimit(office: BrowserContext): Promise<() => Promise<void>> {
  const code = await firstPublicCategory(office);
  const rules = await ask<Rules>(office, 'GET', '/api/incidents/limits');
  const limits = (rows: object[]): Promise<unknown> =>
    ask(office, 'PUT', `/api/incidents/categories/${code}/limits`, { limits: rows });
  const levels = (steps: object[]): Promise<unknown> =>
    ask(office, 'PUT', '/api/incidents/ladders/handle/emergency', { steps });
  await limits([{ severity: 'emergency', phase: 'handle', minutes: 1, mode: 'calendar' }]);
  await levels([
    { unit: 'percent', at: 100, act: 'remind', who: ['dispatcher'], repeatMin: 60 },
    { unit: 'percent', at: 101, act: 'supervise', who: ['dispatcher'] },
    { unit: 'percent', at: 102, act: 'escalate', who: [], to: 'town' },
  ]);
  return async () => {
    await limits([]);
    await levels(rules.defaults.find((each) => each.phase === 'handle')?.steps ?? []);
  };
}

test('overdue, then supervised, then escalated; an answer stops the ladder', async ({ page, context, browser }) => {
  test.setTimeout(180_000);
  const office = await as(browser, 'system-admin');
  const restore = await shortLimit(office);
  await signInAs(context, 'dispatcher');
  const { id, number } = await reportIncident(context, `桥面塌陷 ${Date.now()}`);
  await ask(context, 'POST', `/api/incidents/${id}/moves`, {
    move: 'raise-severity',
    version: 1,
    severity: 'emergency',
    reason: '有人受伤',
  });
  await page.goto(`/console/?id=${id}`);
  const clock = page.getByTestId('clock-handle');
  await expect(clock).toContainText('限 1 分（自然时间）');
  await expect(page.getByTestId('timeline')).toContainText('紧急程度变更，期限调整');
  // The minute passes by itself; nobody reloads the page.
  await expect(clock).toContainText('已超时', { timeout: 90_000 });
  await expect(page.getByTestId('supervisions')).toContainText('待答复', { timeout: 20_000 });
  const timeline = page.getByTestId('timeline');
  await expect(timeline).toContainText('自动督办');
  await expect(timeline).toContainText('自动上报镇级');
  expect(await axeFindings(page)).toEqual([]);

  const leader = await as(browser, 'leader');
  const { items } = await ask<{ items: { text: string }[] }>(leader, 'GET', '/api/notify/messages');
  expect(items.map((each) => each.text).filter((text) => text.includes(number))).toHaveLength(1);

  await page.getByTestId('clock-answer').click();
  const dialog = page.getByRole('dialog', { name: '答复督办' });
  await dialog.getByLabel('答复内容').fill('已封闭桥面，抢修队在路上');
  await dialog.getByRole('button', { name: /确\s*定/ }).click();
  await expect(page.getByTestId('supervisions')).toContainText('已封闭桥面');
  await expect(clock).toContainText('确认');
  await expect(page.getByTestId('clock-acknowledge')).toHaveCount(0);
  await restore();
});

test('a supervision by hand asks for an answer until a time, and an answer ends the wait', async ({
  page,
  context,
  browser,
}) => {
  const office = await as(browser, 'dispatcher');
  const { id } = await reportIncident(office, `无人答复 ${Date.now()}`);
  await signInAs(context, 'leader');
  await page.goto(`/console/?id=${id}`);
  await page.getByTestId('more-moves').click();
  await page.getByRole('menuitem', { name: '督办' }).click();
  const dialog = page.getByRole('dialog', { name: /督办/ });
  await dialog.getByLabel('理由').fill('群众多次反映');
  const inTown = new Date(Date.now() + (8 + 26) * 3_600_000).toISOString().slice(0, 16);
  await dialog.getByLabel('最晚何时答复').fill(inTown);
  expect(await axeFindings(page)).toEqual([]);
  await dialog.getByRole('button', { name: /督\s*办/ }).click();
  const supervisions = page.getByTestId('supervisions');
  await expect(supervisions).toContainText(new RegExp(`请于 .*${inTown.slice(5).replace('T', ' ')} 前答复`));
  await expect(supervisions).toContainText(/剩 1 天/);
  await ask(office, 'POST', `/api/incidents/${id}/supervision`, { answer: '明早到场' });
  await expect(supervisions).toContainText('明早到场');
  await expect(supervisions).not.toContainText('前答复');
});

test('a clock is paused while the reporter is asked, and goes on', async ({ page, context }) => {
  await signInAs(context, 'dispatcher');
  const { id } = await reportIncident(context, `路灯不亮 ${Date.now()}`);
  await page.goto(`/console/?id=${id}`);
  const clock = page.getByTestId('clock-handle');
  await expect(clock).toContainText('计时中');
  await page.getByTestId('clock-pause').click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('理由').fill('请居民补充灯杆编号');
  await dialog.getByRole('button', { name: /确\s*定/ }).click();
  await expect(clock).toContainText('已暂停');
  await expect(clock).toContainText('等待上报人');
  await expect(page.getByTestId('timeline')).toContainText('请居民补充灯杆编号');
  await page.getByTestId('clock-resume').click();
  await page
    .getByRole('dialog')
    .getByRole('button', { name: /确\s*定/ })
    .click();
  await expect(clock).toContainText('计时中');
  await expect(page.getByTestId('timeline')).toContainText('计时恢复');
});

test('the calendar says loudly which year is missing, until somebody enters it', async ({ page, context }) => {
  await signInAs(context, 'system-admin');
  const { warnings } = await ask<{ warnings: { year: number }[] }>(context, 'GET', '/api/incidents/calendar');
  const missing = warnings.at(-1)?.year ?? 0;
  expect(missing).toBeGreaterThan(2026);
  await page.goto('/console/admin/calendar');
  const warning = page.getByRole('alert').filter({ hasText: `${missing}` });
  await expect(warning).toBeVisible();
  await expect(page.getByTestId('calendar-alert')).toContainText(String(missing));
  for (const lang of ['zh', 'en']) {
    for (const width of [360, 1280]) {
      await page.setViewportSize({ width, height: 800 });
      await page.goto(`/console/admin/calendar?lang=${lang}`);
      await expect(page.getByRole('alert').first()).toBeVisible();
      expect(await axeFindings(page), `${lang} ${width}`).toEqual([]);
      const wider = await page.evaluate(
        () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
      );
      expect(wider, `scrolls sideways at ${width}`).toBeLessThanOrEqual(0);
    }
  }
  await page.goto('/console/admin/calendar?lang=zh');
  await warning.getByRole('button', { name: `录入 ${missing} 年` }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('依据').fill('试录，非正式通知');
  await dialog.getByLabel('放假（每行').fill(`${missing}-01-01 ${missing}-01-03 元旦\n明天 休息`);
  await dialog.getByRole('button', { name: /保\s*存/ }).click();
  await expect(dialog).toContainText('看不懂这一行：明天 休息');
  await dialog.getByLabel('放假（每行').fill(`${missing}-01-01 ${missing}-01-03 元旦`);
  await dialog.getByRole('button', { name: /保\s*存/ }).click();
  await expect(dialog).toBeHidden();
  await expect(page.getByTestId('calendar-alert')).toHaveCount(0);

  // The town's own day off, and back to what was published.
  const day = page.getByRole('button', { name: /2026-12-15 / });
  await day.click();
  const own = page.getByRole('dialog');
  await own.getByText('放假', { exact: true }).click();
  await own.getByLabel('名称').fill('庙会');
  await own.getByRole('button', { name: /保\s*存/ }).click();
  await expect(page.getByRole('button', { name: /2026-12-15 休 庙会/ })).toBeVisible();
  await day.click();
  await page.getByRole('dialog').getByText('按公布的安排').click();
  await page
    .getByRole('dialog')
    .getByRole('button', { name: /保\s*存/ })
    .click();
  await expect(page.getByRole('button', { name: /2026-12-15 班/ })).toBeVisible();
});

test('limits of a category are set beside it', async ({ page, context }) => {
  await signInAs(context, 'system-admin');
  await ask(context, 'PUT', '/api/incidents/categories/environment.toilet/limits', { limits: [] });
  await page.goto('/console/admin/categories');
  await page.getByRole('button', { name: '时限 公厕保洁' }).click();
  const dialog = page.getByRole('dialog', { name: '时限：公厕保洁' });
  await dialog.getByRole('button', { name: '新增一条' }).click();
  await dialog.getByRole('spinbutton', { name: /时限/ }).fill('6');
  await dialog.getByRole('button', { name: /保\s*存/ }).click();
  await expect
    .poll(async () => (await ask<{ limits: object[] }>(context, 'GET', '/api/incidents/limits')).limits)
    .toContainEqual({
      categoryCode: 'environment.toilet',
      severity: '*',
      phase: 'handle',
      minutes: 360,
      mode: 'working',
    });
  expect(await axeFindings(page)).toEqual([]);
  await page.goto('/console/admin/categories');
  await page.getByRole('button', { name: '通用时限与提醒' }).click();
  await expect(page.getByRole('dialog')).toContainText('提醒级别');
  expect(await axeFindings(page)).toEqual([]);
});
