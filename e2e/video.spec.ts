/** Cameras from their entry to a copy that a court accepts, and everybody who looked in the trail. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { BrowserContext } from '@playwright/test';
import { as, ask, request } from './support/api.ts';
import { cameraSign, startCameras, type StartedCameras } from './support/cameras.ts';
import { verifyCopy } from './support/evidence.ts';
import { axeFindings, expect, signInAs, test } from './support/fixtures.ts';
import { processListeningOn } from './support/processes.ts';
import { enterCamera, expectMoving, knock, putOnWall, twoPlaces } from './support/video.ts';

interface Row {
  id: string;
  name: string;
}
interface Ticket {
  viewId: string;
  ticket: string;
  wsUrl: string;
}

test.describe.configure({ mode: 'serial' });

const run = String(Date.now() % 1_000_000);
const names = { rtsp: `楼道一 ${run}`, onvif: `楼道二 ${run}`, gb: `国标楼道 ${run}` } as const;
const why = `核实楼道充电 ${run}`;
const folder = mkdtempSync(join(tmpdir(), 'wangge-e2e-video-'));
let cameras: StartedCameras;
let places: Awaited<ReturnType<typeof twoPlaces>>;
let cameraId: string;

test.beforeAll(async ({ browser }) => {
  // The film is drawn once on a machine.
  test.setTimeout(180_000);
  cameras = await startCameras();
  places = await twoPlaces(browser);
});
test.afterAll(async () => {
  await cameras.close();
  rmSync(folder, { recursive: true, force: true });
});

/** Entered by earlier tests of this file, by name. */
async function idOf(desk: BrowserContext, name: string): Promise<string> {
  const { items } = await ask<{ items: Row[] }>(desk, 'GET', `/api/video/cameras?q=${encodeURIComponent(name)}`);
  const found = items.find((row) => row.name === name);
  if (!found) throw new Error(`no camera ${name}`);
  return found.id;
}

test('a camera is entered by its address, and is to be recorded all day', async ({ page, context }) => {
  await signInAs(context, 'dispatcher');
  await page.goto('/console/video/cameras');
  await page.getByRole('button', { name: '录入摄像机' }).click();
  const form = page.getByRole('dialog', { name: '录入摄像机' });
  await form.getByLabel('名称', { exact: true }).fill(names.rtsp);
  await form.getByLabel('主码流地址').fill(cameras.url(1, 'main'));
  await form.getByLabel('子码流地址').fill(cameras.url(1, 'sub'));
  await form.getByLabel('用户名').fill(cameraSign.user);
  await form.getByLabel('密码').fill(cameraSign.password);
  // In another grid than the member's who must not see it.
  await form.getByLabel('经度').fill(String(places.other.lon));
  await form.getByLabel('纬度').fill(String(places.other.lat));
  await form.getByLabel('管理责任单位').fill('演示镇综治中心');
  await form.getByLabel('设置依据').fill('《公共安全视频图像信息系统管理条例》');
  await form.getByRole('radio', { name: '全天' }).check();
  await form.getByRole('button', { name: '保存' }).click();
  await expect(form).toBeHidden();
  cameraId = await idOf(context, names.rtsp);
  await page.getByLabel('名称、编号、地址、分组、标签').fill(names.rtsp);
  await page.keyboard.press('Enter');
  const row = page.getByRole('row', { name: names.rtsp });
  await expect(row).toContainText('在线');
  await expect(row).toContainText('H264 1280×720');
});

