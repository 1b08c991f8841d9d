/** Work for the demo's grid member, made in the office. */
import type { Browser, BrowserContext, Page } from '@playwright/test';
import { expect, signInAs } from './fixtures.ts';
import { dispatchByRule, firstSign, officeOf, phoneSize } from './residents.ts';

/** An incident at the desk, dispatched by the rule to the first grid's member. */
export async function lampTask(
  browser: Browser,
  words: string,
  categoryCode = 'patrol.lamp',
): Promise<{ id: string; orderId: string }> {
  const { area } = await firstSign(browser);
  const desk = await officeOf(browser, 'dispatcher');
  const answer = await desk.post('/api/incidents', {
    headers: { 'x-wangge': '1' },
    data: {
      clientKey: crypto.randomUUID(),
      categoryCode,
      description: words,
      place: area.center ?? { lon: 119, lat: 31.5 },
    },
  });
  expect(answer.ok(), await answer.text()).toBe(true);
  const { number } = (await answer.json()) as { number: string };
  const { id, order } = await dispatchByRule(browser, number);
  return { id, orderId: order.id };
}

/** The member's phone, standing at the first sign, signed in. */
export async function membersPhone(browser: Browser): Promise<{ context: BrowserContext; page: Page }> {
  const { area } = await firstSign(browser);
  const { lon, lat } = area.center ?? { lon: 119, lat: 31.5 };
  const context = await browser.newContext({
    ...phoneSize,
    geolocation: { longitude: lon, latitude: lat, accuracy: 12 },
    permissions: ['geolocation'],
  });
  await signInAs(context, 'grid-member');
  return { context, page: await context.newPage() };
}
