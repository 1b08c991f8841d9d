/** Chat robots as their makers describe them: they answer 200 to everything and say in the body what they think. */
import { createHmac } from 'node:crypto';
import { simulator, type Simulator } from './http.ts';

export interface Robot extends Simulator {
  readonly said: string[];
}
const hourMs = 3_600_000;

/** The key stands in the address. */
export async function wecomRobot(key: string): Promise<Robot> {
  const said: string[] = [];
  const server = await simulator(({ url, body }) => {
    const message = JSON.parse(body.toString()) as { msgtype?: string; text?: { content?: string } };
    if (url.pathname !== '/cgi-bin/webhook/send' || url.searchParams.get('key') !== key)
      return { status: 200, body: { errcode: 93000, errmsg: 'invalid webhook url' } };
    if (message.msgtype !== 'text' || typeof message.text?.content !== 'string')
      return { status: 200, body: { errcode: 40008, errmsg: 'invalid message type' } };
    said.push(message.text.content);
    return { status: 200, body: { errcode: 0, errmsg: 'ok' } };
  });
  return Object.assign(server, { said });
}

/** Signed in the address, at most an hour old. */
export async function dingtalkRobot(secret: string, nowMs: () => number): Promise<Robot> {
  const said: string[] = [];
  const server = await simulator(({ url, body }) => {
    const time = url.searchParams.get('timestamp') ?? '';
    const right = createHmac('sha256', secret).update(`${time}\n${secret}`).digest('base64');
    if (url.searchParams.get('sign') !== right || Math.abs(nowMs() - Number(time)) > hourMs)
      return { status: 200, body: { errcode: 310000, errmsg: 'sign not match' } };
    const message = JSON.parse(body.toString()) as { msgtype: string; text: { content: string } };
    said.push(message.text.content);
    return { status: 200, body: { errcode: 0, errmsg: 'ok' } };
  });
  return Object.assign(server, { said });
}

/** Signed in the body, in seconds, at most an hour old. */
export async function feishuRobot(secret: string, nowMs: () => number): Promise<Robot> {
  const said: string[] = [];
  const server = await simulator(({ body }) => {
    const message = JSON.parse(body.toString()) as {
      timestamp: string;
      sign: string;
      msg_type: string;
      content: { text: string };
    };
    const right = createHmac('sha256', `${message.timestamp}\n${secret}`).digest('base64');
    if (message.sign !== right || Math.abs(nowMs() - Number(message.timestamp) * 1000) > hourMs)
      return { status: 200, body: { code: 19021, msg: 'sign match fail or timestamp is not within one hour' } };
    said.push(message.content.text);
    return { status: 200, body: { code: 0, msg: 'success' } };
  });
  return Object.assign(server, { said });
}
