import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  buildGoodbye,
  buildReceiverReport,
  buildRtp,
  buildSenderReport,
  buildSourceDescription,
  parseRtcp,
  parseRtp,
  ReceptionStatistics,
} from '../src/index.ts';

const block = fc.record({
  ssrc: fc.integer({ min: 0, max: 2 ** 32 - 1 }),
  fractionLost: fc.integer({ min: 0, max: 255 }),
  cumulativeLost: fc.integer({ min: -0x800000, max: 0x7fffff }),
  highestSequence: fc.integer({ min: 0, max: 2 ** 32 - 1 }),
  jitter: fc.integer({ min: 0, max: 2 ** 32 - 1 }),
  lastSr: fc.integer({ min: 0, max: 2 ** 32 - 1 }),
  delaySinceLastSr: fc.integer({ min: 0, max: 2 ** 32 - 1 }),
});

function rtp(sequence: number, timestamp: number) {
  return parseRtp(buildRtp({ payloadType: 96, marker: false, sequence, timestamp, ssrc: 9 }, Buffer.of(1)))!;
}

describe('RTCP', () => {
  test('a compound packet is read back', () => {
    fc.assert(
      fc.property(fc.array(block, { maxLength: 31 }), fc.string({ maxLength: 40 }), (reports, name) => {
        const wallUs = 1_770_000_000_123_456;
        const info = { ssrc: 5, wallUs, rtpTimestamp: 77, packets: 3, octets: 400 };
        const compound = Buffer.concat([
          buildSenderReport(info, reports),
          buildReceiverReport(6, reports),
          buildSourceDescription(5, name),
          buildGoodbye(5),
        ]);
        const [sr, rr, sdes, bye] = parseRtcp(compound);
        expect(sr).toMatchObject({ type: 'sr', ssrc: 5, rtpTimestamp: 77, packets: 3, octets: 400, reports });
        expect(sr?.type === 'sr' && Math.abs(sr.ntpUs - wallUs) <= 1).toBe(true);
        expect(rr).toEqual({ type: 'rr', ssrc: 6, reports });
        expect(sdes).toEqual({ type: 'sdes', names: new Map([[5, name]]) });
        expect(bye).toEqual({ type: 'bye', sources: [5], reason: undefined });
      }),
    );
  });

  test('a goodbye with a reason, and feedback that we do not read', () => {
    const bye = Buffer.from('81cb0003' + '00000005' + '0374786e' + '00000000', 'hex');
    const feedback = Buffer.from('81ce0002' + '0000000100000002', 'hex');
    expect(parseRtcp(Buffer.concat([bye, feedback]))).toMatchObject([
      { type: 'bye', sources: [5], reason: 'txn' },
      { type: 'other', packetType: 206, count: 1 },
    ]);
  });

  test('garbage and mutations never throw', () => {
    const real = Buffer.concat([buildReceiverReport(6, []), buildSourceDescription(5, 'camera'), buildGoodbye(5)]);
    const change = fc.array(fc.tuple(fc.nat(real.length - 1), fc.nat(255)), { maxLength: 6 });
    fc.assert(
      fc.property(change, fc.nat(real.length), (changes, length) => {
        const data = Buffer.from(real.subarray(0, length));
        for (const [at, value] of changes) if (at < data.length) data[at] = value;
        expect(parseRtcp(data).length).toBeLessThan(12);
      }),
    );
  });

  test('what a receiver reports: loss, fraction, jitter, the last report of the sender', () => {
    const statistics = new ReceptionStatistics(90_000);
    expect(statistics.report(0)).toBeUndefined();
    for (const index of [0, 1, 2, 3, 5, 6, 7])
      statistics.onPacket(rtp((65_533 + index) & 0xffff, index * 3600), index * 40_000);
    const [sr] = parseRtcp(buildSenderReport({ ssrc: 9, wallUs: 1e15, rtpTimestamp: 0, packets: 8, octets: 8 }));
    if (sr?.type === 'sr') statistics.onSenderReport(sr, 300_000);
    const first = statistics.report(800_000)!;
    expect(first).toMatchObject({ ssrc: 9, cumulativeLost: 1, fractionLost: 32, highestSequence: 65_540, jitter: 0 });
    expect(first.lastSr).toBeGreaterThan(0);
    expect(first.delaySinceLastSr).toBe(32_768);
    // Nothing was lost since.
    statistics.onPacket(rtp(5, 9 * 3600), 9 * 40_000);
    expect(statistics.report(900_000)).toMatchObject({ fractionLost: 0, cumulativeLost: 1 });
    // 160 ms late: jitter moves by a sixteenth of it.
    statistics.onPacket(rtp(6, 10 * 3600), 10 * 40_000 + 160_000);
    expect(statistics.jitterMs).toBeCloseTo(10);
  });

  test('more than 31 blocks do not fit', () => {
    const one = {
      ssrc: 1,
      fractionLost: 0,
      cumulativeLost: 0,
      highestSequence: 0,
      jitter: 0,
      lastSr: 0,
      delaySinceLastSr: 0,
    };
    expect(() =>
      buildReceiverReport(
        1,
        Array.from({ length: 32 }, () => one),
      ),
    ).toThrow(RangeError);
  });
});
