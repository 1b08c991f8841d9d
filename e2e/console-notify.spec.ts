/** Telling people: a chat group against a robot that checks its signature, quiet hours, a message read and acknowledged. */
import { createHmac } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { as, ask, reportIncident } from './support/api.ts';
import { axeFindings, expect, signInAs, test } from './support/fixtures.ts';

const secret = 'SEC-e2e';
const said: string[] = [];
let robot: Server;
let address = '';

test.beforeAll(async () => {
  robot = createServer((request, response) => {
    const url = new URL(request.url ?? '/', 'http://robot');
    const time = url.searchParams.get('timestamp') ?? '';
    const right = createHmac('sha256', secret).update(`${time}\n${secret}`).digest('base64');
    let body = '';
    request.setEncoding('utf8').on('data', (part: string) => (body += part));
    request.on('end', () => {
      const fits = url.searchParams.get('sign') === right;
      if (fits) said.push((JSON.parse(body) as { text: { content: string } }).text.content);
      response.setHeader('content-type', 'application/json');
      response.end(JSON.stringify(fits ? { errcode: 0 } : { errcode: 310000, errmsg: 'sign not match' }));
    });
  });
  await new Promise<void>((done) => robot.listen(0, '127.0.0.1', done));
  address = `http://127.0.0.1:${(robot.address() as AddressInfo).port}/robot/send?access_token=t`;
});
test.afterAll(() => robot.close());

test('a chat group is set up, tried, and hears of a supervision; the attempt is seen', async ({
  page,
  context,
  browser,
}) => {
  await signInAs(context, 'system-admin');
  await page.goto('/console/admin/notify');
  await page.getByRole('button', { name: '新增通道' }).click();
  const form = page.getByRole('dialog');
  await form.getByLabel('类型').click();
  await page.getByTitle('钉钉群机器人').click();
  const name = `值班群 ${Date.now()}`;
  await form.getByLabel('名称').fill(name);
  await form.getByLabel('接口地址').fill(address);
  await form.getByLabel('加签密钥').fill('wrong');
  await form.getByRole('button', { name: /保\s*存/ }).click();
  const row = page.getByRole('row', { name: new RegExp(name) });
  await expect(row).toContainText('督办与上报');
  await expect(page.locator('body')).not.toContainText('access_token');

  await row.getByRole('button', { name: '发送测试' }).click();
  await page.getByRole('dialog').getByRole('button', { name: '发送测试' }).click();
  await expect(page.getByText(/没有发出：HTTP 200, code 310000/)).toBeVisible();
  await page
    .getByRole('dialog')
    .getByRole('button', { name: /关\s*闭/ })
    .last()
    .click();
  await row.getByRole('button', { name: '编辑' }).click();
  await page.getByRole('dialog').getByLabel('加签密钥').fill(secret);
  await page
    .getByRole('dialog')
    .getByRole('button', { name: /保\s*存/ })
    .click();
  await expect(page.getByRole('dialog')).toBeHidden();
  await row.getByRole('button', { name: '发送测试' }).click();
  await page.getByRole('dialog').getByRole('button', { name: '发送测试' }).click();
  await expect(page.getByText(/已发出：HTTP 200/)).toBeVisible();
  expect(said.at(-1)).toContain('这是一条测试消息');

  const leader = await as(browser, 'leader');
  const desk = await as(browser, 'dispatcher');
  const incident = await reportIncident(desk, `井盖破损 ${Date.now()}`);
  const { version } = await ask<{ version: number }>(leader, 'GET', `/api/incidents/${incident.id}`);
  await ask(leader, 'POST', `/api/incidents/${incident.id}/moves`, {
    clientKey: crypto.randomUUID(),
    version,
    move: 'supervise',
    reason: '请尽快处理',
  });
  await expect.poll(() => said.filter((text) => text.includes(incident.number)).length).toBe(1);

  await page.goto('/console/admin/notify?tab=deliveries');
  const sent = page
    .getByRole('row', { name: new RegExp(name) })
    .filter({ hasText: '督办' })
    .first();
  await expect(sent).toContainText('已发送');
  await sent.getByRole('button', { name: /展开|Expand/ }).click();
  await expect(page.getByText(/第 1 次/).first()).toBeVisible();
  await expect(page.getByTestId('totals')).toContainText('工作群');
  expect(await axeFindings(page)).toEqual([]);

  await page.goto('/console/admin/notify');
  await row.getByRole('button', { name: /删\s*除/ }).click();
  await page
    .getByRole('tooltip')
    .getByRole('button', { name: /删\s*除/ })
    .click();
  await expect(row).toHaveCount(0);
});

