/** Cameras that refuse, lie, send garbage, redirect, fall silent: by script. */
import { buildRtp } from '@wangge/rtp';
import { createSocket } from 'node:dgram';
import { createServer } from 'node:net';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { describe, expect, test } from 'vitest';
import { digestResponse, parseAuthParameters } from '../src/digest.ts';
import type { RtspRequest } from '../src/message.ts';
import { behave, reply, startFakeCamera } from './support/fake-camera.ts';
import { Watch } from './support/watch.ts';

const timeouts = { connectTimeoutMs: 1000, requestTimeoutMs: 500, firstPacketTimeoutMs: 300, stallTimeoutMs: 300 };

function interleaved(sequence: number, channel = 0): Buffer {
  const head = { payloadType: 96, marker: true, sequence, timestamp: sequence * 3600, ssrc: 1 };
  const packet = buildRtp(head, Buffer.concat([Buffer.of(0x65, 0x88), Buffer.alloc(50, sequence)]));
  return Buffer.concat([Buffer.of(0x24, channel, packet.length >> 8, packet.length & 255), packet]);
}

/** Answers PLAY with some packets right behind. */
function playing(request: RtspRequest, count = 5) {
  const packets = Array.from({ length: count }, (_, index) => interleaved(index));
  return Buffer.concat([Buffer.from(reply(request, 200, ['Session: 77'])), ...packets]);
}

function watch(port: number, options: object = {}): Watch {
  return new Watch({ url: `rtsp://127.0.0.1:${port}/live?ch=1`, transport: 'tcp', ...timeouts, ...options });
}

