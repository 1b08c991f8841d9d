import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { rng, between } from '@wangge/geo';
import { generateDemoTown } from '@wangge/geo/town';
import type { TestTown } from '@wangge/kernel/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { publishVersion } from '../src/actions/publish-version.ts';
import { areaIndex, seedAreas } from '../src/index.ts';
import { actorOf, openAreasTown, send } from './support.ts';

const demo = generateDemoTown();
let town: TestTown;
beforeAll(async () => {
  town = await openAreasTown();
  await Promise.all([seedAreas(town.rt, demo), seedAreas(town.rt, demo)]);
});
afterAll(() => town.close());

describe('the demo town', () => {
  it('is there once, whoever seeds it how often', async () => {
    await seedAreas(town.rt, demo);
    const versions = await town.owner.query('select state, area_count from areas_versions');
    expect(versions.rows).toEqual([{ state: 'published', area_count: demo.areas.length }]);
    const index = areaIndex(town.rt);
    expect(index.all()).toHaveLength(demo.areas.length);
    const village = demo.areas.find((a) => a.level === 'village');
    expect(index.byCode(village?.code ?? '')).toMatchObject({
      name: village?.name,
      population: village?.population,
      path: `990101/990101100/${village?.code}/`,
    });
  });

  it('stores a border between two areas once', async () => {
    const arcs = await town.owner.query(
      'select abs(case when a >= 0 then a + 1 else a end) as arc, count(*)::int as n from areas_rings, unnest(arcs) a group by 1',
    );
    const stored = await town.owner.query('select count(*)::int as n from areas_arcs');
    expect(arcs.rowCount).toBe(stored.rows[0].n);
    // A border of villages is one of their grids' and micro-grids' too: two sides on three levels.
    expect(Math.max(...arcs.rows.map((r: { n: number }) => r.n))).toBe(6);
  });

  it('has exactly one village, grid and micro-grid at every corner and along every border', () => {
    const index = areaIndex(town.rt);
    const wrong: string[] = [];
    for (const ring of demo.areas.filter((a) => a.level === 'micro-grid').flatMap((a) => a.polygons.flat())) {
      ring.forEach(([lon, lat], i) => {
        const next = ring[(i + 1) % ring.length] ?? [lon, lat];
        for (const [x, y] of [
          [lon, lat],
          [(lon + next[0]) / 2, (lat + next[1]) / 2],
        ] as const) {
          const found = index.locate(x, y);
          const nested = found?.microGrid?.parentId === found?.grid?.id && found?.grid?.parentId === found?.village?.id;
          // A middle may be rounded off the outer border, by less than a millimetre.
          if (found ? !nested : index.distanceOutsideM(x, y) > 0.001) wrong.push(`${x} ${y}`);
        }
      });
    }
    expect(wrong).toEqual([]);
  });

  it('answers places over HTTP', async () => {
    const random = rng(7);
    const index = areaIndex(town.rt);
    for (let i = 0; i < 20; i++) {
      const [lon, lat] = [between(random, 118.95, 119.05), between(random, 31.46, 31.54)];
      const answer = await send(town, 'grid-member', 'GET', `/api/areas/locate?lon=${lon}&lat=${lat}`);
      const found = index.locate(lon, lat);
      expect(answer.json()).toMatchObject({ inside: found !== null, grid: found?.grid ?? null });
    }
    const far = await send(town, 'grid-member', 'GET', '/api/areas/locate?lon=0&lat=-90');
    expect(far.json()).toMatchObject({ inside: false, distanceM: 20_040_000, grid: null });
    for (const wrong of ['lon=200&lat=0', 'lon=abc&lat=0', 'lat=1', 'lon=NaN&lat=0']) {
      expect((await send(town, 'grid-member', 'GET', `/api/areas/locate?${wrong}`)).json()).toMatchObject({
        error: { code: 'invalid-field' },
      });
    }
  });
});

