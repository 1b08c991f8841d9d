/** The own account: a second factor from its QR code to the next log-in, with wrong codes on the way. */
import type { BrowserContext, Page } from '@playwright/test';
import { as, ask } from './support/api.ts';
import { expect, test } from './support/fixtures.ts';
import { totp } from './support/totp.ts';

const password = 'correct-horse-battery';

/** An account of the spec's own, with a post in the town, that has chosen its password already. */
async function newLeader(admin: BrowserContext, context: BrowserContext): Promise<string> {
  const login = `spec-${Date.now()}`;
  const first = 'first-password-1';
  const { id } = await ask<{ id: string }>(admin, 'POST', '/api/staff/accounts', {
    login,
    name: '规格测试员',
    phone: null,
    password: first,
  });
  const { areas } = await ask<{ areas: { id: string; level: string }[] }>(admin, 'GET', '/api/areas');
  await ask(admin, 'POST', `/api/staff/accounts/${id}/posts`, {
    role: 'leader',
    areaId: areas.find((area) => area.level === 'town')?.id,
    departmentId: null,
  });
  await ask(context, 'POST', '/api/session', { login, password: first });
  await ask(context, 'POST', '/api/me/password', { current: first, next: password });
  return login;
}

async function signIn(page: Page, login: string): Promise<void> {
  await page.goto('/console/');
  await page.getByLabel('用户名').fill(login);
  await page.getByLabel('密码', { exact: true }).fill(password);
  await page.getByRole('button', { name: '登录', exact: true }).click();
}

test.use({ refusals: [401, 422] });

test('second factor: enrolled by its QR code, asked for at the next log-in', async ({ page, context, browser }) => {
  test.setTimeout(180_000);
  const admin = await as(browser, 'system-admin');
  const login = await newLeader(admin, context);
  await page.goto('/console/account');
  await page.getByRole('button', { name: '开始设置' }).click();
  await expect(page.getByRole('img', { name: '验证器二维码' })).toBeVisible();
  const secret = await page.locator('.secret').innerText();

  // A wrong code turns nothing on.
  const right = totp(secret);
  await page.getByLabel('应用显示的六位数字').fill(right === '000000' ? '111111' : '000000');
  await page.getByRole('button', { name: '开启', exact: true }).click();
  await expect(page.getByRole('alert').first()).toBeVisible();
  const { account } = await ask<{ account: { secondFactor: boolean } }>(context, 'GET', '/api/me');
  expect(account.secondFactor).toBe(false);

  await page.getByLabel('应用显示的六位数字').fill(totp(secret));
  await page.getByRole('button', { name: '开启', exact: true }).click();
  await expect(page.getByText('已开启')).toBeVisible();
  // The administrator's list says so too.
  const adminPage = await admin.newPage();
  await adminPage.goto('/console/admin/people');
  await adminPage.getByRole('searchbox', { name: '姓名或用户名' }).fill(login);
  await expect(adminPage.getByRole('row', { name: login })).toContainText('✓');

  // Another browser: the password alone is no longer enough.
  const elsewhere = await browser.newContext();
  const door = await elsewhere.newPage();
  await signIn(door, login);
  const code = door.getByLabel('动态验证码');
  await expect(code).toBeFocused();
  await code.fill(totp(secret, 1) === '000000' ? '111111' : '000000');
  await door.getByRole('button', { name: '登录', exact: true }).click();
  await expect(door.getByRole('alert')).toBeVisible();
  await expect(code).toHaveValue('');
  expect((await elsewhere.request.get('/api/me')).status()).toBe(401);
  // The code that enrolled is spent; the next one counts.
  await code.fill(totp(secret, 1));
  await door.getByRole('button', { name: '登录', exact: true }).click();
  await expect(door.getByRole('navigation', { name: '主导航' })).toBeVisible();

  // Lost telephone: the administrator takes the factor off, and the password is enough again.
  await adminPage.getByRole('button', { name: '规格测试员' }).last().click();
  await adminPage.getByRole('button', { name: '重置两步验证' }).click();
  await expect(adminPage.getByText('已完成')).toBeVisible();
  const third = await browser.newContext();
  const again = await third.newPage();
  await signIn(again, login);
  await expect(again.getByRole('navigation', { name: '主导航' })).toBeVisible();
});
