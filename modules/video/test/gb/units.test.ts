import type { AudioFrame, Frame, Track, VideoFrame } from '@wangge/codec';
import { buildRtp } from '@wangge/rtp';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { channelLine } from '../../src/gb/channel-line.ts';
import { MarkerTrust } from '../../src/gb/marker-trust.ts';
import { RtpIntake } from '../../src/gb/rtp-intake.ts';
import { SenderCheck } from '../../src/gb/sender-check.ts';
import { TrackGate } from '../../src/gb/track-gate.ts';
import { WallClock } from '../../src/gb/wall-clock.ts';

const picture = (n: number, key: boolean): VideoFrame => ({
  kind: 'video',
  codec: 'h264',
  ptsUs: n * 40_000,
  dtsUs: n * 40_000,
  key,
  nals: [],
});
const sound = (n: number): AudioFrame => ({ kind: 'audio', codec: 'pcma', ptsUs: n * 40_000, data: new Uint8Array() });
const videoTrack: Track = { kind: 'video', codec: 'h264', parameterSets: [] };
const audioTrack: Track = { kind: 'audio', codec: 'pcma', sampleRate: 8000, channels: 1 };

function listen() {
  const heard: string[] = [];
  const gate = new TrackGate({
    onTracks: (tracks) => void heard.push(`tracks ${tracks.map(({ kind }) => kind).join('+')}`),
    onFrame: (frame: Frame) => void heard.push(frame.kind === 'audio' ? 'sound' : frame.key ? 'key' : 'picture'),
  });
  return { heard, gate };
}

describe('tracks before frames', () => {
  it('waits a moment for sound, and begins with a key picture', () => {
    const { heard, gate } = listen();
    gate.onTrack(videoTrack);
    gate.onFrame(picture(0, false));
    gate.onFrame(picture(1, true));
    gate.onFrame(picture(2, false));
    expect(heard).toEqual([]);
    gate.onTrack(audioTrack);
    gate.onFrame(sound(2));
    expect(heard).toEqual(['tracks video+audio', 'key', 'picture', 'sound']);
  });
  it('goes on without sound, and takes it in at a key picture', () => {
    const { heard, gate } = listen();
    gate.onTrack(videoTrack);
    for (let n = 0; n <= 11; n++) gate.onFrame(picture(n, n === 0));
    expect(heard.slice(0, 2)).toEqual(['tracks video', 'key']);
    heard.length = 0;
    gate.onTrack(audioTrack);
    gate.onFrame(sound(12));
    gate.onFrame(picture(13, true));
    gate.onFrame(sound(13));
    expect(heard).toEqual(['tracks video+audio', 'key', 'sound']);
  });
  it('never gives out a frame of a track that was not announced, nor begins in the middle', () => {
    const step = fc.oneof(
      fc.constant<'video' | 'audio'>('video'),
      fc.constant<'video' | 'audio'>('audio'),
      fc.record({ kind: fc.constantFrom('video', 'audio'), key: fc.boolean() }),
    );
    fc.assert(
      fc.property(fc.array(step, { maxLength: 80 }), (steps) => {
        const { heard, gate } = listen();
        steps.forEach((one, n) => {
          if (one === 'video' || one === 'audio') gate.onTrack(one === 'video' ? videoTrack : audioTrack);
          else gate.onFrame(one.kind === 'video' ? picture(n, one.key) : sound(n));
        });
        const right = heard.map((word, n) => {
          if (word.startsWith('tracks')) return (heard[n + 1] ?? 'key') === 'key';
          const announced = heard.slice(0, n).findLast((one) => one.startsWith('tracks')) ?? '';
          return announced.includes(word === 'sound' ? 'audio' : 'video');
        });
        expect(right).not.toContain(false);
      }),
    );
  });
});

