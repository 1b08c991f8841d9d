/** Deliveries against a real gateway and an injected clock: late, once, by another way, and visible to the administrator. */
import { newId } from '@wangge/contract-kit';
import { defineModule, onHook } from '@wangge/kernel';
import type { Seat } from '@wangge/staff/testkit';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { claimDue } from '../src/claim.ts';
import type { Delivery, Message, NotifyChannel, Preferences } from '../src/contract.ts';
import { acknowledgeAbout, demoInbox, messageAcknowledged, tell, tellAccounts } from '../src/index.ts';
import { deliverDue } from '../src/keep-delivering.ts';
import { vapidKeys } from '../src/senders/vapid.ts';
import { type Gateway, gateway } from './simulators/gateway.ts';
import { pushService } from './simulators/push-service.ts';
import { dingtalkRobot } from './simulators/robots.ts';
import { type NotifyTown, openNotifyTown } from './support.ts';

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
const noticed: unknown[] = [];
const owner = defineModule({
  name: 'owner',
  on: [
    onHook(messageAcknowledged, async (tx, { subject }) => {
      noticed.push(subject);
      if (subject) await acknowledgeAbout(tx, subject);
    }),
  ],
});

let town: NotifyTown;
let admin: Seat;
let sms: Gateway;
let smsChannel: NotifyChannel;
beforeAll(async () => {
  town = await openNotifyTown([owner]);
  admin = await town.person('system-admin', null);
  sms = await gateway('secret');
  smsChannel = await town.ask<NotifyChannel>(admin, 'POST', '/api/notify/channels', {
    kind: 'sms',
    name: '短信',
    enabled: true,
    settings: { url: `${sms.url}/send?token=t0psecret`, key: 'secret' },
  });
});
afterAll(async () => {
  delete process.env['WANGGE_PUSH_HOSTS'];
  await town.close();
  await sms.close();
});
beforeEach(async () => {
  sms.mode = 'up';
  sms.taken.length = 0;
  sms.repeated.length = 0;
  await town.owner.query('delete from notify_messages');
  await town.owner.query("delete from notify_channels where kind <> 'sms'");
});

const tellPhone = (phone: string, number: string): Promise<void> =>
  town.rt.system('test', (tx) =>
    tell(tx, { to: { kind: 'phone', phone }, template: 'resident.closed', params: { number, link: 'https://x' } }),
  );
const offer = (to: Seat, more: object = {}): Promise<void> =>
  town.rt.system('test', (tx) =>
    tell(tx, {
      to: { kind: 'account', id: to.id },
      template: 'order.offered',
      params: { number: '1', summary: '路灯' },
      ...more,
    }),
  );
const seen = async (query = ''): Promise<Delivery[]> =>
  (await town.ask<{ items: Delivery[] }>(admin, 'GET', `/api/notify/deliveries?limit=200${query}`)).items;
async function choose(who: Seat, choices: object, quiet: object | null = null, email?: string): Promise<Preferences> {
  const now = await town.ask<Preferences>(who, 'GET', '/api/notify/preferences');
  return town.ask(who, 'PUT', '/api/notify/preferences', {
    choices: { ...now.choices, ...choices },
    quiet,
    ...(email === undefined ? {} : { email }),
  });
}

