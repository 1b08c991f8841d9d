import { beforeEach, describe, expect, it } from 'vitest';
import {
  createRequest,
  createResponse,
  parseMessage,
  ServerTransaction,
  standardTimers,
  type Remote,
  type SipMessage,
  type SipRequest,
} from '@wangge/sip';
import { ManualClock } from '@wangge/sip/testkit';
import { ClientTransaction } from '../src/transaction/client.ts';

let clock: ManualClock;
let start: number;
let sent: { at: number; message: SipMessage }[];
let log: string[];
const udp: Remote = { transport: 'udp', host: '10.0.0.1', port: 5060 };
const tcp: Remote = { ...udp, transport: 'tcp' };

beforeEach(() => {
  clock = new ManualClock();
  start = clock.now();
  sent = [];
  log = [];
});

const core = () => ({
  clock,
  timers: standardTimers,
  send: async (bytes: Buffer) => void sent.push({ at: clock.now() - start, message: parseMessage(bytes) }),
});

function request(method: string): SipRequest {
  const made = createRequest({
    method,
    uri: 'sip:1@h',
    from: '<sip:2@h>;tag=a',
    to: '<sip:1@h>',
    callId: 'c',
    cseq: 1,
  });
  made.headers.prepend('via', 'SIP/2.0/UDP h:5060;branch=z9hG4bKx');
  return made;
}

function client(method: string, remote: Remote): ClientTransaction {
  const transaction = new ClientTransaction(core(), request(method), remote, {
    onResponse: ({ status }) => log.push(String(status)),
    onFail: ({ code }) => log.push(code),
    onDone: () => log.push('done'),
  });
  transaction.start();
  return transaction;
}

const server = (method: string, remote: Remote): ServerTransaction =>
  new ServerTransaction(core(), request(method), remote, remote, () => log.push('done'));
const answer = (method: string, status: number) => createResponse(request(method), { status, toTag: 'b' });
const times = () => sent.map(({ at }) => at);

describe('client transactions', () => {
  it('INVITE: timer A doubles, timer B gives up', () => {
    client('INVITE', udp);
    clock.advance(60_000);
    expect(times()).toEqual([0, 500, 1500, 3500, 7500, 15_500, 31_500]);
    expect(log).toEqual(['done', 'timeout']);
    expect(clock.waiting).toBe(0);
  });

  it('others: timer E doubles up to T2, timer F gives up', () => {
    client('MESSAGE', udp);
    clock.advance(60_000);
    expect(times()).toEqual([0, 500, 1500, 3500, 7500, 11_500, 15_500, 19_500, 23_500, 27_500, 31_500]);
    expect(log).toEqual(['done', 'timeout']);
  });

  it('sends once over TCP, and still gives up', () => {
    client('MESSAGE', tcp);
    clock.advance(60_000);
    expect(times()).toEqual([0]);
    expect(log).toEqual(['done', 'timeout']);
  });

  it('INVITE: no more repeats after 100; a refusal is acknowledged as often as it comes, timer D ends it', () => {
    const transaction = client('INVITE', udp);
    transaction.receive(answer('INVITE', 100));
    clock.advance(120_000);
    transaction.receive(answer('INVITE', 486));
    transaction.receive(answer('INVITE', 486));
    expect(sent.map(({ message }) => (message.kind === 'request' ? message.method : ''))).toEqual([
      'INVITE',
      'ACK',
      'ACK',
    ]);
    expect(sent[1]!.message.headers.get('to')).toContain('tag=b');
    clock.advance(32_000);
    expect(log).toEqual(['100', '486', 'done']);
  });

  it('INVITE: every 2xx reaches the caller until timer M', () => {
    const transaction = client('INVITE', udp);
    transaction.receive(answer('INVITE', 200));
    transaction.receive(answer('INVITE', 200));
    clock.advance(32_000);
    transaction.receive(answer('INVITE', 200));
    expect(log).toEqual(['200', '200', 'done']);
    expect(sent).toHaveLength(1);
  });

  it('others: a final answer counts once, timer K absorbs the rest', () => {
    const transaction = client('MESSAGE', udp);
    transaction.receive(answer('MESSAGE', 200));
    transaction.receive(answer('MESSAGE', 200));
    clock.advance(5000);
    expect(log).toEqual(['200', 'done']);
  });

  it('INVITE cancelled: a peer that says no more is forgotten after 64·T1', () => {
    const transaction = client('INVITE', udp);
    transaction.receive(answer('INVITE', 180));
    transaction.expectEnd();
    clock.advance(32_000);
    expect(log).toEqual(['180', 'done', 'timeout']);
  });
});

describe('server transactions', () => {
  it('INVITE: timer G repeats the refusal, timer H ends it', () => {
    server('INVITE', udp).respond({ status: 486 });
    clock.advance(40_000);
    expect(times()).toEqual([0, 500, 1500, 3500, 7500, 11_500, 15_500, 19_500, 23_500, 27_500, 31_500]);
    expect(log).toEqual(['done']);
  });

  it('INVITE: the ACK stops it, timer I absorbs further ones', () => {
    const transaction = server('INVITE', udp);
    transaction.respond({ status: 486 });
    expect(transaction.receiveAck()).toBe(true);
    clock.advance(4999);
    expect(log).toEqual([]);
    transaction.receiveAgain();
    clock.advance(1);
    expect(log).toEqual(['done']);
    expect(sent).toHaveLength(1);
  });

  it('INVITE: after 2xx repeats of the INVITE are absorbed and the ACK belongs to the dialog', () => {
    const transaction = server('INVITE', udp);
    transaction.respond({ status: 100 });
    transaction.receiveAgain();
    transaction.respond({ status: 200 });
    transaction.receiveAgain();
    expect(transaction.receiveAck()).toBe(false);
    expect(sent.map(({ message }) => (message.kind === 'response' ? message.status : 0))).toEqual([100, 100, 200]);
    clock.advance(32_000);
    expect(log).toEqual(['done']);
  });

  it('INVITE: CANCEL gives 487 once, and nothing after an answer', () => {
    const transaction = server('INVITE', udp);
    transaction.onCancel = () => log.push('cancelled');
    transaction.receiveCancel();
    transaction.receiveCancel();
    expect(sent).toHaveLength(1);
    expect(log).toEqual(['cancelled']);
  });

  it('others: repeats get the same answer until timer J', () => {
    const transaction = server('MESSAGE', udp);
    transaction.receiveAgain();
    transaction.respond({ status: 200 });
    transaction.respond({ status: 500 });
    transaction.receiveAgain();
    expect(sent.map(({ message }) => (message.kind === 'response' ? message.status : 0))).toEqual([200, 200]);
    clock.advance(32_000);
    expect(log).toEqual(['done']);
  });
});
