/**
 * Roles by rows by routes over HTTP. Everybody has their post in one grid, also those who usually sit at
 * the town, so that "another area" means something for each role. What is expected is written from the
 * permissions in words, not from what the code answers.
 */
import { newId, type Role, roleNames } from '@wangge/contract-kit';
import { findRecord } from '@wangge/incidents';
import { type IncidentTown, openIncidentTown } from '@wangge/incidents/testkit';
import { routesIn } from '@wangge/kernel/testkit';
import { type Seat, seat } from '@wangge/staff/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as contract from '../src/contract.ts';
import { dispatch, dispatchIncident } from '../src/index.ts';

/** Whose an incident is to the one who asks. */
const rowNames = ['own-area', 'other-area', 'own-department', 'other-department', 'assigned', 'reported', 'nobody'];
type Row = (typeof rowNames)[number];

const areaRoles: readonly Role[] = [
  'grid-head',
  'grid-member',
  'micro-grid-member',
  'village-cadre',
  'police',
  'dispatcher',
  'leader',
];
/** What somebody is to a row in words: by the area or department of the post, or by the person. */
function reaches(role: Role, row: Row): boolean {
  return (
    (areaRoles.includes(role) && row === 'own-area') || (role === 'department-handler' && row === 'own-department')
  );
}
const sees = (role: Role, row: Row): boolean => reaches(role, row) || row === 'assigned' || row === 'reported';
const mayOffer = (role: Role, row: Row): boolean => role === 'dispatcher' && reaches(role, row);
/** To move an order at all: those who lead or approve, those whom it was given to. */
const mayMove = (role: Role, row: Row): boolean =>
  row === 'assigned' ||
  (reaches(role, row) && ['dispatcher', 'leader', 'grid-head', 'department-handler'].includes(role));

