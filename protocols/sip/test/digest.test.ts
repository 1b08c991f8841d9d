import { describe, expect, it } from 'vitest';
import { authorize, createRequest, createResponse, DigestServer, type SipRequest } from '@wangge/sip';
import { ManualClock } from '@wangge/sip/testkit';
import { digestResponse } from '../src/auth/algorithm.ts';

const credentials = { username: '34020000001320000001', password: '12345678' };
let cseq = 0;
const register = (callId = 'c'): SipRequest =>
  createRequest({ method: 'REGISTER', uri: 'sip:h', from: '<sip:1@h>;tag=a', to: '<sip:1@h>', callId, cseq: ++cseq });

/** A request that answers the server's challenge. */
function answered(server: DigestServer, request = register()): SipRequest {
  const response = createResponse(request, { status: 401 });
  for (const challenge of server.challenges()) response.headers.add('www-authenticate', challenge);
  expect(authorize(request, response, credentials)).toBe(true);
  return request;
}

describe('digest', () => {
  it('gives the answers of RFC 2617 and RFC 7616', () => {
    const old = {
      username: 'Mufasa',
      realm: 'testrealm@host.com',
      password: 'Circle Of Life',
      method: 'GET',
      uri: '/dir/index.html',
      nonce: 'dcd98b7102dd2f0e8b11d0f600bfb0c093',
    };
    const qop = { cnonce: '0a4f113b', nc: '00000001' };
    expect(digestResponse({ ...old, algorithm: 'MD5', qop })).toBe('6629fae49393a05397450978507c4ef1');
    expect(digestResponse({ ...old, algorithm: 'MD5' })).toBe('670fd8c2df070c60b045671b8b24ff02');
    const recent = {
      username: 'Mufasa',
      realm: 'http-auth@example.org',
      password: 'Circle of Life',
      method: 'GET',
      uri: '/dir/index.html',
      nonce: '7ypf/xlj9XXwfDPEoM4URrv/xwf94BcCAzFZH4GiTo0v',
    };
    const cnonce = 'f2/wE4q74E6zIJEtWaHKaf5wv/H5QzzpXusqGemxURZJ';
    expect(digestResponse({ ...recent, algorithm: 'SHA-256', qop: { cnonce, nc: '00000001' } })).toBe(
      '753927fa0e85d155564e2e272a28d1802ca10daf4496794697cf8db5856cb6c1',
    );
  });

  it.each([
    ['MD5 with qop', { qop: true }],
    ['MD5 without qop', { qop: false }],
    ['SHA-256 first', { algorithms: ['SHA-256', 'MD5'] as const }],
  ])('accepts the right password once: %s', (_, options) => {
    const server = new DigestServer({ realm: 'r', clock: new ManualClock(), ...options });
    const request = answered(server);
    expect(server.username(request)).toBe(credentials.username);
    expect(server.verify(request, '12345678')).toBe('ok');
    expect(server.verify(request, '12345678')).toBe('stale');
    expect(server.verify(answered(server), 'other')).toBe('wrong');
    expect(server.verify(register(), '12345678')).toBe('absent');
  });

  it('lets nonces grow old and believes only its own', () => {
    const clock = new ManualClock();
    const server = new DigestServer({ realm: 'r', clock, nonceMs: 1000 });
    const request = answered(server);
    clock.advance(1001);
    expect(server.verify(request, '12345678')).toBe('stale');
    const other = new DigestServer({ realm: 'r', clock });
    expect(server.verify(answered(other), '12345678')).toBe('stale');
    expect(server.challenges(true)[0]).toContain('stale=true');
  });

  it('without qop lets a device count on within its Call-ID, and nobody else', () => {
    const server = new DigestServer({ realm: 'r', clock: new ManualClock(), qop: false });
    const first = answered(server);
    const use = (callId: string): SipRequest => {
      const request = register(callId);
      request.headers.add('authorization', first.headers.get('authorization')!);
      return request;
    };
    expect(server.verify(first, '12345678')).toBe('ok');
    expect(server.verify(use('c'), '12345678')).toBe('ok');
    expect(server.verify(use('stolen'), '12345678')).toBe('stale');
  });

  it('reads credentials that are nonsense', () => {
    const server = new DigestServer({ realm: 'r', clock: new ManualClock() });
    for (const value of [
      'Digest',
      'Basic eA==',
      'Digest realm',
      'Digest realm="r", nonce=1, response=2',
      'Digest qop=auth-int, realm="r"',
    ]) {
      const request = register();
      request.headers.add('authorization', value);
      expect(['absent', 'wrong', 'stale']).toContain(server.verify(request, 'x'));
    }
  });
});
