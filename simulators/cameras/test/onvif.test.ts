/** The ONVIF device, asked by the npm package `onvif`. */
import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { createRequire } from 'node:module';
import sharp from 'sharp';
import { beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { answerDiscovery, OnvifDevice } from '../src/index.ts';
import { Head } from '../src/onvif/head.ts';
import { cameraOf, makeTestFilm, makingMs } from './films.ts';

beforeAll(makeTestFilm, makingMs);

interface Cam {
  readonly profiles: readonly { readonly $: { readonly token: string } }[];
  [method: string]: unknown;
}
type CamClass = new (options: object, done: (this: Cam, error: Error | null) => void) => Cam;
const { Cam } = createRequire(import.meta.url)('onvif') as { Cam: CamClass };

async function openDevice() {
  const credentials = { user: 'admin', password: 'Abc-123' };
  const camera = cameraOf();
  const device = await OnvifDevice.listen({
    camera,
    name: '一号水库',
    port: 0,
    rtspBase: 'rtsp://127.0.0.1:8654',
    credentials,
  });
  onTestFinished(() => device.close());
  return { device, camera, credentials };
}

function connect(port: number, username: string, password: string): Promise<Cam> {
  return new Promise((resolve, reject) => {
    const cam: Cam = new Cam({ hostname: '127.0.0.1', port, username, password, timeout: 8000 }, (error) =>
      error === null || error === undefined ? resolve(cam) : reject(error),
    );
  });
}

/** Objects and texts, however deep. */
interface Answer {
  readonly [name: string]: Answer;
}

const ask = (cam: Cam, method: string, ...args: readonly unknown[]): Promise<Answer> =>
  new Promise((resolve, reject) => {
    const run = cam[method] as (...all: unknown[]) => void;
    run.call(cam, ...args, (error: Error | null, answer: unknown) =>
      error ? reject(error) : resolve(answer as Answer),
    );
  });

test('connects, names itself, gives addresses of both pictures', async () => {
  const { device, credentials } = await openDevice();
  const cam = await connect(device.port, credentials.user, credentials.password);
  expect(await ask(cam, 'getDeviceInformation')).toMatchObject({ manufacturer: 'Wangge', model: '一号水库' });
  expect(cam.profiles.map(({ $ }) => $.token)).toEqual(['main', 'sub']);
  for (const profileToken of ['main', 'sub']) {
    const { uri } = await ask(cam, 'getStreamUri', { protocol: 'RTSP', profileToken });
    expect(uri).toBe(`rtsp://127.0.0.1:8654/cam-1/${profileToken}`);
  }
  const { uri } = await ask(cam, 'getSnapshotUri', { profileToken: 'main' });
  expect((await fetch(String(uri))).status).toBe(401);
  const authorization = `Basic ${Buffer.from('admin:Abc-123').toString('base64')}`;
  const still = Buffer.from(await (await fetch(String(uri), { headers: { authorization } })).arrayBuffer());
  expect(await sharp(still).metadata()).toMatchObject({ format: 'jpeg', width: 1280, height: 720 });
});

test('a wrong password, no token and rubbish are refused', async () => {
  const { device } = await openDevice();
  // That client connects all the same, and fails with its first question.
  const cam = await connect(device.port, 'admin', 'wrong');
  await expect(ask(cam, 'getDeviceInformation')).rejects.toThrow(/not authorized/i);
  for (const body of ['', '<a', '<x/>', 'x'.repeat(300_000)]) {
    const answer = await fetch(`${device.address}/onvif/device_service`, { method: 'POST', body });
    expect(answer.status).toBe(400);
  }
});

test('a token overheard is good once', async () => {
  const { device } = await openDevice();
  const created = new Date().toISOString();
  const nonce = Buffer.from('0123456789abcdef');
  const { createHash } = await import('node:crypto');
  const digest = createHash('sha1').update(nonce).update(created).update('Abc-123').digest('base64');
  const body = `<s:Envelope xmlns:s="http://www.w3.org/2003/05/soap-envelope"><s:Header><Security><UsernameToken><Username>admin</Username><Password Type="x#PasswordDigest">${digest}</Password><Nonce>${nonce.toString('base64')}</Nonce><Created>${created}</Created></UsernameToken></Security></s:Header><s:Body><GetProfiles/></s:Body></s:Envelope>`;
  const send = async () => (await fetch(device.address, { method: 'POST', body })).status;
  expect([await send(), await send()]).toEqual([200, 400]);
});

test('turns, stops, keeps presets and goes back to them', async () => {
  const { device, credentials } = await openDevice();
  const cam = await connect(device.port, credentials.user, credentials.password);
  await ask(cam, 'continuousMove', { x: 0.5, y: -0.25, zoom: 0.1, profileToken: 'main' });
  expect(device.head.moving).toBe(true);
  await expect.poll(() => device.head.position.pan).toBeGreaterThan(0.01);
  await ask(cam, 'stop', { panTilt: true, zoom: true, profileToken: 'main' });
  const stopped = device.head.position;
  expect(device.head.moving).toBe(false);
  await ask(cam, 'setPreset', { presetName: '大门', profileToken: 'main' });
  device.head.move({ pan: -1, tilt: 1, zoom: 0 });
  const presets = await ask(cam, 'getPresets', { profileToken: 'main' });
  expect(Object.keys(presets)).toEqual(['大门']);
  await ask(cam, 'gotoPreset', { preset: presets['大门']?.['$']?.['token'], profileToken: 'main' });
  expect(device.head.position).toEqual(stopped);
  await expect(ask(cam, 'gotoPreset', { preset: 'nowhere', profileToken: 'main' })).rejects.toThrow(/no such preset/);
});

test('a head stops at the end of its way and of its time', () => {
  let now = 0;
  const head = new Head(() => now);
  head.move({ pan: 1, tilt: 0, zoom: -1 }, 2000);
  now = 60_000;
  expect(head.position).toEqual({ pan: 0.5, tilt: 0, zoom: 0 });
  head.move({ pan: 1, tilt: -1, zoom: 1 });
  now = 120_000;
  expect(head.position).toEqual({ pan: 1, tilt: -1, zoom: 1 });
});

test('motion reaches who pulls, also who was waiting', async () => {
  const { device, credentials } = await openDevice();
  const cam = await connect(device.port, credentials.user, credentials.password);
  await ask(cam, 'createPullPointSubscription');
  const waiting = ask(cam, 'pullMessages', { timeout: 'PT10S', messageLimit: 5 });
  await expect.poll(() => (device.motion(true), true)).toBe(true);
  const answer = await waiting;
  const messages = [answer['notificationMessage']].flat();
  expect(messages[0]?.['topic']?.['_']).toBe('tns1:VideoSource/MotionAlarm');
  expect(messages[0]?.['message']?.['message']?.['data']?.['simpleItem']?.['$']).toMatchObject({ Name: 'State' });
});

describe('discovery', () => {
  test('answers who asks for cameras, and nobody else', async () => {
    const discovery = await answerDiscovery({
      port: 0,
      devices: () => [{ address: 'http://127.0.0.1:1/onvif/device_service', name: '门口' }],
    });
    onTestFinished(() => discovery.close());
    const socket = createSocket('udp4');
    onTestFinished(() => void socket.close());
    const probe = (types: string) =>
      `<s:Envelope xmlns:s="http://www.w3.org/2003/05/soap-envelope" xmlns:a="http://schemas.xmlsoap.org/ws/2004/08/addressing"><s:Header><a:MessageID>urn:uuid:7</a:MessageID></s:Header><s:Body><Probe><Types>${types}</Types></Probe></s:Body></s:Envelope>`;
    const answered = once(socket, 'message') as Promise<[Buffer]>;
    socket.send(probe('dn:Printer'), discovery.port, '127.0.0.1');
    socket.send('rubbish', discovery.port, '127.0.0.1');
    socket.send(probe('dn:NetworkVideoTransmitter'), discovery.port, '127.0.0.1');
    const [message] = await answered;
    expect(message.toString()).toContain('http://127.0.0.1:1/onvif/device_service');
    expect(message.toString()).toContain('urn:uuid:7');
  });
});