describe('a provider that is down for an hour', () => {
  it('gets everything afterwards, each once, though the process is killed in the middle', async () => {
    sms.mode = 'down';
    for (let i = 0; i < 40; i++) await tellPhone(`1380000${1000 + i}`, String(i));
    await deliverDue(town.rt);
    await town.pass(hourMs, 5 * minuteMs);
    expect(sms.taken).toEqual([]);
    const waiting = await seen('&state=waiting');
    expect(waiting).toHaveLength(40);
    expect(waiting[0]?.attempts.length).toBeGreaterThan(3);
    expect(waiting[0]).toMatchObject({ answer: 'HTTP 503', target: expect.stringMatching(/^138\*{4}/) as string });

    // Back, but the first answers are lost: nobody knows what was taken, so it is sent again under the same key.
    sms.mode = 'deaf';
    await town.pass(20 * minuteMs, 5 * minuteMs);
    expect(sms.taken.length).toBeGreaterThan(0);
    sms.mode = 'up';
    // A process takes some and dies with them.
    town.clock.advance(20 * minuteMs);
    const lost = await claimDue(town.rt, 10);
    expect(lost).toHaveLength(10);
    await town.pass(hourMs, minuteMs);
    expect(sms.taken.map((t) => t.phone).toSorted()).toEqual(
      Array.from({ length: 40 }, (_, i) => `1380000${1000 + i}`).toSorted(),
    );
    expect(sms.repeated.length).toBeGreaterThan(0);
    const sent = await seen('&state=sent');
    expect(sent).toHaveLength(40);
    expect(sent.filter((d) => d.attempts.some((a) => a.answer === 'interrupted'))).toHaveLength(10);
    // Nothing is left to be done, however long one waits.
    const asked = sms.asked.length;
    await town.pass(hourMs, 10 * minuteMs);
    expect(sms.asked).toHaveLength(asked);
  });
  it('is not asked by two processes for the same message', async () => {
    for (let i = 0; i < 60; i++) await tellPhone('13800000000', String(i));
    const made = await Promise.all([deliverDue(town.rt), deliverDue(town.rt), deliverDue(town.rt)]);
    expect(made.reduce((a, b) => a + b)).toBe(60);
    expect([sms.taken.length, sms.repeated.length]).toEqual([60, 0]);
  });
  it('does not send codes that nobody can use any more', async () => {
    sms.mode = 'down';
    await town.rt.system('test', (tx) =>
      tell(tx, { to: { kind: 'phone', phone: '13800000000' }, template: 'resident.code', params: { code: '123456' } }),
    );
    await deliverDue(town.rt);
    sms.mode = 'up';
    town.clock.advance(11 * minuteMs);
    await deliverDue(town.rt);
    expect(sms.taken).toEqual([]);
    expect(await seen()).toMatchObject([{ state: 'failed', answer: 'too late' }]);
  });
  it('is given up after a day, and tried again by hand', async () => {
    sms.mode = 'down';
    await tellPhone('13800000000', '1');
    await deliverDue(town.rt);
    await town.pass(25 * hourMs, 16 * minuteMs);
    const [failed] = await seen('&state=failed');
    expect(failed).toMatchObject({ state: 'failed', answer: 'HTTP 503', nextAtMs: null });
    sms.mode = 'up';
    const retry = `/api/notify/deliveries/${failed?.id}/retry`;
    await town.ask(admin, 'POST', retry);
    await deliverDue(town.rt);
    expect(sms.taken).toHaveLength(1);
    // A second time there is nothing to be tried again.
    expect((await town.send(admin, 'POST', retry)).statusCode).toBe(409);
  });
});