test('quiet hours are chosen; a message is seen at the bell, read, and acknowledged', async ({
  page,
  context,
  browser,
}) => {
  await signInAs(context, 'dispatcher');
  const before = await ask<{ choices: object }>(context, 'GET', '/api/notify/preferences');
  await page.goto('/console/account');
  const form = page.getByTestId('preferences');
  await form.getByLabel('督办与上报：短信').uncheck();
  await form.getByLabel('在这段时间内不提醒，结束后再发').check();
  await form.getByLabel('从').fill('21:30');
  await form.getByRole('button', { name: '保存提醒方式' }).click();
  await expect(form.getByText('提醒方式已保存')).toBeVisible();
  await page.reload();
  await expect(form.getByLabel('从')).toHaveValue('21:30');
  await expect(form.getByLabel('督办与上报：短信')).not.toBeChecked();
  await expect(page.getByTestId('push')).toBeVisible();
  expect(await axeFindings(page)).toEqual([]);

  const words = `路灯不亮 ${Date.now()}`;
  const leader = await as(browser, 'leader');
  const incident = await reportIncident(context, words);
  const { version } = await ask<{ version: number }>(leader, 'GET', `/api/incidents/${incident.id}`);
  await ask(leader, 'POST', `/api/incidents/${incident.id}/moves`, {
    clientKey: crypto.randomUUID(),
    version,
    move: 'supervise',
    reason: '群众再次反映',
  });
  const bell = page.getByTestId('bell');
  // Nobody handles it yet: it is the dispatcher's business.
  await expect(bell).toContainText(/\d+ 条未读/);
  await bell.click();
  const message = page.getByTestId('message').filter({ hasText: incident.number });
  await expect(message).toContainText('群众再次反映');
  await expect(message.getByRole('img', { name: '未读' })).toBeVisible();
  await message.getByRole('button', { name: new RegExp(incident.number) }).click();
  await expect(page).toHaveURL(new RegExp(`id=${incident.id}`));
  await bell.click();
  await expect(message.getByRole('img', { name: '未读' })).toHaveCount(0);
  await message.getByRole('button', { name: '确认收到' }).click();
  await expect(message).toContainText('已确认');
  expect(await axeFindings(page)).toEqual([]);
  await ask(context, 'PUT', '/api/notify/preferences', { choices: before.choices, quiet: null });
});

test('messages come in the language that was switched to', async ({ page, context }) => {
  await signInAs(context, 'leader');
  await page.goto('/console/account');
  await page.getByRole('button', { name: 'English' }).click();
  await expect(page.getByTestId('preferences')).toContainText('Quiet hours');
  await expect.poll(async () => (await ask<{ messageLang: string }>(context, 'GET', '/api/me')).messageLang).toBe('en');
  await page.getByRole('button', { name: '中文' }).click();
  await expect.poll(async () => (await ask<{ messageLang: string }>(context, 'GET', '/api/me')).messageLang).toBe('zh');
});

test('what is pushed to a phone is shown by its worker', async ({ page, context }) => {
  await context.grantPermissions(['notifications', 'geolocation']);
  await signInAs(context, 'grid-member');
  await page.goto('/field/me/telling');
  await expect(page.getByTestId('push')).toHaveAttribute('data-state', 'off');
  await page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined));
  expect(await axeFindings(page)).toEqual([]);

  const browser = await context.newCDPSession(page);
  let registrationId = '';
  browser.on('ServiceWorker.workerRegistrationUpdated', ({ registrations }) => {
    for (const each of registrations) {
      if (each.scopeURL.endsWith('/field/') && !each.isDeleted) registrationId = each.registrationId;
    }
  });
  await browser.send('ServiceWorker.enable');
  await expect.poll(() => registrationId).not.toBe('');
  const { origin } = new URL(page.url());
  const pushed = { title: '工单', body: '新工单 1：路灯不亮', url: '/field/me/messages', tag: 'one', urgent: false };
  const shown = () =>
    page.evaluate(async () => {
      const list = await (await navigator.serviceWorker.ready).getNotifications();
      return list.map(({ title, body, data }) => ({ title, body, url: (data as { url: string }).url }));
    });
  const once = [{ title: pushed.title, body: pushed.body, url: pushed.url }];
  // Again and again, as after lost answers: each takes the place of the one before. A push that comes while the browser
  // is still setting up its notifications may be dropped by it, so nothing depends on the first.
  await expect(async () => {
    for (let i = 0; i < 2; i++)
      await browser.send('ServiceWorker.deliverPushMessage', { origin, registrationId, data: JSON.stringify(pushed) });
    await expect.poll(shown, { timeout: 3000 }).toEqual(once);
  }).toPass();
});
