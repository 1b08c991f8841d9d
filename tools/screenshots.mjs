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
const { request } = desk.context();
/** Orders for the grid member whose page is shown, given as a dispatcher gives them. */
async function giveWork(name, most) {
  const { items } = await (await request.get('/api/incidents?open=true&limit=50')).json();
  let given = 0;
  for (const { id, version, state } of items) {
    if (given === most || !['reported', 'accepted', 'registered'].includes(state)) continue;
    const { candidates } = await (await request.get(`/api/dispatch/incidents/${id}/candidates`)).json();
    const member = candidates.find((candidate) => candidate.name === name);
    if (!member) continue;
    const answer = await request.post(`/api/dispatch/incidents/${id}`, {
      headers: { 'x-wangge': '1' },
      data: { version, parties: [member.party] },
    });
    if (answer.ok()) given++;
  }
}
await desk.screenshot({ path: join(root, 'docs/images/console.png') });
process.stdout.write('docs/images/console.png\n');
await giveWork('一号网格员', 3);
await desk.context().close();

const tasks = await open({ login: 'wgy1', width: 390, height: 800, path: '/field/' });
await tasks.getByRole('main').getByRole('listitem').first().waitFor();
await keep(tasks, 'field');

const home = await open({ width: 390, height: 800, path: '/find' });
await home.locator('main a[href^="/find?village"]').first().click();
await home.locator('main a[href^="/q/"]').first().click();
await keep(home, 'portal');
await browser.close();
