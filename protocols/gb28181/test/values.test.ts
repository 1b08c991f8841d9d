import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  buildMansRtsp,
  buildMedia,
  createSsrcPool,
  decodePtz,
  encodePtz,
  formatGbTime,
  GbError,
  kindOfId,
  parentOf,
  parseGbId,
  parseGbTime,
  parseMansRtsp,
  parseMedia,
  ssrcOf,
  ssrcText,
  videoPayloads,
} from '@wangge/gb28181';
import type { MediaDescription, PtzCommand } from '@wangge/gb28181';

const byte = fc.integer({ min: -255, max: 255 });
const up = fc.integer({ min: 0, max: 255 });
const ptz: fc.Arbitrary<PtzCommand> = fc.oneof(
  fc.record({ type: fc.constant('move' as const), pan: byte, tilt: byte, zoom: fc.integer({ min: -15, max: 15 }) }),
  fc.record({ type: fc.constant('lens' as const), iris: byte, focus: byte }),
  fc.record({
    type: fc.constant('preset' as const),
    action: fc.constantFrom('set' as const, 'call' as const, 'delete' as const),
    preset: up,
  }),
  fc.record({
    type: fc.constant('cruise' as const),
    action: fc.constantFrom('speed' as const, 'dwell' as const),
    cruise: up,
    value: fc.nat(4095),
  }),
  fc.record({
    type: fc.constant('cruise' as const),
    action: fc.constantFrom('add' as const, 'delete' as const),
    cruise: up,
    preset: up,
  }),
  fc.record({
    type: fc.constant('scan' as const),
    action: fc.constant('speed' as const),
    scan: up,
    value: fc.nat(4095),
  }),
  fc.record({ type: fc.constant('aux' as const), on: fc.boolean(), aux: up }),
);

describe('PTZCmd', () => {
  it('comes back as it was written', () => {
    fc.assert(
      fc.property(ptz, (command) => {
        expect(decodePtz(encodePtz(command))).toEqual(command);
      }),
    );
  });
  it.each(['A50F0100000000B4', 'B50F0100000000C5', 'A50F01', '', 'A50F0190000000 45', 'A50F017F00000034'])(
    'refuses %s',
    (hex) => {
      expect(() => decodePtz(hex)).toThrow(GbError);
    },
  );
  it('refuses speeds that do not fit', () => {
    expect(() => encodePtz({ type: 'move', pan: 256, tilt: 0, zoom: 0 })).toThrow(GbError);
    expect(() => encodePtz({ type: 'move', pan: 0, tilt: 0, zoom: 16 })).toThrow(GbError);
    expect(() => encodePtz({ type: 'preset', action: 'set', preset: 0.5 })).toThrow(GbError);
  });
});

describe('times', () => {
  it('are local to China, and come back', () => {
    expect(formatGbTime(Date.UTC(2026, 0, 1, 16))).toBe('2026-01-02T00:00:00');
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 4_000_000_000 }), (s) => {
        expect(parseGbTime(formatGbTime(s * 1000))).toBe(s * 1000);
      }),
    );
  });
  it.each([
    ['2026-01-02 00:00:00', Date.UTC(2026, 0, 1, 16)],
    ['2026-1-2T0:0:0.500', Date.UTC(2026, 0, 1, 16) + 500],
    ['2026-01-01T16:00:00Z', Date.UTC(2026, 0, 1, 16)],
    ['2026-01-02T00:00:00+08:00', Date.UTC(2026, 0, 1, 16)],
  ])('reads %s', (text, ms) => expect(parseGbTime(text)).toBe(ms));
  it.each(['', 'now', '2026-02-31T00:00:00', '2026-13-01T00:00:00', '2026-01-01T25:00:00'])('refuses %s', (text) => {
    expect(() => parseGbTime(text)).toThrow(GbError);
  });
});

