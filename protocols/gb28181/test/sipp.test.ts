import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { standardTimers } from '@wangge/sip';
import type { Platform, PlatformOptions } from '@wangge/gb28181';
import { runSipp, sippNote, sippThere } from './peers.ts';
import { openPlatform, password } from './town.ts';

const scenario = (name: string): string => new URL(`sipp/${name}.xml`, import.meta.url).pathname;
let folder: string;
let platform: Platform | undefined;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'gb28181-sipp-'));
});
afterEach(async () => {
  await platform?.close();
  await rm(folder, { recursive: true });
});

const idOf = (n: number): string => `3402000000132${String(n).padStart(7, '0')}`;

async function devices(count: number): Promise<string> {
  const lines = Array.from(
    { length: count },
    (_, n) => `${idOf(n)};[authentication username=${idOf(n)} password=${password}]`,
  );
  const file = join(folder, 'devices.csv');
  await writeFile(file, `SEQUENTIAL\n${lines.join('\n')}\n`);
  return file;
}

async function start(options: Partial<PlatformOptions> = {}): Promise<Platform> {
  platform = await openPlatform({ sip: { timers: standardTimers }, ...options });
  return platform;
}

const target = (transport: 'udp' | 'tcp'): string => `127.0.0.1:${platform!.endpoint.port(transport)}`;
/** SIPp binds the port it is told; several tests at once must not tell it the same. */
const freePort = (): string => String(20_000 + (process.pid % 20_000) + Math.floor(Math.random() * 2000));

describe.skipIf(!sippThere)(`SIPp as a device${sippNote}`, () => {
  it.each([
    ['udp', 'u1', true],
    ['udp', 'u1', false],
    ['tcp', 't1', true],
  ] as const)('registers, keeps alive and sends its catalogue over %s (%s, qop %s)', async (transport, mode, qop) => {
    const heard: string[] = [];
    await start({
      qop,
      onOnline: () => heard.push('online'),
      onKeepalive: (_, { status }) => heard.push(status ?? ''),
      onCatalog: (_, items) => heard.push(items[0]!.deviceId),
    });
    await runSipp(
      [
        target(transport),
        '-sf',
        scenario('device'),
        '-inf',
        await devices(1),
        '-t',
        mode,
        '-m',
        '1',
        '-i',
        '127.0.0.1',
        '-p',
        freePort(),
      ],
      folder,
    );
    expect(heard).toEqual(['online', 'OK', '34020000001310000001']);
  });

  it('is called for a live stream, and hung up', async () => {
    await start();
    const port = freePort();
    await runSipp(
      [target('udp'), '-sf', scenario('device'), '-inf', await devices(1), '-m', '1', '-i', '127.0.0.1', '-p', port],
      folder,
    );
    const camera = runSipp(['-sf', scenario('live'), '-m', '1', '-i', '127.0.0.1', '-p', port], folder);
    // The INVITE is repeated until SIPp listens.
    const session = await platform!.invite(idOf(0), {
      kind: 'Play',
      channelId: '34020000001310000001',
      local: { address: '127.0.0.1', port: 30_000, transport: 'udp', ssrc: 200_000_001 },
    });
    expect(session.remote).toMatchObject({ address: '192.0.2.9', port: 15_060, payloads: [{ encoding: 'PS' }] });
    expect(session.ssrc).toBe(200_009_999);
    await session.bye();
    await camera;
  });

  it('a thousand of them after a power cut: all registered within ten seconds, the loop stays free', async () => {
    await start();
    const file = await devices(1000);
    let longest = 0;
    let last = performance.now();
    const beat = setInterval(() => {
      const now = performance.now();
      longest = Math.max(longest, now - last - 10);
      last = now;
    }, 10);
    const began = performance.now();
    const args = [
      '-sf',
      scenario('register'),
      '-inf',
      file,
      '-m',
      '1000',
      '-l',
      '1000',
      '-r',
      '1000',
      '-rp',
      '1000',
      '-i',
      '127.0.0.1',
      '-p',
      freePort(),
    ];
    await runSipp([target('udp'), ...args], folder);
    clearInterval(beat);
    const seconds = (performance.now() - began) / 1000;
    expect(platform!.devices().filter(({ online }) => online)).toHaveLength(1000);
    expect(seconds).toBeLessThan(10);
    expect(longest).toBeLessThan(500);
    process.stdout.write(
      `registration storm: 1000 devices in ${seconds.toFixed(1)} s, longest pause of the loop ${longest.toFixed(0)} ms\n`,
    );
  });
});
