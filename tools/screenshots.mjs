// The pictures of the README, taken from a running demo: `node tools/screenshots.mjs http://127.0.0.1:8080`.
import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { chromium } from '@playwright/test';
import { root } from './lib/project.mjs';

const base = process.argv[2] ?? 'http://127.0.0.1:8080';
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM_PATH ?? '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking'],
});

/** A page of somebody's browser, signed in where a login is named. */
async function open({ login, width, height, path }) {
  const context = await browser.newContext({
    baseURL: base,
    viewport: { width, height },
    locale: 'zh-CN',
    timezoneId: 'Asia/Shanghai',
    permissions: ['geolocation'],
    geolocation: { longitude: 119, latitude: 31.5 },
  });
  if (login) {
    const { accounts } = await (await context.request.get('/api/me/demo-accounts')).json();
    const { password } = accounts.find((account) => account.login === login);
    await context.request.post('/api/session', { headers: { 'x-wangge': '1' }, data: { login, password } });
  }
  const page = await context.newPage();
  await page.goto(path, { waitUntil: 'load' });
  return page;
}
async function picture(page, name) {
  // Maps draw a little after their data; nothing in the page tells when.
  await page.waitForTimeout(1500);
  await page.screenshot({ path: join(root, 'docs/images', `${name}.png`) });
  process.stdout.write(`docs/images/${name}.png\n`);
}
async function keep(page, name) {
  await picture(page, name);
  await page.context().close();
}

const desk = await open({ login: 'diaodu', width: 1280, height: 800, path: '/console/' });
await desk.getByTestId('incident-row').first().click();
await desk.getByTestId('incident-detail').waitFor();
await desk.getByTestId('timeline').waitFor();
await keep(desk, 'console');

const home = await open({ width: 390, height: 800, path: '/find' });
await home.locator('main a[href^="/find?village"]').first().click();
await home.locator('main a[href^="/q/"]').first().click();
await keep(home, 'portal');
// The loop in depth: what a dispatcher meets on a busy day, made by the system's own routes.
const busy = await open({ login: 'diaodu', width: 1280, height: 800, path: '/console/admin/rules' });
async function call(method, path, data) {
  const answer = await busy.context().request.fetch(path, { method, headers: { 'x-wangge': '1' }, data });
  if (!answer.ok()) throw new Error(`${method} ${path}: ${await answer.text()}`);
  return answer.json();
}
const { points } = await call('GET', '/api/areas/qr-points');
const [{ area }] = points.toSorted((a, b) => (a.area.path < b.area.path ? -1 : 1));
const { categories } = await call('GET', '/api/incidents/categories');
const lamps = categories.find(({ name }) => name.zh === '路灯故障');
const report = (description) =>
  call('POST', '/api/incidents', {
    clientKey: randomUUID(),
    categoryCode: lamps.code,
    description,
    place: area.center,
    photoIds: [],
  });

await busy.getByRole('button', { name: '新增规则' }).click();
const form = busy.getByRole('dialog', { name: '新增规则' });
await form.getByLabel('名称').fill('夜间路灯归应急办');
await form.getByLabel('文字含其中之一').fill('路灯');
await form.getByLabel('文字含其中之一').press('Enter');
await form.getByLabel('加部门').fill('应急');
await form.getByLabel('加部门').press('Enter');
await form.getByRole('button', { name: /放入列表/ }).click();
await busy.getByRole('button', { name: '用过去的事件试一试' }).click();
await busy.getByTestId('trial').getByRole('table').first().waitFor();
await busy.getByTestId('trial').scrollIntoViewIfNeeded();
await picture(busy, 'rules');

const lane = await report('弄堂口第三盏路灯不亮');
const again = await report('弄堂口第三盏路灯灭了，晚上很黑');
await busy.goto(`/console/?id=${again.id}`);
// Where the script ran before, those of that time are alike too.
await busy
  .getByRole('button', { name: /^对照 / })
  .first()
  .click();
await busy.getByRole('dialog').getByText(again.number).first().waitFor();
await picture(busy, 'alike');

const flood = await report('桥下积水，车辆无法通行，几个部门要到现场');
const { departments } = await call('GET', '/api/staff/departments');
const called = departments.filter(({ name }) => ['供电所', '水利站'].includes(name)).map(({ id }) => id);
await call('POST', `/api/dispatch/incidents/${flood.id}/whistles`, {
  clientKey: randomUUID(),
  departmentIds: called,
  limitMin: 30,
  task: '现场会商，先断电再抽水',
});
await busy.goto(`/console/?id=${flood.id}`);
await busy.getByTestId('whistle').waitFor();
await busy.getByTestId('whistle').scrollIntoViewIfNeeded();
await picture(busy, 'whistle');

// Orders for the grid member whose page is shown, given as a dispatcher gives them.
for (const { id } of [lane, again]) {
  const { version } = await call('GET', `/api/incidents/${id}`);
  const { candidates } = await call('GET', `/api/dispatch/incidents/${id}/candidates`);
  const member = candidates.find(({ name }) => name === '一号网格员');
  await call('POST', `/api/dispatch/incidents/${id}`, { version, parties: [member.party] });
}
await busy.context().close();

const tasks = await open({ login: 'wgy1', width: 390, height: 800, path: '/field/' });
await tasks.getByText('弄堂口第三盏路灯不亮').first().waitFor();
await keep(tasks, 'field');

const borders = await open({ login: 'admin', width: 1280, height: 800, path: '/console/admin/areas?tab=drafts' });
await borders.getByLabel('说明').fill('两个网格的边界');
await borders.getByRole('button', { name: '新建草稿' }).click();
const editor = borders.getByTestId('border-editor');
await editor.waitFor({ timeout: 120_000 });
await editor.getByLabel('区域', { exact: true }).fill(area.name);
await borders.locator('.ant-select-dropdown:visible').getByText(area.name, { exact: true }).click();
await editor.getByLabel('顶点', { exact: true }).selectOption({ index: 1 });
await keep(borders, 'borders');
await browser.close();
