/** Clocks over HTTP and in the tables: limits, pauses, changed rules and calendar, ladder, acknowledgement. */
import { newId } from '@wangge/contract-kit';
import { until } from '@wangge/kernel/testkit';
import { type Seat, seat } from '@wangge/staff/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { checkCalendar } from '../src/clocks/actions/edit-calendar.ts';
import { keepClocks } from '../src/clocks/keep-clocks.ts';
import { recomputeClocks } from '../src/clocks/recompute.ts';
import type { IncidentClocks, Ladder, Limit } from '../src/contract.ts';
import { findRecord, moveIncident, readIncident, reportIncident, setParties, systemMove } from '../src/index.ts';
import { type IncidentTown, openIncidentTown } from '../src/testkit.ts';

const hour = 3_600_000;
const at = (text: string): number => Date.parse(`${text}:00+08:00`);
let town: IncidentTown;
let admin: Seat;
let desk: Seat;
let boss: Seat;
let cadre: Seat;
beforeAll(async () => {
  town = await openIncidentTown([], { accounts: ['head', 'member'] });
  const village = town.grids[0].parentId ?? '';
  admin = await seat(town.rt, [{ role: 'system-admin', area: town.root }], '管理员');
  desk = await seat(town.rt, [{ role: 'dispatcher', area: town.root }], '调度员');
  boss = await seat(town.rt, [{ role: 'leader', area: town.root }], '镇领导');
  cadre = await seat(
    town.rt,
    [{ role: 'village-cadre', area: { ...town.grids[0], id: village, path: villagePath() } }],
    '村干部',
  );
});
afterAll(() => town.close());

const villagePath = (): string => town.grids[0].path.replace(/[^/]+\/$/, '');

/** The weeks that pass here must not end anybody's session. */
async function call(who: Seat, route: string, payload?: object): Promise<{ status: number; body: never }> {
  await town.owner.query('update staff_sessions set last_seen_at = $1, idle_minutes = 999999', [
    new Date(town.clock.nowMs()),
  ]);
  const [method = '', url = ''] = route.split(' ');
  const answer = await town.app.inject({
    method: method as 'GET' | 'POST' | 'PUT',
    url,
    headers: { 'x-wangge': '1', cookie: who.cookie },
    ...(payload === undefined ? {} : { payload }),
  });
  return { status: answer.statusCode, body: answer.json() as never };
}
async function done<T>(who: Seat, route: string, payload?: object): Promise<T> {
  const { status, body } = await call(who, route, payload);
  expect([status, body]).toMatchObject([200, {}]);
  return body as T;
}
const limits = (code: string, rows: Omit<Limit, 'categoryCode'>[]) =>
  done(admin, `PUT /api/incidents/categories/${code}/limits`, { limits: rows });
const ladder = (phase: string, steps: Ladder['steps']) =>
  done(admin, `PUT /api/incidents/ladders/${phase}/*`, { steps });
const office = { weekly: [0, 1, 2, 3, 4, 5, 6].map((d) => (d < 5 ? [{ fromMin: 480, toMin: 1080 }] : [])) };
const record = (id: string) => town.rt.system('test', (tx) => findRecord(tx, id));
const clocks = (id: string) => done<IncidentClocks>(desk, `GET /api/incidents/${id}/clocks`);
const handleOf = async (id: string) => (await clocks(id)).clocks.find((c) => c.phase === 'handle');
const timeline = async (id: string) =>
  (await town.rt.system('test', (tx) => readIncident(tx, id))).timeline.map((e) => [e.move, e.reason] as const);
async function told(id: string): Promise<string[]> {
  const { rows } = await town.owner.query<{ line: string }>(
    `select a.name || ' ' || m.template as line from notify_messages m join staff_accounts a on a.id = m.account_id
     where m.subject_id = $1 order by m.created_at, a.name`,
    [id],
  );
  return rows.map((r) => r.line);
}
async function goTo(ms: number): Promise<void> {
  town.clock.set(ms);
  await keepClocks(town.rt);
}
const remind = (more: Partial<Ladder['steps'][number]> = {}): Ladder['steps'][number] => ({
  unit: 'percent',
  at: 100,
  act: 'remind',
  who: ['dispatcher'],
  repeatMin: null,
  ...more,
});

