/** The way out to telephones: an interface, a gateway over HTTPS, and the demo's inbox. */
import { createHmac } from 'node:crypto';
import type { Runtime } from '@wangge/kernel';

export interface SmsSender {
  readonly kind: 'gateway' | 'inbox' | 'none';
  /** Throws when the message did not go out; it is then tried again. */
  send(message: { id: string; phone: string; text: string }): Promise<void>;
}

/** Nothing leaves: what was sent can be read at `/dev/inbox`. */
export const inboxSender: SmsSender = { kind: 'inbox', send: () => Promise.resolve() };

/** Outside demo mode without a gateway every message fails loudly, instead of vanishing. */
export const noSender: SmsSender = {
  kind: 'none',
  send: () => Promise.reject(new Error('no SMS gateway is set (WANGGE_SMS_URL)')),
};

/**
 * POSTs `{id, phone, text}` as JSON to a gateway, signed: `x-wangge-signature` is HMAC-SHA-256 (hex)
 * of the body under the shared key. The id lets the gateway drop a repetition.
 */
export function gatewaySender(url: string, key: string): SmsSender {
  return {
    kind: 'gateway',
    async send(message) {
      const body = JSON.stringify(message);
      const answer = await fetch(url, {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          'x-wangge-signature': createHmac('sha256', key).update(body).digest('hex'),
        },
        body,
        signal: AbortSignal.timeout(15_000),
      });
      if (!answer.ok) throw new Error(`the SMS gateway answered ${answer.status}`);
    },
  };
}

export function senderFor(rt: Runtime): SmsSender {
  const url = process.env['WANGGE_SMS_URL'];
  if (url !== undefined && url !== '') return gatewaySender(url, process.env['WANGGE_SMS_KEY'] ?? '');
  return rt.config.demo ? inboxSender : noSender;
}
