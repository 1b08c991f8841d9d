/** The GB/T 28181 recorder at our own platform: catalogue, live by all transports, playback, PTZ, alarm, broadcast. */
import { createSocket } from 'node:dgram';
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';
import type { Frame } from '@wangge/codec';
import { encodePtz, formatGbTime, type MessageOf, Platform, type Registration } from '@wangge/gb28181';
import { openSniffed } from '@wangge/mpeg-ps';
import { buildRtp, parseRtp, Rfc4571Splitter } from '@wangge/rtp';
import { beforeAll, expect, onTestFinished, test } from 'vitest';
import { GbRecorder } from '../src/index.ts';
import { cameraOf, makeTestFilm, makingMs } from './films.ts';

beforeAll(makeTestFilm, makingMs);
const host = '127.0.0.1';
const serverId = '34020000002000000001';
const deviceId = '34020000001180000001';
type Alarm = MessageOf<'alarm'>;

async function openTown() {
  const kept = new Map<string, Registration>();
  const alarms: Alarm[] = [];
  const platform = new Platform({
    serverId,
    udp: { host, port: 0 },
    tcp: { host, port: 0 },
    password: () => '12345678',
    store: {
      load: async () => [...kept.values()],
      save: async (one) => void kept.set(one.deviceId, one),
      remove: async (id) => void kept.delete(id),
    },
    onAlarm: (_, alarm) => void alarms.push(alarm),
  });
  await platform.start();
  onTestFinished(() => platform.close());
  const channels = Array.from({ length: 9 }, (_, n) => ({
    camera: cameraOf({ number: n + 1 }),
    name: `水库 ${n + 1}`,
  }));
  const recorder = new GbRecorder({ deviceId, channels });
  onTestFinished(() => recorder.close());
  await new Promise<void>((resolve, reject) => {
    const upper = { serverId, host, port: platform.endpoint.port('udp'), password: '12345678' };
    recorder.join({ ...upper, onOnline: resolve, onOffline: (reason) => reject(new Error(reason)) }).catch(reject);
  });
  return { platform, recorder, alarms };
}

/** Takes a stream in: frames of whatever comes. */
function receiver() {
  const frames: Frame[] = [];
  const demuxer = openSniffed({ onTrack: () => {}, onFrame: (frame) => void frames.push(frame) });
  const onPacket = (bytes: Buffer): void => {
    const packet = parseRtp(bytes);
    if (packet === undefined) return;
    demuxer.push(packet.payload, Math.round((packet.timestamp * 100) / 9));
    if (packet.marker) demuxer.flush();
  };
  return { frames, onPacket };
}

const enough = (frames: readonly Frame[], count: number) =>
  expect.poll(() => frames.length, { timeout: 15_000 }).toBeGreaterThanOrEqual(count);

test('names its channels, in several messages', async () => {
  const { platform } = await openTown();
  const { items, complete } = await platform.catalog(deviceId);
  expect(complete).toBe(true);
  expect(items.map(({ name }) => name)).toEqual(Array.from({ length: 9 }, (_, n) => `水库 ${n + 1}`));
  expect(new Set(items.map((item) => item.deviceId)).size).toBe(9);
});

