import fc from 'fast-check';
import iconv from 'iconv-lite';
import { describe, expect, it } from 'vitest';
import { decodeMessage, encodeMessage, GbError, type Charset, type GbMessage } from '@wangge/gb28181';

const deviceId = '34020000001320000001';
const charsets: readonly Charset[] = ['GB2312', 'GB18030', 'UTF-8'];

describe('MANSCDP messages', () => {
  const samples: GbMessage[] = [
    { type: 'keepalive', sn: 1, deviceId, status: 'OK', faults: ['a', 'b'] },
    {
      type: 'catalog',
      sn: 2,
      deviceId,
      sumNum: 2,
      items: [{ deviceId: '1', name: '水库<东> & 西', longitude: 120.5, ptzType: 1 }, { deviceId: '2' }],
    },
    { type: 'catalogNotify', sn: 2, deviceId, sumNum: 1, items: [{ deviceId: '1', event: 'OFF' }] },
    {
      type: 'alarm',
      sn: 3,
      deviceId,
      priority: 1,
      method: 5,
      time: '2026-01-01T00:00:00',
      alarmType: 6,
      description: '入侵',
    },
    {
      type: 'recordInfo',
      sn: 4,
      deviceId,
      name: '',
      sumNum: 1,
      items: [{ deviceId, startTime: '2026-01-01T00:00:00', endTime: '2026-01-01T01:00:00', fileSize: 5 }],
    },
    { type: 'deviceControl', sn: 5, deviceId, ptzCmd: 'A50F0100000000B5', info: { controlPriority: 5 } },
    {
      type: 'deviceControl',
      sn: 6,
      deviceId,
      dragZoomIn: { length: 704, width: 576, midPointX: 1, midPointY: 2, lengthX: 3, lengthY: 4 },
    },
    {
      type: 'deviceControl',
      sn: 6,
      deviceId,
      homePosition: { enabled: 1, resetTime: 30, presetIndex: 2 },
      iFameCmd: 'Send',
    },
    {
      type: 'deviceConfig',
      sn: 7,
      deviceId,
      basicParam: { name: '门口', expiration: 3600, heartBeatInterval: 60, heartBeatCount: 3 },
    },
    { type: 'presets', sn: 8, deviceId, sumNum: 1, items: [{ presetId: '1', name: '大门' }] },
    {
      type: 'mobilePosition',
      sn: 9,
      deviceId,
      time: '2026-01-01T00:00:00',
      longitude: 120.1,
      latitude: 30.2,
      speed: 36.5,
      direction: 90,
      altitude: -3,
    },
    { type: 'broadcast', sn: 10, deviceId: '', sourceId: '1', targetId: '2' },
    { type: 'mediaStatus', sn: 11, deviceId, notifyType: 121 },
    {
      type: 'deviceStatus',
      sn: 12,
      deviceId,
      result: 'OK',
      online: 'ONLINE',
      alarms: [{ deviceId: 'x', dutyStatus: 'ONDUTY' }],
    },
  ];

  it.each(samples.flatMap((sample) => charsets.map((charset) => [sample.type, charset, sample] as const)))(
    '%s in %s comes back as it was',
    (_, charset, sample) => {
      const { name, ...rest } = sample as { name?: string };
      // An empty element says as much as none.
      expect(decodeMessage(encodeMessage(sample, charset))).toEqual(name === '' ? rest : sample);
    },
  );

  it('carries any text of XML', () => {
    const text = fc.string({
      unit: fc.constantFrom('网', '格', '&', '<', '>', '"', "'", 'a', ']]>', '联通', '&amp;', '\u{2070E}'),
    });
    fc.assert(
      fc.property(text, fc.constantFrom(...charsets), (name, charset) => {
        const decoded = decodeMessage(
          encodeMessage({ type: 'deviceInfo', sn: 1, deviceId, deviceName: name }, charset),
        );
        expect(decoded).toMatchObject(name === '' ? {} : { deviceName: name });
      }),
    );
  });

  it('does not believe the declared encoding', () => {
    const xml = (name: string, declared: string) =>
      `<?xml version="1.0" encoding="${declared}"?><Response><CmdType>DeviceInfo</CmdType><SN>1</SN><DeviceName>${name}</DeviceName></Response>`;
    expect(decodeMessage(Buffer.from(xml('村口摄像机', 'GB2312')))).toMatchObject({ deviceName: '村口摄像机' });
    expect(decodeMessage(iconv.encode(xml('村口摄像机', 'UTF-8'), 'gb18030'))).toMatchObject({
      deviceName: '村口摄像机',
    });
    expect(decodeMessage(iconv.encode(xml('联通', 'GB2312'), 'gb18030'))).toMatchObject({ deviceName: '联通' });
  });

  it('tolerates spaces, case and broken numbers', () => {
    const body =
      '<response><CMDTYPE> Catalog </CMDTYPE><SN> 7 </SN><SumNum> 2 </SumNum><DeviceList Num=" 1 "><Item><DeviceID> 1 </DeviceID><Longitude>x</Longitude><Port>80.0</Port><info><PTZType>3</PTZType></info></Item><Item><Name>no number</Name></Item></DeviceList></response>';
    expect(decodeMessage(Buffer.from(body))).toEqual({
      type: 'catalog',
      sn: 7,
      deviceId: '',
      sumNum: 2,
      items: [{ deviceId: '1', port: 80, ptzType: 3 }],
    });
  });

  it.each([
    ['', 'encoding'],
    ['hello', 'encoding'],
    ['<!DOCTYPE x [<!ENTITY a "b">]><Query><CmdType>Catalog</CmdType></Query>', 'encoding'],
    [`<Query>${'<a>'.repeat(100)}`, 'encoding'],
    [' '.repeat(600_000), 'encoding'],
    ['<Query></Query>', 'message'],
    ['<Html><CmdType>Catalog</CmdType></Html>', 'message'],
  ])('refuses %#', (body, code) => {
    expect(() => decodeMessage(Buffer.from(body))).toThrow(expect.objectContaining({ name: 'GbError', code }));
  });

  it('names what it does not know', () => {
    const body = Buffer.from('<Notify><CmdType>News</CmdType><SN>1</SN><DeviceID>5</DeviceID></Notify>');
    expect(decodeMessage(body)).toEqual({ type: 'other', kind: 'Notify', cmdType: 'News', sn: 1, deviceId: '5' });
    expect(() => encodeMessage({ type: 'mobilePosition', sn: 1, deviceId, longitude: Number.NaN })).toThrow(GbError);
  });
});