/** A version that never was: whoever is let in is told so, and nothing changes. */
const version = 9999;
const stale = 409;
const body = { version, move: 'accept' };
/** For whoever holds the permission, whatever the row. */
const rulesCell = { open: ['dispatcher', 'leader'] as const, may: () => true, id: 'incident' as const };
const mayCall = (role: Role, row: Row): boolean => ['dispatcher', 'leader'].includes(role) && reaches(role, row);
const askers: readonly Role[] = ['grid-head', 'grid-member', 'micro-grid-member', 'village-cadre'];
const instructors: readonly Role[] = ['grid-head', 'village-cadre', 'dispatcher', 'leader'];
const callers: readonly Role[] = ['dispatcher', 'leader'];
/** The whistles have ended and call nobody by this name, so that whoever is let in changes nothing. */
const refused = 409;
const departmentId = newId();
/** By the row: the answer of whoever may, and who that is. */
const matrix = {
  'GET /api/dispatch/incidents/:id/orders': { open: roleNames, may: sees, answered: 200, id: 'incident' },
  'GET /api/dispatch/incidents/:id/candidates': { open: ['dispatcher'], may: mayOffer, answered: 200, id: 'incident' },
  'GET /api/dispatch/incidents/:id/suggestion': { open: ['dispatcher'], may: mayOffer, answered: 200, id: 'incident' },
  'POST /api/dispatch/incidents/:id': { open: ['dispatcher'], may: mayOffer, answered: stale, id: 'incident', body },
  'POST /api/dispatch/incidents/:id/parts': {
    open: ['dispatcher'],
    may: mayOffer,
    answered: stale,
    id: 'incident',
    body: { version, parts: [{ party: { kind: 'department', id: departmentId }, task: '一起办' }] },
  },
  'POST /api/dispatch/orders/:id/drop': {
    open: ['dispatcher'],
    may: mayOffer,
    answered: stale,
    id: 'order',
    body: { version, reason: '不必' },
  },
  'POST /api/dispatch/orders/:id/moves': { open: roleNames, may: mayMove, answered: stale, id: 'order', body },
  'GET /api/dispatch/rules': { ...rulesCell, answered: 200 },
  // Posts of this test lie in one grid, and what all the town goes by is not theirs to write.
  'PUT /api/dispatch/rules': { ...rulesCell, answered: 403, body: { version, rules: [] } },
  'POST /api/dispatch/rules/try': { ...rulesCell, answered: 200, body: { rules: [] } },
  'GET /api/dispatch/category-skills': { ...rulesCell, answered: 200 },
  'PUT /api/dispatch/category-skills/:code': { ...rulesCell, answered: 403, body: { skills: [] } },
  'GET /api/dispatch/incidents/:id/whistles': { open: roleNames, may: sees, answered: 200, id: 'incident' },
  'POST /api/dispatch/incidents/:id/whistles': {
    open: callers,
    may: mayCall,
    answered: refused,
    id: 'incident',
    body: { departmentIds: [departmentId], limitMin: 30 },
  },
  'POST /api/dispatch/incidents/:id/whistle-requests': {
    open: askers,
    may: (role: Role, row: Row) => askers.includes(role) && reaches(role, row),
    answered: 200,
    id: 'incident',
    body: { reason: '人手不够' },
  },
  'POST /api/dispatch/whistles/:id/decision': {
    open: callers,
    may: mayCall,
    answered: refused,
    id: 'whistle',
    body: { granted: false, reason: '不必' },
  },
  'POST /api/dispatch/whistles/:id/report-in': {
    open: ['department-handler'],
    may: (role: Role, row: Row) => role === 'department-handler' && row === 'own-department',
    answered: refused,
    id: 'whistle',
    body: { place: { lon: 119.5, lat: 31.4, accuracyM: 10 } },
  },
  'POST /api/dispatch/whistles/:id/presence': {
    open: callers,
    may: mayCall,
    answered: refused,
    id: 'whistle',
    body: { departmentId, name: '某人' },
  },
  'POST /api/dispatch/whistles/:id/end': { open: callers, may: mayCall, answered: refused, id: 'whistle', body: {} },
  'POST /api/dispatch/whistles/:id/ratings': {
    open: callers,
    may: mayCall,
    answered: refused,
    id: 'whistle',
    body: { departmentId, attitude: 5, speed: 5, result: 5 },
  },
  'GET /api/dispatch/whistles': { open: roleNames, may: () => true, answered: 200, id: 'incident' },
  'GET /api/dispatch/whistle-figures': {
    open: ['dispatcher', 'leader', 'department-handler'],
    may: () => true,
    answered: 200,
    id: 'incident',
  },
  // Areas and instructions of these names are not there: whoever is let in is told so.
  'POST /api/dispatch/instructions': {
    open: instructors,
    may: () => true,
    answered: 404,
    id: 'incident',
    body: { clientKey: departmentId, areaId: departmentId, text: '入户排查' },
  },
  'GET /api/dispatch/instructions': { open: instructors, may: () => true, answered: 200, id: 'incident' },
  'POST /api/dispatch/instructions/:id/reminders': {
    open: instructors,
    may: () => true,
    answered: 404,
    id: 'incident',
    body: {},
  },
  'GET /api/dispatch/my-instructions': { open: roleNames, may: () => true, answered: 200, id: 'incident' },
  'POST /api/dispatch/instructions/:id/read': {
    open: roleNames,
    may: () => true,
    answered: 404,
    id: 'incident',
    body: {},
  },
  'POST /api/dispatch/instructions/:id/confirmation': {
    open: roleNames,
    may: () => true,
    answered: 404,
    id: 'incident',
    body: {},
  },
  // For whom the order is; a colleague of this name there is none.
  'GET /api/dispatch/orders/:id/colleagues': {
    open: roleNames,
    may: (_: Role, row: Row) => row === 'assigned',
    answered: 200,
    id: 'order',
  },
  'POST /api/dispatch/orders/:id/forwards': {
    open: roleNames,
    may: (_: Role, row: Row) => row === 'assigned',
    answered: 409,
    id: 'order',
    body: { clientKey: departmentId, toId: departmentId, reason: '我不在' },
  },
  'GET /api/dispatch/forwards': { open: roleNames, may: () => true, answered: 200, id: 'incident' },
  'POST /api/dispatch/forwards/:id/answer': {
    open: roleNames,
    may: () => true,
    answered: 404,
    id: 'incident',
    body: { accepted: true },
  },
  'POST /api/dispatch/forwards/:id/withdraw': {
    open: roleNames,
    may: () => true,
    answered: 404,
    id: 'incident',
    body: {},
  },
  // Nobody's incident and no call of these names: whoever is let in is told so.
  'POST /api/dispatch/helps': {
    open: roleNames,
    may: () => true,
    answered: 404,
    id: 'incident',
    body: { clientKey: departmentId, incidentId: departmentId },
  },
  'GET /api/dispatch/helps': { open: roleNames, may: () => true, answered: 200, id: 'incident' },
  'POST /api/dispatch/helps/:id/answer': {
    open: instructors,
    may: () => true,
    answered: 404,
    id: 'incident',
    body: {},
  },
  'GET /api/dispatch/tasks': { open: roleNames, may: () => true, answered: 200, id: 'incident' },
} as const satisfies Record<
  string,
  {
    /** Roles that hold the permission somewhere. */
    open: readonly Role[];
    may: (role: Role, row: Row) => boolean;
    answered: number;
    id: 'incident' | 'order' | 'whistle';
    body?: object;
  }
