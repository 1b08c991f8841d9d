/** An account's life by the form: made, given a post, a first password changed, disabled, password reset. */
import type { Browser, Page } from '@playwright/test';
import { ask } from './support/api.ts';
import { expect, signInAs, test } from './support/fixtures.ts';

interface Account {
  login: string;
  enabled: boolean;
  posts: { role: string }[];
}

/** A browser of its own in front of the sign-in. */
async function door(browser: Browser, login: string, password: string): Promise<Page> {
  const context = await browser.newContext();
  const page = await context.newPage();
  await page.goto('/console/');
  await page.getByLabel('用户名').fill(login);
  await page.getByLabel('密码', { exact: true }).fill(password);
  await page.getByRole('button', { name: '登录', exact: true }).click();
  return page;
}

async function changePassword(page: Page, from: string, to: string): Promise<void> {
  await expect(page.getByText('请先设置自己的密码')).toBeVisible();
  await page.getByLabel('当前密码').fill(from);
  await page.getByLabel('新密码（至少 10 位）').fill(to);
  await page.getByLabel('再输一遍新密码').fill(to);
  await page.getByRole('button', { name: '修改密码' }).click();
}

test.use({ refusals: [401, 403, 409, 422] });

test('an account is made, posted, disabled and its password reset', async ({ page, context, browser }) => {
  test.setTimeout(180_000);
  await signInAs(context, 'system-admin');
  const login = `new-${Date.now()}`;
  const find = async (): Promise<Account | undefined> =>
    (await ask<{ items: Account[] }>(context, 'GET', `/api/staff/accounts?q=${login}`)).items[0];
  await page.goto('/console/admin/people');
  await page.getByRole('button', { name: '新建账号' }).click();
  const dialog = page.getByRole('dialog', { name: '新建账号' });
  await dialog.getByLabel('用户名').fill('Not Allowed');
  await dialog.getByLabel('姓名').fill('新来的人');
  await dialog.getByLabel('初始密码').fill('short');
  await dialog.getByRole('button', { name: '新建账号' }).click();
  await expect(dialog.getByText('2–40 位小写字母').last()).toBeVisible();
  await dialog.getByLabel('用户名').fill(login);
  await dialog.getByLabel('初始密码').fill('first-password-1');
  await dialog.getByRole('button', { name: '新建账号' }).click();
  const drawer = page.getByRole('dialog', { name: '账号：新来的人' });
  await expect(drawer).toBeVisible();
  expect(await find()).toMatchObject({ login, enabled: true, posts: [] });

  await drawer.getByRole('combobox', { name: '岗位' }).click();
  await page.locator('.ant-select-dropdown:visible').getByText('领导', { exact: true }).click();
  await drawer.getByRole('combobox', { name: '区域' }).click();
  await page.locator('.ant-select-dropdown:visible').getByText('示例镇', { exact: true }).click();
  await drawer.getByRole('button', { name: '添加岗位' }).click();
  await expect(drawer.getByText(/领导 · /)).toBeVisible();
  expect((await find())?.posts).toMatchObject([{ role: 'leader' }]);

  // The first thing the person does is choose an own password; nothing else is open before.
  const person = await door(browser, login, 'first-password-1');
  await changePassword(person, 'first-password-1', 'an-own-password-2');
  await expect(person.getByRole('navigation', { name: '主导航' })).toBeVisible();

  await drawer.getByRole('button', { name: '停用账号' }).click();
  await expect(drawer.getByRole('button', { name: '启用账号' })).toBeVisible();
  expect((await find())?.enabled).toBe(false);
  await person.reload();
  await expect(person.getByLabel('用户名')).toBeVisible();
  const refused = await door(browser, login, 'an-own-password-2');
  await expect(refused.getByRole('alert')).toBeVisible();

  await drawer.getByRole('button', { name: '启用账号' }).click();
  await expect(drawer.getByRole('button', { name: '停用账号' })).toBeVisible();
  await drawer.getByLabel('重设密码（至少 10 位）').fill('reset-password-3');
  await drawer.getByRole('button', { name: '重设密码' }).click();
  await expect(page.getByText('已完成').last()).toBeVisible();
  const old = await door(browser, login, 'an-own-password-2');
  await expect(old.getByRole('alert')).toBeVisible();
  const back = await door(browser, login, 'reset-password-3');
  await changePassword(back, 'reset-password-3', 'another-own-4');
  await expect(back.getByRole('navigation', { name: '主导航' })).toBeVisible();
});

test('the same user name twice is told at the form', async ({ page, context }) => {
  await signInAs(context, 'system-admin');
  await page.goto('/console/admin/people');
  await page.getByRole('button', { name: '新建账号' }).click();
  const dialog = page.getByRole('dialog', { name: '新建账号' });
  await dialog.getByLabel('用户名').fill('diaodu');
  await dialog.getByLabel('姓名').fill('同名');
  await dialog.getByLabel('初始密码').fill('first-password-1');
  await dialog.getByRole('button', { name: '新建账号' }).click();
  await expect(dialog.getByRole('alert').first()).toBeVisible();
  const { items } = await ask<{ items: Account[] }>(context, 'GET', '/api/staff/accounts?q=diaodu');
  expect(items.filter((account) => account.login === 'diaodu')).toHaveLength(1);
});

interface Department {
  code: string;
  name: string;
  isDuty: boolean;
}

test('the duty line goes from one department to another', async ({ page, context }) => {
  await signInAs(context, 'system-admin');
  const onDuty = async (): Promise<string[]> => {
    const { departments } = await ask<{ departments: Department[] }>(context, 'GET', '/api/staff/departments');
    return departments.filter((department) => department.isDuty).map((department) => department.name);
  };
  const [had = ''] = await onDuty();
  const take = async (name: string, from: string): Promise<void> => {
    await page.getByRole('button', { name: `编辑 ${name}` }).click();
    const dialog = page.getByRole('dialog', { name });
    await dialog.getByRole('checkbox', { name: /全镇值班热线/ }).check();
    await expect(dialog.getByText(`现由${from}承担`)).toBeVisible();
    await dialog.getByRole('button', { name: /保\s*存/ }).click();
    await expect(page.getByRole('row', { name })).toContainText('全镇值班热线');
  };
  await page.goto('/console/admin/people?tab=departments');
  await take('水利站', had);
  expect(await onDuty()).toEqual(['水利站']);
  // Other specs expect the demo's.
  await take(had, '水利站');
  expect(await onDuty()).toEqual([had]);
});

test('on a phone every button of a table is within reach', async ({ page, context }) => {
  await signInAs(context, 'system-admin');
  await page.setViewportSize({ width: 360, height: 740 });
  for (const [path, button] of [
    ['/console/admin/people?tab=departments', '编辑 水利站'],
    ['/console/admin/categories', '编辑 路灯故障'],
  ] as const) {
    await page.goto(path);
    const box = await page.getByRole('button', { name: button }).boundingBox();
    expect((box?.x ?? 999) + (box?.width ?? 0), path).toBeLessThanOrEqual(360);
  }
});
