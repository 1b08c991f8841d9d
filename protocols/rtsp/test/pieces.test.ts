/** Messages, addresses, headers: pure. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { answerChallenge, digestResponse, pickChallenge } from '../src/digest.ts';
import { openUdpPair, parseRtspUrl, withoutUser } from '../src/index.ts';
import { buildRequest, buildResponse, type RtspMessage } from '../src/message.ts';
import { parseAddress, trackOf, withoutTrack } from '../src/server/address.ts';
import { RtspSplitter } from '../src/splitter.ts';
import { parseTransports } from '../src/transport.ts';
import { controlUri } from '../src/url.ts';

function split(chunks: readonly Buffer[]) {
  const messages: RtspMessage[] = [];
  const packets: string[] = [];
  const splitter = new RtspSplitter({
    onMessage: (message) => void messages.push(message),
    onInterleaved: (channel, data) => void packets.push(`${channel}:${data.toString('hex')}`),
  });
  for (const chunk of chunks) splitter.push(chunk);
  return { messages, packets, splitter };
}

/** What was thrown; an error without name where nothing was. */
function errorOf(run: () => unknown): Error {
  try {
    run();
  } catch (error) {
    return error as Error;
  }
  return Object.assign(new Error(''), { name: '' });
}

describe('splitter', () => {
  const rtp = fc.uint8Array({ minLength: 4, maxLength: 300 }).map((data) => {
    data[0] = 0x80;
    return Buffer.concat([Buffer.of(0x24, 1, data.length >> 8, data.length & 255), data]);
  });
  const request = fc.record({ body: fc.option(fc.string({ minLength: 1 }), { nil: undefined }), value: fc.nat() });
  const text = request.map(({ body, value }) => buildRequest('SET_PARAMETER', 'rtsp://h/p', { CSeq: value }, body));
  const response = fc.nat(599).map((status) => buildResponse(100 + (status % 500), { CSeq: 1 }, 'x'.repeat(status)));

  test('messages and packets come out however the bytes are cut', () => {
    fc.assert(
      fc.property(
        fc.array(fc.oneof(rtp, text, response), { maxLength: 20 }),
        fc.infiniteStream(fc.integer({ min: 1, max: 200 })),
        (parts, cuts) => {
          const stream = Buffer.concat(parts);
          const chunks: Buffer[] = [];
          for (let at = 0; at < stream.length;) {
            const size = cuts.next().value ?? 1;
            chunks.push(Buffer.from(stream.subarray(at, at + size)));
            at += size;
          }
          const whole = split([stream]);
          const cut = split(chunks);
          expect(whole.packets.length + whole.messages.length).toBe(parts.length);
          expect(cut.packets).toEqual(whole.packets);
          expect(cut.messages).toEqual(whole.messages);
          expect(whole.splitter.garbage).toBe(0);
        },
      ),
    );
  });

  test('mutated streams end with an error of its own or go on, and keep little', () => {
    const change = fc.tuple(fc.nat(10_000), fc.nat(255));
    fc.assert(
      fc.property(fc.array(fc.oneof(rtp, text, response), { minLength: 1 }), fc.array(change), (parts, changes) => {
        const stream = Buffer.concat(parts);
        for (const [at, value] of changes) stream[at % stream.length] = value;
        expect(['', 'SplitterError']).toContain(errorOf(() => split([stream, stream])).name);
      }),
    );
  });

  test.for([
    ['a head without end', `OPTIONS rtsp://h RTSP/1.0\r\n${'X-A: b\r\n'.repeat(20_000)}`],
    ['a body of a gigabyte', 'OPTIONS rtsp://h RTSP/1.0\r\nContent-Length: 1000000000\r\n\r\n'],
    ['a length that is no number', 'OPTIONS rtsp://h RTSP/1.0\r\nContent-Length: 1e3x\r\n\r\n'],
    ['something else', 'GET / HTTP/1.1\r\n\r\n'.repeat(10_000)],
  ])('%s is refused', ([, bytes]) => {
    expect(() => split([Buffer.from(bytes!)])).toThrow(expect.objectContaining({ name: 'SplitterError' }));
  });

  test('line ends cannot be smuggled into headers', () => {
    const { messages } = split([
      buildRequest('PLAY', 'rtsp://h/\r\nX: y', { Session: 'a\r\nEvil: 1', Range: undefined }),
    ]);
    expect(messages).toMatchObject([{ method: 'PLAY' }]);
    expect(messages[0]!.headers.has('evil')).toBe(false);
  });
});

