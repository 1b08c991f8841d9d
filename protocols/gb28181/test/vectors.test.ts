import { describe, expect, it } from 'vitest';
import { parseMessage } from '@wangge/sip';
import { decodeMessage, decodePtz, encodePtz, GbError, parseMansRtsp, parseMedia } from '@wangge/gb28181';
import { vector, vectorNames, vectorsNote, vectorsThere } from './vectors.ts';

const xml = (name: string) => decodeMessage(vector(name));

describe.skipIf(!vectorsThere)(`messages of others${vectorsNote}`, () => {
  it.each(vectorNames('.xml'))('%s is a message that is known', (name) => {
    const message = xml(name);
    expect(message.type).not.toBe('other');
    expect(message.sn).toBeGreaterThan(0);
  });

  it('reads CmdType and SN as attributes, GB18030, aliases and nesting', () => {
    expect(xml('gbgo_attrform_keepalive.xml')).toMatchObject({ type: 'keepalive', sn: 3, deviceId: '', status: 'OK' });
    expect(xml('issue173_alarm_video_cover.xml')).toMatchObject({
      type: 'alarm',
      method: 5,
      alarmType: 10,
      description: '视频遮挡',
    });
    expect(xml('noro_alarm-notify.xml')).toMatchObject({
      type: 'alarm',
      description: 'Motion detected',
      time: '2025-01-01T12:00:00Z',
    });
    expect(xml('noro_catalog_one.xml')).toMatchObject({
      type: 'catalog',
      sumNum: 1,
      items: [{ deviceId: '34020000011310000001', status: 'ON' }],
    });
    expect(xml('gbgo_gb2022_cruisetrack_response.xml')).toMatchObject({
      name: '白天巡航',
      items: [{ presetIndex: 1, stayTime: 5, speed: 8 }, { presetIndex: 2 }],
    });
    expect(xml('gbgo_gb2022_snapshot_finished.xml')).toMatchObject({ files: ['f-1', 'f-2'] });
    expect(xml('gbgo_gb2022_homeposition_response.xml')).toMatchObject({
      homePosition: { enabled: 1, resetTime: 10, presetIndex: 1 },
    });
    expect(xml('gbgo_gb2022_ptzposition_response.xml')).toMatchObject({
      pan: 123.5,
      tilt: -12.25,
      verticalFieldAngle: 30,
    });
    expect(xml('gbgo_gb2022_sdcardstatus_response.xml')).toMatchObject({ items: [{ id: '0', capacity: 31_914 }] });
    expect(xml('gbgo_gb2022_snapshot_control.xml')).toMatchObject({ snapshot: { snapNum: 3, interval: 2 } });
    expect(xml('uvp_BroadcastQueryTest_1.xml')).toMatchObject({
      sourceId: '34020000002000000001',
      targetId: '34020000001320000001',
    });
    expect(xml('uvp_SubscribeHandlerTest_3.xml')).toMatchObject({ type: 'catalogQuery', deviceId: '' });
  });

  it.each(vectorNames('.sdp'))('%s is read', (name) => {
    expect(parseMedia(vector(name), { address: '192.0.2.1' }).address).toMatch(/\./);
  });

  it('without c= there is nowhere to send to, unless the caller knows the address', () => {
    expect(() => parseMedia(vector('uvp_SdpPlaybackParserTest_3.sdp'))).toThrow(GbError);
  });

  it('reads what matters of an SDP', () => {
    expect(parseMedia(vector('wvp_download_4x.sdp'))).toMatchObject({
      kind: 'Download',
      downloadSpeed: 4,
      ssrc: 1_200_000_003,
      startMs: 1_718_208_000_000,
      channelId: '34020000001320000001',
    });
    expect(parseMedia(vector('wvp_play_tcp_active.sdp')).transport).toBe('tcp-active');
    expect(parseMedia(vector('wvp_talk_tcp_passive.sdp'))).toMatchObject({
      kind: 'Talk',
      media: 'audio',
      transport: 'tcp-passive',
      format: 'v/////a/1/8/1',
      payloads: [{ encoding: 'PCMA' }],
    });
    expect(parseMedia(vector('uvp_SdpPlaybackParserTest_9.sdp')).downloadSpeed).toBe(8);
    expect(parseMedia(vector('uvp_SdpPlaybackParserTest_8.sdp')).downloadSpeed).toBeUndefined();
  });

  it.each(vectorNames('.sip'))('%s is a SIP message', (name) => {
    expect(parseMessage(vector(name)).headers.toString()).not.toBe('');
  });

  it('reads the INVITE of a real recorder and the answer of another', () => {
    const invite = parseMessage(vector('gbgo_real_nvr_talkback_invite.sip'));
    expect(parseMedia(invite.body)).toMatchObject({
      media: 'audio',
      port: 57_411,
      ssrc: 200_006_001,
      payloads: [{ payload: 8, encoding: 'PCMA' }],
    });
    expect(parseMessage(vector('issue2069_info_response_hik_nvr.sip')).body.toString()).toContain('RTP-Info');
  });

  it.each([
    ['pause', { type: 'pause' }],
    ['resume', { type: 'resume' }],
    ['seek_60', { type: 'seek', seconds: 60 }],
    ['speed_2', { type: 'speed', scale: 2 }],
    ['teardown', { type: 'teardown' }],
  ])('mansrtsp_%s', (name, control) => {
    expect(parseMansRtsp(vector(`mansrtsp_${name}.txt`).toString()).control).toEqual(control);
  });

  const table: readonly { name: string; hex: string; valid?: boolean }[] = vectorsThere
    ? (JSON.parse(vector('ptzcmd_table.json').toString()) as { name: string; hex: string; valid?: boolean }[])
    : [];
  it.each(table.filter(({ valid = true }) => valid))('PTZ $name comes back', ({ name, hex }) => {
    // The table opens the iris at speed 0, which is read as the slowest.
    expect(encodePtz(decodePtz(hex))).toBe(name === 'iris_open' ? 'A50F0144000100FA' : hex);
  });
  it.each(table.filter(({ valid = true }) => !valid))('PTZ $name is refused', ({ hex }) => {
    expect(() => decodePtz(hex)).toThrow(GbError);
  });
});
