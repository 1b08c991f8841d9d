/** Orders of a hotline: taken in once by their number, updated when they come again, answered in their own form. */
import { randomUUID } from 'node:crypto';
import { type Role, roleNames } from '@wangge/contract-kit';
import { areaIndex } from '@wangge/areas';
import { moveIncident, receiptToken, reportIncident } from '@wangge/incidents';
import { type IncidentTown, openIncidentTown } from '@wangge/incidents/testkit';
import { routesIn } from '@wangge/kernel/testkit';
import { type Seat, seat } from '@wangge/staff/testkit';
import { readSheet } from 'read-excel-file/node';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createClient } from '../src/actions/clients.ts';
import * as contract from '../src/contract.ts';
import { type HotlineReport, hotlineMappingSchema } from '../src/contract.ts';
import { integrations } from '../src/index.ts';
import { findRequests } from '../src/open311/find-requests.ts';

let town: IncidentTown;
const seats = new Map<Role, Seat>();
let apiKey: string;
const sourceId = randomUUID();
const mapping = hotlineMappingSchema.parse({
  number: '工单号',
  description: '诉求内容',
  reportedAt: '来电时间',
  zone: 'Asia/Shanghai',
  dates: 'ymd',
  category: { column: '类别', words: { 路灯: 'patrol.lamp', 垃圾: 'environment.rubbish' } },
  phone: '电话',
  area: '村',
});

beforeAll(async () => {
  town = await openIncidentTown([integrations]);
  for (const role of roleNames) seats.set(role, await seat(town.rt, [{ role, area: town.root }], role));
  const made = await town.rt.system('test', (tx) => createClient(tx, '市热线'));
  apiKey = made.apiKey;
  const saved = await ask('system-admin', 'PUT', `sources/${sourceId}`, {
    name: '12345 热线',
    mapping,
    clientId: made.client.id,
    active: true,
    version: 0,
  });
  if (saved.statusCode !== 200) throw new Error(saved.body);
});
afterAll(() => town.close());

function ask(role: Role | null, method: 'GET' | 'POST' | 'PUT', path: string, payload?: object) {
  const cookie = role === null ? undefined : seats.get(role)?.cookie;
  return town.app.inject({
    method,
    url: `/api/integrations/${path}`,
    headers: { 'x-wangge': '1', ...(cookie === undefined ? {} : { cookie }) },
    ...(payload === undefined ? {} : { payload }),
  });
}
const heading = '工单号,诉求内容,来电时间,类别,电话,村,受理编号';
let n = 0;
const number = () => `HL-${++n}`;
const fileOf = (lines: readonly string[]) => ({
  format: 'csv',
  content: Buffer.from([heading, ...lines].join('\r\n')).toString('base64'),
});
const take = async (lines: readonly string[], how = 'orders'): Promise<HotlineReport> => {
  const answer = await ask('dispatcher', 'POST', `sources/${sourceId}/${how}`, fileOf(lines));
  expect([answer.statusCode, answer.body]).toMatchObject([200, expect.any(String)]);
  return answer.json<HotlineReport>();
};
const line = (no: string, more: Partial<Record<'text' | 'word' | 'phone' | 'area' | 'time', string>> = {}) =>
  [
    no,
    more.text ?? `路灯不亮 ${no}`,
    more.time ?? '',
    more.word ?? '路灯',
    more.phone ?? '',
    more.area ?? '',
    '原系统列',
  ].join(',');
const incidentsOf = async (...numbers: string[]) =>
  (
    await town.owner.query<{ id: string; number: string; state: string; source: string; reported_at: Date }>(
      `select i.id, i.number, i.state, i.source, i.reported_at from integrations_orders o
       join incidents_incidents i on i.id = o.incident_id where o.outer_number = any($1) order by o.outer_number`,
      [numbers],
    )
  ).rows;
const notesOf = async (id: string) =>
  (
    await town.owner.query(
      `select actor_name, reason from incidents_history where incident_id = $1 and move = 'note'`,
      [id],
    )
  ).rows;
const finish = (id: string, answer: string) =>
  town.owner.query(
    `with h as (insert into incidents_history (id, incident_id, at, move, actor_kind, actor_name, reason)
       values (gen_random_uuid(), $1, $2, 'close', 'account', '核查员', $3))
     update incidents_incidents set state = 'closed', closed_at = $2, ended_at = $2, updated_at = $2 where id = $1`,
    [id, new Date(town.clock.nowMs()), answer],
  );