describe('a deadline in working time', () => {
  beforeAll(async () => {
    await done(admin, 'PUT /api/incidents/calendar/week', office);
    await limits('service.errand', [{ severity: '*', phase: 'handle', minutes: 240, mode: 'working' }]);
    await recomputeClocks(town.rt, {});
  });

  it('is due on Tuesday at 11:00 when reported on Monday at 17:00', async () => {
    town.clock.set(at('2026-11-02T17:00'));
    const { id } = await town.report({ categoryCode: 'service.errand' });
    expect((await record(id)).deadlineMs).toBe(at('2026-11-03T11:00'));
    expect(await handleOf(id)).toMatchObject({ minutes: 240, mode: 'working', state: 'running', leftMs: 4 * hour });
  });

  it('survives a pause, a reassignment, a changed rule and a changed calendar, and says why it moved', async () => {
    town.clock.set(at('2026-11-02T17:00'));
    const { id } = await town.report({ categoryCode: 'service.errand' });
    await keepClocks(town.rt);
    // An hour has run when the reporter is asked on Tuesday at eight; the answer comes at ten.
    town.clock.set(at('2026-11-03T08:00'));
    await done(desk, `POST /api/incidents/${id}/pause`, { reason: '请居民补充照片' });
    expect(await record(id)).toMatchObject({ deadlineMs: null });
    expect(await handleOf(id)).toMatchObject({ state: 'paused', deadlineMs: null, leftMs: 3 * hour });
    expect((await call(desk, `POST /api/incidents/${id}/pause`, { reason: '再停' })).status).toBe(409);
    town.clock.set(at('2026-11-03T10:00'));
    await done(desk, `POST /api/incidents/${id}/resume`, {});
    expect((await record(id)).deadlineMs).toBe(at('2026-11-03T13:00'));
    // Another team: nothing moves for the resident.
    await town.rt.system('test', (tx) =>
      setParties(tx, id, { assigneeIds: [desk.id], departmentIds: [town.departments.get('cgd') ?? ''] }),
    );
    expect((await record(id)).deadlineMs).toBe(at('2026-11-03T13:00'));
    // Eight hours instead of four.
    await limits('service.errand', [{ severity: '*', phase: 'handle', minutes: 480, mode: 'working' }]);
    await recomputeClocks(town.rt, {});
    expect((await record(id)).deadlineMs).toBe(at('2026-11-03T17:00'));
    // The town closes at noon that day.
    await done(admin, 'PUT /api/incidents/calendar/days/2026-11-03', {
      rule: { kind: 'work', name: '镇运动会', segments: [{ fromMin: 480, toMin: 720 }] },
    });
    await recomputeClocks(town.rt, {});
    expect((await record(id)).deadlineMs).toBe(at('2026-11-04T13:00'));
    await done(admin, 'PUT /api/incidents/calendar/days/2026-11-03', { rule: null });
    await recomputeClocks(town.rt, {});
    const moves = (await timeline(id)).filter(([move]) => move.startsWith('clock:'));
    expect(moves).toEqual([
      ['clock:pause', '11-03 11:00 → –（请居民补充照片）'],
      ['clock:resume', '– → 11-03 13:00'],
      ['clock:rule', '11-03 13:00 → 11-03 17:00'],
      ['clock:calendar', '11-03 17:00 → 11-04 13:00'],
      ['clock:calendar', '11-04 13:00 → 11-03 17:00'],
    ]);
    await limits('service.errand', [{ severity: '*', phase: 'handle', minutes: 240, mode: 'working' }]);
    await recomputeClocks(town.rt, {});
  });

  it('goes on by itself at the date of a pause, at that time however late somebody looks', async () => {
    town.clock.set(at('2026-11-09T09:00'));
    const { id } = await town.report({ categoryCode: 'service.errand' });
    const untilMs = at('2026-11-09T11:00');
    await done(desk, `POST /api/incidents/${id}/pause`, { reason: '等住户回家', untilMs });
    await goTo(at('2026-11-09T11:30'));
    expect(await record(id)).toMatchObject({ deadlineMs: at('2026-11-09T15:00') });
    expect(await handleOf(id)).toMatchObject({ state: 'running', pauses: [{ toMs: untilMs }] });
  });

  it('is the same however often and in whatever pieces the recomputing runs', async () => {
    town.clock.set(at('2026-11-10T09:00'));
    const ids: string[] = [];
    for (let i = 0; i < 5; i++) ids.push((await town.report({ categoryCode: 'service.errand' })).id);
    await keepClocks(town.rt);
    await limits('service.errand', [{ severity: '*', phase: 'handle', minutes: 120, mode: 'working' }]);
    await Promise.all([recomputeClocks(town.rt, {}), recomputeClocks(town.rt, {})]);
    await recomputeClocks(town.rt, {});
    for (const id of ids) {
      expect((await record(id)).deadlineMs).toBe(at('2026-11-10T11:00'));
      expect((await timeline(id)).filter(([move]) => move === 'clock:rule')).toHaveLength(1);
    }
    const { recompute } = await done<{ recompute: object }>(desk, 'GET /api/incidents/limits');
    expect(recompute).toMatchObject({ why: 'rule', finishedAtMs: expect.any(Number) });
  });
});

