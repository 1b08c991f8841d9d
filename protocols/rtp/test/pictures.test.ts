/** Pictures into packets and out of them again: whole, in part, in every shape that RFC 6184 and RFC 7798 allow. */
import fc from 'fast-check';
import type { VideoCodec } from '@wangge/codec';
import { describe, expect, test } from 'vitest';
import { buildRtp, RtpPacketizer, type VideoFormat } from '../src/index.ts';
import { nal, pictures, setsOf, sliceTypes, type MadePicture } from './support/nals.ts';
import { packetsOf, receive } from './support/receive.ts';

function format(codec: VideoCodec, known = true): VideoFormat {
  const track = { kind: 'video', codec, parameterSets: known ? setsOf[codec] : [] } as const;
  return { payloadType: 96, clockRate: 90_000, donl: false, track };
}

function send(codec: VideoCodec, made: readonly MadePicture[], maxPacketSize = 200): Buffer[][] {
  const packetizer = new RtpPacketizer({ payloadType: 96, clockRate: 90_000, maxPacketSize });
  return made.map(({ key, nals }, index) => {
    const us = index * 40_000;
    return packetsOf(packetizer.packetize({ kind: 'video', codec, ptsUs: us, dtsUs: us, key, nals }));
  });
}

const hex = (nals: readonly Uint8Array[]) => nals.map((one) => Buffer.from(one).toString('hex'));

/** A single packet by hand. */
function packet(sequence: number, timestamp: number, marker: boolean, payload: Buffer): Buffer {
  return buildRtp({ payloadType: 96, marker, sequence, timestamp, ssrc: 1 }, payload);
}