it('has the routes of the contract under the permissions in words', async () => {
  const cells: Record<string, readonly Role[]> = {
    'GET /api/integrations/clients': ['system-admin'],
    'POST /api/integrations/clients': ['system-admin'],
    'DELETE /api/integrations/clients/:id': ['system-admin'],
    'GET /api/integrations/sources': ['system-admin', 'dispatcher'],
    'PUT /api/integrations/sources/:id': ['system-admin'],
    'POST /api/integrations/sources/columns': ['system-admin', 'dispatcher'],
    'POST /api/integrations/sources/:id/preview': ['dispatcher'],
    'POST /api/integrations/sources/:id/orders': ['dispatcher'],
    'GET /api/integrations/sources/:id/answers': ['dispatcher'],
  };
  expect(Object.keys(cells).toSorted()).toEqual(routesIn(contract));
  for (const [route, open] of Object.entries(cells)) {
    const [method = '', path = ''] = route.split(' ');
    for (const role of [null, ...roleNames]) {
      const answer = await town.app.inject({
        method: method as 'GET',
        url: path.replace(':id', 'x'),
        headers: { 'x-wangge': '1', ...(role === null ? {} : { cookie: seats.get(role)?.cookie ?? '' }) },
        ...(method === 'GET' ? {} : { payload: {} }),
      });
      const expected = role === null ? [401] : open.includes(role) ? [200, 400] : [403];
      expect([route, role, expected.includes(answer.statusCode)]).toEqual([route, role, true]);
    }
  }
});

describe('a file', () => {
  it('is tried line by line without leaving anything, then taken in', async () => {
    const [a, b, c] = [number(), number(), number()];
    const lines = [
      line(a, { time: '2026-10-30 08:00', phone: '13800000001', area: town.grids[0].name }),
      line(b, { word: '飞碟' }),
      line(c, { time: '明天' }),
      line(a),
    ];
    const tried = await take(lines, 'preview');
    expect(tried).toMatchObject({ created: 1, refused: 3 });
    expect(tried.rows.map((r) => [r.line, r.outcome, r.problem])).toEqual([
      [3, 'refused', 'category-unknown'],
      [4, 'refused', 'time-invalid'],
      [5, 'refused', 'number-twice'],
      [2, 'new', null],
    ]);
    expect(await incidentsOf(a, b, c)).toEqual([]);
    expect(await take(lines)).toMatchObject({ created: 1, refused: 3 });
    expect(await incidentsOf(a, b, c)).toMatchObject([
      { state: 'reported', source: 'hotline', reported_at: new Date('2026-10-30T00:00:00Z') },
    ]);
  });

  it('twice, and twice at once, makes each order once', async () => {
    const numbers = [number(), number(), number()];
    const lines = numbers.map((no) => line(no));
    const reports = await Promise.all([take(lines), take(lines), take(lines)]);
    expect(reports.map((r) => [r.created, r.unchanged] as const).toSorted(([a], [b]) => a - b)).toEqual([
      [0, 3],
      [0, 3],
      [3, 0],
    ]);
    expect(await incidentsOf(...numbers)).toHaveLength(3);
  });

  it('that tells more of a known order writes it into the timeline and makes no second one', async () => {
    const no = number();
    await take([line(no, { phone: '13800000004' })]);
    const report = await take([line(no, { text: '路灯还是不亮', phone: '13800000005' })]);
    expect(report).toMatchObject({
      created: 0,
      updated: 1,
      rows: [{ outcome: 'updated', number: expect.any(String) }],
    });
    const [incident] = await incidentsOf(no);
    // Telephone numbers are no business of a timeline.
    expect(await notesOf(incident?.id ?? '')).toEqual([
      { actor_name: '12345 热线', reason: '来单更新：诉求内容：路灯还是不亮' },
    ]);
    expect(await take([line(no, { text: '路灯还是不亮', phone: '13800000005' })])).toMatchObject({ unchanged: 1 });
  });

  it('keeps the order’s row encrypted', async () => {
    const no = number();
    await take([line(no, { text: '绝不外露', phone: '13800000006' })]);
    const { rows } = await town.owner.query(
      'select row_sealed, row_mac from integrations_orders where outer_number = $1',
      [no],
    );
    expect(JSON.stringify(rows)).not.toMatch(/绝不外露|13800000006/);
  });

  it('without the columns of the mapping, or for a source that is switched off or gone, is refused', async () => {
    const content = Buffer.from('别的,列\n1,2').toString('base64');
    const wrong = await ask('dispatcher', 'POST', `sources/${sourceId}/orders`, { format: 'csv', content });
    expect(wrong.json()).toMatchObject({ error: { code: 'invalid-field', field: 'mapping' } });
    expect((await ask('dispatcher', 'POST', `sources/${randomUUID()}/orders`, fileOf([line('x')]))).statusCode).toBe(
      404,
    );
    const id = randomUUID();
    await ask('system-admin', 'PUT', `sources/${id}`, {
      name: '旧信箱',
      mapping,
      clientId: null,
      active: false,
      version: 0,
    });
    expect((await ask('dispatcher', 'POST', `sources/${id}/orders`, fileOf([line('x')]))).statusCode).toBe(409);
  });

  it('shows its headings and words before there is a mapping', async () => {
    const answer = await ask(
      'system-admin',
      'POST',
      'sources/columns',
      fileOf([line('1'), line('2', { word: '垃圾' })]),
    );
    const { rows, columns } = answer.json<{ rows: number; columns: { name: string; samples: string[] }[] }>();
    expect(rows).toBe(2);
    expect(columns.find((c) => c.name === '类别')?.samples).toEqual(['路灯', '垃圾']);
  });
});

