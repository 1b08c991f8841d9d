/** Files of incidents: who gets which rows, what is hidden in them, and what happens when nobody waits. */
import { get } from 'node:http';
import { newId, type Role } from '@wangge/contract-kit';
import { type Seat, seat } from '@wangge/staff/testkit';
import { parse } from 'csv-parse/sync';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { exportColumnNames, exportColumns } from '../src/contract.ts';
import { maskTelephones } from '../src/export/mask-text.ts';
import { setParties } from '../src/index.ts';
import { type IncidentTown, openIncidentTown } from '../src/testkit.ts';

const exporters: readonly Role[] = ['grid-head', 'village-cadre', 'department-handler', 'dispatcher', 'leader'];
let town: IncidentTown;
const holders = new Map<Role, Seat>();
const numbers = new Map<string, string>();

beforeAll(async () => {
  town = await openIncidentTown();
  const [own, , other] = town.grids;
  const cgd = town.departments.get('cgd') ?? '';
  for (const role of [...exporters, 'grid-member', 'system-admin', 'volunteer'] as const) {
    const departmentId = role === 'department-handler' ? cgd : null;
    holders.set(role, await seat(town.rt, [{ role, area: own, departmentId }], role));
  }
  const make = async (name: string, more: Parameters<IncidentTown['report']>[0]): Promise<string> => {
    const { id, number } = await town.report({ as: town.as('dispatcher'), ...more });
    numbers.set(name, number);
    return id;
  };
  const center = town.grids[0].center;
  if (!center) throw new Error('the first grid has no middle');
  await make('own', {
    areaId: own.id,
    place: { lon: center.lon, lat: center.lat },
    description: '=1+1 "路灯",\n请打13800010001',
    address: '村口3号',
    reporterPhone: '13912345678',
  });
  await make('other', { areaId: other.id });
  const handled = await make('department', { areaId: other.id, categoryCode: 'patrol.lamp' });
  await town.rt.system('test', (tx) =>
    setParties(tx, handled, { departmentIds: [cgd], assigneeIds: [holder('grid-head').id] }),
  );
  await make('anonymous', {
    areaId: own.id,
    place: { lon: center.lon + 0.0003, lat: center.lat },
    address: '某人家后院',
    reporterPhone: '13700000001',
    anonymous: true,
  });
});
afterAll(() => town.close());

function holder(role: Role): Seat {
  const found = holders.get(role);
  if (!found) throw new Error(`nobody is ${role}`);
  return found;
}
const ask = (cookie: string | null, query: string) =>
  town.app.inject({
    method: 'GET',
    url: `/api/incidents/export?${query}`,
    headers: cookie === null ? {} : { cookie },
  });
async function rowsFor(role: Role, query = ''): Promise<Record<string, string>[]> {
  const answer = await ask(holder(role).cookie, `format=csv&lang=en${query}`);
  expect(answer.statusCode).toBe(200);
  return parse(answer.rawPayload, { bom: true, columns: true });
}
const named = (rows: readonly Record<string, string>[]): string[] =>
  [...numbers].filter(([, number]) => rows.some((row) => row['Number'] === number)).map(([name]) => name);

describe('who gets which rows', () => {
  it.each([
    ['grid-head', ['own', 'department', 'anonymous']],
    ['village-cadre', ['own', 'anonymous']],
    ['department-handler', ['department']],
    ['dispatcher', ['own', 'anonymous']],
    ['leader', ['own', 'anonymous']],
  ] as const)('%s: %j', async (role, expected) => {
    const rows = await rowsFor(role);
    expect(named(rows)).toEqual(expected);
    expect(rows).toHaveLength(expected.length);
  });
  it('nobody else gets a file', async () => {
    for (const role of ['grid-member', 'system-admin', 'volunteer'] as const) {
      expect((await ask(holder(role).cookie, 'format=csv')).statusCode).toBe(403);
    }
    expect((await ask(null, 'format=csv')).statusCode).toBe(401);
  });
  it('leaves out who went out of reach since the file was begun', async () => {
    const rows = await town.rt.tx(town.as('neighbour'), async (tx) => {
      const { findIds, readRows } = await import('../src/export/find-rows.ts');
      const all = await town.rt.system('test', (system) => findIds(system, {}));
      expect(all.count).toBe(4);
      return readRows(tx, all.slice(0, 10));
    });
    expect(rows).toBe('');
  });
});

