import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { connect } from 'node:net';
import { afterEach, describe, expect, it, vi } from 'vitest';
import {
  contentOf,
  createRequest,
  DigestServer,
  exchange,
  exchangeOk,
  newCallId,
  parseMessage,
  serialize,
  systemClock,
  userOf,
} from '@wangge/sip';
import type { EndpointOptions, ServerTransaction, SipEndpoint, SipRequest } from '@wangge/sip';
import { at, openEndpoint } from './pair.ts';

const open: SipEndpoint[] = [];
afterEach(async () => {
  for (const endpoint of open.splice(0)) await endpoint.close();
});

async function endpoint(options: Partial<EndpointOptions> = {}): Promise<SipEndpoint> {
  const made = await openEndpoint(options);
  open.push(made);
  return made;
}

const message = (body = ''): SipRequest =>
  createRequest({
    method: 'MESSAGE',
    uri: 'sip:2@h',
    from: '<sip:1@h>;tag=a',
    to: '<sip:2@h>',
    callId: newCallId(),
    cseq: 1,
    content: contentOf('text/plain', body),
  });

describe.each(['udp', 'tcp'] as const)('requests over %s', (transport) => {
  it('arrive once and are answered, each on its own', async () => {
    const bodies: string[] = [];
    const server = await endpoint({
      onRequest(transaction) {
        bodies.push(transaction.request.body.toString());
        transaction.respond({
          status: 200,
          content: contentOf('text/plain', `re ${transaction.request.body.toString()}`),
        });
      },
    });
    const client = await endpoint();
    const all = Array.from({ length: 50 }, (_, n) => exchange(client, message(String(n)), at(server, transport)));
    const answers = await Promise.all(all);
    expect(answers.map(({ body }) => body.toString())).toEqual(answers.map((_, n) => `re ${n}`));
    expect(new Set(bodies).size).toBe(50);
    expect(bodies).toHaveLength(50);
  });

  it('authenticate when asked to', async () => {
    const digest = new DigestServer({ realm: 'r', clock: systemClock });
    const server = await endpoint({
      onRequest(transaction) {
        if (digest.verify(transaction.request, 'secret') === 'ok') return transaction.respond({ status: 200 });
        transaction.respond({ status: 401, headers: { 'www-authenticate': digest.challenges()[0] } });
      },
    });
    const client = await endpoint();
    const remote = at(server, transport);
    const credentials = { username: 'u', password: 'secret' };
    expect((await exchangeOk(client, message(), remote, { credentials })).status).toBe(200);
    const wrong = exchangeOk(client, message(), remote, { credentials: { ...credentials, password: 'x' } });
    await expect(wrong).rejects.toMatchObject({ code: 'rejected', status: 401 });
  });

  it('answer 500 when the handler fails, and live on', async () => {
    const onError = vi.fn<(error: unknown) => void>();
    const server = await endpoint({
      onError,
      onRequest: (transaction) => {
        if (transaction.request.body.length > 0) throw new Error('broken');
        transaction.respond({ status: 200 });
      },
    });
    const client = await endpoint();
    expect((await exchange(client, message('x'), at(server, transport))).status).toBe(500);
    expect((await exchange(client, message(), at(server, transport))).status).toBe(200);
    expect(onError).toHaveBeenCalledOnce();
  });
});

describe('transport', () => {
  it('gives up on a peer that is not there', async () => {
    const client = await endpoint();
    await expect(exchange(client, message(), { transport: 'udp', host: '127.0.0.1', port: 9 })).rejects.toMatchObject({
      code: 'timeout',
    });
    await expect(exchange(client, message(), { transport: 'tcp', host: '127.0.0.1', port: 9 })).rejects.toMatchObject({
      code: 'transport',
    });
    expect(client.pending).toEqual({ clients: 0, servers: 0 });
  });

  it('asks back through the connection that the peer opened', async () => {
    let seen: ServerTransaction | undefined;
    const server = await endpoint({
      onRequest(transaction) {
        seen = transaction;
        transaction.respond({ status: 200 });
      },
    });
    const device = await endpoint({ onRequest: (transaction) => transaction.respond({ status: 202 }) });
    await exchange(device, message(), at(server, 'tcp'));
    expect(seen!.source.port).not.toBe(device.port('tcp'));
    expect((await exchange(server, message(), seen!.source)).status).toBe(202);
  });

  it('answers a keep-alive on TCP and hangs up on garbage', async () => {
    const server = await endpoint();
    const socket = connect(server.port('tcp'), '127.0.0.1');
    socket.write('\r\n\r\n');
    expect(String((await once(socket, 'data'))[0])).toBe('\r\n');
    socket.write('GET / HTTP/1.1\r\nHost: x\r\n\r\n');
    await once(socket, 'close');
    expect(server.stats.malformed).toBe(1);
  });

  it('absorbs repeats, notes the source and refuses what lacks headers', async () => {
    const server = await endpoint({ onRequest: (transaction) => transaction.respond({ status: 200 }) });
    const socket = createSocket('udp4');
    const ask = async (request: SipRequest, via: string) => {
      request.headers.replace('via', [via]);
      socket.send(serialize(request), server.port('udp'), '127.0.0.1');
      return parseMessage((await once(socket, 'message'))[0] as Buffer);
    };
    const request = message();
    const via = 'SIP/2.0/UDP 192.0.2.1:5060;rport;branch=z9hG4bKsame';
    const first = await ask(request, via);
    const second = await ask(request, via);
    expect(serialize(second).equals(serialize(first))).toBe(true);
    expect(first.headers.get('via')).toContain(`;rport=${socket.address().port};`);
    expect(first.headers.get('via')).toContain(';received=127.0.0.1');
    const bad = message();
    bad.headers.replace('call-id', []);
    expect(await ask(bad, `${via}2`)).toMatchObject({ status: 400 });
    socket.close();
  });

  it('drops what is beyond the limit of a source, and takes more later', async () => {
    const server = await endpoint({
      sourceLimit: { perSecond: 200, burst: 5 },
      onRequest: (transaction) => transaction.respond({ status: 200 }),
    });
    const client = await endpoint();
    const all = Array.from({ length: 20 }, () => exchange(client, message(), at(server, 'udp')));
    for (const { status } of await Promise.all(all)) expect(status).toBe(200);
    expect(server.stats.limited).toBeGreaterThan(0);
  });

  it('asks `admit` before a request costs anything', async () => {
    const server = await endpoint({ admit: (request) => userOf(request.headers.get('from')) !== '1' });
    const client = await endpoint();
    await expect(exchange(client, message(), at(server, 'udp'))).rejects.toMatchObject({ code: 'timeout' });
    expect((await exchange(client, message(), at(server, 'tcp'))).status).toBe(503);
    expect(server.pending.servers).toBe(0);
  });

  it('frees everything on close', async () => {
    const server = await endpoint({ onRequest: () => undefined });
    const client = await endpoint();
    const waiting = exchange(client, message(), at(server, 'udp'));
    const failed = waiting.catch((error: unknown) => error);
    await client.close();
    expect(await failed).toMatchObject({ code: 'closed' });
    await expect(exchange(client, message(), at(server, 'udp'))).rejects.toMatchObject({ code: 'closed' });
    expect(client.pending.clients).toBe(0);
  });
});
