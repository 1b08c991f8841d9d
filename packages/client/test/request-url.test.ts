import fc from 'fast-check';
import { expect, test } from 'vitest';
import { requestUrl } from '../src/request-url.ts';

test('any value survives the way through path and query', () => {
  fc.assert(
    fc.property(
      fc.string({ minLength: 1, unit: 'binary' }).filter((s) => s.isWellFormed()),
      fc.string({ minLength: 1, unit: 'binary' }).filter((s) => s.isWellFormed()),
      (id, q) => {
        const url = new URL(requestUrl('/api/x/:id/y', { id }, { q }), 'http://h');
        // Dots alone are path steps to a URL parser; the server sees them as sent.
        fc.pre(id !== '.' && id !== '..');
        expect(decodeURIComponent(url.pathname.split('/')[3] ?? '')).toBe(id);
        expect(url.searchParams.get('q')).toBe(q);
      },
    ),
  );
});

test('empty values are left out and lists joined', () => {
  expect(requestUrl('/a', undefined, { a: undefined, b: null, c: '', d: [], e: ['x', 'y'] })).toBe('/a?e=x%2Cy');
});

test("a missing part of the path is a programmer's error", () => {
  expect(() => requestUrl('/a/:id', {}, undefined)).toThrow('no id');
});
