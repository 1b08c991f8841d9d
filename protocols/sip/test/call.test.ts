import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { afterEach, describe, expect, it } from 'vitest';
import {
  answerCall,
  contentOf,
  createRequest,
  dtmfContent,
  dtmfOf,
  invite,
  parseMessage,
  serialize,
} from '@wangge/sip';
import type { Call, Remote, ServerTransaction, SipEndpoint, SipRequest, SipResponse } from '@wangge/sip';
import { at, openEndpoint } from './pair.ts';

const sdp = (text: string) => contentOf('application/sdp', text);
const open: SipEndpoint[] = [];
afterEach(async () => {
  for (const endpoint of open.splice(0)) await endpoint.close();
});

/** A caller and a phone whose incoming calls go to `ring`. */
async function pair(ring: (transaction: ServerTransaction, phone: SipEndpoint) => void | Promise<void>) {
  const phone = await openEndpoint({ onRequest: (transaction) => ring(transaction, phone) });
  const caller = await openEndpoint();
  open.push(phone, caller);
  const dial = (remote: Remote, more: { timeoutMs?: number } = {}) =>
    invite(caller, {
      uri: 'sip:2@h',
      from: '<sip:1@h>',
      to: '<sip:2@h>',
      contact: caller.contact('1', remote),
      remote,
      content: sdp('offer'),
      ...more,
    });
  return { phone, caller, dial };
}

const contactOf = (phone: SipEndpoint, transaction: ServerTransaction) => phone.contact('2', transaction.source);

describe.each(['udp', 'tcp'] as const)('a call over %s', (transport) => {
  it('rings, talks, presses keys, changes its media and is hung up by the phone', async () => {
    let theirs: Call | undefined;
    const { phone, dial } = await pair(async (transaction) => {
      transaction.respond({ status: 180 });
      const { call, acknowledged } = answerCall(phone, transaction, {
        contact: contactOf(phone, transaction),
        content: sdp('answer'),
      });
      theirs = call;
      await acknowledged;
    });
    const progress: number[] = [];
    const remote = at(phone, transport);
    const { call, response } = await dial(remote).answered;
    expect(response.body.toString()).toBe('answer');

    theirs!.onRequest = (transaction) => {
      progress.push(Number(dtmfOf(transaction.request)));
      transaction.respond({ status: 200 });
    };
    expect((await call.request('INFO', { content: dtmfContent('1') })).status).toBe(200);
    expect(progress).toEqual([1]);

    theirs!.onOffer = (request) => sdp(`answer to ${request.body.toString()}`);
    const changed = await call.reinvite(sdp('offer 2'));
    expect(changed.body.toString()).toBe('answer to offer 2');

    await theirs!.bye();
    expect(await call.ended).toBe('remote');
    expect(await theirs!.ended).toBe('local');
    await expect(call.request('INFO')).rejects.toMatchObject({ code: 'closed' });
    expect(phone.dialogs.size).toBe(0);
  });

  it('is cancelled while it rings', async () => {
    const cancelled = Promise.withResolvers<void>();
    const { phone, caller, dial } = await pair((transaction) => {
      transaction.onCancel = () => cancelled.resolve();
      transaction.respond({ status: 180 });
      outgoing.cancel();
    });
    const outgoing = dial(at(phone, transport));
    await expect(outgoing.answered).rejects.toMatchObject({ code: 'cancelled' });
    await cancelled.promise;
    expect(caller.dialogs.size).toBe(0);
  });

  it('is refused', async () => {
    const { phone, dial } = await pair((transaction) => transaction.respond({ status: 486 }));
    await expect(dial(at(phone, transport)).answered).rejects.toMatchObject({ code: 'rejected', status: 486 });
  });

  it('is hung up at once when the answer comes too late', async () => {
    const late = Promise.withResolvers<Call>();
    const { phone, dial } = await pair((transaction) => {
      transaction.respond({ status: 180 });
      ringing.resolve(transaction);
    });
    const ringing = Promise.withResolvers<ServerTransaction>();
    const outgoing = dial(at(phone, transport), { timeoutMs: 30 });
    const failed = outgoing.answered.catch((error: unknown) => error);
    const transaction = await ringing.promise;
    // The phone answers in the moment in which the caller gives up: its 487 is skipped, its 200 is not.
    transaction.receiveCancel = () => {
      const { call } = answerCall(phone, transaction, { contact: contactOf(phone, transaction) });
      late.resolve(call);
    };
    expect(await failed).toMatchObject({ code: 'timeout' });
    expect(await (await late.promise).ended).toBe('remote');
  });
});