describe('a person', () => {
  it('is told in the own language, and by text message where that was chosen, after the quiet hours', async () => {
    const who = await town.person('grid-member');
    await town.ask(who, 'PUT', '/api/me/language', { lang: 'en' });
    // The clock may be anywhere: quiet from now on for six hours.
    const minute = Math.floor((town.clock.nowMs() + 8 * hourMs) / minuteMs) % 1440;
    await choose(who, { order: ['sms'] }, { fromMin: minute, toMin: (minute + 360) % 1440 });
    await offer(who);
    await deliverDue(town.rt);
    expect(sms.taken).toEqual([]);
    expect(await seen()).toMatchObject([
      { state: 'waiting', channel: 'sms', target: '138****1234', receiver: 'grid-member' },
    ]);
    await town.pass(6 * hourMs, 30 * minuteMs);
    expect(sms.taken).toMatchObject([{ phone: '13800001234', text: 'New order 1: 路灯' }]);
    expect(await demoInbox(town.rt)).toMatchObject([{ phone: '13800001234', text: 'New order 1: 路灯' }]);
    const inbox = await town.ask<{ items: Message[] }>(who, 'GET', '/api/notify/messages');
    expect(inbox.items).toMatchObject([{ kind: 'order', text: 'New order 1: 路灯', read: false }]);
  });
  it('who read it meanwhile is not rung up', async () => {
    const who = await town.person('grid-member');
    const minute = Math.floor((town.clock.nowMs() + 8 * hourMs) / minuteMs) % 1440;
    await choose(who, { order: ['sms'] }, { fromMin: minute, toMin: (minute + 60) % 1440 });
    await offer(who);
    const { items } = await town.ask<{ items: Message[] }>(who, 'GET', '/api/notify/messages');
    await town.ask(who, 'POST', '/api/notify/messages/read', { ids: items.map((m) => m.id) });
    await town.pass(2 * hourMs, 30 * minuteMs);
    expect(sms.taken).toEqual([]);
    expect(await seen()).toMatchObject([{ state: 'skipped', attempts: [] }]);
  });
  it('is woken by an emergency, and by text message when pushing fails', async () => {
    const who = await town.person('grid-member');
    const service = await pushService(vapidKeys(town.rt).publicKey);
    process.env['WANGGE_PUSH_HOSTS'] = service.host;
    await town.ask(who, 'POST', '/api/notify/push', { ...service.subscription, app: 'field' });
    const minute = Math.floor((town.clock.nowMs() + 8 * hourMs) / minuteMs) % 1440;
    await choose(who, { order: [] }, { fromMin: minute, toMin: (minute + 600) % 1440 });
    await offer(who);
    await deliverDue(town.rt);
    expect(service.shown).toEqual([]);
    const subject = { kind: 'incident', id: newId() };
    await offer(who, { urgent: true, subject });
    await deliverDue(town.rt);
    expect(service.shown).toMatchObject([
      { title: '【紧急】工单', body: '新工单 1：路灯', url: `/field/incident/${subject.id}` },
    ]);
    expect(sms.taken).toEqual([]);
    service.gone = true;
    await offer(who, { urgent: true });
    await deliverDue(town.rt);
    expect(sms.taken).toHaveLength(1);
    expect((await seen()).map((d) => `${d.channel} ${d.state}`).slice(0, 2)).toEqual(['sms sent', 'push failed']);
    // The browser that is gone is forgotten.
    expect(await town.ask(who, 'GET', '/api/notify/push')).toMatchObject({ devices: [] });
    await service.close();
  });
  it('who does not answer by push within minutes is written to', async () => {
    const who = await town.person('grid-member');
    const service = await pushService('another key: everything is refused');
    process.env['WANGGE_PUSH_HOSTS'] = service.host;
    await town.ask(who, 'POST', '/api/notify/push', { ...service.subscription, app: 'field' });
    await offer(who, { urgent: true });
    await deliverDue(town.rt);
    expect(sms.taken).toEqual([]);
    await town.pass(6 * minuteMs);
    expect(sms.taken).toHaveLength(1);
    await service.close();
  });
});

describe('a chat group', () => {
  it('hears of each occasion once, however many people are told, and only of its kinds', async () => {
    const robot = await dingtalkRobot('SEC1', () => town.clock.nowMs());
    await town.ask(admin, 'POST', '/api/notify/channels', {
      kind: 'dingtalk',
      name: '值班群',
      enabled: true,
      kinds: ['deadline'],
      settings: { url: `${robot.url}/robot/send?access_token=x`, key: 'SEC1' },
    });
    const people = await Promise.all(
      ['dispatcher', 'leader', 'grid-head'].map((r) => town.person(r as 'leader', null)),
    );
    const params = { number: '7', summary: '路灯' };
    const tellAll = () =>
      town.rt.system('test', (tx) =>
        tellAccounts(
          tx,
          people.map(({ id }) => ({
            accountId: id,
            template: 'incident.overdue' as const,
            params,
            onceKey: 'clock:1',
          })),
        ),
      );
    expect(await tellAll()).toBe(3);
    expect(await tellAll()).toBe(0);
    for (const who of people) await offer(who);
    await deliverDue(town.rt);
    expect(robot.said).toHaveLength(1);
    expect(robot.said[0]).toContain('7 已超时：路灯');
    expect(await seen('&channel=chat')).toMatchObject([{ target: '值班群', state: 'sent', receiver: null }]);
    await robot.close();
  });
});

