import { type TestTown } from '@wangge/kernel/testkit';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { areaIndex, importAreas, qrPointByToken, qrTokenOf } from '../src/index.ts';
import { actorOf, admin, type Box, boxes, columns, degrees, fourGrids, openAreasTown, send } from './support.ts';

let town: TestTown;
beforeEach(async () => {
  town = await openAreasTown();
});
afterEach(() => town.close());

const publish = (list: readonly Box[], more: object = {}) =>
  importAreas(town.rt, { geojson: boxes(list), level: 'grid', ...columns, publish: true, ...more }, admin);
const idOf = (code: string) => areaIndex(town.rt).byCode(code)?.id ?? null;
const tokenOf = (id: string) => town.rt.system('test', (tx) => qrTokenOf(tx, id));
const pointOf = (token: string) => town.rt.system('test', (tx) => qrPointByToken(tx, token));

describe('an area', () => {
  it('stays itself under a new code when its borders are the same, and keeps its sign', async () => {
    await publish(fourGrids);
    const id = idOf('990101100201003') ?? '';
    const token = await tokenOf(id);
    await publish([...fourGrids.slice(0, 2), { code: 'X3', at: [0, 1] }, ...fourGrids.slice(3)]);
    expect(idOf('X3')).toBe(id);
    expect(idOf('990101100201003')).toBeNull();
    expect(await tokenOf(id)).toBe(token);
    expect((await pointOf(token?.toLowerCase() ?? ''))?.area.code).toBe('X3');
  });

  it('stays itself where the file names its former code, even when two exchange theirs and borders move', async () => {
    await publish(fourGrids);
    const [one, two] = [idOf('990101100201001'), idOf('990101100201002')];
    const list = [
      { code: '990101100201002', former: '990101100201001', at: [0, 0], size: [1.2, 1] },
      { code: '990101100201001', former: '990101100201002', at: [1.2, 0], size: [0.8, 1] },
      { code: '990101100201003', former: '990101100201003', at: [0, 1], size: [1.2, 1] },
      { code: '990101100201004', former: '990101100201004', at: [1.2, 1], size: [0.8, 1] },
    ] as const;
    await publish(list, { formerCodeColumn: 'former' });
    expect([idOf('990101100201002'), idOf('990101100201001')]).toEqual([one, two]);
    await expect(
      publish([{ code: 'a', former: 'nobody', at: [0, 0] }], { formerCodeColumn: 'former' }),
    ).rejects.toMatchObject({ code: 'row-invalid', details: { problem: 'unknown-former' } });
  });

  it('ends, and comes back with its code', async () => {
    await publish(fourGrids);
    const id = idOf('990101100201004') ?? '';
    const token = (await tokenOf(id)) ?? '';
    await publish([...fourGrids.slice(0, 2), { code: '990101100201003', at: [0, 1], size: [2, 1] }]);
    expect(idOf('990101100201004')).toBeNull();
    const ended = await town.owner.query(`select code, ended_at from areas_areas where id = $1`, [id]);
    expect(ended.rows).toEqual([{ code: '990101100201004', ended_at: new Date(town.clock.nowMs()) }]);
    // The sign still hangs there: it speaks for the area that took the place over.
    expect((await pointOf(token))?.area.code).toBe('990101100201003');
    await publish(fourGrids);
    expect(idOf('990101100201004')).toBe(id);
    expect((await pointOf(token))?.area.code).toBe('990101100201004');
  });

  it('changes nothing when a file is imported twice', async () => {
    const first = await publish(fourGrids);
    const second = await publish(fourGrids.toReversed());
    expect([second.unchanged, second.version.id]).toEqual([true, first.version.id]);
    const drafts = await Promise.all([0, 1].map(() => publish(fourGrids.slice(0, 2), { publish: false })));
    expect(new Set(drafts.map((d) => d.version.id)).size).toBe(1);
    expect((await town.owner.query('select 1 from areas_versions')).rowCount).toBe(2);
  });
});

