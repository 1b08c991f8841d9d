/** A rule made at the desk, tried on the past, saved, and at work on the next report. */
import { as, ask, firstPublicCategory, reportIncident, request } from './support/api.ts';
import { axeFindings, expect, signInAs, test } from './support/fixtures.ts';

interface Book {
  version: number;
}

test.afterEach(async ({ browser }) => {
  // Other specs report too, and expect the default.
  const office = await as(browser, 'dispatcher');
  const { version } = await ask<Book>(office, 'GET', '/api/dispatch/rules');
  await request(office, 'PUT', '/api/dispatch/rules', { version, rules: [], withWarnings: true });
  await office.close();
});

test('a rule is made, tried, saved, and decides about the next report', async ({ page, context }) => {
  test.setTimeout(120_000);
  await signInAs(context, 'dispatcher');
  // The demo's past year may still be loading.
  const word = `灯${Date.now()}`;
  const past = await reportIncident(context, `村口${word}不亮`);
  await page.goto('/console/admin/rules');
  await expect(page.getByText('还没有规则')).toBeVisible();

  await page.getByRole('button', { name: '新增规则' }).click();
  const form = page.getByRole('dialog', { name: '新增规则' });
  await form.getByLabel('名称').fill('路灯都归应急办');
  await form.getByRole('button', { name: /放入列表/ }).click();
  await expect(form).toContainText('请指定派给谁');
  await form.getByLabel('文字含其中之一').fill(word);
  await form.getByLabel('文字含其中之一').press('Enter');
  await form.getByLabel('加部门').fill('应急');
  await form.getByLabel('加部门').press('Enter');
  await expect(form.getByText('应急管理办公室').first()).toBeVisible();
  await form.getByRole('button', { name: /放入列表/ }).click();
  await expect(page.getByTestId('rules')).toContainText(`文字含 “${word}”`);

  await page.getByRole('button', { name: '用过去的事件试一试' }).click();
  const trial = page.getByTestId('trial');
  await expect(trial).toContainText('这些规则会把 1 件派到别处');
  await expect(trial.getByRole('link', { name: past.number })).toBeVisible();
  await expect(trial.getByRole('table').first()).toContainText('应急管理办公室');

  await page.getByRole('button', { name: '保存并启用' }).click();
  await expect(page.getByText(/^第 \d+ 版/)).toBeVisible();

  // The next one goes on at once: nobody dispatches it, and the timeline says by which rule.
  const { id } = await reportIncident(context, `村后${word}也不亮`);
  await page.goto(`/console/?id=${id}`);
  await expect(page.getByTestId('orders')).toContainText('应急管理办公室');
  const timeline = page.getByTestId('timeline');
  await expect(timeline).toContainText('按派单规则派遣');
  await expect(timeline).toContainText('规则 1“路灯都归应急办”');
});

test.describe('a list', () => {
  // Refused on purpose: a rule that never matches.
  test.use({ refusals: [409] });

  test('order by keyboard, a rule that never matches, two who save at once', async ({ page, context, browser }) => {
    await signInAs(context, 'dispatcher');
    const office = await as(browser, 'leader');
    const code = await firstPublicCategory(office);
    const { departments } = await ask<{ departments: { id: string; code: string }[] }>(
      office,
      'GET',
      '/api/staff/departments',
    );
    const department = departments.find((d) => d.code === 'cgd')?.id;
    const rule = (n: number, name: string, categoryCodes: string[]): object => ({
      id: `01980000-0000-7000-8000-00000000000${n}`,
      name,
      enabled: true,
      when: { categoryCodes, areaIds: [], sources: [], days: 'any', hours: null, words: [] },
      parties: [{ kind: 'department', id: department, required: true }],
      severity: null,
    });
    const { version } = await ask<Book>(office, 'GET', '/api/dispatch/rules');
    const narrow = rule(1, '窄的', [code]);
    await ask(office, 'PUT', '/api/dispatch/rules', { version, rules: [narrow, rule(2, '宽的', [])] });

    await page.goto('/console/admin/rules');
    const list = page.getByTestId('rules').getByRole('listitem');
    await expect(list).toHaveCount(2);
    const up = page.getByRole('button', { name: '上移“宽的”' });
    await up.focus();
    await page.keyboard.press('Enter');
    await expect(list.first()).toContainText('宽的');
    await expect(up).toBeFocused();
    await page.getByRole('button', { name: '保存并启用' }).click();
    const sure = page.getByRole('dialog', { name: '有规则永远不会起作用' });
    await sure.getByRole('button', { name: /取\s*消/ }).click();
    await expect(list.last()).toContainText('前面的规则 1 已全部接走');

    for (const lang of ['zh', 'en']) {
      for (const width of [360, 1280]) {
        await page.setViewportSize({ width, height: 800 });
        await page.goto(`/console/admin/rules?lang=${lang}`);
        await expect(list).toHaveCount(2);
        expect(await axeFindings(page), `${lang} ${width}`).toEqual([]);
        const wider = await page.evaluate(
          () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
        );
        expect(wider, `scrolls sideways at ${width}`).toBeLessThanOrEqual(0);
      }
    }
    await page.goto('/console/admin/rules?lang=zh');
    await page.getByRole('button', { name: '删除“窄的”' }).click();
    await ask(office, 'PUT', '/api/dispatch/rules', { version: version + 1, rules: [narrow] });
    await expect(page.getByRole('alert')).toContainText('别人刚保存了新的一版');
    await page.getByRole('button', { name: '放弃改动' }).click();
    await expect(list).toHaveCount(1);
    await expect(list.first()).toContainText('窄的');
  });
});

test('skills and absence of a person stand in the reasons of candidates', async ({ page, context, browser }) => {
  const office = await as(browser, 'dispatcher');
  const { id } = await reportIncident(office, `灯杆倾斜 ${Date.now()}`);
  const { categoryCode } = await ask<{ categoryCode: string }>(office, 'GET', `/api/incidents/${id}`);
  await ask(office, 'PUT', `/api/dispatch/category-skills/${categoryCode}`, { skills: ['登高'] });

  await signInAs(context, 'system-admin');
  await page.goto('/console/admin/people');
  await page.getByRole('button', { name: '系统管理员', exact: true }).click();
  await expect(page.getByTestId('ability')).toContainText('没有登记技能和休假');
  expect(await axeFindings(page)).toEqual([]);
  await page.keyboard.press('Escape');
  await page.getByRole('searchbox').first().fill('wgy1');
  await page.getByRole('button', { name: '一号网格员', exact: true }).click();
  const ability = page.getByTestId('ability');
  await ability.getByLabel('技能', { exact: true }).fill('登高');
  await ability.getByLabel(/培训有效期至/).fill('2020-01-01');
  await ability.getByRole('button', { name: '加技能' }).click();
  await expect(ability).toContainText('已过期');

  const { candidates } = await ask<{ candidates: { name: string; reason: { zh: string } }[] }>(
    office,
    'GET',
    `/api/dispatch/incidents/${id}/candidates`,
  );
  expect(candidates.find((c) => c.name === '一号网格员')?.reason.zh).toContain('“登高”培训已过期');
  await ask(office, 'PUT', `/api/dispatch/category-skills/${categoryCode}`, { skills: [] });
});
