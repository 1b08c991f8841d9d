import { roleNames, roles } from '@wangge/contract-kit';
import { anonymousActor, fixedSql, sql, systemActor } from '@wangge/kernel';
import type { TestTown } from '@wangge/kernel/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { areaIndex, importAreas, qrPointByToken } from '../src/index.ts';
import { actorOf, boxes, columns, fourGrids, openAreasTown, send } from './support.ts';

let town: TestTown;
let areaId = '';
beforeAll(async () => {
  town = await openAreasTown();
  await importAreas(town.rt, { geojson: boxes(fourGrids), level: 'grid', ...columns, publish: true });
  areaId = areaIndex(town.rt).byCode('990101100201001')?.id ?? '';
});
afterAll(() => town.close());

const holders = {
  'areas.edit': ['system-admin'],
  'areas.read-versions': ['system-admin', 'leader', 'dispatcher'],
  'areas.print-signs': ['system-admin', 'dispatcher', 'grid-head'],
} as const;

describe('as the role of the database', () => {
  const tables = [
    'areas_areas',
    'areas_basemap',
    'areas_versions',
    'areas_entries',
    'areas_arcs',
    'areas_rings',
    'areas_qr_points',
  ];
  const counts = (actor: ReturnType<typeof actorOf>) =>
    town.rt.tx(actor, async (tx) => {
      const all = await tx.rows<{ t: string; n: number }>(
        fixedSql(tables.map((t) => `select '${t}' as t, count(*)::int as n from ${t}`).join(' union all ')),
      );
      return all.filter((row) => row.n > 0).map((row) => row.t);
    });
  it('everybody signed in sees areas, few see versions and signs, the anonymous nothing', async () => {
    const versions = ['areas_versions', 'areas_entries', 'areas_arcs', 'areas_rings'];
    expect(await counts(anonymousActor)).toEqual([]);
    for (const role of roleNames) {
      const seen = await counts(actorOf(role));
      const expected = [
        'areas_areas',
        ...((holders['areas.read-versions'] as readonly string[]).includes(role) ? versions : []),
        ...((holders['areas.print-signs'] as readonly string[]).includes(role) ? ['areas_qr_points'] : []),
      ];
      expect([role, seen]).toEqual([role, expected]);
    }
    expect(await counts(systemActor('test'))).toHaveLength(6);
  });
  it('only the system administrator and the platform change areas', async () => {
    for (const role of roleNames) {
      const changed = town.rt.tx(actorOf(role), (tx) =>
        tx.run(sql`update areas_areas set name = name where id = ${areaId}`),
      );
      expect([role, await changed]).toEqual([role, role === 'system-admin' ? 1 : 0]);
      expect(roles[role]).toBeDefined();
    }
  });
  it('nobody changes a token, and anybody may follow one', async () => {
    await expect(town.rt.system('test', (tx) => tx.run(sql`delete from areas_qr_points`))).rejects.toMatchObject({
      code: 'forbidden',
    });
    const { rows } = await town.owner.query<{ token: string }>('select token from areas_qr_points where area_id = $1', [
      areaId,
    ]);
    const point = await town.rt.tx(anonymousActor, (tx) => qrPointByToken(tx, ` ${rows[0]?.token.toLowerCase()}`));
    expect(point?.area.id).toBe(areaId);
    for (const wrong of ['', 'x', "'; drop table", '0'.repeat(10), 'ÄÄÄÄÄÄÄÄÄÄ']) {
      expect(await town.rt.tx(anonymousActor, (tx) => qrPointByToken(tx, wrong))).toBeNull();
    }
  });
});

describe('a body', () => {
  const good = { note: '一', level: 'grid', geojson: boxes(fourGrids), ...columns };
  it('that is wrong is refused by field', async () => {
    for (const [change, code] of [
      [{ note: '' }, 'invalid-field'],
      [{ note: '长'.repeat(201) }, 'text-too-long'],
      [{ level: 'street' }, 'invalid-field'],
      [{ snapM: 51 }, 'invalid-field'],
      [{ geojson: 5 }, 'invalid-field'],
      [{ ontoVersionId: 'x' }, 'invalid-field'],
      [{ geojson: '{"type":' }, 'invalid-field'],
      [{ geojson: '{"type":"Topology"}' }, 'invalid-field'],
    ] as const) {
      const answer = await send(town, 'system-admin', 'POST', '/api/areas/versions', { ...good, ...change });
      expect(answer.json()).toMatchObject({ error: { code, field: Object.keys(change)[0] } });
    }
    const rows = await send(town, 'system-admin', 'POST', '/api/areas/versions', { ...good, codeColumn: 'nr' });
    expect(rows.json()).toMatchObject({
      error: {
        code: 'row-invalid',
        details: {
          problem: 'no-code',
          count: 4,
          rows: Array.from({ length: 4 }, (_, i) => expect.stringMatching(`^${i + 1}: `)),
          faults: Array.from({ length: 4 }, (_, i) => ({ row: i + 1, code: null, problem: 'no-code' })),
        },
      },
    });
    const renamed = await send(town, 'system-admin', 'PATCH', `/api/areas/${areaId}`, { population: -1 });
    expect(renamed.json()).toMatchObject({ error: { code: 'invalid-field', field: 'population' } });
  });
  it('that is right makes a draft, once', async () => {
    const ids = [];
    for (let i = 0; i < 2; i++) {
      const answer = await send(town, 'system-admin', 'POST', '/api/areas/versions', good);
      const body: { version: { id: string; state: string; note: string } } = answer.json();
      expect(body).toMatchObject({
        version: { state: 'draft', note: '一' },
        findings: [],
        droppedCodes: [],
        moved: [],
      });
      ids.push(body.version.id);
    }
    expect(new Set(ids).size).toBe(1);
    const list = await send(town, 'leader', 'GET', '/api/areas/versions');
    expect(list.json<{ items: { state: string }[] }>().items.map((v) => v.state)).toEqual(['draft', 'published']);
  });
});