describe.each(['h264', 'h265'] as const)('%s', (codec) => {
  const { key: keyType, other } = sliceTypes[codec];

  test('pictures come out as they went in, key pictures with all parameter sets', () => {
    fc.assert(
      fc.property(pictures(codec), fc.integer({ min: 40, max: 1400 }), (made, size) => {
        const { receiver, video, losses } = receive(format(codec));
        for (const data of send(codec, made, size).flat()) receiver.push(data, 0);
        expect(video.map((frame) => hex(frame.nals))).toEqual(
          made.map(({ key, nals }) => hex(key ? [...setsOf[codec], ...nals] : nals)),
        );
        expect(video.map((frame) => frame.ptsUs)).toEqual(made.map((_, index) => index * 40_000));
        expect(losses).toEqual([]);
      }),
    );
  });

  test('with packets lost, what comes out is whole, and begins with a key picture after each gap', () => {
    const lost = fc.uniqueArray(fc.nat(300), { minLength: 1, maxLength: 5 });
    fc.assert(
      fc.property(pictures(codec), lost, (made, missing) => {
        const { receiver, video, losses } = receive(format(codec));
        const sent = send(codec, made);
        for (const [index, data] of sent.flat().entries()) if (!missing.includes(index)) receiver.push(data, 0);
        const whole = new Map(
          made.map(({ key, nals }, index) => [index, hex(key ? [...setsOf[codec], ...nals] : nals)]),
        );
        let last = -1;
        const firstUs = video[0]?.ptsUs ?? 0;
        const offset = made.findIndex((_, index) => hex(video[0]?.nals ?? []).join() === whole.get(index)?.join());
        video.forEach((frame, index) => {
          const place = Math.round((frame.ptsUs - firstUs) / 40_000) + offset;
          expect(hex(frame.nals)).toEqual(whole.get(place));
          const follows = index === 0 || place === last + 1;
          expect(follows || (frame.key && losses.includes(index))).toBe(true);
          last = place;
        });
      }),
    );
  });

  test('mutated packets never throw, and what is held stays small', () => {
    const change = fc.tuple(fc.nat(10_000), fc.nat(40), fc.nat(255));
    fc.assert(
      fc.property(pictures(codec), fc.array(change, { maxLength: 30 }), (made, changes) => {
        const packets = send(codec, made).flat();
        for (const [which, at, value] of changes) {
          const data = packets[which % packets.length]!;
          if (at < data.length) data[at] = value;
        }
        const { receiver, video } = receive(format(codec));
        for (const data of packets) receiver.push(data, 0);
        for (const frame of video) expect(frame.nals.length).toBeGreaterThan(0);
      }),
    );
  });

  test('parameter sets that come in the stream are learned, and a change of them is told once', () => {
    const { receiver, video, tracks } = receive(format(codec, false));
    const slice = nal(codec, keyType, 50);
    const other2 = setsOf[codec].map((one) => Buffer.concat([one, Buffer.of(1)]));
    const run = (sets: readonly Buffer[], from: number) =>
      [...sets, slice].forEach((one, index) => {
        receiver.push(packet(from + index, from * 3600, index === sets.length, one), from * 1000);
      });
    run(setsOf[codec], 0);
    run(setsOf[codec], 10 - (10 - setsOf[codec].length - 1));
    run(other2, (setsOf[codec].length + 1) * 2);
    expect(video).toHaveLength(3);
    expect(tracks.map((track) => track.kind === 'video' && hex(track.parameterSets))).toEqual([
      hex(setsOf[codec]),
      hex(other2),
    ]);
  });

  test('without any parameter sets nothing is given out', () => {
    const { receiver, video } = receive(format(codec, false));
    receiver.push(packet(1, 0, true, nal(codec, keyType, 50)), 0);
    expect(video).toEqual([]);
    expect(receiver.statistics().video).toMatchObject({ pictures: 0, dropped: 1 });
  });

  test('a marker on the packets of parameter sets does not end the picture', () => {
    const { receiver, video } = receive(format(codec, false));
    const units = [...setsOf[codec], nal(codec, keyType, 50)];
    units.forEach((one, index) => receiver.push(packet(index, 3600, true, one), 0));
    expect(hex(video[0]!.nals)).toEqual(hex(units));
  });

  test('a marker on every slice is found out: pictures are then told by their stamps', () => {
    const { receiver, video } = receive(format(codec));
    let sequence = 0;
    for (let index = 0; index < 6; index += 1) {
      const type = index % 3 === 0 ? keyType : other;
      receiver.push(packet(sequence++, index * 3600, true, nal(codec, type, 30)), index * 40_000);
      receiver.push(packet(sequence++, index * 3600, true, nal(codec, type, 30, false)), index * 40_000);
    }
    // The first went out too early; from the next key picture on all are whole.
    expect(video.slice(1).map((frame) => frame.nals.length - (frame.key ? setsOf[codec].length : 0))).toEqual([2, 2]);
    expect(video[1]!.key).toBe(true);
  });

  test('no marker at all: the next stamp ends the picture', () => {
    const { receiver, video } = receive(format(codec));
    for (let index = 0; index < 4; index += 1) {
      receiver.push(packet(index, index * 3600, false, nal(codec, index === 0 ? keyType : other, 30)), 0);
    }
    expect(video).toHaveLength(3);
  });

  test('a key picture whose first slice was lost is none', () => {
    const { receiver, video } = receive(format(codec));
    receiver.push(packet(5, 0, true, nal(codec, keyType, 30, false)), 0);
    receiver.push(packet(6, 3600, true, nal(codec, keyType, 30)), 0);
    expect(video).toHaveLength(1);
  });

  test('a picture of more than 8 MiB is not gathered', () => {
    const { receiver, video } = receive(format(codec));
    const big = nal(codec, keyType, 60_000);
    for (let index = 0; index < 200; index += 1) receiver.push(packet(index, 0, false, big), 0);
    receiver.push(packet(200, 3600, true, nal(codec, keyType, 30)), 0);
    expect(video).toHaveLength(1);
    expect(receiver.statistics().video!.malformed).toBeGreaterThan(0);
  });
});

test('H.264: several units in one packet (STAP-A)', () => {
  const units = [...setsOf.h264, nal('h264', 5, 30)];
  const parts = units.flatMap((one) => [Buffer.of(one.length >> 8, one.length & 255), one]);
  const { receiver, video } = receive(format('h264', false));
  receiver.push(packet(1, 0, true, Buffer.concat([Buffer.of(0x78), ...parts])), 0);
  expect(hex(video[0]!.nals)).toEqual(hex(units));
});

test('H.265: several units in one packet (AP), with and without order numbers', () => {
  const units = [...setsOf.h265, nal('h265', 19, 30)];
  for (const donl of [false, true]) {
    const parts = units.flatMap((one, index) => {
      const order = donl ? Buffer.alloc(index === 0 ? 2 : 1) : Buffer.alloc(0);
      return [order, Buffer.of(one.length >> 8, one.length & 255), one];
    });
    const { receiver, video } = receive({ ...format('h265', false), donl });
    receiver.push(packet(1, 0, true, Buffer.concat([Buffer.of(48 << 1, 1), ...parts])), 0);
    expect(hex(video[0]!.nals)).toEqual(hex(units));
  }
});

test('payloads of fewer than 16 bytes are refused', () => {
  expect(() => send('h264', [{ key: true, nals: [nal('h264', 5, 100)] }], 20)).toThrow(RangeError);
});
