/** A push service and the browser behind it: checks who sends (RFC 8292) and opens what was sent (RFC 8291, RFC 8188). */
import { createDecipheriv, createECDH, createPublicKey, type ECDH, hkdfSync, randomBytes, verify } from 'node:crypto';
import { simulator, type Simulator } from './http.ts';

export interface PushService extends Simulator {
  /** What `PushManager.subscribe` gives a page. */
  readonly subscription: { endpoint: string; p256dh: string; auth: string };
  readonly shown: { title: string; body: string; url: string; tag: string; urgent: boolean }[];
  readonly headers: Record<string, string | undefined>[];
  /** The browser gave its subscription up. */
  gone: boolean;
}

function isSignedBy(authorization: string, publicKey: string, audience: string, nowMs: number): boolean {
  const [, token = '', key] = /^vapid t=([^,]+), ?k=(.+)$/.exec(authorization) ?? [];
  const [head = '', claims = '', signature = ''] = token.split('.');
  const point = Buffer.from(publicKey, 'base64url');
  const jwk = {
    kty: 'EC',
    crv: 'P-256',
    x: point.subarray(1, 33).toString('base64url'),
    y: point.subarray(33).toString('base64url'),
  };
  const { aud, exp, sub } = JSON.parse(Buffer.from(claims, 'base64url').toString()) as Record<string, unknown>;
  return (
    key === publicKey &&
    aud === audience &&
    typeof exp === 'number' &&
    exp * 1000 > nowMs &&
    exp * 1000 < nowMs + 86_400_000 &&
    /^(mailto|https):/.test(String(sub)) &&
    verify(
      'sha256',
      Buffer.from(`${head}.${claims}`),
      { key: createPublicKey({ key: jwk, format: 'jwk' }), dsaEncoding: 'ieee-p1363' },
      Buffer.from(signature, 'base64url'),
    )
  );
}

function open(body: Buffer, own: ECDH, auth: Buffer): string {
  const salt = body.subarray(0, 16);
  const keyLength = body[20] ?? 0;
  const sender = body.subarray(21, 21 + keyLength);
  const sealed = body.subarray(21 + keyLength);
  const info = Buffer.concat([Buffer.from('WebPush: info\0'), own.getPublicKey(), sender]);
  const ikm = Buffer.from(hkdfSync('sha256', own.computeSecret(sender), auth, info, 32));
  const key = Buffer.from(hkdfSync('sha256', ikm, salt, 'Content-Encoding: aes128gcm\0', 16));
  const nonce = Buffer.from(hkdfSync('sha256', ikm, salt, 'Content-Encoding: nonce\0', 12));
  const decipher = createDecipheriv('aes-128-gcm', key, nonce);
  decipher.setAuthTag(sealed.subarray(-16));
  const plain = Buffer.concat([decipher.update(sealed.subarray(0, -16)), decipher.final()]);
  // The text ends at a byte 2, zeros fill it up.
  return plain.subarray(0, plain.lastIndexOf(2)).toString();
}

export async function pushService(publicKey: string): Promise<PushService> {
  const browser = createECDH('prime256v1');
  browser.generateKeys();
  const auth = randomBytes(16);
  const shown: PushService['shown'] = [];
  const headers: PushService['headers'] = [];
  const server = await simulator((asked) => {
    if (self.gone) return { status: 410 };
    const { authorization = '', urgency, topic, ttl } = asked.headers as Record<string, string | undefined>;
    // Tokens carry the wall's time, whatever clock the platform was given.
    if (!isSignedBy(authorization, publicKey, self.url, Date.now())) return { status: 403 };
    if (asked.headers['content-encoding'] !== 'aes128gcm') return { status: 415 };
    headers.push({ urgency, topic, ttl });
    shown.push(JSON.parse(open(asked.body, browser, auth)) as PushService['shown'][number]);
    return { status: 201 };
  });
  const subscription = {
    endpoint: `${server.url}/send/one`,
    p256dh: browser.getPublicKey('base64url'),
    auth: auth.toString('base64url'),
  };
  const self: PushService = Object.assign(server, { subscription, shown, headers, gone: false });
  return self;
}
