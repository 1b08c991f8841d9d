/** From a resident's phone to a closed and rated incident, every step by hand, as the README tells it. */
import { expect, signInAs, test } from './support/fixtures.ts';
import { lampPhoto } from './support/photos.ts';
import { confirmCode, firstSign, newPhone, openLampForm, phoneSize } from './support/residents.ts';

test('a street lamp: reported, dispatched, mended, verified, closed, rated', async ({ browser }) => {
  const deskContext = await browser.newContext();
  await signInAs(deskContext, 'dispatcher');
  const point = await firstSign(browser);
  const place = point.area.center ?? { lon: 119, lat: 31.5 };

  const desk = await deskContext.newPage();
  await desk.goto('/console/');
  await expect(desk.getByText('实时')).toBeVisible();

  // The resident: no account, a phone, the sign at the door.
  const street = await browser.newContext(phoneSize);
  const phone = await street.newPage();
  const words = `村口第二盏路灯不亮 ${Date.now()}`;
  const number = newPhone();
  await phone.goto(`/q/${point.token}`);
  await expect(phone.getByRole('link', { name: /电话|拨打/ }).first()).toBeVisible();
  await openLampForm(phone, point.token);
  await phone.getByLabel('发生了什么').fill(words);
  await phone.locator('#photo').setInputFiles(await lampPhoto(phone));
  await phone.getByRole('radio', { name: /留手机号/ }).check();
  await phone.getByLabel('手机号', { exact: true }).fill(number);
  await phone.getByRole('button', { name: /提交|下一步/ }).click();
  await confirmCode(phone, number);
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
    .setInputFiles(await lampPhoto(task, 'done.jpg'));
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
