/** A page as the database writes it, read row by row where its fields lie. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ExportRow } from '../src/export/export-row.ts';

const word = fc.string({ unit: 'grapheme', maxLength: 40 }).filter((text) => !/[\u001e\u001f]/.test(text));
const whole = fc.nat({ max: 2_000_000_000_000 });
const maybe = <T>(value: fc.Arbitrary<T>): fc.Arbitrary<T | null> => fc.option(value);
const degrees = fc.double({ min: -180, max: 180, noNaN: true });
const written = fc.tuple(
  ...[fc.constantFrom('20261122-000001'), fc.constant('closed'), fc.constant('resident'), fc.constant('urgent')],
  ...[fc.constant('patrol.lamp'), word, maybe(word.filter(Boolean)), maybe(degrees), maybe(degrees), maybe(fc.uuid())],
  ...[whole, whole, maybe(whole), maybe(whole), maybe(whole), maybe(whole), maybe(fc.constant('v2.a.b.c.d'))],
  ...[fc.boolean(), maybe(fc.uuid()), maybe(fc.uuid()), fc.nat(9), fc.nat(9), fc.nat(9), fc.boolean()],
  ...[maybe(fc.integer({ min: 1, max: 5 })), maybe(fc.boolean()), maybe(fc.integer({ min: 1, max: 5 }))],
);
const fieldOf = (value: unknown): string =>
  value === null ? '' : typeof value === 'boolean' ? String(Number(value)) : String(value as string | number);
const fieldsOf = (row: ExportRow): unknown[] => [
  ...[row.number, row.state, row.source, row.severity, row.categoryCode, row.description, row.address, row.lon],
  ...[row.lat, row.areaId, row.reportedMs, row.updatedMs, row.deadlineMs, row.warnMs, row.stoppedMs, row.closedMs],
  ...[row.reporterPhone, row.anonymous, row.departmentIds, row.assigneeIds, row.openOrders, row.photoCount],
  ...[row.reporterCount, row.supervised, row.ratingResponse, row.ratingResolved, row.ratingSatisfied],
];

describe('a page', () => {
  it('is read as it was written, however many rows it has', () => {
    fc.assert(
      fc.property(fc.array(written, { maxLength: 8 }), (rows) => {
        const page = rows.map((row) => row.map(fieldOf).join('\u001F')).join('\u001E');
        const cursor = new ExportRow(page);
        const read: unknown[][] = [];
        while (cursor.next()) read.push(fieldsOf(cursor));
        expect(cursor.next()).toBe(false);
        expect(read).toEqual(rows.map((row) => row.map((value) => (Object.is(value, -0) ? 0 : value))));
      }),
    );
  });
});