describe('reading and taking notice', () => {
  it('are two things; the second counts for everybody who was told of the same', async () => {
    const [one, two] = [await town.person('dispatcher'), await town.person('leader')];
    const subject = { kind: 'incident', id: newId() };
    const params = { number: '7', summary: '路灯' };
    for (const who of [one, two]) await offer(who, { template: 'incident.overdue', params, subject });
    const inbox = (who: Seat) =>
      town.ask<{ items: Message[]; unread: number; unacknowledged: number }>(who, 'GET', '/api/notify/messages');
    const [message] = (await inbox(one)).items;
    await town.ask(one, 'POST', '/api/notify/messages/read', { ids: [message?.id] });
    expect(await inbox(one)).toMatchObject({ unread: 0, unacknowledged: 1 });
    const url = `/api/notify/messages/${message?.id}/acknowledge`;
    expect((await town.send(two, 'POST', url)).statusCode).toBe(404);
    noticed.length = 0;
    await town.ask(one, 'POST', url);
    await town.ask(one, 'POST', url);
    expect(noticed).toEqual([subject]);
    expect(await inbox(one)).toMatchObject({ unread: 0, unacknowledged: 0, items: [{ acknowledgedBy: null }] });
    expect(await inbox(two)).toMatchObject({ unread: 1, unacknowledged: 0, items: [{ acknowledgedBy: 'dispatcher' }] });
  });
});

describe('channels', () => {
  it('never show a secret again, and keep it when it is left out', async () => {
    const text = (await town.send(admin, 'GET', '/api/notify/channels')).body;
    expect(text).not.toMatch(/t0psecret|"secret"/);
    expect(JSON.parse(text)).toMatchObject({ sms: 'channel', channels: [{ target: sms.host, has: ['url', 'key'] }] });
    const rows = await town.owner.query<{ t: string }>('select row_to_json(c)::text as t from notify_channels c');
    expect(rows.rows[0]?.t).not.toMatch(/t0psecret/);
    const url = `/api/notify/channels/${smsChannel.id}`;
    await town.ask(admin, 'PUT', url, { name: '短信网关', enabled: true, settings: {} });
    expect(await town.ask(admin, 'POST', `${url}/test`, { to: '13900000000' })).toMatchObject({
      ok: true,
      answer: 'HTTP 202',
    });
    expect(sms.taken).toMatchObject([{ phone: '13900000000' }]);
  });
  it('that are pointed elsewhere do not take their key with them', async () => {
    const other = await gateway('secret');
    const url = `/api/notify/channels/${smsChannel.id}`;
    const moved = await town.ask<NotifyChannel>(admin, 'PUT', url, {
      name: '短信',
      enabled: true,
      settings: { url: other.url },
    });
    expect(moved.has).toEqual(['url']);
    expect(await town.ask(admin, 'POST', `${url}/test`, { to: '13900000000' })).toMatchObject({
      ok: false,
      answer: 'HTTP 401',
    });
    await town.ask(admin, 'PUT', url, { name: '短信', enabled: true, settings: { url: sms.url, key: 'secret' } });
    await other.close();
  });
  it.each([
    ['kind', { kind: 'sms', settings: { url: 'https://a.example' } }, 409],
    ['settings.url', { kind: 'voice', settings: {} }, 400],
    ['settings.url', { kind: 'voice', settings: { url: 'https://u:p@a.example' } }, 400],
    ['settings.url', { kind: 'voice', settings: { url: 'file:///etc/passwd' } }, 400],
    ['settings.host', { kind: 'email', settings: { from: 'a@b.c' } }, 400],
  ])('are refused by %s', async (field, body, status) => {
    const answer = await town.send(admin, 'POST', '/api/notify/channels', { name: 'x', enabled: true, ...body });
    expect([answer.statusCode, answer.json()]).toMatchObject([status, { error: { field } }]);
  });
  it('are counted by day, channel and state', async () => {
    await tellPhone('13800000000', '1');
    await tellPhone('13800000001', '2');
    await deliverDue(town.rt);
    const { totals } = await town.ask<{ totals: object[] }>(admin, 'GET', '/api/notify/totals');
    expect(totals).toMatchObject([{ channel: 'sms', state: 'sent', count: 2 }]);
  });
  it('are listed by pages without a gap', async () => {
    for (let i = 0; i < 7; i++) await tellPhone('13800000000', String(i));
    const ids: string[] = [];
    let cursor = '';
    do {
      const page = await town.ask<{ items: Delivery[]; nextCursor: string | null }>(
        admin,
        'GET',
        `/api/notify/deliveries?limit=3${cursor === '' ? '' : `&cursor=${cursor}`}`,
      );
      ids.push(...page.items.map((d) => d.id));
      cursor = page.nextCursor ?? '';
    } while (cursor !== '');
    expect(new Set(ids).size).toBe(7);
  });
});

