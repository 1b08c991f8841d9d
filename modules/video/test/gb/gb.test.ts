import type { Frame, Track } from '@wangge/codec';
import { newId } from '@wangge/contract-kit';
import type { Device, MessageOf } from '@wangge/gb28181';
import { openTestTown, testActor, type TestTown, until } from '@wangge/kernel/testkit';
import { askSip, openGbSource, type RunningSip, startSip } from '@wangge/video/sip';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { channelId, deviceId, modules, openDevice, password, Sender, sipOptions } from './support.ts';

let town: TestTown;
let sip: RunningSip;
let device: Device;
const sender = new Sender();
const controls: string[] = [];
const admin = testActor([{ role: 'system-admin', areaId: newId(), areaPath: '', departmentId: null }]);

async function call(method: 'GET' | 'PUT' | 'POST' | 'DELETE', url: string, payload?: object) {
  const response = await town.app.inject({
    method,
    url,
    headers: { 'x-wangge': '1' },
    ...(payload ? { payload } : {}),
  });
  return { status: response.statusCode, body: response.json() as Record<string, unknown> };
}
const seen = async (): Promise<Record<string, unknown>> =>
  (await town.owner.query('select * from video_gb_devices where device_id = $1', [deviceId])).rows[0] as Record<
    string,
    unknown
  >;
const join = (to: RunningSip, id = deviceId, word = password): Promise<void> =>
  new Promise((resolve, reject) => {
    device.addUpper({
      serverId: to.serverId,
      host: '127.0.0.1',
      port: to.sipPort,
      transport: 'udp',
      deviceId: id,
      password: word,
      onOnline: resolve,
      onOffline: (reason) => reject(new Error(reason)),
    });
  });

beforeAll(async () => {
  const withAdmin = modules.map((module) =>
    module.name === 'staff' ? { ...module, authenticate: async () => admin } : module,
  );
  town = await openTestTown(withAdmin, { nowMs: Date.now() });
  sip = await startSip(town.rt, sipOptions);
  device = await openDevice(deviceId, {
    open: sender.open,
    control: (message) => {
      const { type, ...rest } = message as MessageOf<'deviceControl'>;
      if (type === 'deviceControl') controls.push(rest.ptzCmd ?? ((rest.iFrameCmd ?? rest.iFameCmd) ? 'key' : ''));
      return true;
    },
    answer: ({ type }) =>
      type === 'presetQuery' ? { type: 'presets', sumNum: 1, items: [{ presetId: '3', name: '大门' }] } : undefined,
  });
});
afterAll(async () => {
  await device?.close();
  await sip?.close();
  await town?.close();
});

