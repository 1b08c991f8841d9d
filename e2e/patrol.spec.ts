/** A patrol on foot: one point checked in, the other missed; whoever leads the grid hears of it and sees the round. */
import { randomUUID } from 'node:crypto';
import type { BrowserContext } from '@playwright/test';
import { ask } from './support/api.ts';
import { axeFindings, expect, signInAs, test } from './support/fixtures.ts';
import { firstSign } from './support/residents.ts';
import { membersPhone } from './support/tasks.ts';

const minuteMs = 60_000;

/** A window that began an hour ago and ends with this minute or the next, as the clocks of the town show them. */
function endingWindow(nowMs: number): { fromMin: number; toMin: number } {
  const minute = Math.floor((nowMs + 8 * 60 * minuteMs) / minuteMs) % 1440;
  const secondsLeft = 60 - Math.floor((nowMs % minuteMs) / 1000);
  const toMin = minute + (secondsLeft < 30 ? 2 : 1);
  return { fromMin: (toMin + 1380) % 1440, toMin: toMin > 1440 ? toMin - 1440 : toMin };
}

async function endRoute(head: BrowserContext, id: string): Promise<void> {
  await ask(head, 'POST', `/api/patrols/routes/${id}/end`);
}

test('one point checked in, one missed; the head is told and led to the round', async ({ page, context, browser }) => {
  // The end of the window comes by itself, and is looked at once a minute.
  test.setTimeout(300_000);
  await signInAs(context, 'grid-head');
  const me = await ask<{ account: { posts: { areaId: string }[] } }>(context, 'GET', '/api/me');
  const { area } = await firstSign(browser);
  const { lon, lat } = area.center ?? { lon: 119, lat: 31.5 };
  const phone = await membersPhone(browser);
  const member = await ask<{ account: { id: string } }>(phone.context, 'GET', '/api/me');
  const name = `查漏巡查 ${Date.now()}`;
  const clientKey = randomUUID();
  await phone.page.goto('/field/');
  await ask(context, 'POST', '/api/patrols/routes', {
    clientKey,
    areaId: me.account.posts[0]?.areaId,
    name,
    days: { kind: 'weekdays', weekdays: [1, 2, 3, 4, 5, 6, 7] },
    ...endingWindow(Date.now()),
    accountId: member.account.id,
    points: [
      { name: '村口公告栏', place: { lon, lat }, radiusM: 60, task: '看消防通道' },
      { name: '远处的泵站', place: { lon: lon + 0.02, lat }, radiusM: 60, task: null },
    ],
  });

  // The round comes to the phone by itself.
  // Soon after midnight its window began yesterday, and tonight's round is there as well.
  const card = phone.page.getByTestId('round-card').filter({ hasText: name, hasNotText: '未开始' });
  await expect(card).toContainText('下一点：村口公告栏');
  await card.getByTestId('check-in-next').click();
  const sheet = phone.page.getByRole('dialog', { name: '签到：村口公告栏' });
  await expect(sheet.getByText(/^离点位 0/)).toBeVisible();
  await sheet.getByTestId('check-in').click();
  await expect(card).toContainText('已签到 1/2');
  await expect(card).toContainText('有漏签', { timeout: 150_000 });
  expect(await axeFindings(phone.page)).toEqual([]);

  await page.goto('/console/messages');
  const message = page.getByTestId('message').filter({ hasText: name });
  await expect(message).toContainText('漏签 1 个点位：远处的泵站', { timeout: 120_000 });
  await message.getByRole('button').first().click();
  await expect(page).toHaveURL(/\/console\/patrols\?round=/);
  const rounds = page.getByTestId('patrol-rounds');
  // The round that the message is about lies open.
  const points = rounds.locator('.receipts');
  await expect(points).toHaveCount(1);
  await expect(points.getByRole('row', { name: /村口公告栏/ })).toContainText('已签到');
  await expect(points.getByRole('row', { name: /远处的泵站/ })).toContainText('漏签');
  expect(await axeFindings(page)).toEqual([]);

  // On the phone of the head as well.
  const id = new URL(page.url()).searchParams.get('round');
  await page.setViewportSize({ width: 360, height: 740 });
  await page.goto(`/field/round/${id}`);
  await expect(page.getByTestId('round')).toContainText('远处的泵站');
  expect(await axeFindings(page)).toEqual([]);
  await endRoute(context, clientKey);
});
