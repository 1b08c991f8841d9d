import { newId } from '@wangge/contract-kit';
import { areaIndex } from '@wangge/areas';
import { type Runtime, sql } from '@wangge/kernel';
import pg from 'pg';
import { percentile } from './support/percentile.ts';
import { startPlatform } from './support/platform.ts';

const open = 100_000;
const dueInMinute = 1000;
const burst = 1000;

/** Waits without holding the processor; what is measured happens in other processes. */
function pause(ms: number): Promise<void> {
  return new Promise((done) => setTimeout(done, ms));
}

/**
 * 100,000 open incidents with a clock each; 1,000 fall due over a minute, with a kill -9 of the jobs process in
 * the middle of another such minute, 1,000 in one second; then the calendar changes. A step counts as taken
 * when the message of the person who is told is committed. Rows are laid by SQL, past the rules, but the
 * clocks start by the same trigger as any incident's.
 */
export const bench = {
  name: 'sla-timers',
  about: '100,000 open clocks: how late steps are taken, a burst, a changed calendar, a kill in the middle',
  async run(log: (line: string) => void): Promise<Record<string, number>> {
    const platform = await startPlatform(log, { roles: ['api', 'jobs'] });
    const owner = new pg.Pool({ connectionString: platform.config.ownerUrl, max: 2 });
    try {
      await layRules(owner);
      const areas = areaIndex(platform.rt)
        .all()
        .filter((a) => a.level === 'micro-grid')
        .slice(0, 400)
        .map((a) => ({ id: a.id, path: a.path }));
      const started = performance.now();
      await layIncidents(owner, areas, 'far', open - 2 * dueInMinute - burst, 15 * 1440 * 60, 20 * 1440 * 60);
      await allWound(owner);
      log(`${open} clocks laid and wound in ${((performance.now() - started) / 1000).toFixed(1)} s`);

      await layIncidents(owner, areas, 'minute', dueInMinute, 60, 10);
      const minute = await lateness(owner, 'minute', dueInMinute, 90_000);
      log(
        `1,000 in a minute: p50 ${percentile(minute, 0.5).toFixed(0)}, p95 ${percentile(minute, 0.95).toFixed(0)} ms late`,
      );

      await layIncidents(owner, areas, 'burst', burst, 1, 6);
      const rush = await lateness(owner, 'burst', burst, 60_000);
      const burstLast = percentile(rush, 1);
      log(`1,000 in one second: p95 ${percentile(rush, 0.95).toFixed(0)}, last ${burstLast.toFixed(0)} ms late`);

      await layIncidents(owner, areas, 'killed', dueInMinute, 20, 6);
      await pause(12_000);
      await platform.killAndRestart('jobs');
      const killed = await lateness(owner, 'killed', dueInMinute, 60_000);
      const lost = dueInMinute - killed.length + (await toldTwice(owner));
      log(`killed in the middle: ${killed.length} of ${dueInMinute} taken, ${lost} lost or doubled`);

      const recomputeS = await recompute(platform.rt, owner);
      const moved = await owner.query<{ moved: number; total: number }>(
        'select moved, total from incidents_recomputes order by at desc, id desc limit 1',
      );
      log(
        `changed calendar: ${moved.rows[0]?.moved} of ${moved.rows[0]?.total} deadlines moved in ${recomputeS.toFixed(1)} s`,
      );
      return {
        p95_late_ms: Math.round(percentile(minute, 0.95)),
        burst_last_ms: Math.round(burstLast),
        recompute_s: recomputeS,
        lost,
      };
    } finally {
      await owner.end();
      await platform.stop();
    }
  },
};

/** Working time everywhere, so that a changed calendar moves every deadline; one message for each step. */
async function layRules(owner: pg.Pool): Promise<void> {
  const allDay = JSON.stringify(Array.from({ length: 7 }, () => [{ fromMin: 0, toMin: 1440 }]));
  await owner.query('insert into incidents_calendar_week (weekly) values ($1)', [allDay]);
  await owner.query(`insert into incidents_limits (category_code, severity, phase, minutes, mode)
    values ('*', '*', 'handle', 57600, 'working')`);
  const steps = JSON.stringify([{ unit: 'percent', at: 100, act: 'remind', who: ['dispatcher'], repeatMin: null }]);
  await owner.query(`insert into incidents_ladders (phase, severity, steps) values ('handle', '*', $1)`, [steps]);
}

