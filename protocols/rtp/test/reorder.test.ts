import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { buildRtp, parseRtp, ReorderBuffer, SequenceUnwrapper, type RtpPacket } from '../src/index.ts';

function packet(sequence: number, ssrc = 1): RtpPacket {
  const head = { payloadType: 96, marker: false, sequence: sequence & 0xffff, timestamp: 0, ssrc };
  return parseRtp(buildRtp(head, Buffer.of(1)))!;
}

function collect(options: ConstructorParameters<typeof ReorderBuffer>[1] = {}) {
  const out: number[] = [];
  return { out, buffer: new ReorderBuffer((one) => void out.push(one.sequence), options) };
}

describe('reorder buffer', () => {
  test('any order within the window comes out in order, over the wrap too', () => {
    const start = fc.integer({ min: 0, max: 65_535 });
    const noise = fc.array(fc.integer({ min: 0, max: 7 }), { minLength: 2, maxLength: 200 });
    fc.assert(
      fc.property(start, noise, (first, shifts) => {
        const { out, buffer } = collect({ maxPackets: 64, maxDelayMs: 1000 });
        // The first packet fixes the beginning; each of the others comes up to seven places later.
        const order = shifts.map((shift, index) => ({ at: index === 0 ? -1 : index + shift, index }));
        order.sort((one, other) => one.at - other.at || one.index - other.index);
        order.forEach(({ index }, now) => buffer.push(packet(first + index), now));
        buffer.flush();
        expect(out).toEqual(shifts.map((_, index) => (first + index) & 0xffff));
        expect(buffer.counts).toMatchObject({ lost: 0, late: 0, duplicate: 0, restarts: 0 });
      }),
    );
  });

  test('whatever comes, sequence numbers go forward and every packet is accounted for', () => {
    const step = fc.tuple(fc.integer({ min: -40, max: 60 }), fc.integer({ min: 0, max: 50 }));
    fc.assert(
      fc.property(fc.array(step, { maxLength: 300 }), (steps) => {
        const unwrap = new SequenceUnwrapper();
        const out: number[] = [];
        const options = { maxPackets: 16, maxDelayMs: 100 };
        const buffer = new ReorderBuffer((one) => void out.push(unwrap.unwrap(one.sequence)), options);
        let sequence = 60_000;
        let now = 0;
        for (const [jump, wait] of steps) {
          sequence += jump;
          now += wait;
          buffer.push(packet(sequence), now);
        }
        buffer.flush();
        expect(out.every((value, index) => index === 0 || value > out[index - 1]!)).toBe(true);
        const { received, late, duplicate, lost } = buffer.counts;
        expect(out.length + late + duplicate).toBe(received);
        expect(out.length === 0 ? 0 : out.at(-1)! - out[0]! + 1 - out.length).toBe(lost);
      }),
    );
  });

  test('a missing packet is waited for, then counted as lost; if it comes after that, as late', () => {
    const { out, buffer } = collect({ maxDelayMs: 100 });
    buffer.push(packet(1), 0);
    buffer.push(packet(3), 10);
    buffer.push(packet(4), 109);
    expect(out).toEqual([1]);
    buffer.push(packet(5), 110);
    expect(out).toEqual([1, 3, 4, 5]);
    buffer.push(packet(2), 111);
    expect(out).toEqual([1, 3, 4, 5]);
    expect(buffer.counts).toMatchObject({ lost: 1, late: 1 });
  });

  test('one stray packet from afar is dropped, two in a row are a sender that began anew', () => {
    const { out, buffer } = collect();
    buffer.push(packet(1), 0);
    buffer.push(packet(30_000), 1);
    buffer.push(packet(2), 2);
    buffer.push(packet(40_000), 3);
    buffer.push(packet(40_001), 4);
    expect(out).toEqual([1, 2, 40_001]);
    expect(buffer.counts).toMatchObject({ restarts: 1, late: 2 });
  });

  test('another source begins anew', () => {
    const { out, buffer } = collect();
    buffer.push(packet(500), 0);
    buffer.push(packet(7, 2), 1);
    expect(out).toEqual([500, 7]);
    expect(buffer.counts.restarts).toBe(1);
  });

  test.for([0, 3, 4096])('%i packets are no size', (maxPackets) => {
    expect(() => collect({ maxPackets })).toThrow(RangeError);
  });
});
