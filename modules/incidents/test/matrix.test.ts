/**
 * Roles by rows by routes over HTTP, written from the permissions in words. Everybody has their post in one
 * grid, also those who usually sit at the town, so that "another area" means something for each role.
 */
import { newId, type Role, roleNames } from '@wangge/contract-kit';
import { routesIn } from '@wangge/kernel/testkit';
import { type Seat, seat } from '@wangge/staff/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as contract from '../src/contract.ts';
import { setParties } from '../src/index.ts';
import { type IncidentTown, openIncidentTown } from '../src/testkit.ts';

/** Whose an incident is to the one who asks. */
const rowNames = ['own-area', 'other-area', 'own-department', 'other-department', 'assigned', 'reported', 'nobody'];
type Row = (typeof rowNames)[number];

const readers: readonly Role[] = [
  'grid-head',
  'grid-member',
  'micro-grid-member',
  'village-cadre',
  'police',
  'dispatcher',
  'leader',
];
const reporters: readonly Role[] = [...readers, 'doctor', 'volunteer', 'department-handler'];
const reaches = (role: Role, row: Row): boolean =>
  (readers.includes(role) && row === 'own-area') || (role === 'department-handler' && row === 'own-department');
const sees = (role: Role, row: Row): boolean => reaches(role, row) || row === 'assigned' || row === 'reported';
const desk = (role: Role, row: Row): boolean => role === 'dispatcher' && reaches(role, row);
/** Somebody may move it at all; which moves, the table of moves says. */
const mayMove = (role: Role, row: Row): boolean =>
  row === 'reported' || (reaches(role, row) && ['dispatcher', 'leader', 'grid-head', 'village-cadre'].includes(role));

/** Takes notice of reminders: whoever works on it or leads those who do. */
const mayAnswer = (role: Role, row: Row): boolean => row === 'assigned' || (reaches(role, row) && role !== 'police');

/** A version that never was: whoever is let in is told so, and nothing changes. */
const version = 9999;
const stale = 409;
const key = () => newId();
/** By the row: the answer of whoever may, and who that is. */
const byRow = {
  'GET /api/incidents/:id': { open: roleNames, may: sees, answered: 200, body: undefined },
  'POST /api/incidents/:id/notes': { open: roleNames, may: sees, answered: 200, body: () => ({ text: '看过' }) },
  'POST /api/incidents/:id/moves': {
    open: roleNames,
    may: mayMove,
    answered: stale,
    body: () => ({ move: 'withdraw', version, reason: '试试', clientKey: key() }),
  },
  'POST /api/incidents/:id/reporter': {
    open: ['dispatcher'],
    may: desk,
    answered: 200,
    body: () => ({ purpose: '回访核实情况' }),
  },
  'POST /api/incidents/:id/release': {
    open: ['dispatcher'],
    may: desk,
    answered: stale,
    body: () => ({ version, released: true, publicText: '路灯已修', clientKey: key() }),
  },
  'GET /api/incidents/:id/alike': { open: ['dispatcher'], may: desk, answered: 200, body: undefined },
  // Another that is not there: whoever is let in is told so.
  'POST /api/incidents/:id/not-same': {
    open: ['dispatcher'],
    may: desk,
    answered: 404,
    body: () => ({ otherId: key() }),
  },
  'PUT /api/incidents/:id/presence': {
    open: roleNames,
    may: sees,
    answered: 200,
    body: () => ({ tab: key(), doing: 'reading' }),
  },
  'POST /api/incidents/:id/presence/leave': { open: roleNames, may: sees, answered: 200, body: () => ({ tab: key() }) },
  'GET /api/incidents/:id/clocks': { open: roleNames, may: sees, answered: 200, body: undefined },
  // Nothing rings yet: taking notice of nothing is fine.
  'POST /api/incidents/:id/acknowledge': { open: roleNames, may: mayAnswer, answered: 200, body: () => ({}) },
  // Nobody supervises, the date is past, the clock runs: whoever is let in is told so.
  'POST /api/incidents/:id/supervision': {
    open: roleNames,
    may: mayAnswer,
    answered: 409,
    body: () => ({ answer: '正在处理' }),
  },
  'POST /api/incidents/:id/pause': {
    open: ['dispatcher'],
    may: desk,
    answered: 409,
    body: () => ({ reason: '等居民补充照片', untilMs: 1 }),
  },
  'GET /api/incidents/:id/county': { open: roleNames, may: sees, answered: 200, body: undefined },
  // Nothing is with the county yet.
  'POST /api/incidents/:id/county/answer': {
    open: ['dispatcher'],
    may: desk,
    answered: 409,
    body: () => ({ answer: '同意', answeredBy: '王科长' }),
  },
  'POST /api/incidents/:id/county': {
    open: ['dispatcher'],
    may: desk,
    answered: 200,
    body: () => ({ asked: '请县里协调', pauses: false }),
  },
  'POST /api/incidents/:id/resume': { open: ['dispatcher'], may: desk, answered: 409, body: () => ({}) },
} as const satisfies Record<
  string,
  { open: readonly Role[]; may: (role: Role, row: Row) => boolean; answered: number; body: (() => object) | undefined }
