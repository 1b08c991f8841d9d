import fc from 'fast-check';
import type { AudioTrack } from '@wangge/codec';
import { describe, expect, test } from 'vitest';
import { buildGoodbye, buildRtp, buildSdp, formatOf, parseSdp, RtpPacketizer, type AudioFormat } from '../src/index.ts';
import { packetsOf, receive } from './support/receive.ts';

function describeTrack(track: AudioTrack): AudioFormat {
  return formatOf(parseSdp(buildSdp([track]))!.media[0]!) as AudioFormat;
}

const aac: AudioTrack = {
  kind: 'audio',
  codec: 'aac',
  sampleRate: 48_000,
  channels: 2,
  config: Uint8Array.of(0x11, 0x90),
};
const plain = (codec: 'pcma' | 'pcmu'): AudioTrack => ({ kind: 'audio', codec, sampleRate: 8000, channels: 1 });
const opus: AudioTrack = { kind: 'audio', codec: 'opus', sampleRate: 48_000, channels: 2 };

function packet(sequence: number, timestamp: number, marker: boolean, payload: Uint8Array): Buffer {
  return buildRtp({ payloadType: 97, marker, sequence, timestamp, ssrc: 1 }, payload);
}

describe('sound', () => {
  test.for([aac, plain('pcma'), plain('pcmu'), opus])('$codec comes out as it went in', (track) => {
    const units = fc.array(fc.uint8Array({ minLength: 1, maxLength: 900 }), { minLength: 1, maxLength: 10 });
    fc.assert(
      fc.property(units, (sent) => {
        const format = describeTrack(track);
        const packetizer = new RtpPacketizer({ ...format, maxPacketSize: track.codec === 'aac' ? 200 : 1200 });
        const { receiver, audio } = receive(format);
        sent.forEach((data, index) => {
          const frame = { kind: 'audio', codec: track.codec, ptsUs: index * 100_000, data } as const;
          for (const one of packetsOf(packetizer.packetize(frame))) receiver.push(one, 0);
        });
        expect(audio.map((frame) => [...frame.data])).toEqual(sent.map((data) => [...data]));
        expect(audio.map((frame) => frame.ptsUs)).toEqual(sent.map((_, index) => index * 100_000));
      }),
    );
  });

  test('G.711 longer than a packet is cut, and the stamps of the pieces follow each other', () => {
    const format = describeTrack(plain('pcma'));
    const { receiver, audio } = receive(format);
    const packetizer = new RtpPacketizer({ ...format, maxPacketSize: 172 });
    const data = new Uint8Array(800);
    for (const one of packetsOf(packetizer.packetize({ kind: 'audio', codec: 'pcma', ptsUs: 0, data })))
      receiver.push(one, 0);
    expect(audio.map((frame) => frame.ptsUs)).toEqual([0, 20_000, 40_000, 60_000, 80_000]);
  });

  test('AAC: several units in one packet are 1024 samples apart', () => {
    const { receiver, audio } = receive(describeTrack(aac));
    const heads = Buffer.of(0, 32, (3 << 3) >> 8, 3 << 3, (2 << 3) >> 8, 2 << 3);
    receiver.push(packet(1, 0, true, Buffer.concat([heads, Buffer.from('abcde')])), 0);
    expect(audio.map((frame) => Buffer.from(frame.data).toString())).toEqual(['abc', 'de']);
    expect(audio[1]!.ptsUs).toBe(21_333);
  });

  test('AAC: a fragment without the others is dropped', () => {
    const { receiver, audio } = receive(describeTrack(aac));
    const head = Buffer.of(0, 16, (100 << 3) >> 8, (100 << 3) & 255);
    receiver.push(packet(1, 0, false, Buffer.concat([head, Buffer.alloc(40)])), 0);
    receiver.push(packet(3, 0, true, Buffer.concat([head, Buffer.alloc(20)])), 0);
    receiver.push(packet(4, 1024, true, Buffer.concat([Buffer.of(0, 16, 0, 8), Buffer.of(7)])), 0);
    expect(audio.map((frame) => [...frame.data])).toEqual([[7]]);
  });

  test('LATM: sizes beyond 255 bytes, an element over two packets, loss within one', () => {
    const sdp = 'm=audio 0 RTP/AVP 97\na=rtpmap:97 MP4A-LATM/48000/2\na=fmtp:97 cpresent=0; config=400023203fc0';
    const format = formatOf(parseSdp(sdp)!.media[0]!)!;
    expect(format.track).toMatchObject({
      codec: 'aac',
      sampleRate: 48_000,
      channels: 2,
      config: Uint8Array.of(0x11, 0x90),
    });
    const { receiver, audio } = receive(format);
    const unit = Buffer.alloc(300, 5);
    const element = Buffer.concat([Buffer.of(255, 45), unit]);
    receiver.push(packet(1, 0, false, element.subarray(0, 100)), 0);
    receiver.push(packet(2, 0, true, element.subarray(100)), 0);
    receiver.push(packet(4, 1024, true, element), 0);
    receiver.push(packet(5, 2048, true, element), 0);
    expect(audio.map((frame) => frame.data.length)).toEqual([300, 300]);
  });

  test('garbage never throws', () => {
    for (const track of [aac, opus]) {
      const { receiver, audio } = receive(describeTrack(track));
      fc.assert(
        fc.property(fc.uint8Array({ maxLength: 60 }), fc.nat(65_535), fc.boolean(), (payload, sequence, marker) => {
          receiver.push(packet(sequence, 0, marker, payload), 0);
          receiver.push(payload, 0);
          receiver.pushControl(payload, 0);
          expect(audio.every((frame) => frame.data.length > 0)).toBe(true);
        }),
      );
    }
  });

  test('a goodbye is told', () => {
    const received = receive(describeTrack(opus));
    received.receiver.pushControl(buildGoodbye(1), 0);
    expect(received.goodbyes).toBe(1);
  });
});