describe('limits', () => {
  it('of a severity go before those of all, of a category before its heading and before all', async () => {
    await limits('*', [{ severity: 'emergency', phase: 'handle', minutes: 30, mode: 'calendar' }]);
    await limits('dispute', [{ severity: '*', phase: 'handle', minutes: 600, mode: 'calendar' }]);
    town.clock.set(at('2026-11-11T09:00'));
    const due = async (categoryCode: string, severity?: 'urgent' | 'emergency') => {
      const { id } = await town.report({ categoryCode, ...(severity ? { severity } : {}) });
      return ((await record(id)).deadlineMs ?? 0) - town.clock.nowMs();
    };
    expect(await due('patrol.lamp', 'emergency')).toBe(30 * 60_000);
    expect(await due('patrol.lamp', 'urgent')).toBe(24 * hour);
    expect(await due('dispute.land', 'emergency')).toBe(10 * hour);
    await limits('*', []);
    await limits('dispute', []);
  });

  it('come by CSV, all or nothing, with the line at fault', async () => {
    const head = 'category,severity,phase,minutes,mode';
    const bad = `${head}\npatrol.lamp,*,verify,60,calendar\npatrol.lamp,*,verify,soon,calendar`;
    expect(await call(admin, 'POST /api/incidents/limits/import', { csv: bad })).toMatchObject({
      status: 422,
      body: { error: { details: { line: 3, column: 'minutes' } } },
    });
    const unknown = `${head}\nno.such,*,verify,60,calendar`;
    expect((await call(admin, 'POST /api/incidents/limits/import', { csv: unknown })).status).toBe(422);
    const good = `${head}\npatrol.lamp,*,accept,60,working\npatrol.lamp,urgent,verify,90,calendar`;
    expect(await done(admin, 'POST /api/incidents/limits/import', { csv: good })).toEqual({ created: 2, changed: 0 });
    expect(await done(admin, 'POST /api/incidents/limits/import', { csv: good })).toEqual({ created: 0, changed: 2 });
    await limits('patrol.lamp', []);
  });

  it('of the stages run and stop with the states', async () => {
    await limits('patrol.lamp', [
      { severity: '*', phase: 'accept', minutes: 30, mode: 'calendar' },
      { severity: '*', phase: 'dispatch', minutes: 60, mode: 'calendar' },
      { severity: '*', phase: 'verify', minutes: 90, mode: 'calendar' },
    ]);
    town.clock.set(at('2026-11-12T09:00'));
    const { id } = await town.rt.system('portal', (tx) =>
      reportIncident(tx, `resident:${newId()}`, {
        categoryCode: 'patrol.lamp',
        description: '路灯不亮',
        areaId: town.grids[0].id,
      }),
    );
    const phases = async () => (await clocks(id)).clocks.map((c) => `${c.phase} ${c.state}`).toSorted();
    expect(await phases()).toEqual(['accept running', 'handle running']);
    town.clock.advance(10 * 60_000);
    const move = (body: object) =>
      town.rt.tx(town.as('dispatcher'), (tx) =>
        moveIncident(tx, id, { version: 0, ...body } as never, { anyVersion: true }),
      );
    await move({ move: 'accept' });
    await move({ move: 'register' });
    await keepClocks(town.rt);
    expect(await phases()).toEqual(['accept met', 'dispatch running', 'handle running']);
    await town.rt.system('test', (tx) => setParties(tx, id, { assigneeIds: [], departmentIds: [], openOrders: 1 }));
    await town.rt.system('test', (tx) => systemMove(tx, id, 'start', { orderAccepted: true }));
    town.clock.advance(5 * 60_000);
    await town.rt.system('test', (tx) => setParties(tx, id, { assigneeIds: [], departmentIds: [], openOrders: 0 }));
    await town.rt.system('test', (tx) => systemMove(tx, id, 'respond', { respondedOrders: 1 }));
    await goTo(town.clock.nowMs() + 91 * 60_000);
    expect(await phases()).toEqual(['accept met', 'dispatch met', 'handle met', 'verify overdue']);
    expect(await told(id)).toContainEqual(expect.stringContaining('incident.limit'));
    await limits('patrol.lamp', []);
    await recomputeClocks(town.rt, {});
    expect(await phases()).toEqual(['accept met', 'dispatch met', 'handle met']);
  });
});