describe('preferences', () => {
  it('keep an address sealed and show it masked', async () => {
    const who = await town.person('leader');
    expect(await choose(who, {}, null, 'zhang@town.example')).toMatchObject({
      email: 'z***@town.example',
      phone: '138****1234',
    });
    expect(await choose(who, {})).toMatchObject({ email: 'z***@town.example' });
    const { rows } = await town.owner.query<{ t: string }>(
      'select row_to_json(p)::text as t from notify_preferences p',
    );
    expect(rows.map((r) => r.t).join()).not.toContain('zhang');
  });
  it.each([
    { choices: {}, quiet: null },
    { quiet: { fromMin: 5, toMin: 5 } },
    { quiet: { fromMin: -1, toMin: 5 } },
    { quiet: { fromMin: 0, toMin: 1440 } },
    { email: 'nobody' },
  ])('that make no sense are refused: %j', async (wrong) => {
    const who = await town.person('leader');
    const now = await town.ask<Preferences>(who, 'GET', '/api/notify/preferences');
    const answer = await town.send(who, 'PUT', '/api/notify/preferences', {
      choices: now.choices,
      quiet: null,
      ...wrong,
    });
    expect([answer.statusCode, answer.json()]).toMatchObject([400, { error: { code: 'invalid-field' } }]);
  });
  it('a browser that somebody else signs in on is theirs', async () => {
    process.env['WANGGE_PUSH_HOSTS'] = 'push.test:1';
    const service = {
      endpoint: 'https://push.test:1/x',
      p256dh: Buffer.alloc(65, 4).toString('base64url'),
      auth: Buffer.alloc(16).toString('base64url'),
      app: 'console',
    };
    const [one, two] = [await town.person('leader'), await town.person('dispatcher')];
    for (const who of [one, two, two]) await town.ask(who, 'POST', '/api/notify/push', service);
    expect(await town.ask(one, 'GET', '/api/notify/push')).toMatchObject({ devices: [] });
    expect((await town.ask<{ devices: object[] }>(two, 'GET', '/api/notify/push')).devices).toHaveLength(1);
    expect(await town.ask(one, 'POST', '/api/notify/push/end', { endpoint: service.endpoint })).toEqual({ ended: 0 });
    expect(await town.ask(two, 'POST', '/api/notify/push/end', { endpoint: service.endpoint })).toEqual({ ended: 1 });
    const inside = { ...service, endpoint: 'https://192.168.1.1/x' };
    expect((await town.send(one, 'POST', '/api/notify/push', inside)).statusCode).toBe(400);
  });
});
