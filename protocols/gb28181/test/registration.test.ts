import { afterEach, describe, expect, it } from 'vitest';
import { createRequest, exchange, newCallId, SipEndpoint, type SipRequest, type SipResponse } from '@wangge/sip';
import { ManualClock } from '@wangge/sip/testkit';
import { encodeMessage, type OfflineReason, type Platform, type PlatformOptions } from '@wangge/gb28181';
import { deviceId, fast, join, memoryStore, openDevice, openPlatform, password, upperOf } from './town.ts';

const open: { close(): Promise<void> }[] = [];
afterEach(async () => {
  for (const one of open.splice(0)) await one.close();
});

async function platformOf(options: Partial<PlatformOptions> = {}): Promise<Platform> {
  const platform = await openPlatform(options);
  open.push(platform);
  return platform;
}

/** A device that says exactly what it is told to. */
async function rawDevice(platform: Platform, host = '127.0.0.1') {
  const endpoint = new SipEndpoint({
    udp: { host, port: 0 },
    timers: fast,
    onRequest: (transaction) => transaction.respond({ status: 200 }),
  });
  await endpoint.start();
  open.push(endpoint);
  const remote = { transport: 'udp', host: '127.0.0.1', port: platform.endpoint.port('udp') } as const;
  let cseq = 0;
  const send = (
    method: string,
    headers: Record<string, string | number>,
    secret?: string,
    content?: SipRequest['body'],
  ): Promise<SipResponse> => {
    const parts = {
      method,
      uri: 'sip:340',
      from: `<sip:${deviceId}@3402000000>;tag=1`,
      to: '<sip:340>',
      callId: newCallId(),
      cseq: (cseq += 2),
      headers,
    };
    const request = createRequest({
      ...parts,
      ...(content ? { content: { type: 'Application/MANSCDP+xml', body: content } } : {}),
    });
    return exchange(
      endpoint,
      request,
      remote,
      secret === undefined ? {} : { credentials: { username: deviceId, password: secret } },
    );
  };
  const keepalive = () =>
    send('MESSAGE', {}, undefined, encodeMessage({ type: 'keepalive', sn: 1, deviceId, status: 'OK' }));
  return {
    register: (expires: number, secret?: string) => send('REGISTER', { expires, contact: '<sip:x@127.0.0.1>' }, secret),
    keepalive,
    send,
  };
}

describe('registration', () => {
  it.each([true, false])('by digest, qop %s: clock, contact and expiry come back', async (qop) => {
    const store = memoryStore();
    const platform = await platformOf({ qop, store });
    const { register } = await rawDevice(platform);
    const challenge = await register(3600);
    expect(challenge.status).toBe(401);
    expect(challenge.headers.get('www-authenticate')).toMatch(
      /^Digest realm="3402000000", nonce="[^"]+", algorithm=MD5/,
    );
    expect(/qop="auth"/.test(challenge.headers.get('www-authenticate')!)).toBe(qop);
    const ok = await register(3600, password);
    expect(ok).toMatchObject({ status: 200 });
    expect(ok.headers.get('date')).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}$/);
    expect(ok.headers.get('expires')).toBe('3600');
    expect(ok.headers.get('contact')).toBe('<sip:x@127.0.0.1>');
    expect(store.kept.get(deviceId)).toMatchObject({ remote: { transport: 'udp', host: '127.0.0.1' } });
    expect((await register(3600, password)).status).toBe(200);
    expect((await register(0, password)).status).toBe(200);
    expect(platform.isOnline(deviceId)).toBe(false);
    expect(store.kept.size).toBe(0);
  });

  it('refuses wrong passwords and unknown numbers alike', async () => {
    const refused: string[] = [];
    const platform = await platformOf({ onRefused: (_, why) => refused.push(why) });
    expect((await (await rawDevice(platform)).register(3600, 'wrong')).status).toBe(403);
    const strict = await platformOf({ password: () => undefined, onRefused: (_, why) => refused.push(why) });
    const stranger = await rawDevice(strict);
    expect((await stranger.register(3600)).status).toBe(401);
    expect((await stranger.register(3600, password)).status).toBe(403);
    expect((await stranger.keepalive()).status).toBe(403);
    expect(refused).toEqual(['password', 'unknown', 'address']);
  });

  it('a store that fails is an error, and the device is not taken for registered', async () => {
    const platform = await platformOf({
      store: { ...memoryStore(), save: () => Promise.reject(new Error('disk full')) },
    });
    expect((await (await rawDevice(platform)).register(3600, password)).status).toBe(500);
    expect(platform.isOnline(deviceId)).toBe(false);
  });

  it('many at once of one device end in one registration', async () => {
    const platform = await platformOf();
    const { register } = await rawDevice(platform);
    const answers = await Promise.all(Array.from({ length: 20 }, (_, n) => register(n % 2 ? 0 : 3600, password)));
    expect(answers.map(({ status }) => status)).toEqual(Array.from({ length: 20 }, () => 200));
    expect(platform.devices().length).toBeLessThanOrEqual(1);
  });
});

