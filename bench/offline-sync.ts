import { areaIndex } from '@wangge/areas';
import { sql } from '@wangge/kernel';
import { chromium, type Page } from '@playwright/test';
import { badLink } from './support/bad-link.ts';
import { startPlatform, type Platform } from './support/platform.ts';

const reports = 50;
const dropEveryMs = 2000;
const downForMs = 400;
/** A bar of signal at the edge of the village. */
const uplinkBytesPerS = 200_000;
const patienceMs = 10 * 60_000;
const marker = '离线压测第';

/** Written by hand in a real browser without signal, then sent over a link that does not hold. */
export const bench = {
  name: 'offline-sync',
  about: `${reports} reports with photos wait on a phone; the link drops every ${dropEveryMs / 1000} s until all have arrived`,
  async run(log: (line: string) => void): Promise<Record<string, number>> {
    const platform = await startPlatform(log);
    const link = await badLink(platform.url, uplinkBytesPerS);
    const browser = await chromium.launch({
      executablePath: process.env['CHROMIUM_PATH'] ?? '/usr/bin/chromium',
      args: ['--no-sandbox', '--disable-gpu', '--no-first-run', '--disable-background-networking'],
    });
    try {
      const grid = areaIndex(platform.rt)
        .all()
        .find((area) => area.level === 'grid' && area.center !== null);
      const { lon, lat } = grid?.center ?? { lon: 119, lat: 31.5 };
      const context = await browser.newContext({
        baseURL: link.url,
        viewport: { width: 360, height: 740 },
        locale: 'zh-CN',
        geolocation: { longitude: lon, latitude: lat, accuracy: 10 },
        permissions: ['geolocation'],
      });
      const session = await context.request.post('/api/session', {
        headers: { 'x-wangge': '1' },
        data: { login: 'wgy1', password: 'wangge-demo' },
      });
      if (!session.ok()) throw new Error(`could not sign in: ${await session.text()}`);
      const page = await context.newPage();
      await page.goto('/field/');
      await page.waitForResponse((answer) => answer.url().endsWith('/api/incidents/categories'));

      await context.setOffline(true);
      const writing = performance.now();
      for (let n = 1; n <= reports; n++) await writeReport(page, n);
      log(`${reports} reports with a photo each wait on the phone (${seconds(writing)} s)`);

      link.startBreaking(dropEveryMs, downForMs);
      const sending = performance.now();
      await context.setOffline(false);
      const arrived = await untilSent(page, platform);
      link.stopBreaking();
      const sendingS = Number(seconds(sending));
      const { delivered, duplicated, bytes } = await outcome(platform);
      log(
        `${arrived ? 'all sent' : 'given up'} after ${sendingS} s, ${link.breaks} breaks, ` +
          `${(bytes / reports / 1000).toFixed(0)} kB a photo at ${uplinkBytesPerS / 1000} kB/s`,
      );
      return { delivered, duplicated, sending_s: sendingS, breaks: link.breaks };
    } finally {
      await browser.close();
      link.close();
      await platform.stop();
    }
  },
};

const seconds = (sinceMs: number): string => ((performance.now() - sinceMs) / 1000).toFixed(1);

async function writeReport(page: Page, n: number): Promise<void> {
  await page.getByRole('link', { name: '上报', exact: true }).click();
  await page
    .locator('input[type=file]')
    .first()
    .setInputFiles(await streetPhoto(page, n));
  await page.getByRole('button', { name: /^查看第 1 张照片/ }).waitFor();
  await page.getByRole('button', { name: /^类别/ }).click();
  await page.getByRole('button', { name: '巡查管理' }).click();
  await page.getByRole('button', { name: /路灯故障/ }).click();
  await page.getByRole('textbox', { name: '情况说明' }).fill(`${marker}${n}件`);
  await page.getByRole('button', { name: '上报', exact: true }).click();
  await page.getByRole('heading', { name: '已保存在手机上' }).waitFor();
  await page.getByRole('button', { name: '再报一件' }).click();
}

/** As grainy as a street at night: some 300 kB once the page has shrunk it. Never the same twice. */
async function streetPhoto(page: Page, n: number) {
  const base64 = await page.evaluate((seed) => {
    const canvas = document.createElement('canvas');
    canvas.width = 1600;
    canvas.height = 1200;
    const pen = canvas.getContext('2d');
    if (!pen) throw new Error('no canvas');
    let state = seed * 7919;
    const next = (): number => (state = (state * 48_271) % 2_147_483_647) / 2_147_483_647;
    for (let spot = 0; spot < 9000; spot++) {
      pen.fillStyle = `hsl(${next() * 360} ${next() * 40}% ${next() * 60}%)`;
      pen.fillRect(next() * 1600, next() * 1200, 4 + next() * 50, 4 + next() * 50);
    }
    return canvas.toDataURL('image/jpeg', 0.9).split(',')[1] ?? '';
  }, n);
  return { name: `street-${n}.jpg`, mimeType: 'image/jpeg', buffer: Buffer.from(base64, 'base64') };
}

/** @returns false when patience ended first */
async function untilSent(page: Page, platform: Platform): Promise<boolean> {
  const endMs = performance.now() + patienceMs;
  while (performance.now() < endMs) {
    const { delivered } = await outcome(platform);
    // The bar goes when the phone has heard that all has arrived.
    if (delivered === reports && (await page.locator('.outbox-bar').count()) === 0) return true;
    await new Promise((done) => setTimeout(done, 500));
  }
  return false;
}

/** Told by the database: a report counts with exactly its own photo. */
async function outcome(platform: Platform): Promise<{ delivered: number; duplicated: number; bytes: number }> {
  const row = await platform.rt.system('bench', (tx) =>
    tx.one<{ arrived: number; whole: number; distinct: number; bytes: number }>(sql`
      select count(*)::int as arrived, count(distinct i.description)::int as distinct,
        count(distinct i.description) filter (where f.photos = 1)::int as whole, coalesce(sum(f.bytes), 0)::float8 as bytes
      from incidents_incidents i left join lateral (
        select count(*) as photos, sum(size_bytes) as bytes from kernel_files where owner_id = i.id) f on true
      where i.description like ${`${marker}%`}`),
  );
  return { delivered: row.whole, duplicated: row.arrived - row.distinct, bytes: row.bytes };
}