describe('numbers', () => {
  it('are taken apart', () => {
    expect(parseGbId('34020000001320000001')).toEqual({
      area: '34020000',
      industry: '00',
      type: '132',
      kind: 'ipc',
      network: '0',
      serial: '000001',
    });
    expect(() => parseGbId('340200')).toThrow(GbError);
    expect(
      ['340200', '34020000002150000001', '34020000002000000001', '34020000003400000001', 'x'].map(kindOfId),
    ).toEqual(['area', 'business-group', 'platform', 'user', 'other']);
    expect([parentOf('1/2'), parentOf('2'), parentOf(''), parentOf(undefined)]).toEqual([
      '2',
      '2',
      undefined,
      undefined,
    ]);
  });
});

describe('SSRC', () => {
  it('is made by the rule and not twice at once', () => {
    const pool = createSsrcPool('34020000002000000001');
    const taken = Array.from({ length: 10_000 }, () => pool.take('history'));
    expect(new Set(taken).size).toBe(10_000);
    expect(ssrcText(taken[0]!)).toMatch(/^120000\d{4}$/);
    expect(() => pool.take('live')).toThrow(GbError);
    pool.free(taken[5]!);
    expect(ssrcText(pool.take('live')).slice(6)).toBe(ssrcText(taken[5]!).slice(6));
  });
  it('is no device number', () => {
    expect([
      ssrcOf('0200000001'),
      ssrcOf('34020000001320000001'),
      ssrcOf('9999999999'),
      ssrcOf('x'),
      ssrcOf(undefined),
    ]).toEqual([200_000_001, undefined, undefined, undefined, undefined]);
  });
});

describe('MANSRTSP', () => {
  it.each([
    { type: 'pause' },
    { type: 'resume' },
    { type: 'seek', seconds: 90 },
    { type: 'speed', scale: 0.5 },
    { type: 'speed', scale: -2 },
    { type: 'teardown' },
  ] as const)('$type', (control) => {
    expect(parseMansRtsp(buildMansRtsp(control, 7))).toEqual({ control, cseq: 7 });
  });
  it('accepts other spellings', () => {
    expect(parseMansRtsp('PLAY MANSRTSP/1.0\r\nCSeq:1\r\nscale:4\r\n').control).toEqual({ type: 'speed', scale: 4 });
    expect(parseMansRtsp('PLAY RTSP/1.0\nRange: npt=0-\n').control).toEqual({ type: 'seek', seconds: 0 });
  });
  it.each([
    '',
    'GET / HTTP/1.1',
    'PLAY RTSP/1.0\r\nScale: 0',
    'PLAY RTSP/1.0\r\nScale: 1e9',
    'PLAY RTSP/1.0\r\nRange: clock=1',
  ])('refuses %#', (body) => {
    expect(() => parseMansRtsp(body)).toThrow(GbError);
  });
});

describe('media descriptions', () => {
  it('come back as they were written', () => {
    const media: fc.Arbitrary<MediaDescription> = fc.record({
      kind: fc.constantFrom('Playback' as const, 'Download' as const),
      media: fc.constant('video' as const),
      owner: fc.constant('34020000001320000001'),
      address: fc.constantFrom('10.0.0.1', '2001:db8::1'),
      port: fc.nat(65_535),
      transport: fc.constantFrom('udp' as const, 'tcp-passive' as const, 'tcp-active' as const),
      direction: fc.constantFrom('sendonly' as const, 'recvonly' as const, 'sendrecv' as const),
      payloads: fc.constant(videoPayloads),
      ssrc: fc.nat(0xffff_ffff),
      channelId: fc.constant('34020000001310000001'),
      startMs: fc.nat(2_000_000_000).map((s) => s * 1000),
      endMs: fc.nat(2_000_000_000).map((s) => s * 1000),
      downloadSpeed: fc.constantFrom(1, 4),
      fileSize: fc.constant(5),
      format: fc.constant('v/2/6/25/1/2000a///'),
    });
    fc.assert(
      fc.property(media, (description) => {
        expect(parseMedia(buildMedia(description))).toEqual(description);
      }),
    );
  });
});
