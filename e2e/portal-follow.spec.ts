/** After the report: back to it by link or number, the reporter's opinion, and "not fixed". */
import { expect, test } from './support/fixtures.ts';
import {
  closeInOffice,
  confirmCode,
  firstSign,
  incidentOf,
  moveAtDesk,
  newPhone,
  officeOf,
  phoneSize,
  reportLamp,
} from './support/residents.ts';

test.use(phoneSize);

test('back to the receipt: by link on another phone, by number and code, by phone alone', async ({ page, browser }) => {
  const phone = newPhone();
  const { path, number } = await reportLamp(page, (await firstSign(browser)).token, '找回执', phone);

  const other = await (await browser.newContext(phoneSize)).newPage();
  await other.goto(path);
  await expect(other.locator('dd.number')).toHaveText(number);
  await expect(other.getByText('等待受理').first()).toBeVisible();

  const third = await (await browser.newContext(phoneSize)).newPage();
  await third.goto('/follow');
  await third.getByLabel('受理编号').fill(number.replace('-', ' '));
  await third.getByLabel('手机号').fill(phone);
  // The first code went out less than a minute ago: the page says so and that one still counts.
  await third.getByRole('button', { name: '发送验证码' }).click();
  await expect(third.getByText(/刚刚发过/)).toBeVisible();
  // Somebody else's number and an own phone: progress only, no words.
  const stranger = newPhone();
  await third.goto('/follow');
  await third.getByLabel('受理编号').fill(number);
  await third.getByLabel('手机号').fill(stranger);
  await third.getByRole('button', { name: '发送验证码' }).click();
  await confirmCode(third, stranger);
  await expect(third).toHaveURL(new RegExp(`/p/${number}$`));
  await expect(third.getByText('这是公开的办理进度。')).toBeVisible();
  await expect(third.getByText('找回执')).toHaveCount(0);

  // The phone that reported was verified there: no second code.
  await page.goto('/follow');
  await page.getByLabel('受理编号').fill(number);
  await page.getByRole('button', { name: '发送验证码' }).click();
  await expect(page).toHaveURL(new RegExp(`${path}$`));
  await page.goto('/mine');
  await expect(page.getByRole('link', { name: new RegExp(number) })).toBeVisible();
  await other.context().close();
  await third.context().close();
});

test('withdrawn by the reporter while nobody has begun', async ({ page, browser }) => {
  const { path } = await reportLamp(page, (await firstSign(browser)).token, '又亮了');
  await page.getByRole('link', { name: '撤回上报' }).click();
  await page.getByLabel('为什么撤回').fill('自己亮了');
  await page.getByRole('button', { name: '撤回上报' }).click();
  await expect(page).toHaveURL(new RegExp(`${path}\\?done=withdrawn`));
  await expect(page.getByText('已撤回。')).toBeVisible();
});

test('rated once; then not fixed: with a code, once per person, the second time refused kindly', async ({
  page,
  browser,
}) => {
  const phone = newPhone();
  const { path, number } = await reportLamp(page, (await firstSign(browser)).token, '修好又坏', phone);
  const id = await closeInOffice(browser, page, number);

  await page.goto(path);
  await expect(page.getByText('已办结').first()).toBeVisible();
  for (const name of ['response', 'satisfied']) await page.locator(`input[name=${name}][value="4"]`).check();
  await page.getByRole('radio', { name: '没解决' }).check();
  await page.getByRole('button', { name: '提交评价' }).click();
  await expect(page.getByText('响应 4 分，满意 4 分')).toBeVisible();
  await expect(page.getByRole('button', { name: '提交评价' })).toHaveCount(0);

  // Somebody affected, who knows the number only.
  const neighbour = newPhone();
  const other = await (await browser.newContext(phoneSize)).newPage();
  const object = async (): Promise<void> => {
    await other.goto(`/p/${number}/objection`);
    await other.getByLabel('哪里没解决').fill('灯又灭了');
    await other.getByRole('button', { name: '没解决，申请重办' }).click();
  };
  await other.goto('/follow');
  await other.getByLabel('受理编号').fill(number);
  await other.getByLabel('手机号').fill(neighbour);
  await other.getByRole('button', { name: '发送验证码' }).click();
  await confirmCode(other, neighbour);
  await expect(other).toHaveURL(new RegExp(`/p/${number}$`));
  await object();
  await expect(other.getByText('已收到您的重办申请', { exact: false })).toBeVisible();
  expect((await incidentOf(browser, number)).number).toBe(number);

  await moveAtDesk(browser, id, 'refuse-reopen', { reason: '现场核查正常' });
  await object();
  await expect(other.getByText('这个手机号已经申请过一次。')).toBeVisible();

  // The reporter is another person: may still ask, with a code of their own.
  const reporter = await (await browser.newContext(phoneSize)).newPage();
  await reporter.goto(path);
  await reporter.getByRole('link', { name: '没解决，申请重办' }).click();
  await reporter.getByLabel('哪里没解决').fill('还是不亮');
  const second = newPhone();
  await reporter.getByLabel('手机号').fill(second);
  await reporter.getByRole('button', { name: '没解决，申请重办' }).click();
  await confirmCode(reporter, second);
  await expect(reporter).toHaveURL(new RegExp(`${path}\\?done=objection`));
  await expect(reporter.getByText('已申请重办，等待答复')).toBeVisible();
  await other.context().close();
  await reporter.context().close();
  await officeOf(browser, 'dispatcher');
});
