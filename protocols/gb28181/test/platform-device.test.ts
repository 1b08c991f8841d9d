import { afterEach, describe, expect, it } from 'vitest';
import type { Device, DeviceSource, Platform, PlatformOptions, StreamRequest } from '@wangge/gb28181';
import { channelId, channels, deviceId, join, openDevice, openPlatform, serverId, upperOf } from './town.ts';

const open: { close(): Promise<void> }[] = [];
afterEach(async () => {
  for (const one of open.splice(0)) await one.close();
});

async function town(
  options: Partial<PlatformOptions> = {},
  source: Partial<DeviceSource> = {},
  transport: 'udp' | 'tcp' = 'udp',
) {
  const platform = await openPlatform(options);
  const device = await openDevice(source);
  open.push(device, platform);
  await join(device, upperOf(platform, transport));
  return { platform, device };
}

const local = { address: '127.0.0.1', port: 30_000, transport: 'udp', ssrc: 200_000_001 } as const;

/** A media engine that remembers what it was told. */
function engine(media: { fileMs?: number } = {}) {
  const told: string[] = [];
  const requests: StreamRequest[] = [];
  const eof = Promise.withResolvers<void>();
  const open: DeviceSource['open'] = async (request) => {
    requests.push(request);
    return {
      address: '127.0.0.1',
      port: 40_000,
      start: () => {
        told.push('start');
        return media.fileMs === undefined ? new Promise(() => undefined) : eof.promise;
      },
      control: (control) => void told.push(control.type),
      close: () => void told.push('close'),
    };
  };
  return { told, requests, open, eof };
}

