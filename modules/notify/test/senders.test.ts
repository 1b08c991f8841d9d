/** Each way out against a small real server that speaks its provider's shape. */
import { randomBytes } from 'node:crypto';
import { afterEach, describe, expect, it } from 'vitest';
import webpush from 'web-push';
import { chatSender } from '../src/senders/chat.ts';
import { emailSender } from '../src/senders/email.ts';
import { gatewaySender } from '../src/senders/gateway.ts';
import { isInward, isPushAddress, post } from '../src/senders/http-out.ts';
import { pushTo } from '../src/senders/push.ts';
import type { Outgoing } from '../src/senders/sender.ts';
import { gateway } from './simulators/gateway.ts';
import { simulator } from './simulators/http.ts';
import { mailServer } from './simulators/mail-server.ts';
import { pushService } from './simulators/push-service.ts';
import { dingtalkRobot, feishuRobot, wecomRobot } from './simulators/robots.ts';

const message: Outgoing = {
  key: '0190a000-0000-7000-8000-000000000001',
  lang: 'zh',
  title: '时限提醒',
  text: 'WG-1 已超时：路灯不亮',
  path: '/console/?id=1',
  link: 'https://town.example/console/?id=1',
  urgent: true,
};
const said = `${message.title}\n${message.text}\n${message.link}`;
const closing: (() => Promise<void>)[] = [];
afterEach(async () => {
  delete process.env['WANGGE_PUSH_HOSTS'];
  await Promise.all(closing.splice(0).map((close) => close()));
});
function keep<T extends { close(): Promise<void> }>(server: T): T {
  closing.push(() => server.close());
  return server;
}

describe('a gateway to telephones', () => {
  it('takes signed messages, and reads calls in their language', async () => {
    const server = keep(await gateway('secret'));
    const sms = gatewaySender(server.url, 'secret', { speaks: false });
    expect(await sms('13800001234', message)).toEqual({ ok: true, answer: 'HTTP 202' });
    const voice = gatewaySender(server.url, 'secret', { speaks: true });
    await voice('13800001234', { ...message, key: '2' });
    expect(server.taken).toEqual([
      { id: message.key, phone: '13800001234', text: message.text },
      { id: '2', phone: '13800001234', text: message.text, lang: 'zh' },
    ]);
  });
  it('is tried again when it is down or the key is wrong, and not when it refuses for good', async () => {
    const server = keep(await gateway('secret'));
    const send = gatewaySender(server.url, 'secret', { speaks: false });
    server.mode = 'down';
    expect(await send('1', message)).toEqual({ ok: false, answer: 'HTTP 503', final: false });
    server.mode = 'strict';
    expect(await send('1', message)).toEqual({ ok: false, answer: 'HTTP 422', final: true });
    server.mode = 'up';
    const wrong = gatewaySender(server.url, 'other', { speaks: false });
    expect(await wrong('1', message)).toEqual({ ok: false, answer: 'HTTP 401', final: false });
    server.mode = 'deaf';
    await expect(send('1', message)).rejects.toThrow('socket hang up');
  });
  it('is not followed elsewhere', async () => {
    const other = keep(await simulator(() => ({ status: 200 })));
    const server = keep(await simulator(() => ({ status: 307 })));
    const verdict = await gatewaySender(server.url, '', { speaks: false })('1', message);
    expect([verdict.ok, other.asked]).toEqual([false, []]);
  });
});

describe('robots of chat groups', () => {
  const nowMs = Date.UTC(2026, 10, 2, 1);
  it('WeCom: the key is in the address', async () => {
    const robot = keep(await wecomRobot('k1'));
    const path = '/cgi-bin/webhook/send?key=';
    const right = chatSender('wecom', `${robot.url}${path}k1`, '', () => nowMs);
    const wrong = chatSender('wecom', `${robot.url}${path}k2`, '', () => nowMs);
    expect(await right('', message)).toEqual({ ok: true, answer: 'HTTP 200' });
    expect(await wrong('', message)).toEqual({ ok: false, answer: 'HTTP 200, code 93000', final: false });
    expect(robot.said).toEqual([said]);
  });
  it.each(['dingtalk', 'feishu'] as const)('%s: signed with a secret and the time', async (kind) => {
    const robot = keep(await (kind === 'dingtalk' ? dingtalkRobot : feishuRobot)('SECx+/=', () => nowMs));
    const url = `${robot.url}/robot/send?access_token=t`;
    expect(await chatSender(kind, url, 'SECx+/=', () => nowMs)('', message)).toEqual({ ok: true, answer: 'HTTP 200' });
    expect(await chatSender(kind, url, 'wrong', () => nowMs)('', message)).toMatchObject({ ok: false, final: false });
    expect(await chatSender(kind, url, 'SECx+/=', () => nowMs - 7_200_000)('', message)).toMatchObject({ ok: false });
    expect(robot.said).toEqual([said]);
  });
});