describe('the ladder', () => {
  beforeAll(async () => {
    await limits('*', [{ severity: '*', phase: 'handle', minutes: 60, mode: 'calendar' }]);
    await ladder('handle', [
      remind({ at: 50 }),
      remind({ repeatMin: 10 }),
      { unit: 'minutes', at: 30, act: 'supervise', who: ['grid-head'], repeatMin: null },
      { unit: 'minutes', at: 60, act: 'escalate', who: [], to: 'village', repeatMin: null },
      { unit: 'minutes', at: 90, act: 'escalate', who: [], to: 'town', repeatMin: null },
      { unit: 'minutes', at: 120, act: 'escalate', who: [], to: 'county', repeatMin: null },
    ]);
    await recomputeClocks(town.rt, {});
  });
  const minute = 60_000;
  const name = (who: Seat): string => who.actor.name;

  it('reminds, repeats, supervises and escalates level by level', async () => {
    const startMs = at('2026-12-01T09:00');
    town.clock.set(startMs);
    const { id } = await town.report();
    const desks = async () => (await told(id)).filter((line) => line.startsWith(`${name(desk)} `));
    await goTo(startMs + 29 * minute);
    expect(await told(id)).toEqual([]);
    await goTo(startMs + 30 * minute);
    await keepClocks(town.rt);
    expect(await desks()).toEqual([`${name(desk)} incident.warning`]);
    await goTo(startMs + 60 * minute);
    await goTo(startMs + 69 * minute);
    expect(await desks()).toHaveLength(2);
    await goTo(startMs + 70 * minute);
    await goTo(startMs + 80 * minute);
    expect(await desks()).toHaveLength(4);
    await goTo(startMs + 90 * minute);
    expect(await told(id)).toContain('head incident.supervised');
    expect((await record(id)).supervised).toBe(true);
    expect((await clocks(id)).supervisions).toMatchObject([{ byName: '系统', answeredAtMs: null }]);
    await goTo(startMs + 120 * minute);
    expect(await told(id)).toContain(`${name(cadre)} incident.escalated`);
    expect(await told(id)).not.toContain(`${name(boss)} incident.escalated`);
    await goTo(startMs + 150 * minute);
    expect((await told(id)).filter((line) => line === `${name(boss)} incident.escalated`)).toHaveLength(1);
    // The county has nobody here: the town's leader hears of it again rather than nobody.
    await goTo(startMs + 180 * minute);
    expect((await told(id)).filter((line) => line === `${name(boss)} incident.escalated`)).toHaveLength(2);
    expect((await timeline(id)).map(([move]) => move).filter((move) => move === 'escalate')).toHaveLength(3);
  });

  it('stops when a person acknowledges after the limit; a later deadline starts it anew', async () => {
    const startMs = at('2026-12-02T09:00');
    town.clock.set(startMs);
    const { id } = await town.report();
    await goTo(startMs + 61 * minute);
    const before = (await told(id)).length;
    expect((await clocks(id)).may.acknowledge).toBe(true);
    const clientKey = newId();
    await done(desk, `POST /api/incidents/${id}/acknowledge`, { clientKey });
    await done(desk, `POST /api/incidents/${id}/acknowledge`, { clientKey });
    expect(await handleOf(id)).toMatchObject({ acknowledgedBy: name(desk), next: null, state: 'overdue' });
    await goTo(startMs + 300 * minute);
    expect(await told(id)).toHaveLength(before);
    expect((await record(id)).supervised).toBe(false);
    expect((await timeline(id)).filter(([move]) => move === 'clock:acknowledge')).toHaveLength(1);
    // Paused and resumed, the deadline lies ahead again.
    await limits('*', [{ severity: '*', phase: 'handle', minutes: 400, mode: 'calendar' }]);
    await recomputeClocks(town.rt, {});
    expect(await handleOf(id)).toMatchObject({ acknowledgedAtMs: null, state: 'warning' });
    await goTo(startMs + 400 * minute);
    expect((await told(id)).length).toBeGreaterThan(before);
    await limits('*', [{ severity: '*', phase: 'handle', minutes: 60, mode: 'calendar' }]);
    await recomputeClocks(town.rt, {});
  });

  it('stops when the message of it is acknowledged, and messages stop asking when the clock is', async () => {
    interface Inbox {
      items: { id: string; subjectId: string; acknowledgedAtMs: number | null }[];
    }
    const startMs = at('2026-12-03T09:00');
    town.clock.set(startMs);
    const [one, two] = [await town.report(), await town.report({ description: '河边护栏松动' })];
    await goTo(startMs + 61 * minute);
    const about = async (id: string) =>
      (await done<Inbox>(desk, 'GET /api/notify/messages?limit=200')).items.filter((m) => m.subjectId === id);
    const [message] = await about(one.id);
    expect(message).toMatchObject({ acknowledgedAtMs: null });
    await done(desk, `POST /api/notify/messages/${message?.id}/acknowledge`);
    expect(await handleOf(one.id)).toMatchObject({ acknowledgedBy: name(desk), next: null });
    expect((await timeline(one.id)).filter(([move]) => move === 'clock:acknowledge')).toHaveLength(1);
    await done(desk, `POST /api/incidents/${two.id}/acknowledge`, {});
    for (const { id } of [one, two]) {
      for (const m of await about(id)) expect(m.acknowledgedAtMs).not.toBeNull();
    }
  });

  it('acknowledged before the limit, it is silent up to the limit and no longer', async () => {
    const startMs = at('2026-12-03T09:00');
    town.clock.set(startMs);
    const { id } = await town.report();
    await goTo(startMs + 31 * minute);
    await done(desk, `POST /api/incidents/${id}/acknowledge`, {});
    const before = (await told(id)).length;
    await goTo(startMs + 59 * minute);
    expect(await told(id)).toHaveLength(before);
    await goTo(startMs + 60 * minute);
    expect((await told(id)).length).toBeGreaterThan(before);
  });

  it('an answered supervision counts as acknowledged', async () => {
    const startMs = at('2026-12-04T09:00');
    town.clock.set(startMs);
    const { id } = await town.report();
    await goTo(startMs + 91 * minute);
    const answered = await done<IncidentClocks>(desk, `POST /api/incidents/${id}/supervision`, { answer: '已派人' });
    expect(answered.supervisions).toMatchObject([{ answer: '已派人', answeredBy: name(desk) }]);
    expect(answered.may).toMatchObject({ answer: false, acknowledge: false });
    const before = (await told(id)).length;
    await goTo(startMs + 200 * minute);
    expect(await told(id)).toHaveLength(before);
    expect((await call(desk, `POST /api/incidents/${id}/supervision`, { answer: '再答' })).status).toBe(409);
  });

  it('of what is closed, answered or paused is silent', async () => {
    const startMs = at('2026-12-07T09:00');
    town.clock.set(startMs);
    const { id } = await town.report({ selfHandled: true });
    const paused = await town.report();
    await done(desk, `POST /api/incidents/${paused.id}/pause`, { reason: '等居民' });
    await goTo(startMs + 500 * minute);
    expect(await told(id)).toEqual([]);
    expect(await told(paused.id)).toEqual([]);
  });

  it('two keepers at once tell everything once', async () => {
    const startMs = at('2026-12-08T09:00');
    town.clock.set(startMs);
    const ids: string[] = [];
    for (let i = 0; i < 12; i++) ids.push((await town.report()).id);
    await keepClocks(town.rt);
    town.clock.set(startMs + 60 * minute);
    await Promise.all([1, 2, 3, 4].map(() => keepClocks(town.rt)));
    await until(async () => {
      await keepClocks(town.rt);
      const { rows } = await town.owner.query<{ n: number }>(
        `select count(*)::int as n from incidents_clocks where incident_id = any($1) and reminders = 1`,
        [ids],
      );
      return rows[0]?.n === ids.length;
    }, 'all to be told of');
    for (const id of ids) {
      const lines = (await told(id)).filter((line) => line.startsWith(name(desk)));
      expect(lines).toEqual([`${name(desk)} incident.overdue`]);
    }
  });

  it('of a clock at fault holds up no other', async () => {
    const startMs = at('2026-12-09T09:00');
    town.clock.set(startMs);
    const [bad, good] = [await town.report(), await town.report()];
    await keepClocks(town.rt);
    await town.owner.query(`update incidents_clocks set pauses = '{"not": "a list"}' where incident_id = $1`, [bad.id]);
    await goTo(startMs + 61 * minute);
    expect((await told(good.id)).length).toBeGreaterThan(0);
    expect(await told(bad.id)).toEqual([]);
    await town.owner.query(`update incidents_clocks set pauses = '[]' where incident_id = $1`, [bad.id]);
    await goTo(startMs + 70 * minute);
    expect((await told(bad.id)).length).toBeGreaterThan(0);
  });
});

