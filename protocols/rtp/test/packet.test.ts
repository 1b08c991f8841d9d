import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { buildRtp, isRtcp, parseRtp } from '../src/index.ts';

const header = fc.record({
  payloadType: fc.integer({ min: 0, max: 127 }),
  marker: fc.boolean(),
  sequence: fc.integer({ min: 0, max: 65_535 }),
  timestamp: fc.integer({ min: 0, max: 2 ** 32 - 1 }),
  ssrc: fc.integer({ min: 0, max: 2 ** 32 - 1 }),
});

describe('packets of RTP', () => {
  test('a packet by hand: two sources, an extension of one word, three bytes of padding', () => {
    const bytes = Buffer.from('b2e01234' + '01020304' + 'deadbeef' + '00000001' + '00000002', 'hex');
    const tail = Buffer.from('abac0001' + '11223344' + 'cafe' + '000003', 'hex');
    expect(parseRtp(Buffer.concat([bytes, tail]))).toEqual({
      payloadType: 96,
      marker: true,
      sequence: 0x1234,
      timestamp: 0x01020304,
      ssrc: 0xdeadbeef,
      csrcs: [1, 2],
      extension: { profile: 0xabac, data: Buffer.from('11223344', 'hex') },
      payload: Buffer.from('cafe', 'hex'),
    });
  });

  test('what is built is read back', () => {
    const extras = fc.record({
      csrcs: fc.array(fc.integer({ min: 0, max: 2 ** 32 - 1 }), { maxLength: 15 }),
      extension: fc.option(
        fc.record({
          profile: fc.integer({ min: 0, max: 65_535 }),
          data: fc.uint8Array({ maxLength: 10 }).map((data) => Buffer.concat(Array.from({ length: 4 }, () => data))),
        }),
        { nil: undefined },
      ),
      padding: fc.integer({ min: 0, max: 255 }),
    });
    fc.assert(
      fc.property(header, fc.uint8Array({ maxLength: 300 }), extras, (head, payload, { extension, ...rest }) => {
        const packet = parseRtp(buildRtp(head, payload, { ...rest, ...(extension && { extension }) }))!;
        expect(packet).toMatchObject(head);
        expect([...packet.payload]).toEqual([...payload]);
        expect(packet.csrcs).toEqual(rest.csrcs);
        expect(packet.extension?.profile).toBe(extension?.profile);
      }),
    );
  });

  test.for([
    ['short', '8060000000000000000000'],
    ['another version', '406000000000000000000000'],
    ['sources cut off', '826000000000000000000000'],
    ['extension cut off', '906000000000000000000000bede0002'],
    ['padding of none', 'a06000000000000000000000aa00'],
    ['padding beyond the packet', 'a06000000000000000000000aaff'],
  ])('%s is refused', ([, hex]) => {
    expect(parseRtp(Buffer.from(hex!, 'hex'))).toBeUndefined();
  });

  test('garbage never throws, and payloads stay within', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 80 }), (data) => {
        const packet = parseRtp(data);
        expect(packet === undefined || packet.payload.length <= data.length - 12).toBe(true);
      }),
    );
  });

  test('control packets are told by their type', () => {
    expect(isRtcp(Buffer.from('80c80006', 'hex'))).toBe(true);
    expect(isRtcp(Buffer.from('80600001', 'hex'))).toBe(false);
    // Payload type 72 with the marker would be 200: RFC 5761 keeps those types free.
    expect(isRtcp(Buffer.from('8048', 'hex'))).toBe(false);
  });

  test.for([
    [{ csrcs: Array.from({ length: 16 }, () => 1) }],
    [{ padding: 256 }],
    [{ extension: { profile: 1, data: Buffer.alloc(3) } }],
  ])('impossible extras are refused', ([extras]) => {
    const head = { payloadType: 96, marker: false, sequence: 0, timestamp: 0, ssrc: 0 };
    expect(() => buildRtp(head, Buffer.alloc(1), extras)).toThrow(RangeError);
  });
});