describe('e-mail', () => {
  const settings = {
    host: '127.0.0.1',
    security: 'none',
    user: 'wangge',
    password: 'p',
    from: '网格 <w@town.example>',
  } as const;
  it('carries subject, text, link and an identifier that stays', async () => {
    const server = keep(await mailServer('wangge', 'p'));
    const send = emailSender({ ...settings, port: server.port }, 'town.example');
    expect(await send('a@town.example', message)).toEqual({ ok: true, answer: 'SMTP 250' });
    const [mail] = server.mails;
    expect(mail?.to).toEqual(['a@town.example']);
    expect(mail?.text).toContain(`Message-ID: <${message.key}@town.example>`);
    expect(mail?.text).toContain(`Subject: =?UTF-8?`);
    const [, body = ''] = mail?.text.split('\r\n\r\n') ?? [];
    expect(Buffer.from(body, 'base64').toString()).toBe(`${message.text}\n\n${message.link}\n`);
  });
  it('is given up where nobody lives, and tried again where the password is wrong or nothing answers', async () => {
    const server = keep(await mailServer('wangge', 'p'));
    const at = (more: object) => emailSender({ ...settings, port: server.port, ...more }, 'town.example');
    expect(await at({})('nobody@town.example', message)).toEqual({ ok: false, answer: 'SMTP 550', final: true });
    expect(await at({ password: 'x' })('a@town.example', message)).toMatchObject({ ok: false, final: false });
    await expect(at({ port: 1 })('a@town.example', message)).rejects.toThrow('ECONNREFUSED');
  });
  it('does not send in the clear where encryption is asked for', async () => {
    const server = keep(await mailServer('wangge', 'p'));
    const send = emailSender({ ...settings, security: 'starttls', port: server.port }, 'town.example');
    const verdict = await send('a@town.example', message).catch(() => ({ ok: false }));
    expect([verdict.ok, server.mails]).toEqual([false, []]);
  });
});

describe('web push', () => {
  const keys = webpush.generateVAPIDKeys();
  it('is encrypted for one browser and signed by the platform', async () => {
    const service = keep(await pushService(keys.publicKey));
    process.env['WANGGE_PUSH_HOSTS'] = service.host;
    const verdict = await pushTo(service.subscription, message, keys, 'https://town.example');
    expect(verdict).toEqual({ ok: true, answer: 'HTTP 201', gone: false });
    expect(service.shown).toEqual([
      { title: message.title, body: message.text, url: message.path, tag: message.key, urgent: true },
    ]);
    expect(service.headers).toEqual([{ urgency: 'high', topic: message.key.replaceAll('-', ''), ttl: '86400' }]);
    // Nobody on the way can read it.
    expect(service.asked[0]?.body.includes(Buffer.from('路灯'))).toBe(false);
  });
  it('of another platform is refused, and a browser that is gone is known', async () => {
    const service = keep(await pushService(keys.publicKey));
    process.env['WANGGE_PUSH_HOSTS'] = service.host;
    const other = webpush.generateVAPIDKeys();
    expect(await pushTo(service.subscription, message, other, 'https://t.example')).toMatchObject({
      answer: 'HTTP 403',
    });
    service.gone = true;
    expect(await pushTo(service.subscription, message, keys, 'https://t.example')).toMatchObject({
      final: true,
      gone: true,
    });
  });
  it('with keys that are none fails without being sent', async () => {
    const service = keep(await pushService(keys.publicKey));
    const wrong = { ...service.subscription, p256dh: randomBytes(65).toString('base64url') };
    expect(await pushTo(wrong, message, keys, 'https://t.example')).toMatchObject({ ok: false, final: true });
  });
  it('goes nowhere inside the house', async () => {
    const service = keep(await pushService(keys.publicKey));
    await expect(pushTo(service.subscription, message, keys, 'https://t.example')).rejects.toThrow('public network');
    expect(service.asked).toEqual([]);
    // A name that leads inside is looked at when the connection is made.
    await expect(post('https://localhost.localdomain.:1/', {}, '', 'public')).rejects.toThrow(
      /public network|ENOTFOUND|EAI_AGAIN/,
    );
  });
});

describe('addresses', () => {
  it.each([
    'http://push.example/x',
    'https://localhost/x',
    'https://printer.local/x',
    'https://db.internal/x',
    'https://router/x',
    'https://127.0.0.1/x',
    'https://0x7f.1/x',
    'https://2130706433/x',
    'https://10.1.2.3/x',
    'https://192.168.1.1/x',
    'https://169.254.169.254/latest',
    'https://[::1]/x',
    'https://[::ffff:127.0.0.1]/x',
    'https://[fd00::1]/x',
    'https://user:pw@push.example/x',
    'ftp://push.example/x',
    'nonsense',
  ])('not to be pushed to: %s', (url) => {
    expect(isPushAddress(url)).toBe(false);
  });
  it.each([
    'https://fcm.googleapis.com/fcm/send/x',
    'https://updates.push.services.mozilla.com/w',
    'https://8.8.8.8/x',
  ])('to be pushed to: %s', (url) => {
    expect(isPushAddress(url)).toBe(true);
  });
  it('of the house are known in every spelling', () => {
    for (const one of ['127.0.0.1', '::ffff:7f00:1', '::ffff:10.0.0.1', 'fe80::1', '::', '0.0.0.0', 'x'])
      expect([one, isInward(one)]).toEqual([one, true]);
    for (const one of ['8.8.8.8', '2400:3200::1', '::ffff:8.8.8.8']) expect([one, isInward(one)]).toEqual([one, false]);
  });
});