describe.each(['udp', 'tcp'] as const)('platform and device over %s', (transport) => {
  it('ask and answer: catalogue in parts, information, recordings, presets', async () => {
    const many = channels(103);
    const { platform } = await town(
      {},
      {
        channels: () => many,
        records: (query) => [
          {
            deviceId: query.deviceId,
            name: '录像',
            startTime: query.startTime,
            endTime: query.endTime,
            type: 'time',
            fileSize: 1,
          },
        ],
        answer: ({ type }) =>
          type === 'presetQuery' ? { type: 'presets', sumNum: 1, items: [{ presetId: '1', name: '大门' }] } : undefined,
      },
      transport,
    );
    const catalog = await platform.catalog(deviceId);
    expect(catalog).toMatchObject({ complete: true, sumNum: 103 });
    expect(catalog.items).toEqual(many);
    const info = await platform.ask(deviceId, deviceId, 'deviceInfoQuery', {}, 'deviceInfo');
    expect(info).toMatchObject({ deviceName: '模拟录像机', manufacturer: 'Wangge' });
    const day = { startMs: Date.UTC(2026, 0, 1, 16), endMs: Date.UTC(2026, 0, 2, 16) };
    expect((await platform.records(deviceId, channelId, day)).items).toEqual([
      {
        deviceId: channelId,
        name: '录像',
        startTime: '2026-01-02T00:00:00',
        endTime: '2026-01-03T00:00:00',
        type: 'time',
        fileSize: 1,
      },
    ]);
    const presets = await platform.ask(deviceId, channelId, 'presetQuery', {}, 'presets');
    expect(presets.items).toEqual([{ presetId: '1', name: '大门' }]);
  });

  it('play live, and either side hangs up', async () => {
    const { told, requests, open: openMedia } = engine();
    const { platform, device } = await town({}, { open: openMedia }, transport);
    const session = await platform.invite(deviceId, { kind: 'Play', channelId, local });
    expect(requests[0]).toMatchObject({
      channelId,
      serverId,
      offer: { kind: 'Play', ssrc: local.ssrc, port: 30_000, transport: 'udp' },
    });
    expect(session.remote).toMatchObject({ address: '127.0.0.1', port: 40_000, payloads: [{ encoding: 'PS' }] });
    expect(session.ssrc).toBe(local.ssrc);
    await expect.poll(() => told).toEqual(['start']);
    await session.bye();
    expect(await session.ended).toBe('local');
    await expect.poll(() => told).toEqual(['start', 'close']);

    const second = await platform.invite(deviceId, {
      kind: 'Play',
      channelId,
      local: { ...local, transport: 'tcp-passive' },
    });
    expect(second.remote.transport).toBe('tcp-active');
    await device.close();
    expect(await second.ended).toBe('remote');
  });

  it('steer a playback and hear of its end', async () => {
    const { told, open: openMedia, eof, requests } = engine({ fileMs: 1 });
    const { platform } = await town({}, { open: openMedia }, transport);
    const range = { startMs: Date.UTC(2026, 0, 1), endMs: Date.UTC(2026, 0, 1, 1) };
    const session = await platform.invite(deviceId, { kind: 'Playback', channelId, local, ...range });
    expect(requests[0]!.offer).toMatchObject(range);
    await session.control({ type: 'pause' });
    await session.control({ type: 'speed', scale: 4 });
    await session.control({ type: 'seek', seconds: 60 });
    await session.control({ type: 'resume' });
    eof.resolve();
    await session.finished;
    await session.bye();
    await expect.poll(() => told).toEqual(['start', 'pause', 'speed', 'seek', 'resume', 'close']);
  });

  it('download with a speed', async () => {
    const { requests, open: openMedia } = engine();
    const { platform } = await town({}, { open: openMedia }, transport);
    const session = await platform.invite(deviceId, {
      kind: 'Download',
      channelId,
      local,
      startMs: 0,
      endMs: 1000,
      speed: 8,
    });
    expect(requests[0]!.offer).toMatchObject({ kind: 'Download', downloadSpeed: 8 });
    await session.bye();
  });

  it('steer the camera', async () => {
    const heard: object[] = [];
    const { platform } = await town({}, { control: (message) => heard.push(message) > 0 }, transport);
    await platform.ptz(deviceId, channelId, { type: 'move', pan: 50, tilt: 0, zoom: 0 });
    await platform.keyFrame(deviceId, channelId);
    await platform.control(deviceId, channelId, { dragZoomIn: { length: 1, width: 2 } });
    const answer = await platform.ask(deviceId, channelId, 'deviceControl', { guardCmd: 'SetGuard' }, 'controlAnswer');
    expect(answer.result).toBe('OK');
    expect(heard).toMatchObject([
      { ptzCmd: 'A50F0101320000E8', deviceId: channelId },
      { iFameCmd: 'Send' },
      { dragZoomIn: { width: 2 } },
      { guardCmd: 'SetGuard' },
    ]);
  });

  it('speak to a device', async () => {
    const told: unknown[] = [];
    const { platform } = await town(
      {},
      {
        listen: async (targetId) => ({
          address: '127.0.0.1',
          port: 41_000,
          transport: 'tcp-active',
          ssrc: 5,
          start: (answer) => void told.push(targetId, answer.port, answer.transport),
          close: () => void told.push('close'),
        }),
      },
      transport,
    );
    const session = await platform.broadcast(deviceId, channelId, async (offer) => {
      expect(offer).toMatchObject({
        media: 'audio',
        port: 41_000,
        transport: 'tcp-active',
        payloads: [{ encoding: 'PCMA' }],
      });
      return { address: '127.0.0.1', port: 42_000 };
    });
    expect(session.local).toMatchObject({ transport: 'tcp-passive', ssrc: 5 });
    await session.bye();
    await expect.poll(() => told).toEqual([channelId, 42_000, 'tcp-passive', 'close']);
  });

  it('notify what was subscribed to', async () => {
    const heard: string[] = [];
    const { platform, device } = await town(
      {
        onCatalog: (_, items) => heard.push(`${items[0]!.event} ${items[0]!.deviceId}`),
        onAlarm: (_, { description }) => heard.push(description ?? ''),
        onPosition: (_, { longitude }) => heard.push(String(longitude)),
      },
      {},
      transport,
    );
    const alarm = { deviceId: channelId, priority: 1, method: 5, description: '入侵' };
    // Unasked, as recorders do.
    await device.alarm(alarm);
    for (const topic of ['catalog', 'alarm', 'mobile-position'] as const) platform.subscribe(deviceId, topic);
    await expect
      .poll(() => platform.isSubscribed(deviceId, 'mobile-position') && platform.isSubscribed(deviceId, 'alarm'))
      .toBe(true);
    await expect.poll(() => platform.isSubscribed(deviceId, 'catalog')).toBe(true);
    device.catalogChanged([{ deviceId: channelId, event: 'OFF' }]);
    device.position({ deviceId: channelId, longitude: 120.5 });
    await device.alarm({ ...alarm, description: '越界' });
    await expect.poll(() => heard.toSorted()).toEqual(['120.5', `OFF ${channelId}`, '入侵', '越界']);
    await platform.unsubscribe(deviceId, 'catalog');
    expect(platform.isSubscribed(deviceId, 'catalog')).toBe(false);
  });
});