describe('a camera', () => {
  test.for([
    [401, 'unauthorized'],
    [403, 'forbidden'],
    [404, 'not-found'],
    [453, 'refused'],
    [500, 'refused'],
  ] as const)('that answers DESCRIBE with %i', async ([status, reason]) => {
    const camera = await startFakeCamera((request) => (request.method === 'DESCRIBE' ? status : behave(request)));
    expect(await watch(camera.port).closed()).toMatchObject({ reason, status });
  });

  test('that does not answer', async () => {
    const camera = await startFakeCamera(() => undefined);
    expect(await watch(camera.port).closed()).toMatchObject({ reason: 'timeout' });
  });

  test('that is not there', async () => {
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    server.close();
    await once(server, 'close');
    expect(await watch(port).closed()).toMatchObject({ reason: 'unreachable' });
  });

  test.for(['http://x/', 'rtsp://', 'rtsp://a b/', 'rtsp://host:99999/'])('with no address: %s', async (url) => {
    expect(await new Watch({ url }).closed()).toMatchObject({ reason: 'unreachable' });
  });

  test('that speaks something else', async () => {
    const camera = await startFakeCamera(() => Buffer.alloc(70_000, 0x80));
    expect(await watch(camera.port).closed()).toMatchObject({ reason: 'protocol' });
  });

  test.for(['', 'v=0\r\ns=-\r\n', 'm=application 0 RTP/AVP 98\r\n'])('whose description is %j', async (text) => {
    const camera = await startFakeCamera((request) =>
      request.method === 'DESCRIBE' ? reply(request, 200, [], text) : behave(request),
    );
    expect(await watch(camera.port).closed()).toMatchObject({ reason: 'unsupported' });
  });

  test('that sends garbage between its packets: they are found again', async () => {
    const camera = await startFakeCamera((request) => {
      if (request.method !== 'PLAY') return behave(request);
      const garbage = Buffer.from([0, 1, 2, 0x24, 0x7f, 0xff, 9, 9, 9]);
      return Buffer.concat([playing(request, 3), garbage, interleaved(3), interleaved(4)]);
    });
    const one = watch(camera.port);
    await one.until((now) => now.video.length >= 5);
    expect(one.video.map((frame) => frame.nals.at(-1)!.at(-1))).toEqual([0, 1, 2, 3, 4]);
  });

  test('that stops sending', async () => {
    const camera = await startFakeCamera((request) => (request.method === 'PLAY' ? playing(request) : behave(request)));
    const one = watch(camera.port);
    await one.until(({ video }) => video.length === 5);
    expect(await one.closed()).toMatchObject({ reason: 'stalled', message: 'packets ceased' });
  });

  test('that is silent by TCP is asked by UDP', async () => {
    const sender = createSocket('udp4');
    sender.bind(0, '127.0.0.1');
    await once(sender, 'listening');
    const { port: from } = sender.address();
    let to = 0;
    const camera = await startFakeCamera((request) => {
      const transport = request.headers.get('transport')?.[0] ?? '';
      to = Number(/client_port=(\d+)/.exec(transport)?.[1] ?? to);
      if (request.method === 'SETUP' && to > 0) {
        return reply(request, 200, [`Transport: ${transport};server_port=${from}-${from + 1}`, 'Session: 5']);
      }
      if (request.method === 'PLAY' && to > 0) {
        for (let index = 0; index < 5; index += 1) sender.send(interleaved(index).subarray(4), to, '127.0.0.1');
      }
      return behave(request);
    });
    const one = watch(camera.port, { transport: 'auto' });
    const punched = once(sender, 'message');
    await one.until(({ video }) => video.length === 5);
    expect(one.session.statistics().transport).toBe('udp');
    expect(camera.connections).toBe(2);
    await punched;
    sender.close();
  });

  test('that refuses TCP is asked by UDP on the same connection, unless only TCP is wanted', async () => {
    const camera = await startFakeCamera((request) => {
      const byTcp = request.headers.get('transport')?.[0]?.includes('TCP') === true;
      return byTcp ? 461 : behave(request);
    });
    expect(await watch(camera.port, { transport: 'auto' }).closed()).toMatchObject({ reason: 'stalled' });
    expect(camera.connections).toBe(1);
    expect(camera.requests.filter(({ method }) => method === 'SETUP')).toHaveLength(2);
    expect(await watch(camera.port).closed()).toMatchObject({ reason: 'transport', status: 461 });
  });

  test('that redirects, and one that does so for ever', async () => {
    const target = await startFakeCamera((request) => (request.method === 'PLAY' ? playing(request) : behave(request)));
    const there = `Location: rtsp://127.0.0.1:${target.port}/other`;
    const camera = await startFakeCamera((request) =>
      request.method === 'DESCRIBE' ? reply(request, 302, [there]) : behave(request),
    );
    await watch(camera.port).until(({ video }) => video.length === 5);
    expect(target.requests[0]!.uri).toBe(`rtsp://127.0.0.1:${target.port}/other`);
    const endless = await startFakeCamera((request, _, { port }) =>
      request.method === 'DESCRIBE' ? reply(request, 301, [`Location: rtsp://127.0.0.1:${port}/`]) : behave(request),
    );
    expect(await watch(endless.port).closed()).toMatchObject({ reason: 'refused' });
    expect(endless.connections).toBe(6);
  });

  test('whose session ends after 2 s is kept alive, by OPTIONS once GET_PARAMETER is refused', async () => {
    let sequence = 10;
    const camera = await startFakeCamera((request, socket) => {
      if (request.method === 'GET_PARAMETER') return 501;
      if (request.method !== 'PLAY') return behave(request);
      const timer = setInterval(() => socket.write(interleaved(sequence++)), 40);
      socket.on('close', () => clearInterval(timer));
      return playing(request);
    });
    const one = watch(camera.port);
    const methods = () => camera.requests.map(({ method }) => method);
    await one.until(() => methods().filter((method) => method === 'OPTIONS').length === 2);
    expect(methods()).toContain('GET_PARAMETER');
    expect(camera.requests.at(-1)!.headers.get('session')).toEqual(['77']);
    one.session.close();
    expect(await one.closed()).toMatchObject({ reason: 'closed' });
  });

  test('whose nonce goes stale is answered anew; the query stays in the address', async () => {
    let nonce = 0;
    const camera = await startFakeCamera((request) => {
      const given = parseAuthParameters(request.headers.get('authorization')?.[0] ?? '');
      const expected = digestResponse(
        {
          method: request.method,
          uri: given.get('uri') ?? '',
          username: 'admin',
          realm: 'IP Camera(Q7)',
          nonce: `n${nonce}`,
          algorithm: 'SHA-256',
          qop: 'auth',
          nc: given.get('nc') ?? '',
          cnonce: given.get('cnonce') ?? '',
        },
        'sesam',
      );
      if (given.get('response') === expected) return request.method === 'PLAY' ? playing(request) : behave(request);
      if (request.method === 'OPTIONS') return behave(request);
      nonce += 1;
      const both = ['MD5', 'SHA-256'].map(
        (algorithm) =>
          `WWW-Authenticate: Digest realm="IP Camera(Q7)", nonce="n${nonce}", qop="auth,auth-int", algorithm=${algorithm}, stale=${nonce > 1}`,
      );
      return reply(request, 401, [...both, 'WWW-Authenticate: Basic realm="x"']);
    });
    const credentials = { username: 'admin', password: 'sesam' };
    const one = watch(camera.port, { credentials });
    await one.until(({ video }) => video.length >= 5);
    expect(camera.requests.find(({ method }) => method === 'SETUP')!.uri).toMatch(/\/live\?ch=1\/trackID=0$/);
    const wrong = await watch(camera.port, { credentials: { username: 'admin', password: 'falsch' } }).closed();
    expect(wrong).toMatchObject({ reason: 'unauthorized' });
  });

  test('that answers in pieces of one byte', async () => {
    const camera = await startFakeCamera((request, socket) => {
      const answer = request.method === 'PLAY' ? playing(request) : behave(request);
      const bytes = typeof answer === 'number' ? reply(request, answer) : (answer ?? '');
      for (const byte of Buffer.from(bytes)) socket.write(Buffer.of(byte));
      return undefined;
    });
    const one = watch(camera.port);
    await one.until(({ video }) => video.length === 5);
    expect(one.losses).toBe(0);
  });

  test('that uses other channels than it was asked for', async () => {
    const camera = await startFakeCamera((request) => {
      if (request.method === 'SETUP')
        return reply(request, 200, ['Transport: RTP/AVP/TCP;interleaved=6-7', 'Session: 1']);
      if (request.method !== 'PLAY') return behave(request);
      return Buffer.concat([Buffer.from(reply(request, 200)), interleaved(0, 6), interleaved(1, 6)]);
    });
    const one = watch(camera.port);
    await one.until(({ video }) => video.length === 2);
    expect(one.losses).toBe(0);
  });
});

test('closing at any moment ends it once, and by a signal too', async () => {
  const camera = await startFakeCamera(() => undefined);
  const one = watch(camera.port);
  one.session.close();
  one.session.close();
  expect(await one.closed()).toMatchObject({ reason: 'closed' });
  const stop = new AbortController();
  const other = watch(camera.port, { signal: stop.signal });
  stop.abort();
  expect(await other.closed()).toMatchObject({ reason: 'closed' });
  expect(await watch(camera.port, { signal: stop.signal }).closed()).toMatchObject({ reason: 'closed' });
});
