/** Until when a supervision by hand is to be answered, and that its being late is told once. */
import { until } from '@wangge/kernel/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { answerSupervision } from '../src/clocks/actions/answer-clocks.ts';
import { readClocks } from '../src/clocks/actions/read-clocks.ts';
import { lateAnswers } from '../src/clocks/supervise.ts';
import { findRecord, moveIncident, readIncident, setParties } from '../src/index.ts';
import { type IncidentTown, openIncidentTown } from '../src/testkit.ts';

const at = (text: string): number => Date.parse(`${text}:00+08:00`);
const hour = 3_600_000;
let town: IncidentTown;
beforeAll(async () => {
  town = await openIncidentTown([], { accounts: ['dispatcher', 'leader', 'head', 'volunteer', 'fireman'] });
  await town.startJobs();
});
afterAll(() => town.close());

async function supervised(answerByMs?: number): Promise<string> {
  const { id } = await town.report();
  await town.rt.system('test', (tx) =>
    setParties(tx, id, {
      assigneeIds: [town.as('volunteer').id ?? ''],
      departmentIds: [town.departments.get('yjb') ?? ''],
    }),
  );
  const more = answerByMs === undefined ? {} : { answerByMs };
  await town.rt.tx(town.as('leader'), (tx) =>
    moveIncident(tx, id, { move: 'supervise', version: 0, reason: '群众多次反映', ...more }, { anyVersion: true }),
  );
  return id;
}
const supervisionOf = async (id: string) =>
  (await town.rt.tx(town.as('leader'), (tx) => readClocks(tx, id))).supervisions[0];
/** Logins that were told so, once for each message. */
async function told(id: string, template: string): Promise<string[]> {
  const waiting = "select 1 from graphile_worker.jobs where task_identifier = 'incidents.tell-staff'";
  await until(async () => (await town.owner.query(waiting)).rowCount === 0, 'the jobs to be done');
  const { rows } = await town.owner.query<{ login: string }>(
    `select a.login from notify_messages m join staff_accounts a on a.id = m.account_id
     where m.subject_id = $1 and m.template = $2 order by a.login`,
    [id, template],
  );
  return rows.map((r) => r.login);
}
const late = (id: string): Promise<string[]> => told(id, 'supervision.late');
const look = (): Promise<unknown> => Promise.all([lateAnswers(town.rt, {}), lateAnswers(town.rt, {})]);

describe('a supervision', () => {
  it('is to be answered within a working day, unless its author says until when', async () => {
    // A Friday, half an hour before the office closes.
    town.clock.set(at('2026-11-06T17:00'));
    expect(await supervisionOf(await supervised())).toMatchObject({
      byName: 'leader',
      answerByMs: at('2026-11-09T17:00'),
      answeredAtMs: null,
    });
    const soon = town.clock.nowMs() + 2 * hour;
    expect(await supervisionOf(await supervised(soon))).toMatchObject({ answerByMs: soon });
  });

  it('of the past or of another year is refused', async () => {
    for (const offMs of [0, -hour, 400 * 24 * hour]) {
      await expect(supervised(town.clock.nowMs() + offMs)).rejects.toMatchObject({
        code: 'guard-failed',
        field: 'answerByMs',
        details: { guard: 'until-when' },
      });
    }
  });

  it('that nobody answered is told once, to its author and to those who handle it', async () => {
    const id = await supervised(town.clock.nowMs() + 2 * hour);
    expect(await told(id, 'incident.supervised')).toEqual(['fireman', 'volunteer']);
    town.clock.advance(2 * hour - 1);
    await look();
    expect(await late(id)).toEqual([]);
    town.clock.advance(1);
    await look();
    await look();
    // The platform's own look, each minute, may be the one that has it in hand.
    await until(async () => (await late(id)).length > 0, 'it to be told');
    expect(await late(id)).toEqual(['fireman', 'leader', 'volunteer']);
    const { timeline } = await town.rt.system('test', (tx) => readIncident(tx, id));
    expect(timeline.filter((e) => e.move === 'clock:unanswered').map((e) => e.reason)).toEqual([
      'leader：群众多次反映',
    ]);
  });

  it('that was answered, or whose incident has ended, is late no more', async () => {
    const answered = await supervised(town.clock.nowMs() + hour);
    const withdrawn = await supervised(town.clock.nowMs() + hour);
    await town.rt.tx(town.as('volunteer'), (tx) => answerSupervision(tx, answered, { answer: '已到现场' }));
    await town.owner.query("update incidents_incidents set state = 'withdrawn' where id = $1", [withdrawn]);
    town.clock.advance(hour);
    await look();
    expect(await late(answered)).toEqual([]);
    expect(await late(withdrawn)).toEqual([]);
    expect(await supervisionOf(answered)).toMatchObject({ answeredBy: 'volunteer', answer: '已到现场' });
    expect((await town.rt.system('test', (tx) => findRecord(tx, answered))).supervised).toBe(true);
  });
});