describe('a line of a catalogue', () => {
  const channel = '34020000001310000001';
  it.each([
    [
      { deviceId: channel, name: '水库\u0000', status: 'ON' },
      { name: '水库', online: true },
    ],
    [
      { deviceId: channel, status: 'OFFLINE' },
      { name: channel, online: false },
    ],
    [{ deviceId: channel, status: '离线' }, { online: false }],
    [{ deviceId: channel, status: '???' }, { online: true }],
    [{ deviceId: channel, status: 'ON', event: 'VLOST' }, { online: false }],
    [
      { deviceId: channel, longitude: 0, latitude: 0 },
      { lon: null, lat: null },
    ],
    [
      { deviceId: channel, longitude: 119, latitude: 31 },
      { lon: 119, lat: 31 },
    ],
    [
      { deviceId: channel, longitude: 999, latitude: 31 },
      { lon: null, lat: null },
    ],
    [{ deviceId: channel, ptzType: 3 }, { hasPtz: false }],
    [{ deviceId: channel, ptzType: 1 }, { hasPtz: true }],
    [{ deviceId: channel, name: '名'.repeat(200) }, { name: '名'.repeat(60) }],
  ])('%o', (item, expected) => {
    expect(channelLine(item)).toMatchObject(expected);
  });
  it.each(['340200', '34020000002160000001', '34020000001340000001', '34020000001180000001', 'abc', ''])(
    'is none with the number %s',
    (deviceId) => {
      expect(channelLine({ deviceId })).toBeNull();
    },
  );
});

describe('whose packets are taken', () => {
  it('those from where they are expected, others only after a while, and then only theirs', () => {
    const strict = new SenderCheck(['10.0.0.8', '10.0.0.9'], 0);
    expect([strict.admits('10.0.0.66', 100), strict.admits('10.0.0.9', 200)]).toEqual([false, true]);
    expect([strict.admits('10.0.0.66', 9000), strict.admits('10.0.0.8', 9000)]).toEqual([false, false]);
    const late = new SenderCheck(['10.0.0.8'], 0);
    expect([late.admits('10.0.0.66', 1999), late.admits('10.0.0.66', 2000), late.admits('10.0.0.8', 2001)]).toEqual([
      false,
      true,
      false,
    ]);
  });
});

describe('the marker bit', () => {
  it('is believed after ten pictures, and never again after a lie', () => {
    const trust = new MarkerTrust();
    for (let n = 1; n <= 10; n++) trust.see({ timestamp: n }, { timestamp: n - 1, marker: true });
    expect(trust.trusted).toBe(true);
    trust.see({ timestamp: 10 }, { timestamp: 10, marker: true });
    expect(trust.trusted).toBe(false);
  });
});

describe('packets', () => {
  it('with bare H.264 are pictures where the device says so', () => {
    const frames: Frame[] = [];
    const tracks: string[] = [];
    const intake = new RtpIntake({
      reorder: false,
      onTracks: (list) => void tracks.push(list.map(({ codec }) => codec).join()),
      onFrame: (frame) => void frames.push(frame),
      encodingOf: (type) => (type === 98 ? 'H264' : undefined),
    });
    const sps = Buffer.from('6742c01fd9005005bb016a02020280000003008000001e478c1924', 'hex');
    const pps = Buffer.from('68cb83cb20', 'hex');
    let sequence = 0;
    for (let n = 0; n < 40; n++) {
      const nals = n % 20 === 0 ? [sps, pps, Buffer.from([0x65, 0x88, 1, 2])] : [Buffer.from([0x41, 0x9a, 1, 2])];
      nals.forEach((nal, i) => {
        const header = {
          payloadType: 98,
          marker: i === nals.length - 1,
          sequence: sequence++,
          timestamp: n * 3600,
          ssrc: 1,
        };
        expect(intake.push(buildRtp(header, nal))).toBe(true);
      });
    }
    expect(tracks).toEqual(['h264']);
    expect(frames.length).toBeGreaterThan(35);
    expect(frames[0]).toMatchObject({ key: true });
  });
  it('of whatever bytes break nothing', () => {
    fc.assert(
      fc.property(fc.array(fc.uint8Array({ maxLength: 200 }), { maxLength: 30 }), (list) => {
        const intake = new RtpIntake({
          reorder: true,
          onTracks: () => undefined,
          onFrame: () => undefined,
          encodingOf: () => 'H264',
        });
        for (const bytes of list) {
          intake.push(Buffer.from(bytes));
          // With the first bytes of a packet: what is shorter than its header is none.
          expect(intake.push(Buffer.concat([Buffer.from([0x80, 96]), bytes]))).toBe(bytes.length >= 10);
        }
      }),
    );
  });
});

describe('the time of a picture', () => {
  it('has no jitter of the way, and follows a clock that was set anew', () => {
    const wall = new WallClock();
    expect(wall.at(0, 1_000_000)).toBe(1_000_000);
    expect(wall.at(40_000, 1_000_090)).toBe(1_000_040);
    expect(wall.at(80_000, 1_009_000)).toBe(1_009_000);
  });
});