describe('levels', () => {
  const villages: readonly Box[] = [
    { code: '990101100201', name: '东村', at: [0, 0], size: [1, 2] },
    { code: '990101100202', name: '西村', at: [1, 0], size: [1, 2] },
  ];
  it('hang together as they come in: town, villages, grids and micro-grids of one grid', async () => {
    await publish([{ code: '990101100', name: '方镇', at: [0, 0], size: [2, 2] }], { level: 'town' });
    await publish(villages, { level: 'village' });
    await publish(fourGrids);
    await publish(
      [
        { code: 'm1', at: [0, 0], size: [0.5, 1] },
        { code: 'm2', at: [0.5, 0], size: [0.5, 1] },
      ],
      { level: 'micro-grid' },
    );
    const index = areaIndex(town.rt);
    expect(index.root()?.level).toBe('county');
    expect(index.byCode('m2')?.path).toBe('990101/990101100/990101100201/990101100201001/m2/');
    const at = (x: number, y: number) => {
      const found = index.locate(...degrees(x, y));
      return found && [found.village?.name, found.grid?.code, found.microGrid?.code ?? null];
    };
    expect(at(0.2, 0.5)).toEqual(['东村', '990101100201001', 'm1']);
    expect(at(1.2, 0.5)).toEqual(['西村', '990101100201002', null]);
    // On the border of a grid with micro-grids and one without, the grid decides.
    expect(at(1, 0.5)).toEqual(['西村', '990101100201002', null]);
    expect(at(2.2, 0.5)).toBeNull();
    expect(index.distanceOutsideM(...degrees(2.1, 0.5))).toBeCloseTo(95.4, 0);
    // One sign for each micro-grid, and for each grid without.
    const signs = await send(town, 'dispatcher', 'GET', '/api/areas/qr-points');
    const points = signs.json<{ points: { token: string; area: { code: string } }[] }>().points;
    expect(points.map((p) => p.area.code)).toEqual([
      '990101100201002',
      '990101100201003',
      '990101100201004',
      'm1',
      'm2',
    ]);
    expect(new Set(points.map((p) => p.token)).size).toBe(5);
  });

  it('below a level that changes follow by their place; those that lie nowhere are named', async () => {
    await publish([{ code: '990101100', name: '方镇', at: [0, 0], size: [2, 2] }], { level: 'town' });
    await publish(villages, { level: 'village' });
    await publish(fourGrids);
    const rows = [
      { code: '990101100203', name: '南村', at: [0, 0], size: [2, 1] },
      { code: '990101100204', name: '北村', at: [0, 1], size: [2, 1] },
    ] as const;
    const { droppedCodes } = await publish(rows, { level: 'village' });
    expect(droppedCodes).toEqual([]);
    expect(areaIndex(town.rt).byCode('990101100201002')?.path).toBe('990101/990101100/990101100203/990101100201002/');
    const area = await town.owner.query(`select path from areas_areas where code = '990101100201002'`);
    expect(area.rows).toEqual([{ path: '990101/990101100/990101100203/990101100201002/' }]);
  });

  it('that do not fill the one above are refused: a village without grids is a gap', async () => {
    await publish([{ code: '990101100', name: '方镇', at: [0, 0], size: [2, 2] }], { level: 'town' });
    await publish(villages, { level: 'village' });
    const { version, findings } = await publish([fourGrids[0] as Box, fourGrids[2] as Box], { publish: false });
    expect(version.faults).toMatchObject({ gaps: 1, overlaps: 0 });
    expect(findings).toMatchObject([{ kind: 'gaps', codes: ['990101100202'] }]);
  });

  it('are built up in one draft with another', async () => {
    await publish(fourGrids);
    const first = await importAreas(
      town.rt,
      { geojson: boxes([{ code: '990101100', name: '新镇', at: [0, 0], size: [3, 2] }]), level: 'town', ...columns },
      admin,
    );
    expect(first.version.faults.gaps).toBe(1);
    const wider: Box[] = [...fourGrids, { code: '990101100201005', at: [2, 0], size: [1, 2] }];
    const second = await publish(wider, { ontoVersionId: first.version.id });
    expect([second.version.state, second.findings]).toEqual(['published', []]);
    expect(areaIndex(town.rt).byCode('990101100')?.name).toBe('新镇');
    await expect(publish(wider, { ontoVersionId: second.version.id })).rejects.toMatchObject({ code: 'invalid-field' });
  });
});

describe('rows', () => {
  it.each([
    [[], 'empty'],
    [[{ code: 'a/b', at: [0, 0] }], 'bad-code'],
    [
      [
        { code: 'a', at: [0, 0] },
        { code: 'a', at: [1, 0] },
      ],
      'repeated-code',
    ],
    [[{ code: 'a', name: '长'.repeat(101), at: [0, 0] }], 'bad-name'],
    [[{ code: 'a', at: [0, 0], parent: '404' }], 'unknown-parent'],
  ] as [Box[], string][])('%j are refused: %s', async (list, problem) => {
    const wrong = publish(list, problem === 'unknown-parent' ? { parentColumn: 'parent' } : {});
    await expect(wrong).rejects.toMatchObject({ code: 'row-invalid', details: { problem } });
    expect((await town.owner.query('select 1 from areas_versions')).rowCount).toBe(0);
  });
  it('may carry rare characters and emoji', async () => {
    await publish([{ code: '𠮷1', name: '㐀村𠮷🏡', at: [0, 0] }]);
    expect(areaIndex(town.rt).byCode('𠮷1')?.name).toBe('㐀村𠮷🏡');
  });
  it('are nothing for others than the administrator', async () => {
    for (const role of ['dispatcher', 'leader', 'grid-head', 'audit-admin'] as const) {
      await expect(
        importAreas(town.rt, { geojson: boxes(fourGrids), level: 'grid', ...columns }, actorOf(role)),
      ).rejects.toMatchObject({ code: 'forbidden' });
    }
  });
});
