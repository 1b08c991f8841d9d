/** The list as a file, what its rows show, and one incident on paper. */
import { readFile } from 'node:fs/promises';
import { as, ask, reportIncident, request } from './support/api.ts';
import { axeFindings, expect, signInAs, test } from './support/fixtures.ts';

test('the list as it is filtered becomes a file with the chosen columns', async ({ page, context, browser }) => {
  const mark = `导出核对${Date.now()}`;
  const desk = await as(browser, 'dispatcher');
  const reported = await reportIncident(desk, `${mark}，请打13800010001`);
  await signInAs(context, 'dispatcher');
  await page.goto(`/console/?q=${encodeURIComponent(mark)}`);
  await expect(page.getByTestId('incident-row')).toHaveCount(1);

  await page.getByRole('button', { name: '导出', exact: true }).click();
  const dialog = page.getByRole('dialog', { name: '导出事件' });
  await dialog.getByText('CSV（文本表格）').click();
  await dialog.getByRole('checkbox', { name: '全选' }).click();
  await expect(dialog.getByText('请至少选一列')).toBeVisible();
  await expect(dialog.getByRole('button', { name: '导出', exact: true })).toBeDisabled();
  await dialog.getByRole('checkbox', { name: '描述' }).check();
  await dialog.getByRole('checkbox', { name: '编号' }).check();
  const saved = page.waitForEvent('download');
  await dialog.getByRole('button', { name: '导出', exact: true }).click();
  const file = await saved;
  expect(file.suggestedFilename()).toMatch(/^incidents-\d{8}-\d{6}\.csv$/);
  const text = await readFile(await file.path(), 'utf8');
  expect(text).toBe(`\u{FEFF}编号,描述\r\n${reported.number},${mark}，请打138****0001\r\n`);
  await expect(dialog.getByTestId('export-progress')).toContainText('已导出 1 条');
  expect(await axeFindings(page)).toEqual([]);

  // The choice is kept; the other format opens with it.
  await page.reload();
  await page.getByRole('button', { name: '导出', exact: true }).click();
  await expect(dialog.getByRole('checkbox', { name: '描述' })).toBeChecked();
  await expect(dialog.getByRole('checkbox', { name: '地址' })).not.toBeChecked();
  await dialog.getByText('Excel（.xlsx）').click();
  const workbook = page.waitForEvent('download');
  await dialog.getByRole('button', { name: '导出', exact: true }).click();
  expect((await readFile(await (await workbook).path())).subarray(0, 2).toString()).toBe('PK');

  const audit = await as(browser, 'audit-admin');
  const { items } = await ask<{ items: { purpose: string | null }[] }>(
    audit,
    'GET',
    '/api/audit?action=incidents.export',
  );
  expect(items[0]?.purpose).toBe('export');
});

test.describe('a file that does not come', () => {
  test.use({ refusals: [503] });
  test('is told with its reason, and comes when asked for again', async ({ page, context }) => {
    await signInAs(context, 'dispatcher');
    await page.goto('/console/');
    await page.route('**/api/incidents/export?**', (route) =>
      route.fulfill({
        status: 503,
        json: { error: { code: 'unavailable', message: { zh: '服务器正忙', en: 'Busy' } } },
      }),
    );
    await page.getByRole('button', { name: '导出', exact: true }).click();
    const dialog = page.getByRole('dialog', { name: '导出事件' });
    await dialog.getByRole('button', { name: '导出', exact: true }).click();
    await expect(dialog.getByRole('alert')).toContainText('服务器正忙');
    await page.unroute('**/api/incidents/export?**');
    const saved = page.waitForEvent('download');
    await dialog.getByRole('button', { name: '重试' }).click();
    await saved;
  });
});

test('who works on a phone takes no files away', async ({ page, context }) => {
  await signInAs(context, 'grid-member');
  await page.goto('/console/');
  await expect(page.getByRole('button', { name: '显示内容' })).toBeVisible();
  await expect(page.getByRole('button', { name: '导出', exact: true })).toHaveCount(0);
  expect((await request(context, 'GET', '/api/incidents/export?format=csv')).status()).toBe(403);
});

test('the rows show what one chose, also tomorrow', async ({ page, context, browser }) => {
  const mark = `列表内容${Date.now()}`;
  const desk = await as(browser, 'dispatcher');
  const { number } = await reportIncident(desk, mark);
  await signInAs(context, 'dispatcher');
  await page.goto(`/console/?q=${encodeURIComponent(mark)}`);
  const row = page.getByTestId('incident-row');
  await expect(row).not.toContainText(number);
  await page.getByRole('button', { name: '显示内容' }).click();
  await page.getByRole('checkbox', { name: '编号' }).check();
  await page.getByRole('checkbox', { name: '来源' }).uncheck();
  await expect(row).toContainText(number);
  await expect(row).not.toContainText('电话来访');
  await page.reload();
  await expect(row).toContainText(number);
  await expect(row).not.toContainText('电话来访');
});

test('one incident is printed on A4', async ({ page, context, browser }) => {
  const mark = `打印核对${Date.now()}`;
  const desk = await as(browser, 'dispatcher');
  const { id, number } = await reportIncident(desk, mark);
  await ask(desk, 'POST', `/api/incidents/${id}/notes`, { text: '已电话核实' });
  await signInAs(context, 'dispatcher');
  await page.goto(`/console/?id=${id}`);
  const opened = context.waitForEvent('page');
  await page.getByRole('link', { name: '打印 / PDF' }).click();
  const paper = await opened;
  const sheet = paper.getByTestId('sheet');
  await expect(sheet).toContainText(mark);
  await expect(sheet).toContainText('已电话核实');
  await expect(paper).toHaveTitle(new RegExp(number));
  expect(await axeFindings(paper)).toEqual([]);
  await paper.emulateMedia({ media: 'print' });
  await expect(paper.getByRole('navigation')).toBeHidden();
  await expect(paper.getByRole('button', { name: '打印或存为 PDF' })).toBeHidden();
  await expect(sheet).toBeVisible();
  const pdf = await paper.pdf({ preferCSSPageSize: true });
  expect(pdf.subarray(0, 5).toString()).toBe('%PDF-');
});
