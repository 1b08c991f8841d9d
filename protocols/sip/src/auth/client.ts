import { randomBytes } from 'node:crypto';
import type { SipRequest, SipResponse } from '../message/message.ts';
import type { Params } from '../message/split.ts';
import { algorithmOf, digestResponse, type DigestAlgorithm } from './algorithm.ts';
import { formatDigest, parseDigest } from './header.ts';

export interface Credentials {
  readonly username: string;
  readonly password: string;
}

/**
 * Adds the answer to the challenges of a 401 or 407: SHA-256 before MD5, qop `auth` where offered.
 *
 * @returns false when there is no challenge that can be answered
 */
export function authorize(request: SipRequest, response: SipResponse, credentials: Credentials): boolean {
  const proxy = response.status === 407;
  const header = proxy ? 'proxy-authorization' : 'authorization';
  const best = bestChallenge(response.headers.all(proxy ? 'proxy-authenticate' : 'www-authenticate'));
  if (!best) return false;
  request.headers.set(header, credentialsFor(request, best.challenge, best.algorithm, credentials));
  return true;
}

function bestChallenge(values: readonly string[]): { challenge: Params; algorithm: DigestAlgorithm } | undefined {
  const usable = values.flatMap((value) => {
    const challenge = parseDigest(value);
    const algorithm = algorithmOf(challenge?.get('algorithm'));
    return challenge?.has('nonce') && algorithm && offersAuth(challenge) ? [{ challenge, algorithm }] : [];
  });
  return usable.find((one) => one.algorithm === 'SHA-256') ?? usable[0];
}

const qopOf = (challenge: Params): string[] =>
  (challenge.get('qop') ?? '').split(',').map((one) => one.trim().toLowerCase());
const offersAuth = (challenge: Params): boolean => !challenge.get('qop') || qopOf(challenge).includes('auth');

function credentialsFor(
  request: SipRequest,
  challenge: Params,
  algorithm: DigestAlgorithm,
  { username, password }: Credentials,
): string {
  const realm = challenge.get('realm') ?? '';
  const nonce = challenge.get('nonce')!;
  const { method, uri } = request;
  // Every nonce is used once here, so the count is always one.
  const qop = challenge.get('qop') ? { cnonce: randomBytes(8).toString('hex'), nc: '00000001' } : undefined;
  const answer = digestResponse({ algorithm, username, realm, password, method, uri, nonce, qop });
  const named = challenge.has('algorithm') ? algorithm : undefined;
  const more = qop ? { qop: 'auth', nc: qop.nc, cnonce: qop.cnonce } : {};
  const opaque = challenge.get('opaque');
  return formatDigest({ username, realm, nonce, uri, response: answer, algorithm: named, ...more, opaque }, false);
}
