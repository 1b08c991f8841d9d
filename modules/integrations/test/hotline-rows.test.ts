/** From foreign files and rows to orders: dates in their order and zone, words to categories, and what is refused. */
import { describe, expect, it } from 'vitest';
import { type HotlineMapping, hotlineMappingSchema } from '../src/contract.ts';
import { readTable } from '../src/hotline/read-file.ts';
import { readMoment, readOrder, readOrders, type RowContext } from '../src/hotline/read-row.ts';

const mapping: HotlineMapping = hotlineMappingSchema.parse({
  number: '工单号',
  description: '诉求内容',
  reportedAt: '来电时间',
  zone: 'Asia/Shanghai',
  dates: 'ymd',
  category: { column: '类别', words: { 路灯: 'patrol.lamp', 停用: 'closed' } },
  phone: '电话',
  address: '地址',
  lon: '经度',
  lat: '纬度',
  area: '村',
});
const nowMs = Date.UTC(2026, 10, 22);
const context: RowContext = {
  mapping,
  reportable: (code) => code === 'patrol.lamp',
  areaOf: (name) => (name === '一村' ? 'village-1' : null),
  inTown: (lon) => lon < 121,
  townId: 'town',
  nowMs,
};
const good = { 工单号: 'A1', 诉求内容: '路灯不亮', 来电时间: '2026-11-20 08:30', 类别: '路灯', 村: '' };
const read = (more: Record<string, string>) => readOrder({ line: 2, cells: { ...good, ...more } }, context);

describe('a moment', () => {
  it.each([
    ['2026-11-20 08:30:15', 'ymd', '2026-11-20T00:30:15.000Z'],
    ['2026/1/2 8:05', 'ymd', '2026-01-02T00:05:00.000Z'],
    ['2026年11月20日 8时30分', 'ymd', '2026-11-20T00:30:00.000Z'],
    ['２０２６.11.20', 'ymd', '2026-11-19T16:00:00.000Z'],
    ['11/20/2026 23:00', 'mdy', '2026-11-20T15:00:00.000Z'],
    ['20.11.2026', 'dmy', '2026-11-19T16:00:00.000Z'],
  ] as const)('%s (%s)', (text, dates, iso) =>
    expect(new Date(readMoment(text, { zone: 'Asia/Shanghai', dates }) ?? 0).toISOString()).toBe(iso),
  );
  it.each(['2026-02-30', '2026-13-01', '20.11.2026', '2026-11-20 24:00', '昨天', '', '2026-11-20 08:30 foo'])(
    'is not %j',
    (text) => expect(readMoment(text, { zone: 'Asia/Shanghai', dates: 'ymd' })).toBeNull(),
  );
});

describe('a row', () => {
  it('becomes an order', () => {
    expect(read({ 电话: '138 0000 0001', 村: '一村', 地址: '老街3号' })).toMatchObject({
      ok: true,
      order: {
        outerNumber: 'A1',
        categoryCode: 'patrol.lamp',
        atMs: Date.UTC(2026, 10, 20, 0, 30),
        phone: '13800000001',
        address: '老街3号',
        areaId: 'village-1',
        place: null,
      },
    });
    expect(read({ 经度: '120.5', 纬度: '30.1', 来电时间: '' })).toMatchObject({
      ok: true,
      order: { place: { lon: 120.5, lat: 30.1 }, areaId: 'town', atMs: null },
    });
  });
  it.each([
    [{ 工单号: ' ' }, 'number-missing'],
    [{ 诉求内容: '' }, 'description-missing'],
    [{ 诉求内容: 'a\u0000b' }, 'text-bad'],
    [{ 来电时间: '昨天' }, 'time-invalid'],
    [{ 来电时间: '2026-11-23' }, 'time-in-future'],
    [{ 类别: '噪声' }, 'category-unknown'],
    [{ 类别: '停用' }, 'category-unknown'],
    [{ 类别: 'constructor' }, 'category-unknown'],
    [{ 电话: '见备注' }, 'phone-invalid'],
    [{ 经度: '120' }, 'place-invalid'],
    [{ 经度: 'x', 纬度: '30' }, 'place-invalid'],
    [{ 经度: '122', 纬度: '30' }, 'place-outside'],
    [{ 村: '三村' }, 'area-unknown'],
  ])('%j is refused: %s', (more, problem) =>
    expect(read(more as Record<string, string>)).toMatchObject({ ok: false, problem }),
  );
  it('counts the first time that a number stands there', () => {
    const rows = [2, 3].map((line) => ({ line, cells: good }));
    expect(readOrders(rows, context)).toMatchObject([{ ok: true }, { ok: false, line: 3, problem: 'number-twice' }]);
  });
});

describe('a file', () => {
  const csv = (text: string | Buffer) => readTable('csv', Buffer.from(text).toString('base64'));
  it('keeps its lines, also with blank ones, quotes and short rows', async () => {
    expect(await csv('\u{FEFF}编号,内容\r\n1,"一,\n二"\r\n\r\n2\r\n')).toEqual({
      columns: ['编号', '内容'],
      rows: [
        { line: 2, cells: { 编号: '1', 内容: '一,\n二' } },
        { line: 4, cells: { 编号: '2', 内容: '' } },
      ],
    });
  });
  it('is read as GB 18030 where it is no UTF-8', async () => {
    const gbk = Buffer.from([0xb1, 0xe0, 0xba, 0xc5, 0x0a, 0xc2, 0xb7, 0xb5, 0xc6]);
    expect((await csv(gbk)).rows).toEqual([{ line: 2, cells: { 编号: '路灯' } }]);
  });
  it.each(['', 'a,a\n1,2', 'a,,b\n1,2,3', 'a,"b\n1', `a\n${'x\n'.repeat(5001)}`])('is refused: %#', (text) =>
    expect(csv(text)).rejects.toMatchObject({ code: 'row-invalid' }),
  );
  it('that claims to be a sheet and is none is refused', () =>
    expect(readTable('xlsx', Buffer.from('no sheet').toString('base64'))).rejects.toMatchObject({
      code: 'row-invalid',
    }));
  it('that unpacks to more than a machine holds is not opened', async () => {
    const head = Buffer.alloc(46);
    head.write('PK\u0001\u0002', 0, 'latin1');
    head.writeUInt32LE(0xf0000000, 24);
    await expect(readTable('xlsx', head.toString('base64'))).rejects.toMatchObject({
      details: { problem: 'unpacks to too much' },
    });
  });
});