describe('what is in it', () => {
  it('has all columns with their headings in the language asked for, and the number of rows beforehand', async () => {
    const answer = await ask(holder('dispatcher').cookie, 'format=csv');
    const [headings] = parse(answer.rawPayload, { bom: true }) as string[][];
    expect(headings).toEqual(exportColumnNames.map((name) => exportColumns[name].zh));
    expect(answer.headers).toMatchObject({
      'content-type': 'text/csv; charset=utf-8',
      'x-wangge-rows': '2',
      'cache-control': 'no-store',
    });
    expect(answer.headers['content-disposition']).toMatch(/^attachment; filename="incidents-\d{8}-\d{6}\.csv"$/);
  });
  it('hides telephones, formulas and where an anonymous report came from', async () => {
    const rows = await rowsFor('dispatcher');
    const of = (name: string) => rows.find((row) => row['Number'] === numbers.get(name));
    const center = town.grids[0].center;
    expect(of('own')).toMatchObject({
      Description: `'=1+1 "路灯",\n请打138****0001`,
      "Reporter's telephone": '139****5678',
      Address: '村口3号',
      State: 'Registered',
      Grid: town.grids[0].name,
      'Longitude (WGS 84)': String(Math.round((center?.lon ?? 0) * 1e6) / 1e6),
    });
    const hidden = of('anonymous');
    expect(hidden).toMatchObject({ "Reporter's telephone": 'Anonymous', Address: '' });
    expect(Number(hidden?.['Longitude (WGS 84)'])).not.toBeCloseTo((center?.lon ?? 0) + 0.0003, 5);
    expect(JSON.stringify(rows)).not.toMatch(/1391234|13800010001|1370000/);
  });
  it('masks a telephone that was sealed before masks lay beside it', async () => {
    const sealed = town.rt.keys.encrypt('incidents.reporter-phone', '13912345678');
    const swap = (phone: string) =>
      town.owner.query(
        `with old as (select id, reporter_phone from incidents_incidents where number = $1)
         update incidents_incidents i set reporter_phone = $2 from old where i.id = old.id returning old.reporter_phone`,
        [numbers.get('own'), phone],
      );
    const before = (await swap(sealed)).rows[0] as { reporter_phone: string };
    try {
      const own = (await rowsFor('dispatcher')).find((row) => row['Number'] === numbers.get('own'));
      expect(own?.["Reporter's telephone"]).toBe('139****5678');
    } finally {
      await swap(before.reporter_phone);
    }
  });
  it('has the chosen columns only, and follows the filter of the list', async () => {
    const rows = await rowsFor('grid-head', '&columns=number,assignees,departments&category=patrol.lamp');
    expect(rows).toHaveLength(1);
    expect(Object.keys(rows[0] ?? {})).toEqual(['Number', 'Departments', 'Handled by']);
    expect(rows[0]?.['Departments']).not.toBe('');
    expect(await rowsFor('grid-head', `&q=${encodeURIComponent('没有这样的事')}`)).toEqual([]);
  });
  it('refuses what it does not know', async () => {
    for (const query of ['format=pdf', 'format=csv&columns=secret', 'format=csv&state=x', '']) {
      expect((await ask(holder('dispatcher').cookie, query)).statusCode).toBe(400);
    }
    const nowhere = await ask(holder('dispatcher').cookie, `format=csv&areaId=${newId()}`);
    expect(nowhere.statusCode).toBe(404);
    expect(nowhere.headers['content-disposition']).toBeUndefined();
  });
  it('is a workbook on demand', async () => {
    const answer = await ask(holder('dispatcher').cookie, 'format=xlsx');
    expect(answer.headers['content-type']).toContain('spreadsheetml.sheet');
    expect(answer.rawPayload.subarray(0, 2).toString()).toBe('PK');
  });
  it('is in the audit with its purpose, filter and columns', async () => {
    await rowsFor('leader', '&columns=number&open=1');
    const { rows } = await town.owner.query<{ purpose: string; details: Record<string, unknown> }>(
      `select purpose, details from kernel_audit where action = 'incidents.export' order by seq desc limit 1`,
    );
    expect(rows[0]).toMatchObject({
      purpose: 'export',
      details: { format: 'csv', columns: ['number'], rows: 2, filter: { open: true } },
    });
  });
});

describe('telephone numbers in texts', () => {
  it.each([
    ['请打13800010001。', '请打138****0001。'],
    ['0570-1234567', '057****4567'],
    ['编号 20261122-000123', '编号 20261122-000123'],
    ['身份 330821199001011234', '身份 330821199001011234'],
  ])('%s', (text, masked) => expect(maskTelephones(text)).toBe(masked));
});

describe('somebody who goes away', () => {
  it('leaves nothing running', async () => {
    await town.owner.query(
      `insert into incidents_incidents (id, number, client_key, content_hash, source, state, severity,
        category_code, description, reported_path, responsible_path, reported_at, reported_day, changed_by, updated_at, search_text)
      select gen_random_uuid(), 'y-' || i, 'member:y-' || i, '', 'member', 'closed', 'ordinary', 'patrol.lamp', repeat('路灯', 200),
        $1, $1, now() - i * interval '1 minute', current_date, 'x', now(), ''
      from generate_series(1, 30000) as i`,
      [town.grids[0].path],
    );
    const inUse = (): number => town.rt.pool.totalCount - town.rt.pool.idleCount;
    const before = inUse();
    const address = await town.app.listen({ port: 0, host: '127.0.0.1' });
    // More than may run at once, one after the other: each must have let go of its place.
    for (let n = 0; n < 6; n++) {
      const status = await new Promise<number | undefined>((done, fail) => {
        const url = `${address}/api/incidents/export?format=${n % 2 === 0 ? 'csv' : 'xlsx'}`;
        const request = get(url, { headers: { cookie: holder('dispatcher').cookie } }, (response) => {
          response.once('data', () => {
            response.destroy();
            done(response.statusCode);
          });
          response.once('error', () => undefined);
        }).once('error', fail);
        request.once('close', () => done(undefined));
      });
      expect(status).toBe(200);
    }
    await expect
      .poll(
        async () =>
          (await ask(holder('dispatcher').cookie, 'format=csv&columns=number&q=%E6%B2%A1%E6%9C%89')).statusCode,
      )
      .toBe(200);
    await expect.poll(inUse).toBe(before);
  });
});