>;
const everybody: readonly Role[] = roleNames;
/** By the role alone. */
const byRole = {
  'GET /api/incidents': { open: everybody, answered: 200 },
  // Without a format: whoever is let in is told so.
  'GET /api/incidents/export': {
    open: ['grid-head', 'village-cadre', 'department-handler', 'dispatcher', 'leader'],
    answered: 400,
  },
  // Everybody's own; the wrong body or identifier is told to whoever is let in.
  'GET /api/incidents/filters': { open: everybody, answered: 200 },
  'PUT /api/incidents/filters': { open: everybody, answered: 400 },
  'DELETE /api/incidents/filters/:id': { open: everybody, answered: 400 },
  'GET /api/incidents/presence': { open: everybody, answered: 200 },
  'GET /api/incidents/map': { open: everybody, answered: 200 },
  // Without a zoom: whoever is let in is told so.
  'GET /api/incidents/cells': { open: everybody, answered: 400 },
  'GET /api/incidents/counts': { open: everybody, answered: 200 },
  // Without a time: whoever is let in is told so.
  'GET /api/incidents/rates': { open: everybody, answered: 400 },
  'GET /api/incidents/categories': { open: everybody, answered: 200 },
  // An empty body: whoever is let in hears of the missing fields.
  'POST /api/incidents': { open: reporters, answered: 400 },
  'POST /api/incidents/alike': { open: reporters, answered: 400 },
  'POST /api/incidents/suggest': { open: reporters, answered: 400 },
  'GET /api/incidents/lessons': { open: ['system-admin'], answered: 200 },
  'POST /api/incidents/lessons/:subject/learn': { open: ['system-admin'], answered: 400 },
  'POST /api/incidents/lessons/:subject/switch': { open: ['system-admin'], answered: 400 },
  'PUT /api/incidents/categories/:code': { open: ['system-admin'], answered: 400 },
  'POST /api/incidents/categories/import': { open: ['system-admin'], answered: 400 },
  'GET /api/incidents/limits': { open: everybody, answered: 200 },
  'PUT /api/incidents/categories/:code/limits': { open: ['system-admin'], answered: 400 },
  'POST /api/incidents/limits/import': { open: ['system-admin'], answered: 400 },
  'PUT /api/incidents/ladders/:phase/:severity': { open: ['system-admin'], answered: 400 },
  'GET /api/incidents/calendar': { open: everybody, answered: 200 },
  'PUT /api/incidents/calendar/week': { open: ['system-admin'], answered: 400 },
  'PUT /api/incidents/calendar/days/:day': { open: ['system-admin'], answered: 400 },
  'PUT /api/incidents/calendar/years/:year': { open: ['system-admin'], answered: 400 },
} as const satisfies Record<string, { open: readonly Role[]; answered: number }>;

let town: IncidentTown;
const holders = new Map<Role, Seat>();
/** `role row` for rows that are somebody's own, `row` for the others. */
const made = new Map<string, string>();

