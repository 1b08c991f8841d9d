// The pictures of the README, taken from a running demo: `node tools/screenshots.mjs http://127.0.0.1:8080`.
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
async function keep(page, name) {
  await page.screenshot({ path: join(root, 'docs/images', `${name}.png`) });
  await page.context().close();
  process.stdout.write(`docs/images/${name}.png\n`);
}

const desk = await open({ login: 'diaodu', width: 1280, height: 800, path: '/console/' });
await desk.getByTestId('incident-row').first().click();
await desk.getByTestId('incident-detail').waitFor();
await desk.getByTestId('timeline').waitFor();
await keep(desk, 'console');

const tasks = await open({ login: 'wgy1', width: 390, height: 800, path: '/field/' });
await tasks.getByRole('main').waitFor();
await tasks.getByText('待办').first().waitFor();
await keep(tasks, 'field');

const home = await open({ width: 390, height: 800, path: '/find' });
await home.locator('main a[href^="/find?village"]').first().click();
await home.locator('main a[href^="/q/"]').first().click();
await keep(home, 'portal');
await browser.close();
