import { createSocket } from 'node:dgram';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { until } from '@wangge/kernel/testkit';
import { askCamera } from '../../src/onvif/ask-camera.ts';
import { discover } from '../../src/onvif/discover.ts';
import { onvifHead } from '../../src/onvif/head.ts';
import { addressOf } from '../../src/onvif/onvif-address.ts';
import { readProbeMatch } from '../../src/onvif/probe-match.ts';
import { chooseProfile, requestOnvifKey, resolveOnvif } from '../../src/onvif/resolve.ts';
import { OnvifCamera } from './onvif-camera.ts';

const password = 'p&ss<1>';
const camera = new OnvifCamera(password);
let source: { kind: 'onvif'; host: string; port: number; user: string };
beforeAll(async () => {
  source = { kind: 'onvif', host: '127.0.0.1', port: await camera.start(), user: 'admin' };
});
afterAll(() => camera.close());

describe('an ONVIF camera', () => {
  it('names its streams, which are looked for at its own address', async () => {
    const main = await resolveOnvif(source, password, 'main');
    expect(main).toEqual({
      url: 'rtsp://127.0.0.1:554/P_main?a=1&b=2',
      user: 'admin',
      password,
      profile: 'P_main',
    });
    expect((await resolveOnvif(source, password, 'sub')).profile).toBe('P_sub');
    expect((await resolveOnvif({ ...source, subProfile: 'P_main' }, password, 'sub')).profile).toBe('P_main');
  });

  it('refuses a wrong password, is away, or says rubbish: each is told apart', async () => {
    await expect(resolveOnvif(source, 'wrong', 'main')).rejects.toMatchObject({ problem: 'refused' });
    await expect(resolveOnvif({ ...source, port: 1 }, password, 'main')).rejects.toMatchObject({ problem: 'offline' });
    for (const body of ['', 'no xml', '<a><b></a>', '<s:Envelope xmlns:s="x"><s:Body><x/></s:Body></s:Envelope>']) {
      camera.rubbish = { operation: 'GetPresets', body };
      const asked = askCamera(addressOf(source, password), { do: 'presets' }, 1500);
      // Some answers break the library in the middle: then the time runs out, and that is all.
      await expect(asked).rejects.toMatchObject({ problem: expect.stringMatching(/^(faulty|silent)$/) as string });
    }
    camera.rubbish = null;
    expect((await resolveOnvif(source, password, 'main')).profile).toBe('P_main');
  });

  it('turns, and stops when nobody says more', async () => {
    camera.told.length = 0;
    const head = onvifHead('one', addressOf(source, password));
    await head.run({ do: 'move', pan: 0.5, tilt: -0.25, zoom: 0 }, null);
    await until(() => camera.told.includes('Stop'), 'the stop');
    expect(camera.told).toEqual(['move 0.5 -0.25 PT1S', 'Stop']);
  });

  it('keeps positions under its own names', async () => {
    const head = onvifHead('one', addressOf(source, password));
    expect(await head.presets()).toEqual([{ preset: 0, token: 'Preset_7', name: '大门' }]);
    const token = await head.run({ do: 'set', preset: 2, name: '桥 <东>' }, null);
    expect(token).toBe('Preset_8');
    expect((await head.presets()).map(({ name }) => name)).toContain('桥 <东>');
    await head.run({ do: 'go', preset: 2 }, token);
    expect(camera.told.at(-1)).toBe('go Preset_8');
    await head.run({ do: 'forget', preset: 2 }, token);
    expect(camera.presets.has('Preset_8')).toBe(false);
  });

  it('is asked for a key picture', async () => {
    await requestOnvifKey(source, password, 'P_main');
    expect(camera.told.at(-1)).toBe('SetSynchronizationPoint');
  });
});

describe('the choice of a stream', () => {
  const one = (token: string, width: number | null, encoding: string | null = 'H264') => ({
    token,
    name: token,
    encoding,
    width,
    height: width,
  });
  it.each([
    [[one('a', 1920), one('b', 640), one('c', 320)], 'a', 'c'],
    [[one('j', 100, 'JPEG'), one('a', 1920)], 'a', 'a'],
    [[one('a', null), one('b', 640)], 'a', 'b'],
    [[one('j', 100, 'JPEG')], null, null],
    [[], null, null],
  ])('main is the first, sub the smallest', (profiles, main, sub) => {
    expect([chooseProfile(profiles, 'main'), chooseProfile(profiles, 'sub')]).toEqual([main, sub]);
  });
});

const match = (
  xaddrs: string,
  scopes = 'onvif://www.onvif.org/name/IPC%20%E4%B8%9C onvif://www.onvif.org/hardware/X1',
) =>
  `<s:Envelope xmlns:s="a"><s:Body><d:ProbeMatches><d:ProbeMatch><d:Scopes>${scopes}</d:Scopes><d:XAddrs>${xaddrs}</d:XAddrs></d:ProbeMatch></d:ProbeMatches></s:Body></s:Envelope>`;

describe('discovery', () => {
  it('hears a device that answers', async () => {
    const device = createSocket('udp4');
    await new Promise<void>((done) => device.bind(0, '127.0.0.1', done));
    const asked: string[] = [];
    device.on('message', (data, from) => {
      asked.push(data.toString());
      for (const text of ['rubbish', match('ftp://10.0.0.1/'), match('http://10.0.0.8:8000/onvif/device_service')]) {
        device.send(text, from.port, from.address);
      }
    });
    const found = await discover(300, { address: '127.0.0.1', port: device.address().port });
    device.close();
    expect(asked[0]).toContain('NetworkVideoTransmitter');
    expect(found).toEqual([{ host: '10.0.0.8', port: 8000, name: 'IPC 东', hardware: 'X1' }]);
  });

  it.each([
    [match('http://[fe80::1]/x http://169.254.1.1/x http://10.0.0.9/x'), '10.0.0.9'],
    [match('http://camera.local/x'), null],
    ['<ProbeMatch>', null],
    ['', null],
  ])('takes an address of the network only', (text, host) => {
    expect(readProbeMatch(text)?.host ?? null).toBe(host);
  });

  it('bears a scope that cannot be read', () => {
    expect(readProbeMatch(match('http://10.0.0.9/x', 'onvif://www.onvif.org/name/%E4%B8'))?.name).toBe('%E4%B8');
  });
});
