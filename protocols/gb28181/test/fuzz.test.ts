import { createSocket, type Socket } from 'node:dgram';
import { once } from 'node:events';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { afterAll, describe, expect, it } from 'vitest';
import { createRequest, parseMessage, serialize } from '@wangge/sip';
import {
  decodeMessage,
  decodePtz,
  encodeMessage,
  GbError,
  parseMansRtsp,
  parseMedia,
  type GbMessage,
} from '@wangge/gb28181';
import { channelId, channels, deviceId, fast, join, openDevice, openPlatform, serverId, upperOf } from './town.ts';
import { mutator } from './mutate.ts';
import { vector, vectorNames } from './vectors.ts';

/** `FUZZ_RUNS=100000` for the long run. */
const runs = Number(process.env['FUZZ_RUNS'] ?? 4000);
const open: { close(): Promise<void> }[] = [];
afterAll(async () => {
  for (const one of open) await one.close();
});

const sdp = Buffer.from(
  `v=0\r\no=x 0 0 IN IP4 127.0.0.1\r\ns=Playback\r\nc=IN IP4 127.0.0.1\r\nt=1 2\r\nm=video 30000 TCP/RTP/AVP 96\r\na=setup:passive\r\na=rtpmap:96 PS/90000\r\ny=0200000001\r\n`,
);
const bodies: readonly GbMessage[] = [
  { type: 'keepalive', sn: 1, deviceId, status: 'OK' },
  { type: 'catalog', sn: 2, deviceId, sumNum: 9, items: channels(3) },
  { type: 'alarm', sn: 3, deviceId: channelId, priority: 1, method: 5, description: '入侵' },
  { type: 'recordInfo', sn: 4, deviceId, sumNum: 1, items: [{ deviceId, startTime: '2026-01-01T00:00:00' }] },
  { type: 'deviceControl', sn: 5, deviceId: channelId, ptzCmd: 'A50F0101320000E8', homePosition: { enabled: 1 } },
  { type: 'catalogQuery', sn: 6, deviceId },
  { type: 'broadcast', sn: 7, deviceId: '', sourceId: serverId, targetId: channelId },
  { type: 'mediaStatus', sn: 8, deviceId, notifyType: 121 },
];

/** Whole requests as they go over the wire, of both directions. */
function requests(): Buffer[] {
  const make = (
    method: string,
    from: string,
    type: string,
    body: Uint8Array,
    more: Record<string, string> = {},
  ): Buffer => {
    const parts = {
      method,
      uri: `sip:${channelId}@127.0.0.1`,
      from: `<sip:${from}@3402000000>;tag=1`,
      to: `<sip:${serverId}@3402000000>`,
    };
    const request = createRequest({ ...parts, callId: 'x', cseq: 1, headers: more, content: { type, body } });
    request.headers.prepend('via', 'SIP/2.0/UDP 127.0.0.1:5060;rport;branch=z9hG4bK1234567890');
    return serialize(request);
  };
  const messages = bodies.flatMap((body) =>
    [deviceId, serverId].map((from) => make('MESSAGE', from, 'Application/MANSCDP+xml', encodeMessage(body))),
  );
  const query = encodeMessage({ type: 'catalogQuery', sn: 6, deviceId });
  return [
    ...messages,
    make('REGISTER', deviceId, 'x/y', Buffer.alloc(0), {
      expires: '60',
      authorization:
        'Digest username="1", realm="3402000000", nonce="a.b.c", uri="sip:x", response="0", qop=auth, nc=1, cnonce="x"',
    }),
    make('INVITE', serverId, 'application/sdp', sdp, { subject: `${channelId}:0200000001,${serverId}:0` }),
    make('INVITE', deviceId, 'application/sdp', sdp),
    make('SUBSCRIBE', serverId, 'Application/MANSCDP+xml', query, { event: 'Catalog;id=1', expires: '3' }),
    make('NOTIFY', deviceId, 'Application/MANSCDP+xml', query, {
      event: 'Catalog;id=1',
      'subscription-state': 'active',
    }),
    make('INFO', serverId, 'Application/MANSRTSP', Buffer.from('PLAY RTSP/1.0\r\nCSeq: 1\r\nScale: 2.0\r\n')),
    ...['BYE', 'CANCEL', 'ACK', 'OPTIONS'].map((method) => make(method, deviceId, 'x/y', Buffer.alloc(0))),
  ];
}

