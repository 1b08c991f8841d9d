import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { areas, importAreas, seedAreas } from '@wangge/areas';
import { demoSeed, generateDemoTown } from '@wangge/geo/town';
import { openTestTown, type TestTown } from '@wangge/kernel/testkit';
import { notify } from '@wangge/notify';
import { staff } from '@wangge/staff';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { importIncidents, incidents, readImportMap } from '../src/index.ts';

const modules = [areas, staff, notify, incidents];
const shared = new URL('../../../../shared/data/', import.meta.url).pathname;
const example = new URL('../../../docs/examples/la311-map.json', import.meta.url).pathname;

const map = readImportMap(
  JSON.stringify({
    key: 'id',
    created: 'at',
    closed: 'done',
    zone: 'Asia/Shanghai',
    category: { column: 'kind', map: { lamp: 'x.lamp' } },
    lon: 'lon',
    lat: 'lat',
    description: '{kind} {text}',
    categories: [
      { code: 'x', parent: null, zh: '外来', en: 'Foreign', limitMin: 600 },
      { code: 'x.lamp', parent: 'x', zh: '路灯', en: 'Lamp', limitMin: 600 },
    ],
  }),
);

describe('importing requests of another system', () => {
  let town: TestTown;
  let folder: string;
  let inside: { lon: number; lat: number };
  beforeAll(async () => {
    town = await openTestTown(modules);
    const demo = generateDemoTown(demoSeed);
    await seedAreas(town.rt, demo);
    inside = { lon: demo.centre[0], lat: demo.centre[1] };
    folder = mkdtempSync(join(tmpdir(), 'wangge-import-'));
  });
  afterAll(async () => {
    await town.close();
    rmSync(folder, { recursive: true, force: true });
  });
  const count = async (): Promise<number> =>
    Number((await town.owner.query('select count(*) as n from incidents_incidents')).rows[0].n);
  function file(...rows: string[]): string {
    const path = join(folder, 'table.csv');
    writeFileSync(path, ['id,at,done,kind,lon,lat,text', ...rows].join('\n'));
    return path;
  }
  const good = (id: string, text = '不亮'): string =>
    `${id},2026-01-02 08:00:00,2026-01-03 08:00:00,lamp,${inside.lon},${inside.lat},${text}`;

  it('names bad rows by line, and leaves them out or refuses all', async () => {
    const path = file(
      good('a'),
      `b,2026-01-02,,lamp,0,0,outside`,
      `c,yesterday,,lamp,${inside.lon},${inside.lat},when`,
      `d,2026-01-02,,dragon,${inside.lon},${inside.lat},what`,
      `e,2026-01-02,2026-01-01,lamp,${inside.lon},${inside.lat},backwards`,
      `f,2026-01-02,,lamp,,,nowhere`,
      `"g",2026-01-02,,lamp,${inside.lon},${inside.lat},"two\nlines"`,
      `h,2027-01-02,,lamp,${inside.lon},${inside.lat},future`,
    );
    await expect(importIncidents(town.rt, { csvPath: path, map, onBad: 'refuse' })).rejects.toMatchObject({
      code: 'row-invalid',
      details: { line: 3, badCount: 6 },
    });
    expect(await count()).toBe(0);
    const report = await importIncidents(town.rt, { csvPath: path, map, onBad: 'skip' });
    expect(report).toMatchObject({ imported: 2, known: 0, badCount: 6 });
    expect(report.bad.map((b) => [b.line, b.problem])).toEqual([
      [3, 'place-outside'],
      [4, 'created-invalid'],
      [5, 'category-unknown'],
      [6, 'closed-before-created'],
      [7, 'place-missing'],
      [10, 'created-in-future'],
    ]);
  });
  it('adds nothing when it runs again', async () => {
    const before = await count();
    const path = file(good('a'), good('z'));
    expect(await importIncidents(town.rt, { csvPath: path, map, onBad: 'skip' })).toMatchObject({
      imported: 1,
      known: 1,
    });
    expect(await importIncidents(town.rt, { csvPath: path, map, onBad: 'skip' })).toMatchObject({
      imported: 0,
      known: 2,
    });
    expect(await count()).toBe(before + 1);
  });
  it('imports nothing of a file that breaks off, or whose known key says something else', async () => {
    const before = await count();
    const broken = file(good('m'), 'n,"2026-01-02');
    await expect(importIncidents(town.rt, { csvPath: broken, map, onBad: 'skip' })).rejects.toMatchObject({
      code: 'row-invalid',
    });
    const other = file(good('p'), good('a', '换了内容'));
    await expect(importIncidents(town.rt, { csvPath: other, map, onBad: 'skip' })).rejects.toMatchObject({
      code: 'key-reused',
    });
    await expect(
      importIncidents(town.rt, { csvPath: join(folder, 'none.csv'), map, onBad: 'skip' }),
    ).rejects.toMatchObject({ code: 'not-found' });
    const lacking = join(folder, 'lacking.csv');
    writeFileSync(lacking, 'id,at\n1,2026-01-01\n');
    await expect(importIncidents(town.rt, { csvPath: lacking, map, onBad: 'skip' })).rejects.toMatchObject({
      field: 'map',
    });
    expect(await count()).toBe(before);
  });
  it('gives each row the past it had', async () => {
    const rows = await town.owner
      .query(`select h.move, h.at from incidents_history h join incidents_incidents i on i.id = h.incident_id
      where i.client_key = 'import:a' order by h.at, h.id`);
    expect(rows.rows.map((r: { move: string }) => r.move)).toEqual([
      'report',
      'accept',
      'register',
      'start',
      'respond',
      'close',
    ]);
    expect(rows.rows[0].at.toISOString()).toBe('2026-01-02T00:00:00.000Z');
    expect(rows.rows[5].at.toISOString()).toBe('2026-01-03T00:00:00.000Z');
  });
});

const real = existsSync(shared);
describe.skipIf(!real)(`real requests of a city${real ? '' : ' (skipped: the shared data folder is absent)'}`, () => {
  it('loads them into its neighbourhoods, twice the same', async () => {
    const town = await openTestTown(modules);
    try {
      await importAreas(town.rt, {
        geojson: readFileSync(join(shared, 'geo/neighborhoods-dirty.geojson'), 'utf8'),
        level: 'grid',
        codeColumn: 'nc_id',
        nameColumn: 'name',
        acceptFaults: true,
        note: 'neighbourhoods',
        townName: 'Los Angeles',
      });
      const options = {
        csvPath: join(shared, 'requests/la311-2017-subset.csv'),
        map: readImportMap(readFileSync(example, 'utf8')),
        onBad: 'skip',
      } as const;
      const first = await importIncidents(town.rt, options);
      expect(first.imported + first.badCount).toBe(9999);
      expect(first.imported).toBeGreaterThan(9000);
      const again = await importIncidents(town.rt, options);
      expect(again).toMatchObject({ imported: 0, known: first.imported });
      const row = await town.owner.query(
        `select state, reported_at, closed_at, category_code from incidents_incidents where client_key = 'import:1-870704831'`,
      );
      expect(row.rows[0]).toMatchObject({ state: 'closed', category_code: 'la.encampment' });
      expect(row.rows[0].reported_at.toISOString()).toBe('2018-01-01T07:59:58.000Z');
      expect(row.rows[0].closed_at.toISOString()).toBe('2018-04-09T16:18:35.000Z');
    } finally {
      await town.close();
    }
  }, 300_000);
});