>;

let town: IncidentTown;
const holders = new Map<Role, Seat>();
/** `role row` for rows that are somebody's own, `row` for the others. */
const made = new Map<string, { incident: string; order: string; whistle: string }>();

function holder(role: Role): Seat {
  const found = holders.get(role);
  if (!found) throw new Error(`nobody is ${role}`);
  return found;
}
const rowOf = (role: Role, row: Row) =>
  made.get(`${role} ${row}`) ?? made.get(row) ?? { incident: '', order: '', whistle: '' };

/** An incident with one order. */
async function make(area: number, party: { kind: 'account' | 'department'; id: string }, reporter: Seat) {
  const { id } = await town.report({
    areaId: town.grids[area]?.id ?? '',
    as: reporter.actor,
    categoryCode: 'service.errand',
  });
  await town.rt.system('test', async (tx) => {
    await dispatchIncident(tx, id, { version: (await findRecord(tx, id)).version, parties: [party] });
  });
  const order = await town.owner.query<{ id: string }>('select id from dispatch_orders where incident_id = $1', [id]);
  const whistle = newId();
  await town.owner.query(
    `insert into dispatch_whistles (id, incident_id, state, sounded_at, limit_min, due_at, lon, lat, radius_m,
       department_ids, ended_at) values ($1, $2, 'ended', now(), 30, now(), 119.5, 31.4, 200, $3, '2026-01-01')`,
    [whistle, id, party.kind === 'department' ? [party.id] : []],
  );
  if (party.kind === 'department') {
    await town.owner.query(`insert into dispatch_whistle_calls values ($1, $2, '')`, [whistle, party.id]);
  }
  return { incident: id, order: order.rows[0]?.id ?? '', whistle };
}

beforeAll(async () => {
  town = await openIncidentTown([dispatch]);
  const [own, , other] = town.grids;
  const department = (code: string) => ({ kind: 'department', id: town.departments.get(code) ?? '' }) as const;
  for (const role of roleNames) {
    const departmentId = role === 'department-handler' ? department('cgd').id : null;
    holders.set(role, await seat(town.rt, [{ role, area: own, departmentId }], role));
  }
  const member = await seat(town.rt, [{ role: 'grid-member', area: own }]);
  const stranger = await seat(town.rt, [{ role: 'grid-member', area: other }]);
  // Handlers without whom a department could not receive an order.
  for (const code of ['cgd', 'yjb'])
    await seat(town.rt, [{ role: 'department-handler', area: town.root, departmentId: department(code).id }]);
  made.set('own-area', await make(0, { kind: 'account', id: member.id }, member));
  made.set('other-area', await make(2, { kind: 'account', id: stranger.id }, stranger));
  made.set('own-department', await make(2, department('cgd'), stranger));
  made.set('other-department', await make(2, department('yjb'), stranger));
  const nobodys = await make(2, { kind: 'account', id: stranger.id }, stranger);
  // As an import may leave it: no area, and nobody who reported it.
  await town.owner.query(
    `update incidents_incidents set responsible_path = '', responsible_area_id = null, reporter_account_id = null,
       assignee_ids = '{}' where id = $1`,
    [nobodys.incident],
  );
  made.set('nobody', nobodys);
  for (const role of roleNames) {
    // Only who may receive an order is offered one; whoever holds one may move it.
    const assigned = await make(2, { kind: 'account', id: stranger.id }, stranger);
    await town.owner.query('update dispatch_orders set party_id = $2 where id = $1', [assigned.order, holder(role).id]);
    await town.owner.query('update incidents_incidents set assignee_ids = array[$2::uuid] where id = $1', [
      assigned.incident,
      holder(role).id,
    ]);
    made.set(`${role} assigned`, assigned);
    const reported = await make(2, { kind: 'account', id: stranger.id }, stranger);
    await town.owner.query('update incidents_incidents set reporter_account_id = $2 where id = $1', [
      reported.incident,
      holder(role).id,
    ]);
    made.set(`${role} reported`, reported);
  }
});
afterAll(() => town.close());

