/** Categories: what the office changes is what residents are offered, and open consoles hear of it. */
import type { BrowserContext, Page } from '@playwright/test';
import { as, ask } from './support/api.ts';
import { expect, signInAs, test } from './support/fixtures.ts';

interface Category {
  code: string;
  parentCode: string | null;
  name: { zh: string };
  public: boolean;
  active: boolean;
  handleLimitMin: number;
}
const listed = async (context: BrowserContext): Promise<Category[]> =>
  (await ask<{ categories: Category[] }>(context, 'GET', '/api/incidents/categories')).categories;

/** What a resident without an account may choose from under a heading, by the sign at the door. */
async function offered(street: BrowserContext, token: string, heading: string): Promise<string> {
  const page = await street.newPage();
  await page.goto(`/q/${token}`);
  await page.getByRole('link', { name: /我要上报/ }).click();
  await page.getByRole('link', { name: heading }).click();
  const text = await page.getByRole('main').innerText();
  await page.close();
  return text;
}

async function fillIn(page: Page, code: string, zh: string, heading: string): Promise<void> {
  const dialog = page.getByRole('dialog', { name: '新建类别' });
  await dialog.getByLabel('代码').fill(code);
  await dialog.getByLabel('中文名称').fill(zh);
  await dialog.getByLabel('英文名称').fill('Broken bench');
  await dialog.getByLabel('上级类别').click();
  await page.locator('.ant-select-dropdown:visible').getByText(heading, { exact: true }).click();
}

test.use({ refusals: [422] });

test('a category is made, edited and closed; residents see each step', async ({ page, context, browser }) => {
  await signInAs(context, 'system-admin');
  const { points: signs } = await ask<{ points: { token: string }[] }>(context, 'GET', '/api/areas/qr-points');
  const street = await browser.newContext();
  const token = signs[0]?.token ?? '';
  const top = (await listed(context)).find((each) => each.parentCode === null && each.public && each.active);
  const heading = top?.name.zh ?? '';
  const code = `bench-${Date.now()}`;
  const name = `长椅损坏${Date.now()}`;
  // A dispatcher who has the categories open, and does nothing.
  const desk = await as(browser, 'dispatcher');
  const other = await desk.newPage();
  await other.goto('/console/admin/categories');
  await expect(other.getByText('实时')).toBeVisible();

  await page.goto('/console/admin/categories');
  await page.getByRole('button', { name: '新建类别' }).click();
  await page.getByRole('dialog').getByRole('button', { name: '保存' }).click();
  await expect(page.getByRole('dialog').getByText('必填').first()).toBeVisible();
  await fillIn(page, code, name, heading);
  await page.getByRole('dialog').getByRole('button', { name: '保存' }).click();
  await expect(page.getByRole('dialog')).toBeHidden();
  await expect(page.getByRole('row', { name: code })).toContainText('72 小时');
  await expect(other.getByRole('row', { name: code })).toBeVisible();
  expect(await offered(street, token, heading)).toContain(name);

  await page.getByRole('button', { name: `编辑 ${name}` }).click();
  const edit = page.getByRole('dialog', { name: '编辑类别' });
  await edit.getByLabel('处置时限（小时）').fill('5');
  await edit.getByRole('button', { name: '保存' }).click();
  await expect(page.getByRole('row', { name: code })).toContainText('5 小时');
  expect((await listed(context)).find((each) => each.code === code)?.handleLimitMin).toBe(300);

  await page.getByRole('button', { name: `编辑 ${name}` }).click();
  await edit.getByLabel('启用').uncheck();
  await edit.getByRole('button', { name: '保存' }).click();
  await expect(page.getByRole('row', { name: code })).toContainText('已停用');
  await expect(other.getByRole('row', { name: code })).toContainText('已停用');
  expect(await offered(street, token, heading)).not.toContain(name);
});

test('a file of categories: a wrong line is named and nothing taken, then all of it', async ({ page, context }) => {
  await signInAs(context, 'system-admin');
  const stamp = Date.now();
  const head = 'code,parent,name,name_en,department,severity,limit_minutes,public,proof,active';
  const row = (n: number, limit: string): string =>
    `csv-${stamp}-${n},csv-${stamp},导入类别 ${n},Imported ${n},,ordinary,${limit},yes,no,yes`;
  const top = `csv-${stamp},,导入的一级,Imported,,ordinary,600,no,no,yes`;
  const file = (...rows: string[]): { name: string; mimeType: string; buffer: Buffer } => ({
    name: 'categories.csv',
    mimeType: 'text/csv',
    buffer: Buffer.from([head, top, ...rows].join('\n')),
  });
  await page.goto('/console/admin/categories');
  await page.getByRole('button', { name: '导入 CSV' }).click();
  const dialog = page.getByRole('dialog', { name: '导入 CSV' });
  await dialog.locator('input[type=file]').setInputFiles(file(row(1, '600'), row(2, 'soon')));
  await expect(dialog.getByLabel('CSV 内容')).toHaveValue(/soon/);
  await dialog.getByRole('button', { name: '导入', exact: true }).click();
  await expect(dialog.getByRole('alert')).toContainText('第 4 行');
  await expect(dialog.getByRole('alert')).toContainText('limit_minutes');
  expect((await listed(context)).filter((each) => each.code.includes(String(stamp)))).toEqual([]);

  await dialog.locator('input[type=file]').setInputFiles(file(row(1, '600'), row(2, '900')));
  await expect(dialog.getByLabel('CSV 内容')).toHaveValue(/900/);
  await dialog.getByRole('button', { name: '导入', exact: true }).click();
  await expect(page.getByText('新增 3 个')).toBeVisible();
  await expect(page.getByRole('row', { name: `csv-${stamp}-2` })).toContainText('15 小时');
  expect((await listed(context)).filter((each) => each.code.includes(String(stamp)))).toHaveLength(3);
});
