import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { StreamFramer } from '../src/transport/framer.ts';

const message = (body: string): string =>
  `MESSAGE sip:a SIP/2.0\r\nCSeq: 1 MESSAGE\r\nContent-Length: ${body.length}\r\n\r\n${body}`;

function frame(chunks: readonly Buffer[]): { bodies: string[]; pings: number; partial: boolean } {
  const bodies: string[] = [];
  let pings = 0;
  const framer = new StreamFramer({
    onMessage: ({ body }) => bodies.push(body.toString('latin1')),
    onPing: () => pings++,
  });
  for (const chunk of chunks) framer.push(chunk);
  return { bodies, pings, partial: framer.partial };
}

describe('StreamFramer', () => {
  it('finds the same messages however the stream is cut', () => {
    const body = fc.string({ unit: fc.constantFrom('a', '\r', '\n', ' '), maxLength: 30 });
    fc.assert(
      fc.property(fc.array(body, { maxLength: 6 }), fc.array(fc.nat(1000), { maxLength: 20 }), (bodies, cuts) => {
        const bytes = Buffer.from(bodies.map((one) => message(one)).join(''));
        const at = [...cuts.map((cut) => cut % (bytes.length + 1)), 0, bytes.length].toSorted((a, b) => a - b);
        const chunks = at.slice(1).map((end, index) => bytes.subarray(at[index], end));
        expect(frame(chunks)).toMatchObject({ bodies, partial: false });
      }),
    );
  });

  it('takes a large body byte by byte without joining it every time', () => {
    const body = 'x'.repeat(300_000);
    const bytes = Buffer.from(message(body));
    const began = performance.now();
    const { bodies } = frame(Array.from({ length: bytes.length }, (_, at) => bytes.subarray(at, at + 1)));
    expect(bodies[0]).toBe(body);
    // Joining each time would copy 45 GB.
    expect(performance.now() - began).toBeLessThan(5000);
  });

  it('hears a keep-alive between messages', () => {
    const bytes = Buffer.from(`\r\n\r\n${message('x')}\r\n\r\n\r\n${message('y')}`);
    expect(frame([bytes])).toEqual({ bodies: ['x', 'y'], pings: 2, partial: false });
  });

  it.each([
    'MESSAGE sip:a SIP/2.0\r\nCSeq: 1 MESSAGE\r\n\r\n',
    'HELO there\r\nContent-Length: 0\r\n\r\n',
    'MESSAGE sip:a SIP/2.0\r\nContent-Length: 99999999\r\n\r\n',
    'x'.repeat(40_000),
  ])('throws where the next message cannot be found (%#)', (bytes) => {
    expect(() => frame([Buffer.from(bytes)])).toThrow(expect.objectContaining({ name: 'SipError' }));
  });
});