async function send(cookie: string | null, route: string, id: string, payload?: object) {
  const [method = '', path = ''] = route.split(' ');
  return town.app.inject({
    method: method as 'GET' | 'POST',
    url: path.replace(':id', id),
    headers: { 'x-wangge': '1', ...(cookie === null ? {} : { cookie }) },
    ...(payload === undefined ? {} : { payload }),
  });
}

it('has every route of the contract', () => {
  expect(Object.keys(matrix).toSorted()).toEqual(routesIn(contract));
});

describe.each(Object.entries(matrix))('%s', (route, cell) => {
  const payload = 'body' in cell ? cell.body : undefined;
  it('tells a stranger nothing', async () => {
    expect((await send(null, route, newId(), payload)).statusCode).toBe(401);
  });
  it.each(roleNames)('answers a %s by the row', async (role) => {
    const open: readonly Role[] = cell.open;
    const expected = rowNames.map((row) => [
      row,
      !open.includes(role)
        ? 403
        : cell.may(role, row)
          ? cell.answered
          : // What one may not even see is not there; an order lies open to all who see its incident.
            sees(role, row)
            ? 403
            : 404,
    ]);
    const answers = [];
    for (const row of rowNames)
      answers.push([row, (await send(holder(role).cookie, route, rowOf(role, row)[cell.id], payload)).statusCode]);
    expect(answers).toEqual(expected);
  });
});

describe('tasks', () => {
  it.each(roleNames)('of a %s are the own orders and those of the own department', async (role) => {
    const answer = await send(holder(role).cookie, 'GET /api/dispatch/tasks', '');
    const ids = answer.json<{ items: { order: { id: string } }[] }>().items.map((t) => t.order.id);
    const rows: Row[] = role === 'department-handler' ? ['own-department', 'assigned'] : ['assigned'];
    expect(ids.toSorted()).toEqual(rows.map((row) => rowOf(role, row).order).toSorted());
  });
});

describe('a move', () => {
  it('that one’s place in the matter does not allow changes nothing', async () => {
    const { order } = rowOf('dispatcher', 'own-area');
    const current = await town.owner.query<{ version: number }>('select version from dispatch_orders where id = $1', [
      order,
    ]);
    const now = { version: current.rows[0]?.version, reason: '试试' };
    for (const [role, move] of [
      ['dispatcher', { move: 'accept' }],
      ['grid-head', { move: 'accept' }],
      ['grid-head', { move: 'cancel' }],
      ['department-handler', { move: 'accept' }],
    ] as const) {
      const answer = await send(holder(role).cookie, 'POST /api/dispatch/orders/:id/moves', order, { ...now, ...move });
      expect([role, answer.statusCode]).toEqual([role, role === 'department-handler' ? 404 : 403]);
    }
    const after = await town.owner.query('select version, state from dispatch_orders where id = $1', [order]);
    expect(after.rows).toEqual([{ version: now.version, state: 'offered' }]);
  });
});
