/** Gateways to telephones over HTTP: text messages and calls that read a text aloud. */
import { createHmac } from 'node:crypto';
import { post } from './http-out.ts';
import { type Send, verdictOf } from './sender.ts';

/**
 * POSTs `{id, phone, text}` (a call: also `lang`) as JSON, signed: `x-wangge-signature` is HMAC-SHA-256 (hex) of the
 * body under the shared key. `id` is the idempotency key, in the header of that name too.
 */
export function gatewaySender(url: string, key: string, more: { readonly speaks: boolean }): Send {
  return async (phone, message) => {
    const { key: id, text, lang } = message;
    const body = JSON.stringify({ id, phone, text, ...(more.speaks ? { lang } : {}) });
    const answer = await post(
      url,
      {
        'content-type': 'application/json',
        'idempotency-key': id,
        'x-wangge-signature': createHmac('sha256', key).update(body).digest('hex'),
      },
      body,
      'any',
    );
    return verdictOf(answer.status);
  };
}
