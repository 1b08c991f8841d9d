/** What specs of the residents' pages share: signs at doors, phones, codes, and the office behind them. */
import type { APIRequestContext, Browser, BrowserContext, Page } from '@playwright/test';
import { expect, signInAs } from './fixtures.ts';
import { lampPhoto } from './photos.ts';

/** A phone of 360 px, and what a phone is able to do. */
export const phoneSize = { viewport: { width: 360, height: 740 }, hasTouch: true, isMobile: true } as const;

export interface QrPoint {
  readonly token: string;
  readonly area: { id: string; path: string; name: string; center: { lon: number; lat: number } | null };
}

let point: QrPoint | undefined;
/** A micro-grid of the first grid, whose member is among the demo's accounts. */
export async function firstSign(browser: Browser): Promise<QrPoint> {
  if (point) return point;
  const office = await officeOf(browser, 'dispatcher');
  const { points } = (await (await office.get('/api/areas/qr-points')).json()) as { points: QrPoint[] };
  point = points.toSorted((a, b) => (a.area.path < b.area.path ? -1 : 1))[0];
  if (!point) throw new Error('no QR points');
  return point;
}

const offices = new Map<string, BrowserContext>();
/** Requests of somebody of this role; one session per role and run, since signing in is limited. */
export async function officeOf(browser: Browser, role: string): Promise<APIRequestContext> {
  let context = offices.get(role);
  if (!context) {
    context = await browser.newContext();
    await signInAs(context, role);
    offices.set(role, context);
  }
  return context.request;
}

let lastPhone = 0;
/** A number that no other spec uses: codes are limited per number. */
export function newPhone(): string {
  lastPhone = Math.max(lastPhone + 1, Date.now() % 1e8);
  return `139${String(lastPhone).padStart(8, '0')}`;
}

/** The code that the demo would have sent to this number, once it is there. */
export async function codeFor(requests: APIRequestContext, phone: string): Promise<string> {
  let code = '';
  await expect
    .poll(async () => {
      const texts = (await (await requests.get('/dev/inbox.json')).json()) as { phone: string; text: string }[];
      code = /\d{6}/.exec(texts.find((t) => t.phone === phone)?.text ?? '')?.[0] ?? '';
      return code;
    })
    .not.toBe('');
  return code;
}

/** Types the code on the page that asks for it. */
export async function confirmCode(page: Page, phone: string): Promise<void> {
  const field = page.getByLabel(/短信验证码/);
  // Before it another page may ask something; only waiting for the field lets that be answered.
  await expect(field).toBeVisible();
  await field.fill(await codeFor(page.request, phone));
  await page.getByRole('button', { name: /^确认/ }).click();
}

/** Reports of a run are much alike: wherever a page asks whether this is the same thing, it is another. */
export async function sayAnother(page: Page): Promise<void> {
  const another = page.locator('#alike-step button[value=other]');
  // Seen, and gone before the press, when the answer to an earlier press has just come.
  const press = () => another.click({ timeout: 3000 }).catch(() => undefined);
  await page.addLocatorHandler(another, press, { noWaitAfter: true });
}

/** Opens the form for a lamp, as a resident does from the sign. */
export async function openLampForm(page: Page, token: string): Promise<void> {
  await sayAnother(page);
  await page.goto(`/q/${token}`);
  await page.getByRole('link', { name: /我要上报/ }).click();
  await page.getByRole('link', { name: /巡查/ }).click();
  await page.getByRole('radio', { name: '路灯故障' }).check();
}

/** A report by phone, up to its receipt. @returns path of the receipt and its number */
export async function reportLamp(
  page: Page,
  token: string,
  words: string,
  phone: string | null = null,
): Promise<{ path: string; number: string }> {
  await openLampForm(page, token);
  await page.getByLabel('发生了什么').fill(words);
  if (phone === null) await page.getByRole('radio', { name: /匿名/ }).check();
  else {
    await page.getByRole('radio', { name: /留手机号/ }).check();
    await page.getByLabel('手机号', { exact: true }).fill(phone);
  }
  await page.getByRole('button', { name: '提交' }).click();
  if (phone !== null) await confirmCode(page, phone);
  await expect(page).toHaveURL(/\/r\//);
  return { path: new URL(page.url()).pathname, number: await page.locator('dd.number').innerText() };
}

interface Row {
  id: string;
  number: string;
  version: number;
}
export interface Order {
  id: string;
  version: number;
}
async function posted<T>(requests: APIRequestContext, path: string, data: object): Promise<T> {
  const answer = await requests.post(path, { headers: { 'x-wangge': '1' }, data });
  expect(answer.ok(), `${path}: ${await answer.text()}`).toBe(true);
  return (await answer.json()) as T;
}

/** The incident with this number, as the desk sees it. */
export async function incidentOf(browser: Browser, number: string): Promise<Row> {
  const desk = await officeOf(browser, 'dispatcher');
  let found: Row | undefined;
  await expect
    .poll(async () => {
      const { items } = (await (await desk.get(`/api/incidents?limit=10&q=${number}`)).json()) as { items: Row[] };
      found = items.find((row) => row.number === number);
      return found?.number;
    })
    .toBe(number);
  if (!found) throw new Error(`no incident ${number}`);
  return found;
}

/** Moves an incident at the desk, as it is now. */
export async function moveAtDesk(browser: Browser, id: string, move: string, facts: object = {}): Promise<void> {
  const desk = await officeOf(browser, 'dispatcher');
  const { version } = (await (await desk.get(`/api/incidents/${id}`)).json()) as Row;
  await posted(desk, `/api/incidents/${id}/moves`, { move, version, ...facts });
}

/** Dispatches an incident by the rule. @returns its order */
export async function dispatchByRule(browser: Browser, number: string): Promise<{ id: string; order: Order }> {
  const desk = await officeOf(browser, 'dispatcher');
  const { id, version } = await incidentOf(browser, number);
  const { orders } = await posted<{ orders: Order[] }>(desk, `/api/dispatch/incidents/${id}`, { version });
  const [order] = orders;
  if (!order) throw new Error('no order');
  return { id, order };
}

/** The whole way through the office in requests: dispatched, done with a photo, checked, closed. */
export async function closeInOffice(browser: Browser, page: Page, number: string): Promise<string> {
  const { id, order } = await dispatchByRule(browser, number);
  await handleAndClose(browser, page, id, order);
  return id;
}

/** The second half of it: one order, as it stands open, done and checked. */
export async function handleAndClose(browser: Browser, page: Page, id: string, order: Order): Promise<void> {
  const member = await officeOf(browser, 'grid-member');
  const { name, mimeType, buffer } = await lampPhoto(page);
  const upload = await member.post('/api/files', {
    headers: { 'x-wangge': '1' },
    multipart: { file: { name, mimeType, buffer } },
  });
  const { fileId } = (await upload.json()) as { fileId: string };
  let { version } = order;
  for (const facts of [
    { move: 'accept' },
    { move: 'arrive', reason: '地下室没有信号' },
    { move: 'handle' },
    { move: 'respond', text: '换了灯泡，已亮。', photoIds: [fileId] },
  ]) {
    const path = `/api/dispatch/orders/${order.id}/moves`;
    ({ version } = (await posted<{ order: Order }>(member, path, { ...facts, version })).order);
  }
  await moveAtDesk(browser, id, 'close');
}