describe('addresses', () => {
  test.for([
    ['rtsp://cam', 'cam', 554, 'rtsp://cam/', undefined, undefined],
    ['rtsp://u:p@10.0.0.5:8554/a?b=1', '10.0.0.5', 8554, 'rtsp://10.0.0.5:8554/a?b=1', 'u', 'p'],
    ['RTSP://admin:p@ss:w#rd@[fe80::1]/x@y', 'fe80::1', 554, 'rtsp://[fe80::1]/x@y', 'admin', 'p@ss:w#rd'],
    ['rtsp://a%40b:100%@host/', 'host', 554, 'rtsp://host/', 'a@b', '100%'],
    ['rtsp://guest@host?x', 'host', 554, 'rtsp://host/?x', 'guest', ''],
  ] as const)('%s', ([url, host, port, uri, username, password]) => {
    expect(parseRtspUrl(url)).toEqual({ host, port, uri, username, password });
  });

  test('what is no address is refused without being repeated', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        expect(errorOf(() => parseRtspUrl(`rtsp://user:geheim@${text}`)).message).not.toContain('geheim');
      }),
    );
    expect(withoutUser('rtsp://u:p@h/x?y=z@w')).toBe('rtsp://h/x?y=z@w');
  });

  test.for([
    ['rtsp://h/live', 'trackID=1', 'rtsp://h/live/trackID=1'],
    ['rtsp://h/live/', 'trackID=1', 'rtsp://h/live/trackID=1'],
    ['rtsp://h/live?a=b', 'trackID=1', 'rtsp://h/live?a=b/trackID=1'],
    ['rtsp://h/live/', '/trackID=1', 'rtsp://h/live/trackID=1'],
    ['rtsp://h/live', 'rtsp://u:p@10.0.0.9/x', 'rtsp://10.0.0.9/x'],
    ['rtsp://h/live', '*', 'rtsp://h/live'],
    ['rtsp://h/live', undefined, 'rtsp://h/live'],
  ] as const)('control of %s and %s', ([base, control, expected]) => {
    expect(controlUri(base, control)).toBe(expected);
  });

  test('of requests to our server', () => {
    expect(parseAddress('rtsp://h:1/town/%E6%B0%B4/?ticket=a')).toMatchObject({ path: 'town/水' });
    for (const bad of [
      '*',
      'http://h/',
      'rtsp://h/../x',
      'rtsp://h/%00',
      'rtsp://h/%',
      `rtsp://h/${'x'.repeat(600)}`,
    ]) {
      expect(parseAddress(bad)).toBeUndefined();
    }
    const controls = ['trackID=0', 'trackID=1'];
    expect(trackOf('rtsp://h/a/trackID=1/', controls)).toBe(1);
    expect(withoutTrack('rtsp://h/a/trackID=1', controls)).toBe('rtsp://h/a/');
    expect(withoutTrack('rtsp://h/a', controls)).toBe('rtsp://h/a');
  });
});

