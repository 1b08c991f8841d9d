import fc from 'fast-check';
import { expect, test } from 'vitest';
import { sseParser } from '../src/live/sse-parser.ts';

const stream =
  'retry: 500\n\nevent: hello\ndata: {"nowMs":1}\n\n: heartbeat\n\nid: 7\nevent: message\r\ndata: a\r\ndata: b\r\n\r\ndata:c\rdata\r\rid: 9\n\n';
const expected = [
  { event: 'hello', data: '{"nowMs":1}', id: '' },
  { event: 'message', data: 'a\nb', id: '7' },
  { event: 'message', data: 'c\n', id: '7' },
];

test('events, comments, ids and retry are read as the standard says', () => {
  const parser = sseParser();
  expect(parser.push(stream)).toEqual(expected);
  expect(parser.retryMs).toBe(500);
});

test('pieces of any size give the same events', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: stream.length })), (cuts) => {
      const at = [0, ...cuts.toSorted((a, b) => a - b), stream.length];
      const parser = sseParser();
      const out = at.slice(1).flatMap((end, i) => [...parser.push(stream.slice(at[i], end))]);
      expect(out).toEqual(expected);
    }),
  );
});

test('a new parser goes on from the last id', () => {
  expect(sseParser('41').push('data: x\n\n')).toEqual([{ event: 'message', data: 'x', id: '41' }]);
});
