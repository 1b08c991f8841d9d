import { afterEach, describe, expect, it } from 'vitest';
import { answerCall, contentOf, createRequest, exchange, newCallId, SipEndpoint, type Call } from '@wangge/sip';
import { channelId, deviceId, fast, openPlatform, password } from './town.ts';

const open: { close(): Promise<void> }[] = [];
afterEach(async () => {
  for (const one of open.splice(0)) await one.close();
});

const local = { address: '127.0.0.1', port: 30_000, transport: 'udp', ssrc: 200_000_001 } as const;

/** A registered device that answers every INVITE with this SDP. */
async function liar(sdp: string) {
  const platform = await openPlatform();
  const calls: Call[] = [];
  const endpoint = new SipEndpoint({
    udp: { host: '127.0.0.1', port: 0 },
    timers: fast,
    onRequest(transaction) {
      const contact = '<sip:nobody@192.0.2.200:9>';
      const { call } = answerCall(endpoint, transaction, { contact, content: contentOf('application/sdp', sdp) });
      calls.push(call);
    },
  });
  await endpoint.start();
  open.push(platform, endpoint);
  const remote = { transport: 'udp', host: '127.0.0.1', port: platform.endpoint.port('udp') } as const;
  const from = `<sip:${deviceId}@3402000000>;tag=1`;
  const parts = { method: 'REGISTER', uri: 'sip:340', from, to: '<sip:340>', callId: newCallId(), cseq: 1 };
  const register = createRequest({ ...parts, headers: { expires: 3600 } });
  const { status } = await exchange(endpoint, register, remote, { credentials: { username: deviceId, password } });
  expect(status).toBe(200);
  return { calls, play: () => platform.invite(deviceId, { kind: 'Play', channelId, local }) };
}

describe('devices that say what is not so', () => {
  it('a device number for the SSRC, no address, no name: the platform keeps its own', async () => {
    const { calls, play } = await liar(
      `v=0\r\nm=video 15060 RTP/AVP 33\r\na=rtpmap:33 MP2T/90000\r\ny=${deviceId}\r\n`,
    );
    const session = await play();
    expect(session.ssrc).toBe(local.ssrc);
    expect(session.remote).toMatchObject({
      kind: 'Play',
      address: '127.0.0.1',
      port: 15_060,
      payloads: [{ encoding: 'MP2T' }],
    });
    // Its Contact leads nowhere; the BYE goes where the device is.
    await session.bye();
    expect(await calls[0]!.ended).toBe('remote');
  });

  it('an answer that is no description: the call is hung up', async () => {
    const { calls, play } = await liar('sorry');
    await expect(play()).rejects.toMatchObject({ name: 'GbError', code: 'value' });
    expect(await calls[0]!.ended).toBe('remote');
  });

  it('yes in SIP and no in RTSP is no', async () => {
    const { calls, play } = await liar('v=0\r\nm=video 15060 RTP/AVP 96\r\n');
    const session = await play();
    calls[0]!.onRequest = (transaction) =>
      transaction.respond({
        status: 200,
        content: contentOf('Application/MANSRTSP', 'RTSP/1.0 400 Bad Request\r\nCSeq: 1\r\n\r\n'),
      });
    await expect(session.control({ type: 'speed', scale: 8 })).rejects.toMatchObject({ code: 'refused', status: 400 });
    await session.bye();
  });
});
