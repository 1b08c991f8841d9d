/** From a resident's phone to a closed and rated incident, every step by hand, as the README tells it. */
import type { BrowserContext, Page } from '@playwright/test';
import { expect, signInAs, test } from './support/fixtures.ts';

interface QrPoint {
  token: string;
  area: { path: string; name: string; center: { lon: number; lat: number } | null };
}
/** A micro-grid of the first grid, whose member is among the demo's accounts. */
async function firstMicroGrid(context: BrowserContext): Promise<QrPoint> {
  const { points } = (await (await context.request.get('/api/areas/qr-points')).json()) as { points: QrPoint[] };
  const [first] = points.toSorted((a, b) => (a.area.path < b.area.path ? -1 : 1));
  if (!first) throw new Error('no QR points');
  return first;
}

/** A photo as a phone takes it, drawn in the browser: no binary file in the repository. */
async function drawnPhoto(page: Page): Promise<Buffer> {
  const base64 = await page.evaluate(() => {
    const canvas = document.createElement('canvas');
    canvas.width = 1200;
    canvas.height = 900;
    const pen = canvas.getContext('2d');
    if (!pen) throw new Error('no canvas');
    pen.fillStyle = '#446';
    pen.fillRect(0, 0, 1200, 900);
    pen.fillStyle = '#fd6';
    pen.fillRect(500, 100, 60, 700);
    return canvas.toDataURL('image/jpeg', 0.8).split(',')[1] ?? '';
  });
  return Buffer.from(base64, 'base64');
}

test('a street lamp: reported, dispatched, mended, verified, closed, rated', async ({ browser }) => {
  const deskContext = await browser.newContext();
  await signInAs(deskContext, 'dispatcher');
  const point = await firstMicroGrid(deskContext);
  const place = point.area.center ?? { lon: 119, lat: 31.5 };

  const desk = await deskContext.newPage();
  await desk.goto('/console/');
  await expect(desk.getByText('实时')).toBeVisible();

  // The resident: no account, a phone, the sign at the door.
  const street = await browser.newContext({ viewport: { width: 360, height: 740 } });
  const phone = await street.newPage();
  const words = `村口第二盏路灯不亮 ${Date.now()}`;
  await phone.goto(`/q/${point.token}`);
  await expect(phone.getByRole('link', { name: /电话|拨打/ }).first()).toBeVisible();
  await phone.getByRole('link', { name: /我要上报/ }).click();
  await phone.getByRole('link', { name: /巡查/ }).click();
  await phone.getByRole('radio', { name: '路灯故障' }).check();
  await phone.getByLabel('发生了什么').fill(words);
  await phone
    .locator('#photo')
    .setInputFiles({ name: 'lamp.jpg', mimeType: 'image/jpeg', buffer: await drawnPhoto(phone) });
  await phone.getByRole('radio', { name: /留手机号/ }).check();
  await phone.getByLabel('手机号', { exact: true }).fill('13800000001');
  await phone.getByRole('button', { name: /提交|下一步/ }).click();
  await phone
    .getByLabel(/验证码/)
    .first()
    .fill(await lastCode(street, '13800000001'));
  await phone
    .getByRole('button', { name: /提交|确认/ })
    .first()
    .click();
  await expect(phone).toHaveURL(/\/r\//);
  await expect(phone.getByRole('heading', { level: 1 })).toBeVisible();

  // It slides in at the desk without anybody asking for it.
  const row = desk.getByTestId('incident-list').getByText(words);
  await expect(row).toBeVisible();
  await row.click();
  // The rule's choice is named on the button before anybody presses the key.
  await expect(desk.getByTestId('dispatch-box').getByText('一号网格员')).toBeVisible();
  await desk.keyboard.press('d');
  await expect(desk.getByText('待签收').first()).toBeVisible();

  // The grid member, on the spot.
  const field = await browser.newContext({
    viewport: { width: 412, height: 860 },
    geolocation: { longitude: place.lon, latitude: place.lat },
    permissions: ['geolocation'],
  });
  await signInAs(field, 'grid-member');
  const task = await field.newPage();
  await task.goto('/field/');
  await task.getByText(words).click();
  await task.getByRole('button', { name: '签收' }).click();
  await task.getByRole('button', { name: '到场' }).click();
  await task.getByRole('button', { name: /用定位到场|确认到场/ }).click();
  await task.getByRole('button', { name: '反馈' }).click();
  await task.getByRole('textbox', { name: '处置结果' }).fill('换了灯泡，已亮。');
  await task
    .locator('input[type=file]')
    .first()
    .setInputFiles({ name: 'done.jpg', mimeType: 'image/jpeg', buffer: await drawnPhoto(task) });
  await task.getByRole('button', { name: '提交反馈' }).click();
  await expect(task.getByText('已反馈').first()).toBeVisible();

  // Verified by somebody else, and closed.
  await desk.getByRole('button', { name: '结案' }).click();
  await desk
    .getByRole('button', { name: /确定|结案/ })
    .last()
    .click();
  await expect(desk.getByText('已结案').first()).toBeVisible();

  // The reporter has the last word.
  await phone.reload();
  await expect(phone.getByText('请您评价').first()).toBeVisible();
  for (const name of ['response', 'satisfied'])
    await phone.locator(`input[name=${name}][value="5"]`).check({ force: true });
  await phone.locator('input[name=resolved]').first().check({ force: true });
  await phone.getByRole('button', { name: '提交评价' }).click();
  await expect(phone.getByText('您已评价').first()).toBeVisible();
});

/** The code that the demo would have sent, once it is there. */
async function lastCode(context: BrowserContext, phone: string): Promise<string> {
  let code = '';
  await expect
    .poll(async () => {
      const texts = (await (await context.request.get('/dev/inbox.json')).json()) as { phone: string; text: string }[];
      code = /\d{6}/.exec(texts.find((t) => t.phone === phone)?.text ?? '')?.[0] ?? '';
      return code;
    })
    .not.toBe('');
  return code;
}
