/** A page as the database writes it, read row by row where its fields lie. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ExportRow } from '../src/export/export-row.ts';

const separators = ['\u001E', '\u001F'];
const text = fc
  .string({ unit: 'grapheme', maxLength: 40 })
  .filter((each) => !separators.some((mark) => each.includes(mark)));
const whole = fc.nat({ max: 2_000_000_000_000 });
const some = fc.nat({ max: 9 });
const stars = fc.option(fc.integer({ min: 1, max: 5 }));
const degrees = fc.option(fc.double({ min: -180, max: 180, noNaN: true }));
const id = fc.option(fc.uuid());

/** In the order of `incidents_export_text`. */
const fields: readonly (readonly [keyof ExportRow, fc.Arbitrary<string | number | boolean | null>])[] = [
  ['number', fc.constant('20261122-000001')],
  ['state', fc.constant('closed')],
  ['source', fc.constant('resident')],
  ['severity', fc.constant('urgent')],
  ['categoryCode', fc.constant('patrol.lamp')],
  ['description', text],
  ['address', fc.option(text.filter(Boolean))],
  ['lon', degrees],
  ['lat', degrees],
  ['areaId', id],
  ['reportedMs', whole],
  ['updatedMs', whole],
  ['deadlineMs', fc.option(whole)],
  ['warnMs', fc.option(whole)],
  ['stoppedMs', fc.option(whole)],
  ['closedMs', fc.option(whole)],
  ['reporterPhone', fc.option(fc.constant('v2.a.b.c.d'))],
  ['anonymous', fc.boolean()],
  ['departmentIds', id],
  ['assigneeIds', id],
  ['openOrders', some],
  ['photoCount', some],
  ['reporterCount', some],
  ['supervised', fc.boolean()],
  ['ratingResponse', stars],
  ['ratingResolved', fc.option(fc.boolean())],
  ['ratingSatisfied', stars],
];
const written = fc.tuple(...fields.map(([, value]) => value));
const textOf = (value: string | number | boolean | null): string =>
  value === null ? '' : String(typeof value === 'boolean' ? Number(value) : value);

describe('a page', () => {
  it('is read as it was written, however many rows it has', () => {
    fc.assert(
      fc.property(fc.array(written, { maxLength: 8 }), (rows) => {
        const page = rows.map((row) => row.map(textOf).join('\u001F')).join('\u001E');
        const cursor = new ExportRow(page);
        const read: unknown[][] = [];
        while (cursor.next()) read.push(fields.map(([name]) => cursor[name]));
        expect(cursor.next()).toBe(false);
        expect(read).toEqual(rows.map((row) => row.map((value) => (Object.is(value, -0) ? 0 : value))));
      }),
    );
  });
});