describe('what goes wrong', () => {
  it('a stream is refused, or nobody is there', async () => {
    const { platform } = await town({}, {});
    await expect(platform.invite(deviceId, { kind: 'Play', channelId, local })).rejects.toMatchObject({
      code: 'refused',
      status: 488,
    });
    await expect(platform.invite('34020000001320000099', { kind: 'Play', channelId, local })).rejects.toMatchObject({
      code: 'device',
    });
    await expect(platform.invite(deviceId, { kind: 'Playback', channelId, local })).rejects.toMatchObject({
      code: 'value',
    });
    await expect(platform.broadcast(deviceId, channelId, async () => local)).rejects.toMatchObject({ code: 'refused' });
  });

  it('a stream is given up while the device makes ready', async () => {
    const { told, open: openMedia } = engine();
    const gate = Promise.withResolvers<void>();
    const { platform, device } = await town(
      {},
      { open: async (request) => gate.promise.then(() => openMedia!(request)) },
    );
    const abort = new AbortController();
    const asked = platform.invite(deviceId, { kind: 'Play', channelId, local, signal: abort.signal });
    const refused = asked.catch((error: unknown) => error);
    await expect.poll(() => device.endpoint.pending.servers).toBeGreaterThan(0);
    abort.abort();
    expect(await refused).toMatchObject({ code: 'closed' });
    await expect.poll(() => platform.endpoint.pending.clients).toBeLessThan(3);
    gate.resolve();
    await expect.poll(() => told.at(-1)).toBe('close');
    expect(device.streams).toBe(0);
  });

  it('a device that answers only half of what it announced, or nothing', async () => {
    const { platform } = await town({}, { channels: () => Promise.reject(new Error('no disk')) });
    await expect(platform.catalog(deviceId, 50)).rejects.toMatchObject({ code: 'timeout' });
    await expect(platform.ask(deviceId, deviceId, 'homePositionQuery', {}, 'homePosition', 50)).rejects.toMatchObject({
      code: 'timeout',
    });
  });
});

describe('cascade', () => {
  it('shows each platform above its own numbers, and hides what it shall not see', async () => {
    const platforms: Platform[] = [await openPlatform(), await openPlatform()];
    const asked: StreamRequest[] = [];
    const device: Device = await openDevice({
      open: async (request) => {
        asked.push(request);
        return undefined;
      },
    });
    open.push(device, ...platforms);
    const city = (id: string) => `5101${id.slice(4)}`;
    const names = {
      outward: (id: string) => (id.endsWith('3') ? null : city(id)),
      inward: (id: string) => (id.startsWith('5101') ? `3402${id.slice(4)}` : null),
    };
    await join(device, upperOf(platforms[0]!));
    await join(device, {
      ...upperOf(platforms[1]!),
      serverId: '51010000002000000001',
      domain: '3402000000',
      deviceId: city(deviceId),
      names,
    });
    const [own, renamed] = [await platforms[0]!.catalog(deviceId), await platforms[1]!.catalog(city(deviceId))];
    expect(own.items.map((item) => item.deviceId)).toEqual(channels(3).map((item) => item.deviceId));
    expect(renamed.items.map((item) => item.deviceId)).toEqual(channels(2).map((item) => city(item.deviceId)));
    await expect(
      platforms[1]!.invite(city(deviceId), { kind: 'Play', channelId: city(channelId), local }),
    ).rejects.toMatchObject({ status: 488 });
    expect(asked[0]).toMatchObject({ channelId });
    await expect(platforms[1]!.invite(city(deviceId), { kind: 'Play', channelId, local })).rejects.toMatchObject({
      status: 404,
    });
  });
});