/** @param spreadS over how many seconds they fall due, the first after `leadS` */
async function layIncidents(
  owner: pg.Pool,
  areas: readonly { id: string; path: string }[],
  tag: string,
  count: number,
  spreadS: number,
  leadS: number,
): Promise<void> {
  await owner.query(
    `insert into incidents_incidents (id, number, client_key, content_hash, source, state, severity, category_code,
      description, reported_area_id, reported_path, responsible_area_id, responsible_path, reported_at, reported_day,
      deadline_at, warn_at, own_deadline_at, changed_by, updated_at, search_text)
    select gen_random_uuid(), $1 || '-' || n, 'import:' || $1 || n, '', 'member', 'handling', 'ordinary', c.code,
      '路灯不亮，第 ' || n || ' 件', a.id, a.path, a.id, a.path, d.due - interval '40 days', (d.due - interval '40 days')::date,
      d.due, d.due - interval '8 days', d.due, '测试', now(), $1 || n
    from generate_series(1, $2::int) as n,
      lateral (select now() + make_interval(secs => $4 + $3 * random()) as due where n > 0) as d,
      lateral (select code from incidents_categories where parent_code is not null and n > 0
        order by code offset n % 20 limit 1) as c,
      lateral (select (x->>'id')::uuid as id, x->>'path' as path from (
        select $5::jsonb -> (n % jsonb_array_length($5::jsonb)) as x) as y) as a`,
    [tag, count, spreadS, leadS, JSON.stringify(areas)],
  );
}

async function allWound(owner: pg.Pool): Promise<void> {
  for (;;) {
    const { rows } = await owner.query<{ n: number }>(
      'select count(*)::int as n from incidents_clocks where wound_at is null',
    );
    if (rows[0]?.n === 0) return;
    await pause(500);
  }
}

/**
 * How late each step of a tag was to be seen by another connection, once all are there or the patience ends.
 * Looked for ten times a second, so each figure is too large by up to a tenth of a second.
 */
async function lateness(owner: pg.Pool, tag: string, count: number, patienceMs: number): Promise<number[]> {
  const end = performance.now() + patienceMs;
  const late = new Map<string, number>();
  let since = new Date(Date.now() - 60_000);
  while (late.size < count && performance.now() < end) {
    const lookedAt = new Date(Date.now() - 5000);
    const { rows } = await owner.query<{ id: string; dueMs: number }>(
      `select i.id, (extract(epoch from i.deadline_at) * 1000)::float8 as "dueMs"
       from notify_messages m join incidents_incidents i on i.id = m.subject_id
       where m.created_at > $2 and m.template = 'incident.overdue' and i.number like $1 || '-%'`,
      [tag, since],
    );
    const nowMs = Date.now();
    for (const { id, dueMs } of rows) if (!late.has(id)) late.set(id, nowMs - dueMs);
    since = lookedAt;
    await pause(100);
  }
  return [...late.values()];
}

async function toldTwice(owner: pg.Pool): Promise<number> {
  const { rows } = await owner.query<{ n: number }>(`select count(*)::int as n from (
    select 1 from notify_messages where template = 'incident.overdue' group by subject_id, account_id
    having count(*) > 1) as twice`);
  return rows[0]?.n ?? 0;
}

/** A day off is put in, as the console does it; until the last open clock follows. Seconds. */
async function recompute(rt: Runtime, owner: pg.Pool): Promise<number> {
  const started = performance.now();
  const day = new Date(Date.now() + 2 * 86_400_000).toISOString().slice(0, 10);
  await rt.system('bench', async (tx) => {
    await tx.run(sql`insert into incidents_calendar_days (day, kind, name) values (${day}::date, 'off', '停电')`);
    await tx.run(sql`insert into incidents_recomputes (id, why, at, total)
      values (${newId()}, 'calendar', ${new Date()}, 0)`);
    tx.addJob('incidents.recompute-clocks', {}, { key: 'incidents.recompute-clocks' });
  });
  for (;;) {
    const { rows } = await owner.query<{ finished: boolean }>(
      'select finished_at is not null as finished from incidents_recomputes order by at desc, id desc limit 1',
    );
    if (rows[0]?.finished === true) return (performance.now() - started) / 1000;
    await pause(250);
  }
}