describe('the calendar', () => {
  interface View {
    warnings: { year: number; urgency: string }[];
    years: { year: number; builtIn: boolean }[];
    days: { day: string; kind: string; own: boolean }[];
    workdays: number;
  }
  it('warns loudly where the next year is missing, tells the administrators once a week, and stops when it is entered', async () => {
    town.clock.set(at('2026-12-10T09:00'));
    const view = await done<View>(desk, 'GET /api/incidents/calendar?year=2026');
    expect(view.warnings).toMatchObject([{ year: 2027, urgency: 'now' }]);
    expect(view.workdays).toBe(248);
    await checkCalendar(town.rt, {});
    await checkCalendar(town.rt, {});
    const told = await town.owner.query('select 1 from notify_messages where template = $1 and account_id = $2', [
      'calendar.missing',
      admin.id,
    ]);
    expect(told.rowCount).toBe(1);
    await done(admin, 'PUT /api/incidents/calendar/years/2027', {
      source: '试录',
      off: [{ from: '2027-01-01', to: '2027-01-03', name: '元旦' }],
      work: ['2027-01-09'],
    });
    const after = await done<View>(desk, 'GET /api/incidents/calendar?year=2027');
    expect(after.warnings).toEqual([]);
    expect(after.days).toHaveLength(4);
    expect(after.years.map((y) => `${y.year} ${y.builtIn}`)).toEqual(['2025 true', '2026 true', '2027 false']);
  });

  it('refuses overlapping segments, a week without work, days that are none', async () => {
    const overlapping = [
      { fromMin: 480, toMin: 720 },
      { fromMin: 700, toMin: 900 },
    ];
    const put = (route: string, body: object) => call(admin, `PUT /api/incidents/calendar/${route}`, body);
    expect((await put('week', { weekly: office.weekly.map(() => overlapping) })).status).toBe(400);
    expect((await put('week', { weekly: office.weekly.map(() => []) })).status).toBe(400);
    expect((await put('days/2026-02-30', { rule: null })).status).toBe(400);
    expect(
      (await put('years/2028', { source: 'x', off: [{ from: '2028-05-03', to: '2028-05-01', name: 'x' }], work: [] }))
        .status,
    ).toBe(400);
    expect((await put('years/2028', { source: 'x', off: [], work: ['2031-01-01'] })).status).toBe(400);
  });
});
