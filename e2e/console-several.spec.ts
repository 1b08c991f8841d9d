/** Filters kept by name, and several incidents moved at once. */
import { as, ask, reportIncident } from './support/api.ts';
import { axeFindings, expect, signInAs, test } from './support/fixtures.ts';

test('a filter is saved by name, found again in another browser, and deleted', async ({ page, context, browser }) => {
  const name = `核对筛选${Date.now()}`;
  await signInAs(context, 'dispatcher');
  // Wide enough that the open list lies over the map: half-covered buttons would count as too small.
  await page.setViewportSize({ width: 1920, height: 1000 });
  await page.goto('/console/?scope=all&severity=urgent&q=%E8%B7%AF%E7%81%AF');
  await page.getByRole('button', { name: '常用筛选' }).click();
  await page.getByLabel('名称', { exact: true }).fill(name);
  await page.getByRole('button', { name: '保存当前筛选' }).click();
  const saved = page.getByRole('button', { name, exact: true });
  await expect(saved).toBeVisible();
  expect(await axeFindings(page)).toEqual([]);

  const elsewhere = await as(browser, 'dispatcher');
  const other = await elsewhere.newPage();
  await other.goto('/console/');
  await other.getByRole('button', { name: '常用筛选' }).click();
  await other.getByRole('button', { name, exact: true }).click();
  await expect(other).toHaveURL(/severity=urgent/);
  await expect(other).toHaveURL(/scope=all/);
  await other.getByRole('button', { name: '常用筛选' }).click();
  await other.getByRole('button', { name: `删除“${name}”` }).click();
  await expect(other.getByRole('button', { name, exact: true })).toHaveCount(0);
  const leader = await as(browser, 'leader');
  const { filters } = await ask<{ filters: { name: string }[] }>(leader, 'GET', '/api/incidents/filters');
  expect(filters.map((filter) => filter.name)).not.toContain(name);
});

test.describe('several at once', () => {
  test.use({ refusals: [409] });
  test('each is moved on its own: one that somebody else took fails alone', async ({ page, context, browser }) => {
    const mark = `批量核对${Date.now()}`;
    const desk = await as(browser, 'dispatcher');
    const made = [];
    for (const n of [1, 2, 3]) made.push(await reportIncident(desk, `${mark}第${n}件`));
    await signInAs(context, 'dispatcher');
    await page.goto(`/console/?scope=all&q=${encodeURIComponent(mark)}`);
    const rows = page.getByTestId('incident-row');
    await expect(rows).toHaveCount(3);
    await page.getByRole('button', { name: '批量处理' }).click();
    await page.getByRole('button', { name: '全选已显示的' }).click();
    await expect(page.getByTestId('triage')).toContainText('已选 3 件');
    expect(await axeFindings(page)).toEqual([]);

    // Somebody else is faster with one of them, just when the button is pressed.
    const [first] = made;
    await page.route(`**/api/dispatch/incidents/${first?.id ?? ''}`, async (route) => {
      const { version } = await ask<{ version: number }>(desk, 'GET', `/api/incidents/${first?.id ?? ''}`);
      await ask(desk, 'POST', `/api/dispatch/incidents/${first?.id ?? ''}`, { version });
      await route.continue();
    });
    await page.getByRole('button', { name: '按规则派遣', exact: true }).click();
    const results = page.getByRole('dialog', { name: /批量处理结果/ });
    await expect(results.getByTestId('triage-summary')).toHaveText('完成 2 件，未成功 1 件');
    await expect(results.getByRole('listitem').filter({ hasText: '✕' })).toContainText(first?.number ?? '-');
    await results.getByRole('button', { name: '关闭' }).last().click();
    await expect(page.getByTestId('triage')).toContainText('已选 1 件');
    for (const { id } of made) {
      const { orders } = await ask<{ orders: object[] }>(desk, 'GET', `/api/dispatch/incidents/${id}/orders`);
      expect(orders.length).toBeGreaterThan(0);
    }
  });
});
