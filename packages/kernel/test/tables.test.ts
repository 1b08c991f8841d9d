/** Files of tables: what a spreadsheet, and a reader that is not ours, make of them. */
import { randomBytes } from 'node:crypto';
import { buffer } from 'node:stream/consumers';
import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { readSheet } from 'read-excel-file/node';
import { describe, expect, it } from 'vitest';
import { csvBytes, csvField } from '../src/tables/csv.ts';
import { localTexts, localTimeIn } from '../src/tables/local-time.ts';
import type { Cell, Table } from '../src/tables/table.ts';
import { columnName } from '../src/tables/xlsx-parts.ts';
import { xlsxStream } from '../src/tables/xlsx.ts';

const atMs = Date.UTC(2026, 10, 22, 1, 5, 9);
function tableOf(rows: readonly (readonly Cell[])[], more: Partial<Table> = {}): Table {
  return {
    title: '事件',
    zone: 'Asia/Shanghai',
    columns: [
      { heading: '描述', kind: 'text' },
      { heading: '件数', kind: 'number' },
      { heading: '时间', kind: 'time' },
    ],
    pages: (async function* () {
      for (const row of rows) yield await Promise.resolve([row]);
    })(),
    ...more,
  };
}
async function csvOf(rows: readonly (readonly Cell[])[]): Promise<string> {
  return (await buffer(csvBytes(tableOf(rows)))).toString();
}
/** The sheet as another program reads it, dates as milliseconds that show local time. */
async function sheetOf(rows: readonly (readonly Cell[])[]): Promise<unknown[][]> {
  return readSheet(await buffer(xlsxStream(tableOf(rows))));
}

describe('CSV', () => {
  it('has a byte order mark, CRLF, quoted fields and local times', async () => {
    expect(
      await csvOf([
        ['他说"好",\n走了', 3, atMs],
        [null, null, null],
      ]),
    ).toBe('\u{FEFF}描述,件数,时间\r\n"他说""好"",\n走了",3,2026-11-22 09:05:09\r\n,,\r\n');
  });
  it.each(['=1+1', '+86', '-2', '@SUM(A1)', '\t=1', '\r=1', '＝1', '＠x'])('never hands out a formula: %j', (text) => {
    expect(csvField(text).replace(/^"/, '')).toMatch(/^'/);
  });
  it('leaves numbers that are numbers', async () => {
    expect(await csvOf([['x', -3.5, null]])).toContain('\r\nx,-3.5,\r\n');
  });
  it('is read back by another parser as it was', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.string({ unit: 'grapheme' }), { maxLength: 5 }), async (texts) => {
        const rows = parse(await csvOf(texts.map((text) => [text, 1, null])), { bom: true }) as string[][];
        expect(rows.slice(1).map(([text = '']) => text)).toEqual(
          texts.map((text) => (/^[=+\-@\t\r＝＋－＠]/.test(text) ? `'${text}` : text)),
        );
      }),
    );
  });
});

describe('XLSX', () => {
  it('opens in another reader with types, headings and local times', async () => {
    const rows = await sheetOf([
      ['=HYPERLINK("x")', -2.5, atMs],
      ['<b>&"\'\u0001𠮷\ud800_x0041_\n二', null, null],
    ]);
    expect(rows[0]).toEqual(['描述', '件数', '时间']);
    expect(rows[1]).toEqual(['=HYPERLINK("x")', -2.5, new Date('2026-11-22T09:05:09Z')]);
    expect(rows[2]?.[0]).toMatch(/^<b>&"'𠮷_x(005F_x)?0041_\n二$/);
  });
  it('holds thousands of rows of texts as they were', async () => {
    const texts = Array.from({ length: 3000 }, (_, n) => `第${n}件 <${n}>`);
    const rows = await sheetOf(texts.map((text, n) => [text, n, null]));
    expect(rows.slice(1).map((row) => row[0])).toEqual(texts);
  });
  it('stores texts that repeat once, and those of a column that does not keep its word nevertheless', async () => {
    const columns = [{ heading: '状态', kind: 'text', repeats: true }] as const;
    const texts = Array.from({ length: 10_500 }, (_, n) => (n < 200 ? '已结案 & <好>' : `第${n}种`));
    const pages = (async function* () {
      yield await Promise.resolve(texts.map((text) => [text]));
    })();
    const rows = await readSheet(await buffer(xlsxStream(tableOf([], { columns, pages }))));
    expect(rows.slice(1).map(([text]) => text)).toEqual(texts);
  });
  it('of nothing has its headings', async () => {
    expect(await sheetOf([])).toEqual([['描述', '件数', '时间']]);
  });
  it('stops reading when nobody wants it any more, and fails when its pages do', async () => {
    let ended = false;
    const forever = (async function* () {
      try {
        for (;;) yield await Promise.resolve([[randomBytes(1000).toString('hex'), 1, null]]);
      } finally {
        ended = true;
      }
    })();
    const file = xlsxStream(tableOf([], { pages: forever }));
    let taken = 0;
    for await (const piece of file) {
      taken += (piece as Buffer).length;
      // Past the small parts at its beginning: the rows have begun.
      if (taken > 100_000) break;
    }
    await expect.poll(() => ended).toBe(true);

    const failing = (async function* () {
      yield await Promise.resolve([['x', 1, null]]);
      throw new Error('the database went away');
    })();
    await expect(buffer(xlsxStream(tableOf([], { pages: failing })))).rejects.toThrow('went away');
  });
  it.each([
    [0, 'A'],
    [25, 'Z'],
    [26, 'AA'],
    [701, 'ZZ'],
    [702, 'AAA'],
  ])('names column %i %s', (index, name) => {
    expect(columnName(index)).toBe(name);
  });
});

const localText = localTexts();
describe('local time', () => {
  it('agrees with the calendar of the zone, also where clocks change', () => {
    for (const zone of ['Asia/Shanghai', 'Europe/Berlin', 'Asia/Kolkata']) {
      const local = localTimeIn(zone);
      const format = new Intl.DateTimeFormat('sv-SE', { timeZone: zone, dateStyle: 'short', timeStyle: 'medium' });
      fc.assert(
        fc.property(fc.integer({ min: Date.UTC(2020, 0), max: Date.UTC(2030, 0) }), (ms) => {
          expect(localText(local(ms))).toBe(format.format(ms));
        }),
      );
    }
    const berlin = localTimeIn('Europe/Berlin');
    expect(localText(berlin(Date.UTC(2026, 9, 25, 0, 59, 59)))).toBe('2026-10-25 02:59:59');
    expect(localText(berlin(Date.UTC(2026, 9, 25, 1, 0, 0)))).toBe('2026-10-25 02:00:00');
  });
});
