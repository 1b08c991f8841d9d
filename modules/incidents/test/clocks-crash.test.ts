/** The process that keeps clocks is killed in the middle, twice: every step is taken, and once. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { until } from '@wangge/kernel/testkit';
import { seat } from '@wangge/staff/testkit';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { saveLadder, saveLimits } from '../src/clocks/actions/edit-limits.ts';
import { type IncidentTown, openIncidentTown } from '../src/testkit.ts';

const count = 400;
const minute = 60_000;
let town: IncidentTown;
let jobs: ChildProcess | null = null;
beforeAll(async () => {
  // The other process has the real clock.
  town = await openIncidentTown([], { nowMs: Date.now() });
  await seat(town.rt, [{ role: 'dispatcher', area: town.root }], '调度员');
  await town.rt.tx(town.as('admin'), async (tx) => {
    await saveLimits(tx, '*', [{ severity: '*', phase: 'handle', minutes: 1, mode: 'calendar' }]);
    const step = { unit: 'percent', act: 'remind', who: ['dispatcher'], repeatMin: null } as const;
    const who = [...step.who];
    const late = { unit: 'minutes', act: 'escalate', to: 'town', who, repeatMin: null } as const;
    const steps = [
      { ...step, who, at: 100 },
      { ...late, at: 1 },
    ];
    await saveLadder(tx, { phase: 'handle', severity: '*', steps });
  });
});
afterAll(async () => {
  jobs?.kill('SIGKILL');
  await town.close();
});

async function start(): Promise<void> {
  const script = fileURLToPath(new URL('fixtures/run-jobs.ts', import.meta.url));
  const config = JSON.stringify({ ...town.rt.config, logLevel: 'silent' });
  const child = spawn(process.execPath, [script, config], { stdio: ['pipe', 'pipe', 'inherit'] });
  jobs = child;
  await once(child.stdout, 'data');
}
async function kill(): Promise<void> {
  if (!jobs) return;
  const gone = once(jobs, 'exit');
  jobs.kill('SIGKILL');
  await gone;
}
async function told(template: string): Promise<{ incidents: number; messages: number }> {
  const { rows } = await town.owner.query<{ incidents: number; messages: number }>(
    `select count(distinct subject_id)::int as incidents, count(*)::int as messages
     from notify_messages where template = $1`,
    [template],
  );
  return rows[0] ?? { incidents: 0, messages: 0 };
}

it('loses no step and takes none twice', async () => {
  await start();
  // Due one after the other over the next seconds, while the process lives and while it does not.
  const base = Date.now() - minute + 1500;
  for (let i = 0; i < count; i++) await town.report({ by: town.as('member'), atMs: base + i * 10 } as never);
  await until(async () => (await told('incident.overdue')).incidents >= 60, 'the first to be told of', 30_000);
  await kill();
  await start();
  await until(async () => (await told('incident.overdue')).incidents >= 200, 'more to be told of', 30_000);
  await kill();
  await start();
  await until(async () => (await told('incident.overdue')).incidents === count, 'all to be told of', 30_000);
  const clocks = await town.owner.query<{ reminders: number; n: number }>(
    'select reminders, count(*)::int as n from incidents_clocks where told_at is not null group by reminders',
  );
  expect(clocks.rows).toEqual([{ reminders: 1, n: count }]);
  expect(await told('incident.overdue')).toEqual({ incidents: count, messages: count });
}, 120_000);
