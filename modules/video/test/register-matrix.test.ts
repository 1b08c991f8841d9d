/** Roles by places by routes of the register over HTTP; what is expected is written from the permissions in words. */
import { newId, type Role, roleNames } from '@wangge/contract-kit';
import { type IncidentTown, openIncidentTown } from '@wangge/incidents/testkit';
import { type Seat, seat } from '@wangge/staff/testkit';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Camera } from '../src/contract.ts';
import { video } from '../src/index.ts';
import { cameraInput, makeCamera, placeIn } from './fixtures.ts';

const rowNames = ['own-area', 'elsewhere', 'owned'] as const;
type Row = (typeof rowNames)[number];
const readers: readonly Role[] = ['grid-head', 'grid-member', 'village-cadre', 'police', 'dispatcher', 'leader'];
const editors: readonly Role[] = ['dispatcher', 'system-admin'];
const sees = (role: Role, row: Row): boolean =>
  row === 'owned' || role === 'system-admin' || (row === 'own-area' && readers.includes(role));
const edits = (role: Role, row: Row): boolean =>
  role === 'system-admin' || (role === 'dispatcher' && row === 'own-area');
/** 403 where the role may not at all, or sees and may not; 404 where it is not seen. */
const editing = (role: Role, row: Row, done: number): number => {
  if (!editors.includes(role)) return 403;
  if (edits(role, row)) return done;
  return sees(role, row) ? 403 : 404;
};
const gridOf = (row: Row): 0 | 2 => (row === 'own-area' ? 0 : 2);
const input = (row: Row) => ({ ...cameraInput, place: placeIn(town, gridOf(row)) });
interface Cell {
  readonly body?: (row: Row) => object;
  readonly answer: (role: Role, row: Row) => number;
}
const matrix: Readonly<Record<string, Cell>> = {
  'GET /api/video/cameras': { answer: () => 200 },
  'GET /api/video/pins': { answer: () => 200 },
  'GET /api/video/seeing?lon=119.5&lat=31.4': { answer: () => 200 },
  'GET /api/video/cameras/:id': { answer: (role, row) => (sees(role, row) ? 200 : 404) },
  'POST /api/video/cameras': {
    body: (row) => ({ key: newId(), camera: input(row) }),
    answer: (role, row) => (edits(role, row) ? 200 : 403),
  },
  // An old version: whoever is let in changes nothing.
  'PUT /api/video/cameras/:id': {
    body: (row) => ({ version: 99, camera: input(row) }),
    answer: (role, row) => editing(role, row, 409),
  },
  'POST /api/video/cameras/:id/retire': {
    body: () => ({ version: 99, retired: true }),
    answer: (role, row) => editing(role, row, 409),
  },
  'POST /api/video/cameras/:id/pause': {
    body: () => ({ paused: false }),
    answer: (role, row) => (row === 'owned' ? 200 : sees(role, row) ? 403 : 404),
  },
  'POST /api/video/import': {
    body: () => ({ content: 'YSxi', fileName: 'a.csv', commit: false }),
    answer: (role) => (editors.includes(role) ? 422 : 403),
  },
  'GET /api/video/import-template?format=csv': { answer: (role) => (editors.includes(role) ? 200 : 403) },
  'POST /api/video/tests': { body: () => ({}), answer: (role) => (editors.includes(role) ? 400 : 403) },
  'GET /api/video/tests/:id': { answer: (role) => (editors.includes(role) ? 404 : 403) },
  'GET /api/video/looks': { answer: () => 200 },
  'GET /api/video/walls': { answer: () => 200 },
};

let town: IncidentTown;
const seats = new Map<Role, Seat>();
const cameras = new Map<string, Camera>();
beforeAll(async () => {
  town = await openIncidentTown([video]);
  const departmentId = town.departments.get('cgd') ?? '';
  cameras.set('own-area', await makeCamera(town));
  cameras.set('elsewhere', await makeCamera(town, { grid: 2 }));
  for (const role of roleNames) {
    const post = { role, area: town.grids[0], departmentId: role === 'department-handler' ? departmentId : null };
    const holder = await seat(town.rt, [post], role);
    seats.set(role, holder);
    cameras.set(`${role} owned`, await makeCamera(town, { grid: 2, class: 'household', ownerAccountId: holder.id }));
  }
});
afterAll(() => town.close());

function send(cookie: string | null, route: string, id: string, row: Row, cell: Cell) {
  const [method = '', path = ''] = route.split(' ');
  return town.app.inject({
    method: method as 'GET' | 'POST' | 'PUT',
    url: path.replace(':id', id),
    headers: { 'x-wangge': '1', ...(cookie === null ? {} : { cookie }) },
    ...(cell.body ? { payload: cell.body(row) } : {}),
  });
}
it.each(Object.keys(matrix))('%s tells a stranger nothing', async (route) => {
  const cell = matrix[route];
  if (!cell) throw new Error('no cell');
  expect((await send(null, route, newId(), 'own-area', cell)).statusCode).toBe(401);
});
it.each(roleNames)('answers a %s by the row', async (role) => {
  const got: unknown[] = [];
  const wanted: unknown[] = [];
  for (const [route, cell] of Object.entries(matrix)) {
    for (const row of rowNames) {
      const camera = cameras.get(row) ?? cameras.get(`${role} owned`);
      const answer = await send(seats.get(role)?.cookie ?? '', route, camera?.id ?? '', row, cell);
      got.push([route, row, answer.statusCode]);
      wanted.push([route, row, cell.answer(role, row)]);
    }
  }
  expect(got).toEqual(wanted);
});
