import { describe, expect, it } from 'vitest';
import { buildSdp, parseSdp, rtpMaps, sdpAddress, sdpAttribute, sdpLine } from '@wangge/sip';

const offer = [
  'v=0',
  'o=x 0 0 IN IP4 10.0.0.1',
  's=Play',
  'c=IN IP4 10.0.0.1',
  't=0 0',
  'm=video 30000 TCP/RTP/AVP 96 98',
  'c=IN IP4 10.0.0.2',
  'A=Setup:Passive',
  'a=rtpmap:96 PS/90000',
  'a=rtpmap:98 h264/90000',
  'a=recvonly',
  'y=0100000001',
  'f=v/////a/1/8/1',
  '',
].join('\r\n');

describe('SDP', () => {
  it('keeps every line, those it does not know included', () => {
    const sdp = parseSdp(offer);
    expect(buildSdp(sdp)).toBe(offer.replace('A=', 'a='));
    const video = sdp.media[0]!;
    expect(video).toMatchObject({ kind: 'video', port: 30_000, protocol: 'TCP/RTP/AVP', formats: ['96', '98'] });
    expect(sdpLine(sdp, 'y', video)).toBe('0100000001');
    expect(sdpAddress(sdp, video)).toBe('10.0.0.2');
    expect(sdpAddress(sdp)).toBe('10.0.0.1');
    expect(sdpAttribute(sdp, 'setup', video)).toBe('Passive');
    expect(sdpAttribute(sdp, 'recvonly', video)).toBe('');
    expect(sdpAttribute(sdp, 'sendonly', video)).toBeUndefined();
    expect(rtpMaps(video)).toEqual([
      { payload: 96, encoding: 'PS', clockRate: 90_000 },
      { payload: 98, encoding: 'H264', clockRate: 90_000 },
    ]);
  });

  it.each([
    '',
    'hello',
    'm=video',
    'm=video x RTP/AVP 96',
    'v=0\nm=video 70000 RTP/AVP 96',
    'm=a 1 RTP/AVP\n'.repeat(20),
  ])('refuses %#', (text) => {
    expect(() => parseSdp(text)).toThrow(expect.objectContaining({ name: 'SipError' }));
  });
});
