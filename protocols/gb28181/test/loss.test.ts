import { createSocket, type Socket } from 'node:dgram';
import { once } from 'node:events';
import { afterEach, describe, expect, it } from 'vitest';
import { channelId, channels, deviceId, join, openDevice, openPlatform, upperOf } from './town.ts';

const open: { close(): unknown }[] = [];
afterEach(async () => {
  for (const one of open.splice(0)) await one.close();
});

async function socketOf(): Promise<Socket> {
  const socket = createSocket('udp4').bind(0, '127.0.0.1');
  await once(socket, 'listening');
  return socket;
}

/** A network between device and platform that loses one datagram in ten, and one in ten it delivers twice. */
async function badNetwork(platformPort: number): Promise<{ port: number; lost: () => number }> {
  const [down, up] = [await socketOf(), await socketOf()];
  open.push(down, up);
  let devicePort = 0;
  let count = 0;
  let lost = 0;
  const pass = (socket: Socket, bytes: Buffer, port: number): void => {
    count++;
    if (count % 10 === 3) return void lost++;
    socket.send(bytes, port, '127.0.0.1');
    if (count % 10 === 7) socket.send(bytes, port, '127.0.0.1');
  };
  down.on('message', (bytes, from) => {
    devicePort = from.port;
    pass(up, bytes, platformPort);
  });
  up.on('message', (bytes) => pass(down, bytes, devicePort));
  return { port: down.address().port, lost: () => lost };
}

describe('a network that loses and doubles datagrams', () => {
  it('loses no message and doubles none', async () => {
    const heard: number[] = [];
    const started: string[] = [];
    const platform = await openPlatform({ onAlarm: (_, { sn }) => heard.push(sn) });
    const many = channels(80);
    const device = await openDevice({
      channels: () => many,
      open: async () => ({
        address: '127.0.0.1',
        port: 40_000,
        start: () => {
          started.push('start');
          return new Promise(() => undefined);
        },
        control: ({ type }) => void started.push(type),
        close: () => void started.push('close'),
      }),
    });
    open.push(device, platform);
    const network = await badNetwork(platform.endpoint.port('udp'));
    await join(device, { ...upperOf(platform), port: network.port, expires: 3600 });

    expect(await platform.catalog(deviceId)).toMatchObject({ complete: true, items: many });
    const local = { address: '127.0.0.1', port: 30_000, transport: 'udp', ssrc: 1 } as const;
    for (let n = 0; n < 5; n++) {
      const session = await platform.invite(deviceId, { kind: 'Play', channelId, local });
      await session.control({ type: 'pause' });
      await session.bye();
    }
    await expect.poll(() => started.filter((what) => what === 'close').length).toBe(5);
    expect(started).toEqual(Array.from({ length: 5 }, () => ['start', 'pause', 'close']).flat());
    for (let n = 0; n < 10; n++) await device.alarm({ deviceId: channelId, priority: 1, method: 5 });
    expect(new Set(heard).size).toBe(10);
    expect(heard).toHaveLength(10);
    expect(network.lost()).toBeGreaterThan(10);
  });
});
