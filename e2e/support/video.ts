/** What specs of video share: cameras in the register, and pictures that move. */
import { randomBytes, randomUUID } from 'node:crypto';
import { get } from 'node:http';
import type { Browser, BrowserContext, Locator, Page } from '@playwright/test';
import { ask } from './api.ts';
import { expect } from './fixtures.ts';
import { officeOf } from './residents.ts';

export interface SignedPlace {
  readonly lon: number;
  readonly lat: number;
}

/** A place in the first grid, whose member is among the demo's accounts, and one in another grid. */
export async function twoPlaces(browser: Browser): Promise<{ own: SignedPlace; other: SignedPlace }> {
  const office = await officeOf(browser, 'dispatcher');
  const { points } = (await (await office.get('/api/areas/qr-points')).json()) as {
    points: { area: { path: string; center: SignedPlace | null } }[];
  };
  const centers = points
    .toSorted((a, b) => (a.area.path < b.area.path ? -1 : 1))
    .map(({ area }) => area.center)
    .filter((center) => center !== null);
  const [own, other] = [centers[0], centers.at(-1)];
  if (!own || !other) throw new Error('no places');
  return { own, other };
}

/** Enters a camera as the form would. @returns its id */
export async function enterCamera(
  context: BrowserContext,
  facts: { readonly name: string; readonly place: SignedPlace; readonly source: object },
): Promise<string> {
  const camera = {
    class: 'public',
    duties: { responsibleBody: '演示镇综治中心', legalBasis: '《公共安全视频图像信息系统管理条例》' },
    recording: { mode: 'off' },
    ...facts,
    place: { lon: facts.place.lon, lat: facts.place.lat },
  };
  return (await ask<{ id: string }>(context, 'POST', '/api/video/cameras', { key: randomUUID(), camera })).id;
}

/** Puts a camera into the tile of a wall that is chosen. @returns the tile */
export async function putOnWall(page: Page, name: string): Promise<Locator> {
  await page.getByLabel('找摄像机').fill(name);
  await page.getByRole('region', { name: '摄像机列表' }).getByRole('button', { name }).click();
  return page.getByRole('listitem', { name });
}

/** The picture goes on: what is shown now is later than what was shown before. */
export async function expectMoving(tile: Locator, timeoutMs = 15_000): Promise<void> {
  const shownS = () => tile.locator('video').evaluate((video: HTMLVideoElement) => video.currentTime);
  await expect(tile.locator('video')).toBeVisible({ timeout: timeoutMs });
  const before = await shownS();
  await expect.poll(shownS, { timeout: timeoutMs, intervals: [100] }).toBeGreaterThan(before + 0.5);
}

/** Asks a media worker for a stream. @returns 101 where it opens one, or what it refuses with */
export function knock(wsUrl: string, ticket: string): Promise<number> {
  const url = new URL(wsUrl.replace(/^ws/, 'http'));
  url.searchParams.set('ticket', ticket);
  const headers = {
    connection: 'Upgrade',
    upgrade: 'websocket',
    'sec-websocket-version': '13',
    'sec-websocket-key': randomBytes(16).toString('base64'),
  };
  return new Promise((done, fail) => {
    const asked = get(url, { headers });
    asked.once('upgrade', (response, socket) => {
      socket.destroy();
      done(response.statusCode ?? 0);
    });
    asked.once('response', (response) => {
      response.resume();
      done(response.statusCode ?? 0);
    });
    asked.once('error', fail);
  });
}