describe('authentication', () => {
  test('the examples of RFC 2069 as corrected, RFC 2617 §3.5 and RFC 7616 §3.9.1', () => {
    const rfc2617 = {
      method: 'GET',
      uri: '/dir/index.html',
      username: 'Mufasa',
      realm: 'testrealm@host.com',
      nonce: 'dcd98b7102dd2f0e8b11d0f600bfb0c093',
      algorithm: 'MD5',
      qop: 'auth',
      nc: '00000001',
      cnonce: '0a4f113b',
    } as const;
    expect(digestResponse(rfc2617, 'Circle Of Life')).toBe('6629fae49393a05397450978507c4ef1');
    expect(digestResponse({ ...rfc2617, qop: undefined }, 'Circle Of Life')).toBe('670fd8c2df070c60b045671b8b24ff02');
    const rfc7616 = {
      ...rfc2617,
      realm: 'http-auth@example.org',
      nonce: '7ypf/xlj9XXwfDPEoM4URrv/xwf94BcCAzFZH4GiTo0v',
      cnonce: 'f2/wE4q74E6zIJEtWaHKaf5wv/H5QzzpXusqGemxURZJ',
      algorithm: 'SHA-256',
    } as const;
    expect(digestResponse(rfc7616, 'Circle of Life')).toBe(
      '753927fa0e85d155564e2e272a28d1802ca10daf4496794697cf8db5856cb6c1',
    );
  });

  test('the strongest challenge is taken, wherever it stands', () => {
    const digest = (rest: string) => `Digest realm="r", nonce="n"${rest}`;
    expect(pickChallenge(['Basic realm="b"', digest(''), digest(', algorithm=SHA-256')])?.algorithm).toBe('SHA-256');
    expect(pickChallenge([`Basic realm="b", ${digest(', qop="auth-int,auth"')}`])).toMatchObject({
      scheme: 'digest',
      qop: 'auth',
    });
    expect(pickChallenge([digest(', qop="auth-int"'), digest(', algorithm=SHA-512'), 'Negotiate'])).toBeUndefined();
    expect(pickChallenge(['Digest realm="a \\"b\\"", nonce="n", stale=TRUE'])).toMatchObject({
      realm: 'a "b"',
      stale: true,
    });
  });

  test('an answer never holds the password, nor a line end', () => {
    const challenge = pickChallenge(['Digest realm="r", nonce="n", opaque="o", qop="auth"'])!;
    const answer = answerChallenge(
      challenge,
      { username: 'a"b\r\n', password: 'geheim' },
      { method: 'PLAY', uri: 'rtsp://h/' },
      3,
    );
    expect(answer).toMatch(/^Digest username="a\\"b", .*nc=00000003, cnonce="[\da-f]{16}", opaque="o"$/);
    expect(answer).not.toContain('geheim');
  });

  test('garbage never throws', () => {
    fc.assert(
      fc.property(fc.array(fc.string().map((text) => `Digest ${text}`)), (values) => {
        expect(errorOf(() => pickChallenge(values)).name).toBe('');
      }),
    );
  });
});

describe('transports', () => {
  test('offers in order, those of RTP only', () => {
    const text = 'RAW/RAW/UDP;x, RTP/AVP;unicast;client_port=5000-5001;mode="RECORD", RTP/AVP/TCP;interleaved=2';
    expect(parseTransports(text)).toMatchObject([
      { tcp: false, clientPorts: [5000, 5001], record: true, multicast: false },
      { tcp: true, interleaved: [2, 3], record: false },
    ]);
    expect(parseTransports('RTP/AVP;multicast;ssrc=DEADBEEF;source=10.0.0.1;server_port=99999-1')).toMatchObject([
      { multicast: true, ssrc: 0xdeadbeef, source: '10.0.0.1', serverPorts: undefined },
    ]);
  });

  test('UDP pairs are even, within the range, and told when there are none', async () => {
    const range = { bindAddress: '127.0.0.1', ports: { min: 46_001, max: 46_005 } };
    const pairs = [await openUdpPair(range), await openUdpPair(range)];
    expect(pairs.map(({ ports }) => ports[0]).toSorted((one, other) => one - other)).toEqual([46_002, 46_004]);
    await expect(openUdpPair(range)).rejects.toThrow('no pair');
    for (const pair of pairs) pair.close();
    await expect(openUdpPair({ ports: { min: 5001, max: 5002 } })).rejects.toThrow('no pair');
  });
});