/** Heap after a full collection, MB. */
function heapMb(): number {
  setFlagsFromString('--expose-gc');
  (runInNewContext('gc') as () => void)();
  return process.memoryUsage().heapUsed / 1e6;
}

describe(`${runs} mutated messages`, () => {
  it('are read or refused by every parser', () => {
    const xml = [...bodies.map((body) => encodeMessage(body)), ...vectorNames('.xml').map(vector)];
    const sdps = [sdp, ...vectorNames('.sdp').map(vector)];
    const sips = [...requests(), ...vectorNames('.sip').map(vector)];
    const texts = ['PLAY RTSP/1.0\r\nCSeq: 1\r\nRange: npt=5-\r\n', 'A50F0101320000E8'].map((text) =>
      Buffer.from(text),
    );
    const mutate = mutator(1);
    const targets: readonly [readonly Buffer[], (bytes: Buffer) => unknown][] = [
      [xml, decodeMessage],
      [sdps, parseMedia],
      [sips, parseMessage],
      [texts, (bytes) => parseMansRtsp(bytes.toString('latin1'))],
      [texts, (bytes) => decodePtz(bytes.toString('latin1'))],
    ];
    const before = heapMb();
    let refused = 0;
    for (let run = 0; run < runs; run++) {
      const [seeds, parse] = targets[run % targets.length]!;
      try {
        parse(mutate(seeds));
      } catch (error) {
        refused++;
        const typed = error instanceof GbError || (error instanceof Error && error.name === 'SipError');
        if (!typed) throw error;
      }
    }
    expect(refused).toBeGreaterThan(runs / 100);
    expect(heapMb() - before).toBeLessThan(20);
  }, 300_000);

  it('do no harm to a platform and a device that run', async () => {
    const errors: unknown[] = [];
    const sip = { timers: fast, sourceLimit: { perSecond: 1e6, burst: 1e6 }, maxTransactions: 5000 };
    const platform = await openPlatform({
      sip,
      deviceLimit: { perSecond: 1e6, burst: 1e6 },
      onError: (error) => errors.push(error),
    });
    const device = await openDevice();
    open.push(device, platform);
    await join(device, { ...upperOf(platform), keepaliveSeconds: 0.2 });
    const socket = createSocket('udp4').bind(0, '127.0.0.1');
    await once(socket, 'listening');
    const mutate = mutator(2);
    const seeds = requests();
    const flood = async (count: number): Promise<void> => {
      for (let sent = 0; sent < count; sent++) {
        const bytes = mutate(seeds);
        socket.send(bytes, platform.endpoint.port('udp'), '127.0.0.1');
        socket.send(bytes, device.endpoint.port('udp'), '127.0.0.1');
        // Not more than the sockets hold: lost datagrams would test nothing.
        if (sent % 50 === 0) await answered(socket, platform.endpoint.port('udp'), sent);
      }
    };
    await flood(Math.ceil(runs / 4));
    const before = heapMb();
    await flood(Math.ceil(runs / 2));
    expect(heapMb() - before).toBeLessThan(60);
    expect(platform.endpoint.stats.received).toBeGreaterThan(runs / 4);
    expect(errors).toEqual([]);
    // The flood spoke in the device's name from its address; the next keepalive puts the port right.
    const port = device.endpoint.port('udp');
    await expect
      .poll(() => platform.devices().map(({ registration }) => registration.remote.port), { timeout: 10_000 })
      .toEqual([port]);
    expect(platform.isOnline(deviceId)).toBe(true);
    expect((await platform.catalog(deviceId)).items).toHaveLength(3);
    socket.close();
  }, 300_000);
});

/** Waits until the platform has read everything before: its answer to an OPTIONS comes last. */
async function answered(socket: Socket, port: number, n: number): Promise<void> {
  const request = createRequest({
    method: 'OPTIONS',
    uri: 'sip:x',
    from: '<sip:sync@x>;tag=1',
    to: '<sip:x>',
    callId: `sync${n}`,
    cseq: 1,
  });
  request.headers.prepend('via', `SIP/2.0/UDP 127.0.0.1:1;rport;branch=z9hG4bKsync${n}-${Math.random()}`);
  const done = new Promise<void>((resolve) => {
    const listen = (bytes: Buffer): void => {
      if (!bytes.includes(`sync${n}`)) return;
      socket.off('message', listen);
      resolve();
    };
    socket.on('message', listen);
  });
  socket.send(serialize(request), port, '127.0.0.1');
  await done;
}
