/** Every route of the contract by every role, and rows by area for what a post in one area may print. */
import { type Role, roleNames } from '@wangge/contract-kit';
import { routesIn, type TestTown } from '@wangge/kernel/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as contract from '../src/contract.ts';
import { areaIndex, importAreas } from '../src/index.ts';
import { boxes, columns, fourGrids, openAreasTown, send } from './support.ts';

let town: TestTown;
beforeAll(async () => {
  town = await openAreasTown();
  await importAreas(town.rt, { geojson: boxes(fourGrids), level: 'grid', ...columns, publish: true });
});
afterAll(() => town.close());

const none = '0190a000-0000-7000-8000-00000000dead';
const edits: readonly Role[] = ['system-admin'];
const versions: readonly Role[] = ['system-admin', 'leader', 'dispatcher'];
const signs: readonly Role[] = ['system-admin', 'dispatcher', 'grid-head'];
const matrix = {
  'GET /api/areas': { by: roleNames, answered: 200 },
  'GET /api/areas/shapes': { by: roleNames, query: '?level=grid', answered: 200 },
  'GET /api/areas/basemap': { by: roleNames, answered: 200 },
  'GET /api/areas/locate': { by: roleNames, query: '?lon=119&lat=31', answered: 200 },
  'GET /api/areas/versions': { by: versions, answered: 200 },
  'POST /api/areas/versions': { by: edits, answered: 400 },
  'GET /api/areas/versions/:id/preview': { by: edits, answered: 404 },
  'POST /api/areas/versions/:id/publish': { by: edits, answered: 404 },
  'DELETE /api/areas/versions/:id': { by: edits, answered: 404 },
  'POST /api/areas/versions/:id/call-off': { by: edits, answered: 404 },
  'GET /api/areas/drafts': { by: edits, answered: 200 },
  'POST /api/areas/drafts': { by: edits, answered: 400 },
  'GET /api/areas/drafts/:id': { by: edits, answered: 404 },
  'POST /api/areas/drafts/:id/edits': { by: edits, answered: 400 },
  'POST /api/areas/drafts/:id/undo': { by: edits, answered: 400 },
  'POST /api/areas/drafts/:id/redo': { by: edits, answered: 400 },
  'POST /api/areas/drafts/:id/check': { by: edits, answered: 404 },
  'PATCH /api/areas/:id': { by: edits, answered: 404 },
  'GET /api/areas/qr-points': { by: signs, answered: 200 },
} as const satisfies Record<string, { by: readonly Role[]; query?: string; answered: number }>;

it('has every route of the contract', () => {
  expect(Object.keys(matrix).toSorted()).toEqual(routesIn(contract));
});

describe.each(Object.entries(matrix))('%s', (route, cell) => {
  it('lets in whom its permission names', async () => {
    const [method, path] = route.split(' ') as ['GET', string];
    const url = `${path.replace(':id', none)}${'query' in cell ? cell.query : ''}`;
    const payload = method === 'GET' ? undefined : {};
    expect((await send(town, '', method, url, payload)).statusCode).toBe(401);
    const by: readonly Role[] = cell.by;
    for (const role of roleNames) {
      const { statusCode } = await send(town, role, method, url, payload);
      expect([role, statusCode]).toEqual([role, by.includes(role) ? cell.answered : 403]);
    }
  });
});

describe('signs', () => {
  it.each(roleNames)('that a %s of one grid may print are that grid’s', async (role) => {
    const own = areaIndex(town.rt).byCode(fourGrids[0]?.code ?? '');
    const answer = await send(town, `${role}@${encodeURIComponent(own?.path ?? '')}`, 'GET', '/api/areas/qr-points');
    const { points = [] } = answer.json<{ points?: { area: { code: string } }[] }>();
    // A system administrator's right reaches everywhere, the others' as far as their post.
    const codes = role === 'system-admin' ? fourGrids.map((g) => g.code) : signs.includes(role) ? [own?.code] : [];
    expect(points.map((p) => p.area.code)).toEqual(codes);
  });
});
