/** Reporting from a phone, with JavaScript and without, and everything that may be wrong with a report. */
import type { Page } from '@playwright/test';
import { expect, test } from './support/fixtures.ts';
import { hugeFile, lampPhoto, textAsPhoto } from './support/photos.ts';
import { confirmCode, firstSign, newPhone, officeOf, openLampForm, phoneSize } from './support/residents.ts';

test.use(phoneSize);

const submit = (page: Page): Promise<void> => page.getByRole('button', { name: '提交' }).click();

test('with JavaScript: photo seen and taken back, place, code, receipt, once', async ({ page, browser }) => {
  const { token, area } = await firstSign(browser);
  const phone = newPhone();
  const lamp = await lampPhoto(page);
  if (area.center) await page.context().setGeolocation({ longitude: area.center.lon, latitude: area.center.lat });
  await openLampForm(page, token);
  await page.getByLabel('发生了什么').fill('村口第二盏路灯不亮');
  const file = page.locator('#photo');
  await file.setInputFiles([lamp, { ...lamp, name: 'second.jpg' }]);
  await expect(page.getByRole('img', { name: /照片 [12]/ })).toHaveCount(2);
  await page.getByRole('button', { name: '删除' }).first().click();
  await expect(page.getByRole('img', { name: /照片/ })).toHaveCount(1);
  await page.getByRole('button', { name: '使用我现在的位置' }).click();
  await expect(page.getByText(/已取得位置/)).toBeVisible();
  await page.getByRole('radio', { name: /留手机号/ }).check();
  await page.getByLabel('手机号', { exact: true }).fill(phone);
  await submit(page);
  await confirmCode(page, phone);
  await expect(page).toHaveURL(/\/r\//);
  await expect(page.getByText('已收到，谢谢您！')).toBeVisible();
  await expect(page.locator('dd.number')).toHaveText(/^\d{8}-\d{6}$/);
  await expect(page.getByText('1 张照片')).toBeVisible();
  // Back leads before the form: nothing is sent again, and no browser asks whether to.
  await page.goBack();
  await expect(page.getByRole('heading', { name: '是哪方面的事？' })).toBeVisible();
});

test.describe('without JavaScript', () => {
  test.use({ javaScriptEnabled: false });

  test('one form post with a photo, a code, a receipt', async ({ page, browser }) => {
    const { token } = await firstSign(browser);
    const drawing = await browser.newPage();
    const lamp = await lampPhoto(drawing);
    await drawing.close();
    const phone = newPhone();
    await openLampForm(page, token);
    await page.getByLabel('发生了什么').fill('没有脚本也能上报');
    await page.locator('#photo').setInputFiles(lamp);
    await page.getByRole('radio', { name: /留手机号/ }).check();
    await page.getByLabel('手机号', { exact: true }).fill(phone);
    await submit(page);
    await confirmCode(page, phone);
    await expect(page).toHaveURL(/\/r\//);
    await expect(page.getByText('1 张照片')).toBeVisible();
    await expect(page.getByText('没有脚本也能上报')).toBeVisible();
  });
});

/** Contexts of their own: an answer of 422 is an error in a browser's console. */
for (const javaScriptEnabled of [true, false]) {
  test.describe(`what is wrong is said beside it, JavaScript ${javaScriptEnabled ? 'on' : 'off'}`, () => {
    let page: Page;
    test.beforeEach(async ({ browser }) => {
      page = await (await browser.newContext({ ...phoneSize, javaScriptEnabled })).newPage();
      await openLampForm(page, (await firstSign(browser)).token);
    });
    test.afterEach(() => page.context().close());

    test('nothing filled in; what was typed stays', async () => {
      await page.getByLabel('具体地点').fill('村委会东侧');
      await submit(page);
      const summary = page.getByRole('alert');
      await expect(summary.getByRole('link', { name: '请写一句话说明是什么事。' })).toBeVisible();
      await expect(summary.getByRole('link', { name: /请选择匿名/ })).toBeVisible();
      await expect(page.getByLabel('具体地点')).toHaveValue('村委会东侧');
      await expect(page.getByRole('radio', { name: '路灯故障' })).toBeChecked();
    });

    for (const [name, file, says] of [
      ['a file of 30 MB', () => hugeFile(test.info().outputPath('huge.jpg'), 30), '有一张照片太大'],
      ['a text named .jpg', textAsPhoto, '有一个文件不是照片'],
    ] as const) {
      test(`${name}: refused, the words stay, the rest can be sent`, async () => {
        await page.getByLabel('发生了什么').fill('照片有问题');
        await page.getByRole('radio', { name: /匿名/ }).check();
        await page.locator('#photo').setInputFiles(file());
        const refusal = page.getByText(says).first();
        // With JavaScript a file that cannot be sent is refused before it travels.
        if (!javaScriptEnabled || file === textAsPhoto) await submit(page);
        await expect(refusal).toBeVisible();
        await expect(page.getByLabel('发生了什么')).toHaveValue('照片有问题');
        await submit(page);
        await expect(page).toHaveURL(/\/r\//);
      });
    }
  });
}

test('a picture of 30 MB is made small on the phone', async ({ page, browser }) => {
  await openLampForm(page, (await firstSign(browser)).token);
  await page.getByLabel('发生了什么').fill('大照片');
  const megabytes = await page.evaluate(async () => {
    const canvas = document.createElement('canvas');
    canvas.width = canvas.height = 3300;
    const pen = canvas.getContext('2d');
    if (!pen) throw new Error('no canvas');
    const noise = pen.createImageData(3300, 3300);
    const words = new Uint32Array(noise.data.buffer);
    // Noise does not compress: as large as the largest cameras' pictures.
    for (let i = 0, x = 1; i < words.length; i++) words[i] = (x = (x * 1664525 + 1013904223) >>> 0) | 0xff000000;
    pen.putImageData(noise, 0, 0);
    const blob = await new Promise<Blob | null>((done) => canvas.toBlob(done, 'image/png'));
    const input = document.querySelector<HTMLInputElement>('#photo');
    if (!blob || !input) throw new Error('no picture');
    const files = new DataTransfer();
    files.items.add(new File([blob], 'noise.png', { type: 'image/png' }));
    input.files = files.files;
    input.dispatchEvent(new Event('change', { bubbles: true }));
    return blob.size / 1024 / 1024;
  });
  expect(megabytes).toBeGreaterThan(30);
  await expect(page.getByRole('img', { name: '照片 1' })).toBeVisible();
  const sent = await page.evaluate(() => document.querySelector<HTMLInputElement>('#photo')?.files?.[0]?.size ?? 0);
  expect(sent).toBeLessThan(4 * 1024 * 1024);
  await page.getByRole('radio', { name: /匿名/ }).check();
  await submit(page);
  await expect(page.getByText('1 张照片')).toBeVisible();
});

test('a wrong code thrice: tries are counted, and the report can go without a phone', async ({ browser }) => {
  const page = await (await browser.newContext(phoneSize)).newPage();
  const phone = newPhone();
  await openLampForm(page, (await firstSign(browser)).token);
  await page.getByLabel('发生了什么').fill('验证码不对');
  await page.getByRole('radio', { name: /留手机号/ }).check();
  await page.getByLabel('手机号', { exact: true }).fill(phone);
  await submit(page);
  for (const left of [4, 3, 2]) {
    // No digit repeats in what is sent by chance only once in a million; letters never match.
    await page.getByLabel(/短信验证码/).fill('000000');
    await page.getByRole('button', { name: '确认并提交' }).click();
    await expect(page.getByText(`还可以试 ${left} 次`).first()).toBeVisible();
  }
  await page.getByLabel(/短信验证码/).fill('12ab');
  await page.getByRole('button', { name: '确认并提交' }).click();
  await expect(page.getByText('验证码是 6 位数字。').first()).toBeVisible();
  await page.getByRole('button', { name: /没收到/ }).click();
  await expect(page.getByText(/刚刚发过，请 \d+ 秒后再试/)).toBeVisible();
  await page.getByRole('button', { name: /匿名提交/ }).click();
  await expect(page).toHaveURL(/\/r\//);
  await page.context().close();
});

test('a category closed while the form was open is said, and another one can be chosen', async ({ browser }) => {
  const admin = await officeOf(browser, 'system-admin');
  const code = 'patrol.parking';
  const list = (await (await admin.get('/api/incidents/categories')).json()) as { categories: { code: string }[] };
  const found = list.categories.find((c) => c.code === code);
  if (!found) throw new Error(`no category ${code}`);
  const { code: _code, ...category } = found;
  const save = (active: boolean) =>
    admin.put(`/api/incidents/categories/${code}`, {
      headers: { 'x-wangge': '1' },
      data: { ...category, active },
    });
  const page = await (await browser.newContext(phoneSize)).newPage();
  await openLampForm(page, (await firstSign(browser)).token);
  await page.getByRole('radio', { name: '车辆乱停' }).check();
  await page.getByLabel('发生了什么').fill('车停在消防通道');
  await page.getByRole('radio', { name: /匿名/ }).check();
  const closed = await save(false);
  expect(closed.ok(), await closed.text()).toBe(true);
  try {
    await submit(page);
    await expect(page.getByText('这一项现在不接受上报，请选别的。').first()).toBeVisible();
    await expect(page.getByRole('radio', { name: '车辆乱停' })).toHaveCount(0);
    await expect(page.getByLabel('发生了什么')).toHaveValue('车停在消防通道');
    await page.getByRole('radio', { name: '路灯故障' }).check();
    await submit(page);
    await expect(page).toHaveURL(/\/r\//);
  } finally {
    await save(true);
    await page.context().close();
  }
});

test('a place outside the town is said, and can be left out', async ({ browser }) => {
  const context = await browser.newContext({
    ...phoneSize,
    geolocation: { longitude: 121.47, latitude: 31.23 },
    permissions: ['geolocation'],
  });
  const page = await context.newPage();
  await openLampForm(page, (await firstSign(browser)).token);
  await page.getByLabel('发生了什么').fill('我在别的城市');
  await page.getByRole('radio', { name: /匿名/ }).check();
  await page.getByRole('button', { name: '使用我现在的位置' }).click();
  await expect(page.getByText(/已取得位置/)).toBeVisible();
  await submit(page);
  await expect(page.getByText('这个位置不在本镇', { exact: false }).first()).toBeVisible();
  // Left out unless the person wants otherwise.
  await expect(page.getByRole('checkbox', { name: '不用这个位置' })).toBeChecked();
  await submit(page);
  await expect(page).toHaveURL(/\/r\//);
  await context.close();
});