function holder(role: Role): Seat {
  const found = holders.get(role);
  if (!found) throw new Error(`nobody is ${role}`);
  return found;
}
const rowOf = (role: Role, row: Row): string => made.get(`${role} ${row}`) ?? made.get(row) ?? '';

beforeAll(async () => {
  town = await openIncidentTown();
  const [own, , other] = town.grids;
  const department = (code: string): string => town.departments.get(code) ?? '';
  for (const role of roleNames) {
    const departmentId = role === 'department-handler' ? department('cgd') : null;
    holders.set(role, await seat(town.rt, [{ role, area: own, departmentId }], role));
  }
  const stranger = await seat(town.rt, [{ role: 'grid-member', area: other }]);
  const make = async (area: { id: string }, as: Seat, parties?: { assignees?: string[]; departments?: string[] }) => {
    const { id } = await town.report({ areaId: area.id, as: as.actor, categoryCode: 'patrol.lamp' });
    if (parties) {
      const { assignees: assigneeIds = [], departments: departmentIds = [] } = parties;
      await town.rt.system('test', (tx) => setParties(tx, id, { assigneeIds, departmentIds }));
    }
    return id;
  };
  made.set('own-area', await make(own, stranger));
  made.set('other-area', await make(other, stranger));
  made.set('own-department', await make(other, stranger, { departments: [department('cgd')] }));
  made.set('other-department', await make(other, stranger, { departments: [department('yjb')] }));
  const nobodys = await make(other, stranger);
  // As an import may leave it: no area, and nobody who reported it.
  await town.owner.query(
    `update incidents_incidents set responsible_path = '', responsible_area_id = null, reporter_account_id = null
     where id = $1`,
    [nobodys],
  );
  made.set('nobody', nobodys);
  for (const role of roleNames) {
    made.set(`${role} assigned`, await make(other, stranger, { assignees: [holder(role).id] }));
    const reported = await make(other, stranger);
    await town.owner.query('update incidents_incidents set reporter_account_id = $2 where id = $1', [
      reported,
      holder(role).id,
    ]);
    made.set(`${role} reported`, reported);
  }
});
afterAll(() => town.close());

async function status(cookie: string | null, route: string, id: string, payload?: object): Promise<number> {
  const [method = '', path = ''] = route.split(' ');
  const answer = await town.app.inject({
    method: method as 'GET' | 'POST' | 'PUT',
    url: path.replace(/:(id|code)/, id),
    headers: { 'x-wangge': '1', ...(cookie === null ? {} : { cookie }) },
    ...(payload === undefined ? {} : { payload }),
  });
  return answer.statusCode;
}

it('has every route of the contract', () => {
  expect([...Object.keys(byRow), ...Object.keys(byRole)].toSorted()).toEqual(routesIn(contract));
});

describe.each(Object.entries(byRow))('%s', (route, cell) => {
  it('tells a stranger nothing', async () => {
    expect(await status(null, route, newId(), cell.body?.())).toBe(401);
  });
  it.each(roleNames)('answers a %s by the row', async (role) => {
    const open: readonly Role[] = cell.open;
    const expected = rowNames.map((row) => {
      if (!open.includes(role)) return [row, 403];
      if (cell.may(role, row)) return [row, cell.answered];
      // What one may not even see is not there.
      return [row, sees(role, row) ? 403 : 404];
    });
    const answers = [];
    for (const row of rowNames) {
      answers.push([row, await status(holder(role).cookie, route, rowOf(role, row), cell.body?.())]);
    }
    expect(answers).toEqual(expected);
  });
});

describe.each(Object.entries(byRole))('%s', (route, cell) => {
  it('lets in whom its permission names', async () => {
    const open: readonly Role[] = cell.open;
    const payload = route.startsWith('GET') ? undefined : {};
    expect(await status(null, route, 'patrol', payload)).toBe(401);
    for (const role of roleNames) {
      expect([role, await status(holder(role).cookie, route, 'patrol', payload)]).toEqual([
        role,
        open.includes(role) ? cell.answered : 403,
      ]);
    }
  });
});
