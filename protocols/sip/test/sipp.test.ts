import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { answerCall, contentOf, invite, standardTimers, type SipEndpoint } from '@wangge/sip';
import { openEndpoint } from './pair.ts';
import { runSipp, sippNote, sippThere } from './peers.ts';

const sdp = contentOf(
  'application/sdp',
  'v=0\r\no=- 0 0 IN IP4 127.0.0.1\r\ns=-\r\nc=IN IP4 127.0.0.1\r\nt=0 0\r\nm=audio 30000 RTP/AVP 8\r\n',
);
const freePort = (): string => String(20_000 + (process.pid % 20_000) + Math.floor(Math.random() * 2000));
let folder: string;
const open: SipEndpoint[] = [];
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sip-sipp-'));
});
afterAll(async () => {
  for (const endpoint of open) await endpoint.close();
  await rm(folder, { recursive: true });
});

describe.skipIf(!sippThere)(`SIPp's own telephone scenarios${sippNote}`, () => {
  it.each([
    ['udp', 'u1'],
    ['tcp', 't1'],
  ] as const)('fifty callers over %s are answered and hang up', async (transport, mode) => {
    const ended: Promise<string>[] = [];
    const phone = await openEndpoint({
      timers: standardTimers,
      onRequest(transaction) {
        transaction.respond({ status: 180 });
        const contact = phone.contact('1', transaction.source);
        ended.push(answerCall(phone, transaction, { contact, content: sdp }).call.ended);
      },
    });
    open.push(phone);
    const target = `127.0.0.1:${phone.port(transport)}`;
    await runSipp(
      [target, '-sn', 'uac', '-t', mode, '-m', '50', '-r', '50', '-i', '127.0.0.1', '-p', freePort()],
      folder,
    );
    expect(await Promise.all(ended)).toEqual(Array.from({ length: 50 }, () => 'remote'));
  });

  it('a phone is called and hung up', async () => {
    const caller = await openEndpoint({ timers: standardTimers });
    open.push(caller);
    const port = freePort();
    const phone = runSipp(['-sn', 'uas', '-m', '1', '-i', '127.0.0.1', '-p', port], folder);
    const remote = { transport: 'udp', host: '127.0.0.1', port: Number(port) } as const;
    const progress: number[] = [];
    const { call, response } = await invite(caller, {
      uri: `sip:service@127.0.0.1:${port}`,
      from: '<sip:wangge@127.0.0.1>',
      to: `<sip:service@127.0.0.1:${port}>`,
      contact: caller.contact('wangge', remote),
      remote,
      content: sdp,
      onProgress: ({ status }) => progress.push(status),
    }).answered;
    expect(progress).toContain(180);
    expect(response.body.toString()).toContain('m=audio');
    await call.bye();
    await phone;
  });
});