test('a camera by ONVIF and one behind a recorder are live on the wall beside it', async ({ page, context }) => {
  await signInAs(context, 'dispatcher');
  await enterCamera(context, {
    name: names.onvif,
    place: places.other,
    source: { kind: 'onvif', host: '127.0.0.1', port: cameras.onvifPort, ...cameraSign },
  });
  const { recorder, recorderId } = cameras;
  const server = await ask<{ serverId: string; domain: string; host: string; port: number }>(
    context,
    'GET',
    '/api/video/gb/server',
  );
  const password = 'Geraet-2026';
  await ask(context, 'PUT', `/api/video/gb/devices/${recorderId}`, { name: `录像机 ${run}`, password });
  await recorder.join({ ...server, password });
  const channelsPath = `/api/video/gb/devices/${recorderId}/channels`;
  await expect
    .poll(async () => (await ask<{ items: { channelId: string }[] }>(context, 'GET', channelsPath)).items.length)
    .toBe(1);
  await enterCamera(context, {
    name: names.gb,
    place: places.other,
    source: { kind: 'gb28181', deviceId: recorderId, channelId: recorder.channelId(0) },
  });

  await page.goto('/console/video');
  for (const name of Object.values(names)) await expectMoving(await putOnWall(page, name));
  await expect(page.locator('[data-testid=player][data-state=live]')).toHaveCount(3);
});

test('who looks is in the record of looks and in the audit trail, with camera and times', async ({ browser }) => {
  const auditor = await as(browser, 'audit-admin');
  const looks = `/api/video/looks?cameraId=${cameraId}`;
  interface Look {
    cameraName: string;
    kind: string;
    startedAtMs: number;
    endedAtMs: number | null;
  }
  // The page of the test before is closed: its look ends.
  await expect
    .poll(async () => (await ask<{ items: Look[] }>(auditor, 'GET', looks)).items[0]?.endedAtMs ?? null)
    .not.toBeNull();
  const [look] = (await ask<{ items: Look[] }>(auditor, 'GET', looks)).items;
  expect(look).toMatchObject({ cameraName: names.rtsp, kind: 'live' });
  expect(look?.endedAtMs).toBeGreaterThan(look?.startedAtMs ?? Infinity);
  const page = await auditor.newPage();
  await page.goto('/console/video/looks');
  await expect(page.getByRole('row', { name: names.rtsp }).first()).toContainText('实时');
  const { items } = await ask<{ items: { subject: { id: string }; details: { name: string; seconds: number } }[] }>(
    auditor,
    'GET',
    '/api/audit?action=video.watch-ended',
  );
  expect(items.map(({ details }) => details.name)).toContain(names.rtsp);
  await page.goto('/console/admin/audit');
  await page.getByLabel('操作', { exact: true }).fill('video.watch-ended');
  await page.keyboard.press('Escape');
  await expect(page.getByRole('row', { name: `摄像机 ${cameraId.slice(0, 13)}` }).first()).toContainText(
    '结束查看实时画面',
  );
});

test('no ticket for a member of another grid, and a ticket admits once', async ({ browser }) => {
  const member = await as(browser, 'grid-member');
  const refused = await request(member, 'POST', `/api/video/cameras/${cameraId}/watch`, {});
  expect([403, 404]).toContain(refused.status());
  const desk = await as(browser, 'dispatcher');
  const { wsUrl, ticket } = await ask<Ticket>(desk, 'POST', `/api/video/cameras/${cameraId}/watch`, {});
  expect(await knock(wsUrl, ticket)).toBe(101);
  expect(await knock(wsUrl, ticket)).toBe(401);
  expect(await knock(wsUrl, `${ticket}0`)).toBe(401);
});

test('tiles live again after the media worker was killed', async ({ browser }) => {
  // Its browser writes every broken line into its console, as it should.
  const desk = await as(browser, 'dispatcher');
  const page = await desk.newPage();
  await page.goto('/console/video');
  const tiles = [await putOnWall(page, names.rtsp), await putOnWall(page, names.gb)];
  for (const tile of tiles) await expectMoving(tile);
  const { wsUrl } = await ask<Ticket>(desk, 'POST', `/api/video/cameras/${cameraId}/watch`, {});
  const victim = processListeningOn(Number(new URL(wsUrl).port));
  if (victim === undefined) throw new Error('nothing listens where pictures come from');
  process.kill(victim, 'SIGKILL');
  for (const tile of tiles) await expect(tile.getByTestId('player')).not.toHaveAttribute('data-state', 'live');
  await expect
    .poll(() => processListeningOn(Number(new URL(wsUrl).port)) ?? victim, { timeout: 30_000 })
    .not.toBe(victim);
  const backMs = Date.now();
  for (const tile of tiles) {
    await expect(tile.getByTestId('player')).toHaveAttribute('data-state', 'live', { timeout: 10_000 });
    await expectMoving(tile);
  }
  test.info().annotations.push({ type: 'live again after the restart', description: `${Date.now() - backMs} ms` });
});