describe('a source', () => {
  it.each([
    [{ version: 7 }, 409, 'stale-edit'],
    [{ name: '12345 热线', version: 0 }, 409, 'already-exists'],
    [
      { mapping: { ...mapping, category: { column: '类别', words: { 路灯: 'patrol' } } }, version: 0, name: '甲' },
      400,
      'invalid-field',
    ],
    [{ mapping: { ...mapping, zone: 'Mars/Base' }, version: 0, name: '乙' }, 400, 'invalid-field'],
    [{ clientId: randomUUID(), version: 0, name: '丙' }, 400, 'invalid-field'],
  ])('is not saved: %#', async (more, status, code) => {
    const id = more.version === 7 ? sourceId : randomUUID();
    const body = { name: '12345 热线', mapping, clientId: null, active: true, ...more };
    const answer = await ask('system-admin', 'PUT', `sources/${id}`, body);
    expect([answer.statusCode, answer.json<{ error: { code: string } }>().error.code]).toEqual([status, code]);
  });
});

describe('answers', () => {
  it('come back under the other system’s number and columns, without formulas, in both formats', async () => {
    const no = number();
    await take([line(no, { text: '=HYPERLINK("http://x")'.replaceAll('"', '') })]);
    const [incident] = await incidentsOf(no);
    town.clock.advance(60_000);
    const sinceMs = town.clock.nowMs();
    await finish(incident?.id ?? '', '+已更换灯泡');
    const csv = await ask('dispatcher', 'GET', `sources/${sourceId}/answers?format=csv&sinceMs=${sinceMs}`);
    const [head, row, ...rest] = csv.body.replace('\u{FEFF}', '').trim().split('\r\n');
    // Their own column of that name stays; ours stands beside it.
    expect(head).toBe('工单号,诉求内容,来电时间,类别,电话,村,受理编号,受理编号 *,办理状态,办结时间,答复');
    expect(row).toMatch(new RegExp(`^${no},'=HYPERLINK`));
    expect(row).toContain(`,原系统列,${incident?.number},已结案,`);
    expect(row).toMatch(/,'\+已更换灯泡$/);
    expect(rest).toEqual([]);
    const xlsx = await ask('dispatcher', 'GET', `sources/${sourceId}/answers?format=xlsx&sinceMs=${sinceMs}`);
    const sheet = await readSheet(xlsx.rawPayload);
    expect(sheet[1]?.[0]).toBe(no);
    // What goes out comes in again: the same order, unchanged.
    const back = await ask('dispatcher', 'POST', `sources/${sourceId}/preview`, {
      format: 'xlsx',
      content: xlsx.rawPayload.toString('base64'),
    });
    expect(back.json()).toMatchObject({ created: 0, refused: 0 });
    const later = await ask('dispatcher', 'GET', `sources/${sourceId}/answers?format=csv&sinceMs=${sinceMs + 1}`);
    expect(later.body.trim().split('\r\n')).toHaveLength(1);
  });
});

describe('by key', () => {
  const call = (method: 'GET' | 'POST', path: string, more: { key?: string; payload?: object } = {}) =>
    town.app.inject({
      method,
      url: `/hotline/v1/${path}`,
      headers: { 'x-api-key': more.key ?? apiKey },
      ...(more.payload === undefined ? {} : { payload: more.payload }),
    });
  const order = (no: string) => ({
    工单号: no,
    诉求内容: '没人收',
    来电时间: null,
    类别: '垃圾',
    电话: 13800000008,
    村: '',
  });

  it('orders are delivered, once, and answers fetched page by page', async () => {
    const numbers = [number(), number()];
    const payload = { orders: [...numbers.map(order), { ...order(''), 类别: '?' }] };
    const [first, second] = [await call('POST', 'orders', { payload }), await call('POST', 'orders', { payload })];
    expect(first.json()).toMatchObject({ created: 2, refused: 1 });
    expect(first.json<HotlineReport>().rows[0]).toMatchObject({ line: 3, problem: 'number-missing' });
    expect(second.json()).toMatchObject({ created: 0, unchanged: 2 });
    const since = new Date(town.clock.nowMs() + 1).toISOString();
    town.clock.advance(60_000);
    for (const { id } of await incidentsOf(...numbers)) await finish(id, '已清运');
    const got = (await call('GET', `answers?since=${since}`)).json<{
      answers: { outerNumber: string; answer: string; row: object }[];
      next: string;
      more: boolean;
    }>();
    expect(got.answers.map((a) => [a.outerNumber, a.answer])).toEqual(numbers.map((no) => [no, '已清运']));
    expect(got.answers[0]?.row).toMatchObject({ 诉求内容: '没人收', 电话: '13800000008' });
    expect(got.more).toBe(false);
    expect((await call('GET', `answers?since=${got.next}`)).json()).toMatchObject({ answers: [] });
  });

  it.each([
    ['no key', { key: '' }, 401],
    ['a wrong key', { key: `wg_${'a'.repeat(43)}` }, 401],
    ['no orders', { payload: {} }, 400],
    ['nested orders', { payload: { orders: [{ 工单号: { a: 1 } }] } }, 400],
    ['too many', { payload: { orders: Array.from({ length: 501 }, () => ({})) } }, 400],
  ])('%s is refused', async (_, more, status) => {
    expect((await call('POST', 'orders', { payload: { orders: [] }, ...more })).statusCode).toBe(status);
  });
  it('a moment that is none is refused', async () => {
    for (const since of ['gestern', 'eyJ4Ijox', '1e99']) {
      expect([since, (await call('GET', `answers?since=${since}`)).statusCode]).toEqual([since, 400]);
    }
  });
});

it('shows a merged request by Open311 as far as the one that stayed', async () => {
  const place = areaIndex(town.rt).children(town.grids[2].id)[0]?.center ?? { lon: 0, lat: 0 };
  const make = (description: string) =>
    town.rt.tx(town.as('dispatcher'), (tx) =>
      reportIncident(tx, `dispatcher:${randomUUID()}`, { categoryCode: 'patrol.lamp', description, place }),
    );
  const [kept, twin] = [await make('灯不亮'), await make('没有灯光')];
  await town.rt.tx(town.as('dispatcher'), (tx) =>
    moveIncident(tx, twin.id, { move: 'merge', version: 0, targetId: kept.id, reason: '同一盏' }, { anyVersion: true }),
  );
  const status = async (filter: object = {}) =>
    (
      await town.rt.system('test', (tx) =>
        findRequests(tx, { fromMs: town.clock.nowMs() - 1000, toMs: town.clock.nowMs() + 1000, ...filter }),
      )
    )
      .filter((r) => r['service_request_id'] === twin.number)
      .map((r) => r['status']);
  expect(await status()).toEqual(['open']);
  expect(await status({ status: 'open' })).toEqual(['open']);
  expect(await status({ status: 'closed' })).toEqual([]);
  await finish(kept.id, '已修');
  expect(await status({ ids: [twin.number] })).toEqual(['closed']);
  expect(receiptToken(town.rt, twin.id)).not.toBe(receiptToken(town.rt, kept.id));
});