test.for(['udp', 'tcp-passive', 'tcp-active'] as const)('live by %s', { timeout: 30_000 }, async (transport) => {
  const { platform, recorder } = await openTown();
  const { frames, onPacket } = receiver();
  const sockets: Socket[] = [];
  const take = (socket: Socket): void => {
    const splitter = new Rfc4571Splitter(onPacket);
    sockets.push(socket);
    socket.on('data', (data: Buffer) => splitter.push(data));
    socket.on('error', () => {});
  };
  let port = 9;
  if (transport === 'udp') {
    const socket = createSocket('udp4');
    socket.on('message', onPacket);
    await new Promise<void>((resolve) => socket.bind(0, host, () => resolve()));
    onTestFinished(() => void socket.close());
    port = socket.address().port;
  } else if (transport === 'tcp-passive') {
    const server = createServer(take);
    await new Promise<void>((resolve) => server.listen(0, host, () => resolve()));
    onTestFinished(() => void server.close());
    port = (server.address() as AddressInfo).port;
  }
  const channelId = recorder.channelId(2);
  const local = { address: host, port, transport, ssrc: 200_001 };
  const session = await platform.invite(deviceId, { kind: 'Play', channelId, local });
  if (transport === 'tcp-active') take(connect(session.remote.port, host));
  await enough(frames, 25);
  expect(frames[0]).toMatchObject({ kind: 'video', codec: 'h264', key: true });
  await session.bye();
  await expect.poll(() => recorder.device.streams).toBe(0);
  for (const socket of sockets) socket.destroy();
});

test('a recording is found, played faster and to its end', { timeout: 30_000 }, async () => {
  const { platform, recorder } = await openTown();
  const now = Math.floor(Date.now() / 1000) * 1000;
  const channelId = recorder.channelId(0);
  const { items } = await platform.records(deviceId, channelId, { startMs: now - 3 * 3600_000, endMs: now });
  expect(items.length).toBeGreaterThanOrEqual(3);
  expect(items[0]?.startTime).toMatch(/^\d{4}-\d\d-\d\dT/);
  expect(items.at(-1)!.endTime! <= formatGbTime(now + 60_000)).toBe(true);
  const { frames, onPacket } = receiver();
  const socket = createSocket('udp4');
  socket.on('message', onPacket);
  await new Promise<void>((resolve) => socket.bind(0, host, () => resolve()));
  onTestFinished(() => void socket.close());
  const local = { address: host, port: socket.address().port, transport: 'udp' as const, ssrc: 1_200_001 };
  const session = await platform.invite(deviceId, {
    kind: 'Playback',
    channelId,
    local,
    startMs: now - 60_000,
    endMs: now - 40_000,
  });
  await enough(frames, 5);
  await session.control({ type: 'speed', scale: 16 });
  await session.finished;
  await expect.poll(() => frames.length).toBeGreaterThan(150);
  await session.bye();
});

test('steers, keeps presets, gives alarms', { timeout: 30_000 }, async () => {
  const { platform, recorder, alarms } = await openTown();
  const channelId = recorder.channelId(1);
  const control = (ptzCmd: string) => platform.control(deviceId, channelId, { ptzCmd });
  await control(encodePtz({ type: 'move', pan: 128, tilt: 0, zoom: 0 }));
  await expect.poll(() => recorder.head(channelId).position.pan).toBeGreaterThan(0.01);
  await control(encodePtz({ type: 'move', pan: 0, tilt: 0, zoom: 0 }));
  await expect.poll(() => recorder.head(channelId).moving).toBe(false);
  await control(encodePtz({ type: 'preset', action: 'set', preset: 3 }));
  await expect.poll(() => recorder.head(channelId).presets.map(({ token }) => token)).toEqual(['3']);
  await recorder.alarm(1, '有人闯入');
  await expect
    .poll(() => alarms)
    .toMatchObject([{ deviceId: channelId, method: 5, alarmType: 2, description: '有人闯入' }]);
});

test('takes the sound of a broadcast', { timeout: 30_000 }, async () => {
  const { platform, recorder } = await openTown();
  const socket = createSocket('udp4');
  await new Promise<void>((resolve) => socket.bind(0, host, () => resolve()));
  onTestFinished(() => void socket.close());
  const session = await platform.broadcast(deviceId, recorder.channelId(0), async () => ({
    address: host,
    port: socket.address().port,
  }));
  const packet = buildRtp({ payloadType: 8, marker: false, sequence: 1, timestamp: 0, ssrc: 7 }, new Uint8Array(160));
  socket.send(packet, session.remote.port, host);
  await expect.poll(() => recorder.heard).toEqual({ packets: 1, bytes: 160 });
  await session.bye();
});
