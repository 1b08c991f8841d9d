/** Who hears that time runs out or that somebody supervises, and that nobody hears it twice. */
import { until } from '@wangge/kernel/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findRecord, moveIncident, setParties } from '../src/index.ts';
import { keepClocks } from '../src/clocks/keep-clocks.ts';
import { tellStaff } from '../src/tell-staff.ts';
import { type IncidentTown, openIncidentTown } from '../src/testkit.ts';

const logins = ['dispatcher', 'leader', 'head', 'member', 'neighbour', 'volunteer', 'handler', 'handler2', 'fireman'];
let town: IncidentTown;
const hour = 3_600_000;
beforeAll(async () => {
  town = await openIncidentTown([], { accounts: logins });
  await town.startJobs();
});
afterAll(() => town.close());

/** Logins told so far by template, once for each message. */
async function told(id: string): Promise<Record<string, string[]>> {
  await until(
    async () =>
      (await town.owner.query("select 1 from graphile_worker.jobs where task_identifier = 'incidents.tell-staff'"))
        .rowCount === 0,
    'the jobs to be done',
  );
  const { rows } = await town.owner.query<{ login: string; template: string }>(
    `select a.login, m.template from notify_messages m join staff_accounts a on a.id = m.account_id
     where m.subject_id = $1 order by a.login`,
    [id],
  );
  const byTemplate: Record<string, string[]> = {};
  for (const { login, template } of rows) (byTemplate[template] ??= []).push(login);
  return byTemplate;
}
/** The keeper runs as well: what it has taken is done when it is committed, not when we find nothing left to take. */
async function turn(): Promise<void> {
  await keepClocks(town.rt);
  const due = 'select 1 from incidents_clocks where due_at <= $1';
  await until(
    async () => (await town.owner.query(due, [new Date(town.clock.nowMs())])).rowCount === 0,
    'the clocks to be kept',
  );
}
const record = (id: string) => town.rt.system('test', (tx) => findRecord(tx, id));
async function toClock(id: string, which: 'warnMs' | 'deadlineMs', afterMs = 1): Promise<void> {
  town.clock.advance(((await record(id))[which] ?? 0) + afterMs - town.clock.nowMs());
  await turn();
}
async function give(id: string, assignees: string[], departments: string[]): Promise<void> {
  await town.rt.system('test', (tx) =>
    setParties(tx, id, {
      assigneeIds: assignees.map((login) => town.as(login).id ?? ''),
      departmentIds: departments.map((code) => town.departments.get(code) ?? ''),
    }),
  );
}

describe('a clock', () => {
  it('tells parties, the grid’s head and the dispatcher of its warning and of its end, once each', async () => {
    const { id } = await town.report();
    await give(id, ['volunteer'], ['cgd']);
    expect(await told(id)).toEqual({});
    await toClock(id, 'warnMs');
    const all = ['dispatcher', 'handler', 'handler2', 'head', 'volunteer'];
    expect(await told(id)).toEqual({ 'incident.warning': all });
    await turn();
    expect(await told(id)).toEqual({ 'incident.warning': all });
    await toClock(id, 'deadlineMs');
    await turn();
    expect(await told(id)).toEqual({ 'incident.warning': all, 'incident.overdue': all });
  });

  it('tells nothing twice when its job runs twice, also at once', async () => {
    const { id } = await town.report();
    const job = { incidentId: id, reason: '超时', key: `supervised:${id}` };
    await Promise.all([tellStaff(town.rt, job), tellStaff(town.rt, job)]);
    await tellStaff(town.rt, job);
    expect(await told(id)).toEqual({ 'incident.supervised': ['dispatcher', 'head'] });
  });

  it('that starts anew is told of anew', async () => {
    const { id } = await town.report({ categoryCode: 'service.errand' });
    await toClock(id, 'deadlineMs');
    // Past its warning and its end in one look: only the worse is news.
    expect(await told(id)).toEqual({ 'incident.overdue': ['dispatcher', 'head'] });
    const laterMs = town.clock.nowMs() + 10 * hour;
    await town.owner.query(
      'update incidents_incidents set deadline_at = $2, warn_at = $3, clock_told = 0 where id = $1',
      [id, new Date(laterMs), new Date(laterMs - hour)],
    );
    await toClock(id, 'deadlineMs');
    expect(await told(id)).toEqual({ 'incident.overdue': ['dispatcher', 'dispatcher', 'head', 'head'] });
  });

  it('that stopped in time, or ran out long before it came here, is told of to nobody', async () => {
    const stopped = await town.report();
    await town.owner.query('update incidents_incidents set clock_stopped_at = now() where id = $1', [stopped.id]);
    await toClock(stopped.id, 'deadlineMs');
    expect(await told(stopped.id)).toEqual({});
    const old = await town.report();
    await toClock(old.id, 'deadlineMs', 25 * hour);
    expect(await told(old.id)).toEqual({});
  });
});

describe('a supervised incident', () => {
  const supervise = async (id: string): Promise<void> => {
    const { version } = await record(id);
    await town.rt.tx(town.as('leader'), (tx) =>
      moveIncident(tx, id, { move: 'supervise', version, reason: '群众多次反映' }),
    );
  };
  it('is told to the department and the people that handle it', async () => {
    const { id } = await town.report();
    await give(id, ['volunteer'], ['yjb']);
    await supervise(id);
    expect(await told(id)).toEqual({ 'incident.supervised': ['fireman', 'volunteer'] });
  });
  it('that nobody handles yet is told to those who are responsible', async () => {
    const { id } = await town.report();
    await supervise(id);
    expect(await told(id)).toEqual({ 'incident.supervised': ['dispatcher', 'head'] });
  });
});