describe('being there', () => {
  const seconds = (clock: ManualClock, n: number): void => clock.advance(n * 1000);

  it('ends with silence, comes back with a keepalive, ends with the registration', async () => {
    const clock = new ManualClock();
    const log: ('online' | OfflineReason)[] = [];
    const platform = await platformOf({
      clock,
      onOnline: () => log.push('online'),
      onOffline: (_, reason) => log.push(reason),
    });
    const { register, keepalive } = await rawDevice(platform);
    await register(600, password);
    seconds(clock, 179);
    expect(log).toEqual(['online']);
    seconds(clock, 10);
    expect(log).toEqual(['online', 'keepalive']);
    expect((await keepalive()).status).toBe(200);
    expect(log).toEqual(['online', 'keepalive', 'online']);
    for (let n = 0; n < 3; n++) {
      seconds(clock, 120);
      await keepalive();
    }
    seconds(clock, 120);
    expect(log).toEqual(['online', 'keepalive', 'online', 'expired']);
    expect((await keepalive()).status).toBe(403);
  });

  it('takes its streams along when it goes', async () => {
    const clock = new ManualClock();
    const platform = await platformOf({ clock });
    const device = await openDevice({
      open: async () => ({
        address: '127.0.0.1',
        port: 1,
        start: () => new Promise(() => undefined),
        close: () => undefined,
      }),
    });
    open.push(device);
    await join(device, upperOf(platform));
    const local = { address: '127.0.0.1', port: 30_000, transport: 'udp', ssrc: 1 } as const;
    const session = await platform.invite(deviceId, { kind: 'Play', channelId: deviceId, local });
    // It cannot be steered, and says so.
    await expect(session.control({ type: 'pause' })).rejects.toMatchObject({ code: 'refused', status: 488 });
    seconds(clock, 200);
    expect(await session.ended).toBe('local');
    expect(platform.isOnline(deviceId)).toBe(false);
    await expect(platform.catalog(deviceId)).rejects.toMatchObject({ code: 'device' });
  });

  it('survives a restart', async () => {
    const store = memoryStore();
    const first = await openPlatform({ store });
    const { register } = await rawDevice(first);
    await register(3600, password);
    await first.close();
    const second = await platformOf({ store });
    expect(second.isOnline(deviceId)).toBe(true);
    expect((await (await rawDevice(second)).keepalive()).status).toBe(200);
  });

  it('is not believed from another address', async () => {
    const platform = await platformOf();
    await (await rawDevice(platform)).register(3600, password);
    expect((await (await rawDevice(platform, '127.0.0.2')).keepalive()).status).toBe(403);
    expect((await (await rawDevice(platform)).keepalive()).status).toBe(200);
  });

  it('gives what has come when a device falls silent in the middle of its catalogue', async () => {
    const platform = await platformOf();
    const device = await rawDevice(platform);
    await device.register(3600, password);
    const asked = platform.catalog(deviceId, 100);
    const part = encodeMessage({ type: 'catalog', sn: 4_711_000, deviceId, sumNum: 5, items: [{ deviceId: 'a' }] });
    // With another SN than asked, too: there is only one question.
    expect((await device.send('MESSAGE', {}, undefined, part)).status).toBe(200);
    expect(await asked).toEqual({ items: [{ deviceId: 'a' }], sumNum: 5, complete: false });
  });

  it('takes garbage without harm', async () => {
    const platform = await platformOf();
    const device = await rawDevice(platform);
    await device.register(3600, password);
    expect((await device.send('MESSAGE', {}, undefined, Buffer.from('<x'))).status).toBe(400);
    expect((await device.send('NOTIFY', {}, undefined, Buffer.from('hello'))).status).toBe(200);
    expect((await device.send('INVITE_', {})).status).toBe(405);
    expect((await device.keepalive()).status).toBe(200);
  });

  it('a device keeps itself registered when the platform forgets it', async () => {
    const platform = await platformOf();
    const device = await openDevice();
    open.push(device);
    await join(device, { ...upperOf(platform), keepaliveSeconds: 0.05 });
    const { promise, resolve } = Promise.withResolvers<void>();
    const again = await openPlatform({ udp: { host: '127.0.0.1', port: 0 }, onOnline: () => resolve() });
    open.push(again);
    const port = platform.endpoint.port('udp');
    await platform.close();
    // The same port, an empty store: the keepalive is answered 403, the device registers anew.
    const reborn = await openPlatform({ udp: { host: '127.0.0.1', port }, onOnline: () => resolve() });
    open.push(reborn);
    await promise;
    expect(reborn.isOnline(deviceId)).toBe(true);
  });
});