test('what was recorded is looked back at, copied, and the copy is proven', async ({ page, context }) => {
  // A piece of recording is finished after a minute.
  test.setTimeout(150_000);
  await signInAs(context, 'dispatcher');
  const today = `fromMs=${Date.now() - 3_600_000}&toMs=${Date.now() + 3_600_000}`;
  const spans = async () =>
    (
      await ask<{ spans: { fromMs: number; toMs: number }[] }>(
        context,
        'GET',
        `/api/video/cameras/${cameraId}/timeline?${today}`,
      )
    ).spans;
  await expect
    .poll(async () => Math.max(0, ...(await spans()).map(({ fromMs, toMs }) => toMs - fromMs)), { timeout: 100_000 })
    .toBeGreaterThan(15_000);

  const [first] = (await spans()).filter(({ fromMs, toMs }) => toMs - fromMs > 15_000);
  await page.goto(`/console/video/playback?camera=${cameraId}&at=${first?.fromMs}`);
  await page.getByTestId('begin').click();
  const question = page.getByRole('dialog');
  await question.getByRole('button', { name: '开始回放' }).click();
  // Without a reason there is nothing to see.
  await expect(question).toBeVisible();
  await question.getByLabel('事由').fill(why);
  await question.getByRole('button', { name: '开始回放' }).click();
  const tile = page.getByTestId('playback');
  await expect(tile).toHaveAttribute('data-state', 'playing');
  await expectMoving(tile);
  await page.getByRole('button', { name: '从这里开始' }).click();
  await page.getByRole('button', { name: '前进 10 秒' }).click();
  await page.getByRole('button', { name: '到这里结束' }).click();
  await expect(page.getByTestId('clip')).toContainText('片段');
  await page.getByRole('button', { name: '导出片段' }).click();
  await expect(page.getByText('已提交导出')).toBeVisible();

  await page.goto('/console/video/exports');
  const row = page.getByRole('row', { name: why });
  await expect(row).toContainText('已完成', { timeout: 60_000 });
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    row.getByRole('button', { name: '下载' }).click(),
  ]);
  const copy = join(folder, 'copy.zip');
  await download.saveAs(copy);
  const key = join(folder, 'key.pem');
  const { publicKeyPem } = await ask<{ publicKeyPem: string }>(context, 'GET', '/api/video/evidence-key');
  writeFileSync(key, publicKeyPem);
  expect(await verifyCopy(copy, key)).toMatchObject({ code: 0, says: expect.stringContaining('The copy is whole.') });
  const bytes = readFileSync(copy);
  const middle = bytes.length >> 1;
  bytes[middle] = (bytes[middle] ?? 0) ^ 1;
  writeFileSync(copy, bytes);
  expect(await verifyCopy(copy, key)).toMatchObject({ code: 1, says: expect.stringContaining('NOT whole') });

  await page.goto('/console/video/looks');
  for (const kind of ['回放', '导出']) {
    await expect(page.getByRole('row', { name: why }).filter({ hasText: kind }).first()).toContainText(names.rtsp);
  }
});

for (const lang of ['zh', 'en']) {
  test(`axe finds nothing on the pages of video (${lang})`, async ({ page, context }) => {
    await signInAs(context, 'dispatcher');
    for (const path of ['', '/cameras', '/playback', '/looks', '/exports']) {
      await page.goto(`/console/video${path}?lang=${lang}`);
      await expect(page.getByRole('main')).toBeVisible();
      await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
      expect(await axeFindings(page), path).toEqual([]);
    }
    await page.goto('/console/video?lang=zh');
    await expectMoving(await putOnWall(page, names.rtsp));
    expect(await axeFindings(page), 'a wall that is live').toEqual([]);
  });
}
