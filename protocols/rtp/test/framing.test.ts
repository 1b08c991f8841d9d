import fc from 'fast-check';
import { expect, test } from 'vitest';
import { frameRfc4571, Rfc4571Splitter } from '../src/index.ts';

test('packets come out of a byte stream as they went in, however it is cut', () => {
  const packets = fc.array(fc.uint8Array({ minLength: 1, maxLength: 400 }), { maxLength: 20 });
  fc.assert(
    fc.property(packets, fc.infiniteStream(fc.integer({ min: 1, max: 300 })), (sent, cuts) => {
      const stream = Buffer.concat(sent.map((one) => frameRfc4571(one)));
      const received: Buffer[] = [];
      const splitter = new Rfc4571Splitter((packet) => void received.push(Buffer.from(packet)));
      for (let at = 0; at < stream.length;) {
        const size = cuts.next().value ?? 1;
        splitter.push(stream.subarray(at, at + size));
        at += size;
      }
      expect(received.map((one) => one.toString('hex'))).toEqual(sent.map((one) => Buffer.from(one).toString('hex')));
    }),
  );
});

test('a length of two bytes bounds a packet', () => {
  expect(() => frameRfc4571(Buffer.alloc(65_536))).toThrow(RangeError);
  expect(frameRfc4571(Buffer.of(7)).toString('hex')).toBe('000107');
});