describe('a device', () => {
  it('may not register before it is entered, and may at once afterwards', async () => {
    await expect(join(sip)).rejects.toThrow(/403/);
    const saved = await call('PUT', `/api/video/gb/devices/${deviceId}`, { name: '东门录像机', password });
    expect(saved).toMatchObject({ status: 200, body: { deviceId, online: false, channels: 0 } });
    await device.close();
    device = await openDevice(deviceId, {
      open: sender.open,
      control: (message) => {
        if (message.type === 'deviceControl') controls.push(message.ptzCmd ?? 'key');
        return true;
      },
      answer: ({ type }) =>
        type === 'presetQuery' ? { type: 'presets', sumNum: 1, items: [{ presetId: '3', name: '大门' }] } : undefined,
    });
    await join(sip);
    await until(async () => (await seen())['online'] === true, 'the device is online');
  });

  it('is asked for what it has', async () => {
    await until(async () => (await seen())['catalog_at'] !== null, 'the catalogue is there');
    const channels = await call('GET', `/api/video/gb/devices/${deviceId}/channels`);
    expect(channels.body).toEqual({
      items: [
        {
          deviceId,
          channelId,
          name: '村口',
          online: true,
          manufacturer: null,
          lon: 119.01,
          lat: 31.52,
          hasPtz: true,
          cameraId: null,
        },
      ],
    });
    const refreshed = await call('POST', `/api/video/gb/devices/${deviceId}/refresh`);
    expect(refreshed.body).toEqual({ channels: 1, complete: true });
    const list = await call('GET', '/api/video/gb/devices');
    expect(list.body).toMatchObject({ items: [{ deviceId, unentered: 1, online: true }], nextCursor: null });
    expect(await call('GET', '/api/video/gb/server')).toMatchObject({
      body: { serverId: sip.serverId, domain: '9901011000', port: sip.sipPort, running: true },
    });
  });

  it('tells changes of its channels', async () => {
    await until(() => sip.platform.isSubscribed(deviceId, 'catalog'), 'the platform has subscribed');
    device.catalogChanged([{ deviceId: channelId, event: 'OFF' }]);
    const channel = async () =>
      (await town.owner.query('select online from video_gb_channels')).rows[0] as { online: boolean };
    await until(async () => !(await channel()).online, 'the channel is off');
    device.catalogChanged([{ deviceId: channelId, event: 'ON' }]);
    await until(async () => (await channel()).online, 'the channel is on again');
    expect((await seen())['online']).toBe(true);
  });

  it('reports, once a second at most', async () => {
    for (let n = 0; n < 5; n++) await device.alarm({ deviceId: channelId, priority: 1, method: 5, alarmType: 2 });
    const events = async () =>
      (await town.owner.query("select payload from kernel_outbox where type = 'video.gb-alarm'")).rows as object[];
    await until(async () => (await events()).length > 0, 'the event');
    expect(await events()).toMatchObject([
      { payload: { deviceId, channelId, priority: 1, method: 5, kind: 2, cameraId: null } },
    ]);
  });

  it.each(['udp', 'tcp-passive', 'tcp-active'] as const)('sends its picture over %s', async (transport) => {
    const tracks: (readonly Track[])[] = [];
    const frames: { frame: Frame; wallMs: number }[] = [];
    const problems: string[] = [];
    const before = sender.requests.length;
    const source = openGbSource(town.rt)(
      {
        cameraId: newId(),
        variant: 'main',
        source: { kind: 'gb28181', deviceId, channelId, transport },
        password: null,
      },
      {
        onTracks: (list) => void tracks.push(list),
        onFrame: (frame, wallMs) => void frames.push({ frame, wallMs }),
        onProblem: (problem, reason) => void problems.push(`${problem}: ${reason}`),
      },
    );
    await until(() => frames.length > 60, `frames (${problems.join()})`);
    source.requestKey();
    await until(() => controls.includes('key'), 'a key picture is asked for');
    controls.length = 0;
    source.close();
    await until(() => sender.running === 0, 'the device is told to stop');
    expect(problems).toEqual([]);
    expect(sender.requests.slice(before).map(({ offer }) => offer.transport)).toEqual([transport]);
    expect(tracks.map((list) => list.map(({ codec }) => codec))).toEqual([['h264', 'pcma']]);
    expect(frames[0]?.frame).toMatchObject({ kind: 'video', key: true });
    const pictures = frames.filter(({ frame }) => frame.kind === 'video');
    const steps = pictures.slice(1).map(({ frame }, i) => frame.ptsUs - (pictures[i]?.frame.ptsUs ?? 0));
    expect(new Set(steps)).toEqual(new Set([40_000]));
    expect(pictures[0]?.wallMs).toBeGreaterThan(Date.now() - 20_000);
  });

  it('stops turning by itself when nobody says more', async () => {
    await askSip(town.rt, 'ptz', { deviceId, channelId, command: { do: 'move', pan: 0.5, tilt: 0, zoom: 0 } });
    const began = performance.now();
    await until(() => controls.length === 2, 'the stop');
    expect(performance.now() - began).toBeGreaterThan(800);
    expect(controls).toEqual(['A50F010180000036', 'A50F0100000000B5']);
    expect(await askSip(town.rt, 'presets', { deviceId, channelId })).toEqual({ items: [{ preset: 3, name: '大门' }] });
  });

  it('is still there for the next process, and is called again', async () => {
    const port = sip.sipPort;
    await sip.close();
    sip = await startSip(town.rt, { ...sipOptions, sipPort: port });
    expect(sip.platform.isOnline(deviceId)).toBe(true);
    const session = await askSip(town.rt, 'invite', {
      deviceId,
      channelId,
      kind: 'live',
      local: { port: 30_100, transport: 'udp' },
    });
    expect(session.deviceHost).toBe('127.0.0.1');
    await askSip(town.rt, 'bye', { sessionId: session.sessionId });
    await until(() => sender.running === 0, 'hung up');
    await expect(askSip(town.rt, 'ping', { sessionId: session.sessionId })).rejects.toMatchObject({ code: 'session' });
  });

  it('is told apart from forgers at the inner door', async () => {
    const plain = await fetch(`${sip.innerUrl}/inner/reload`, { method: 'POST', body: '{}' });
    expect(plain.status).toBe(403);
  });

  it('may not stay when it is deleted', async () => {
    expect((await call('DELETE', `/api/video/gb/devices/${deviceId}`)).status).toBe(200);
    await until(() => !sip.platform.isOnline(deviceId), 'it is out');
    expect((await call('POST', `/api/video/gb/devices/${deviceId}/refresh`)).status).toBe(404);
  });
});