describe('a call with losses', () => {
  it('repeats 200 until the ACK, and takes one without a From tag', async () => {
    const answered = Promise.withResolvers<{ call: Call; acknowledged: Promise<void> }>();
    const { phone } = await pair((transaction) => {
      answered.resolve(answerCall(phone, transaction, { contact: contactOf(phone, transaction) }));
    });
    const socket = createSocket('udp4');
    const say = (method: string, to: string, cseq: number): void => {
      const request = createRequest({ method, uri: 'sip:2@h', from: '<sip:1@127.0.0.1>', to, callId: 'raw', cseq });
      request.headers.add('via', `SIP/2.0/UDP 0.0.0.0:5060;branch=z9hG4bKraw${method}`);
      socket.send(serialize(request), phone.port('udp'), '127.0.0.1');
    };
    say('INVITE', '<sip:2@h>', 7);
    const codes: number[] = [];
    let last: SipResponse | undefined;
    while (codes.filter((code) => code === 200).length < 3) {
      last = parseMessage((await once(socket, 'message'))[0] as Buffer) as SipResponse;
      codes.push(last.status);
    }
    expect(codes[0]).toBe(100);
    const { call, acknowledged } = await answered.promise;
    say('ACK', last!.headers.get('to')!, 7);
    await acknowledged;
    expect(call.over).toBe(false);
    // No To tag at all: the Call-ID leaves no doubt.
    say('BYE', '<sip:2@h>', 8);
    expect(await call.ended).toBe('remote');
    socket.close();
  });

  it('hangs up when the ACK never comes', async () => {
    const answered = Promise.withResolvers<Call>();
    const { phone } = await pair((transaction) => {
      answered.resolve(answerCall(phone, transaction, { contact: contactOf(phone, transaction) }).call);
    });
    const socket = createSocket('udp4');
    const request = createRequest({
      method: 'INVITE',
      uri: 'sip:2@h',
      from: '<sip:1@h>;tag=z',
      to: '<sip:2@h>',
      callId: 'deaf',
      cseq: 1,
    });
    request.headers.add('via', 'SIP/2.0/UDP 0.0.0.0:5060;branch=z9hG4bKdeaf');
    socket.send(serialize(request), phone.port('udp'), '127.0.0.1');
    const bye = Promise.withResolvers<SipRequest>();
    socket.on('message', (bytes) => {
      const message = parseMessage(bytes);
      if (message.kind === 'request') bye.resolve(message);
    });
    const call = await answered.promise;
    expect(await call.ended).toBe('lost');
    expect((await bye.promise).method).toBe('BYE');
    socket.close();
  });

  it('hangs up the second phone of a forked call', async () => {
    const { caller, dial } = await pair(() => undefined);
    const socket = createSocket('udp4');
    socket.bind(0, '127.0.0.1');
    await once(socket, 'listening');
    const seen: string[] = [];
    const done = Promise.withResolvers<void>();
    socket.on('message', (bytes, from) => {
      const request = parseMessage(bytes) as SipRequest;
      const reply = (tag: string): void => {
        const to = `${request.headers.get('to')!.replace(/;tag=.*/, '')};tag=${tag}`;
        const lines = [
          'SIP/2.0 200 OK',
          ...request.headers.all('via').map((via) => `Via: ${via}`),
          `From: ${request.headers.get('from')}`,
          `To: ${to}`,
          `Call-ID: ${request.headers.get('call-id')}`,
          `CSeq: ${request.headers.get('cseq')}`,
          `Contact: <sip:${tag}@127.0.0.1>`,
          '',
          '',
        ];
        socket.send(lines.join('\r\n'), from.port, from.address);
      };
      seen.push(`${request.method} ${request.uri}`);
      if (request.method === 'INVITE') ['one', 'one', 'two'].forEach(reply);
      if (request.method === 'BYE') {
        reply('two');
        done.resolve();
      }
    });
    const { call } = await dial({ transport: 'udp', host: '127.0.0.1', port: socket.address().port }).answered;
    await done.promise;
    expect(seen.filter((line) => line === 'ACK sip:one@127.0.0.1')).toHaveLength(2);
    expect(seen).toContain('BYE sip:two@127.0.0.1');
    expect(call.over).toBe(false);
    expect(caller.dialogs.size).toBe(1);
    socket.close();
  });
});

describe('DTMF by INFO', () => {
  it.each([
    ['application/dtmf-relay', 'Signal=5\r\nDuration=100', '5'],
    ['Application/DTMF-Relay', 'signal = 11', '#'],
    ['application/dtmf', '*', '*'],
    ['application/dtmf', 'x', undefined],
    ['text/plain', 'Signal=5', undefined],
  ])('%s %s', (type, body, key) => {
    const parts = { method: 'INFO', uri: 'sip:x', from: 'a', to: 'b', callId: 'c', cseq: 1 };
    expect(dtmfOf(createRequest({ ...parts, content: contentOf(type, body) }))).toBe(key);
  });
});