describe('the large answers', () => {
  it.each(['/api/areas', '/api/areas/shapes?level=micro-grid', '/api/areas/basemap'])(
    '%s is made once, packed once',
    async (url) => {
      const plain = await send(town, 'leader', 'GET', url, undefined, { 'accept-encoding': 'identity' });
      const value: Record<string, unknown[]> = plain.json();
      expect(value['versionId']).toBe(areaIndex(town.rt).versionId);
      const brotli = await send(town, 'grid-member', 'GET', url, undefined, { 'accept-encoding': 'gzip, br' });
      expect(brotli.headers['content-encoding']).toBe('br');
      expect(JSON.parse(brotliDecompressSync(brotli.rawPayload).toString())).toEqual(value);
      const zipped = await send(town, 'grid-member', 'GET', url, undefined, { 'accept-encoding': 'gzip' });
      expect(JSON.parse(gunzipSync(zipped.rawPayload).toString())).toEqual(value);
      const again = await send(town, 'leader', 'GET', url, undefined, { 'if-none-match': String(plain.headers.etag) });
      expect([again.statusCode, again.body]).toEqual([304, '']);
    },
  );
  it('agree with their contract', async () => {
    const { areaShapes, basemap, listAreas } = await import('../src/contract.ts');
    const tree = listAreas.response.parse((await send(town, 'leader', 'GET', '/api/areas')).json());
    expect(tree.areas[0]?.level).toBe('county');
    const shapes = areaShapes.response.parse(
      (await send(town, 'leader', 'GET', '/api/areas/shapes?level=grid')).json(),
    );
    expect(shapes.shapes).toHaveLength(49);
    const map = basemap.response.parse((await send(town, 'leader', 'GET', '/api/areas/basemap')).json());
    expect(new Set(map.features.map((f) => f.kind))).toEqual(
      new Set(['water', 'river', 'road-main', 'road', 'building', 'poi']),
    );
  });
  it('change when a name does', async () => {
    const grid = areaIndex(town.rt)
      .all()
      .find((a) => a.level === 'grid');
    const before = await send(town, 'leader', 'GET', '/api/areas');
    const answer = await send(town, 'system-admin', 'PATCH', `/api/areas/${grid?.id}`, {
      name: ' 新名 ',
      households: null,
    });
    expect(answer.json()).toMatchObject({ name: '新名', households: null, population: grid?.population });
    const after = await send(town, 'leader', 'GET', '/api/areas', undefined, {
      'if-none-match': String(before.headers.etag),
    });
    expect(after.statusCode).toBe(200);
    expect(after.json<{ areas: { id: string; name: string }[] }>().areas.find((a) => a.id === grid?.id)?.name).toBe(
      '新名',
    );
  });
});

describe('signs', () => {
  it('are listed for the area of whoever prints them', async () => {
    const count = async (as: string) =>
      (await send(town, as, 'GET', '/api/areas/qr-points')).json<{ points: unknown[] }>().points.length;
    expect(await count('dispatcher')).toBe(186);
    const grid = areaIndex(town.rt)
      .all()
      .find((a) => a.level === 'grid');
    const own = await count(`grid-head@${encodeURIComponent(grid?.path ?? '')}`);
    expect(own).toBe(areaIndex(town.rt).children(grid?.id ?? '').length);
  });
});

describe('a publisher', () => {
  it('is told of versions that are not there or not drafts', async () => {
    const admin = actorOf('system-admin');
    const none = '0190a000-0000-7000-8000-00000000dead';
    await expect(publishVersion(town.rt, admin, none)).rejects.toMatchObject({ code: 'not-found' });
    const { rows } = await town.owner.query<{ id: string }>('select id from areas_versions');
    const preview = await send(town, 'system-admin', 'GET', `/api/areas/versions/${rows[0]?.id}/preview`);
    expect(preview.json()).toMatchObject({ error: { code: 'move-not-allowed' } });
    expect((await send(town, 'system-admin', 'POST', '/api/areas/versions/1/publish', {})).json()).toMatchObject({
      error: { code: 'invalid-field' },
    });
  });
});
