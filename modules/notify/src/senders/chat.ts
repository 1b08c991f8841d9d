/** Robots of chat groups: the shapes and signatures of WeCom, DingTalk and Feishu. */
import { createHmac } from 'node:crypto';
import { post } from './http-out.ts';
import { type Outgoing, type Send, verdictOf } from './sender.ts';

interface Shape {
  readonly url: string;
  readonly body: object;
}
type Robot = (url: string, secret: string, message: Outgoing, nowMs: number) => Shape;

const contentOf = (message: Outgoing): string => `${message.title}\n${message.text}\n${message.link}`;

/** The key is in the address; there is no signature. */
const wecom: Robot = (url, _secret, message) => ({
  url,
  body: { msgtype: 'text', text: { content: contentOf(message) } },
});

/** `sign` = base64 of HMAC-SHA-256 over `<ms>\n<secret>` under the secret, both in the address. */
const dingtalk: Robot = (url, secret, message, nowMs) => {
  const signed = new URL(url);
  if (secret !== '') {
    signed.searchParams.set('timestamp', String(nowMs));
    signed.searchParams.set('sign', createHmac('sha256', secret).update(`${nowMs}\n${secret}`).digest('base64'));
  }
  return { url: signed.toString(), body: { msgtype: 'text', text: { content: contentOf(message) } } };
};

/** `sign` = base64 of HMAC-SHA-256 over nothing under `<s>\n<secret>`, both in the body. */
const feishu: Robot = (url, secret, message, nowMs) => {
  const timestamp = String(Math.floor(nowMs / 1000));
  const sign = createHmac('sha256', `${timestamp}\n${secret}`).digest('base64');
  return {
    url,
    body: {
      ...(secret === '' ? {} : { timestamp, sign }),
      msg_type: 'text',
      content: { text: contentOf(message) },
    },
  };
};

const robots = { wecom, dingtalk, feishu } as const;
export type ChatKind = keyof typeof robots;

/** They answer 200 to everything and say in the body what they think of it; zero is well. */
function codeIn(body: string): number | null {
  try {
    const parsed = JSON.parse(body) as Record<string, unknown>;
    const code = parsed['errcode'] ?? parsed['code'] ?? parsed['StatusCode'];
    return typeof code === 'number' ? code : null;
  } catch {
    return null;
  }
}

export function chatSender(kind: ChatKind, url: string, secret: string, nowMs: () => number): Send {
  return async (_to, message) => {
    const shape = robots[kind](url, secret, message, nowMs());
    const answer = await post(shape.url, { 'content-type': 'application/json' }, JSON.stringify(shape.body), 'any');
    const code = codeIn(answer.body);
    if (answer.status === 200 && code !== 0)
      return { ok: false, answer: `HTTP 200, code ${code ?? '?'}`, final: false };
    return verdictOf(answer.status);
  };
}
