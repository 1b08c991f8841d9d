import { rng } from '@wangge/geo';
import pg from 'pg';
import { closedLoop, type LoopResult } from './support/closed-loop.ts';
import { percentile, spread } from './support/percentile.ts';
import { type Platform, startPlatform } from './support/platform.ts';

const incidents = 1_000_000;
const warmUpS = 3;
const measureS = 12;
/** Two-character words: some in every tenth incident, some in one of thousands. */
const common = ['路灯', '垃圾', '占道', '井盖', '噪音', '积水'];
const rare = ['塌方', '溺水', '鳄鱼', '陨石'];

/**
 * A million incidents over three years, laid by one INSERT … SELECT as the owner: the rules would take
 * hours, and it is reading that is measured. Areas, states, categories and times are spread as in a town.
 */
async function layIncidents(platform: Platform, log: (line: string) => void): Promise<void> {
  const owner = new pg.Client({ connectionString: platform.config.ownerUrl });
  await owner.connect();
  const started = performance.now();
  try {
    await owner.query('alter table incidents_incidents disable trigger user');
    // Built at once afterwards: entry by entry they would take most of the time.
    const indexes = await owner.query<{ name: string; text: string }>(`
      select i.indexrelid::regclass::text as name, pg_get_indexdef(i.indexrelid) as text from pg_index i
      where i.indrelid = 'incidents_incidents'::regclass and not i.indisunique`);
    for (const { name } of indexes.rows) await owner.query(`drop index ${name}`);
    await owner.query(
      `insert into incidents_incidents (id, number, client_key, content_hash, source, state, severity, category_code,
        description, address, lon, lat, reported_area_id, reported_path, responsible_area_id, responsible_path,
        reported_at, reported_day, deadline_at, warn_at, clock_stopped_at, ended_at, closed_at, closed_day, changed_by,
        updated_at, search_text)
      select gen_random_uuid(), m.number, 'import:bench-' || n, '', s.source, s.state, 'ordinary', c.code, t.text, null,
        119 + (h % 1000) * 1e-4, 31.5 + (h % 777) * 1e-4, a.id, a.path, a.id, a.path, at, at::date, at + interval '2 days',
        at + interval '38 hours', ended, ended, case when s.state = 'closed' then ended end,
        case when s.state = 'closed' then ended::date end, '', coalesce(ended, at), incidents_search_text(t.text, null, m.number)
      -- Oldest first, as they would have come.
      from generate_series($1::int, 1, -1) as n
      cross join lateral (select abs(hashint4(n)) as h, now() - make_interval(secs => n * 94.6) as at) as r
      join (select id, path, row_number() over (order by code) - 1 as k from areas_areas where level = 'micro-grid' and ended_at is null) a
        on a.k = (r.h / 7) % (select count(*) from areas_areas where level = 'micro-grid' and ended_at is null)
      join (select code, row_number() over (order by code) - 1 as k from incidents_categories where parent_code is not null) c
        on c.k = (r.h / 11) % (select count(*) from incidents_categories where parent_code is not null)
      cross join lateral (select (array['resident','member','dispatcher','open311'])[1 + r.h % 4] as source,
        case when n < 3000 then (array['reported','registered','handling','responded'])[1 + r.h % 4]
          when r.h % 50 = 0 then 'rejected' else 'closed' end as state) as s
      cross join lateral (select case when s.state in ('closed', 'rejected') then least(now(), r.at + make_interval(mins => r.h % 4000)) end as ended) as e
      cross join lateral (select to_char(r.at, 'YYYYMMDD-') || lpad(n::text, 7, '0') as number) as m
      cross join lateral (select ($2::text[])[1 + r.h % cardinality($2::text[])]
        || case when r.h % 9973 = 0 then ($3::text[])[1 + n % cardinality($3::text[])] else '' end
        || '，居民反映，第' || n || '件，村口第' || (r.h % 97) || '户附近' as text) as t`,
      [incidents, common, rare],
    );
    await owner.query('alter table incidents_incidents enable trigger user');
    await owner.query(`set maintenance_work_mem = '512MB'`);
    for (const { text } of indexes.rows) await owner.query(text);
    // The roll-ups as the folding job would have left them.
    await owner.query(`insert into incidents_counts (path, dim, day, key, n)
      with own as materialized (select i.responsible_path, d.dim, d.day, count(*)::int as n from incidents_incidents i,
        lateral (values ('reported', i.reported_day), ('closed', i.closed_day)) as d(dim, day)
        where d.day is not null group by 1, 2, 3)
      select p.path, own.dim, own.day, '', sum(own.n) from own, lateral incidents_ancestors(own.responsible_path) as p(path)
      group by 1, 2, 3 order by 1, 2, 3`);
    await owner.query(`insert into incidents_month_counts (path, dim, month, key, n)
      with own as materialized (select i.responsible_path, d.dim, date_trunc('month', i.reported_day)::date as month, d.key,
        count(*)::int as n from incidents_incidents i,
        lateral (values ('state', i.state), ('source', i.source), ('category', i.category_code)) as d(dim, key)
        group by 1, 2, 3, 4)
      select p.path, own.dim, own.month, own.key, sum(own.n) from own,
        lateral incidents_ancestors(own.responsible_path) as p(path)
      group by 1, 2, 3, 4 order by 1, 2, 3, 4`);
    await owner.query('vacuum analyze incidents_incidents');
    await owner.query('vacuum analyze incidents_counts, incidents_month_counts');
    await owner.query('checkpoint');
  } finally {
    await owner.end();
  }
  log(`${incidents.toLocaleString('en')} incidents laid in ${((performance.now() - started) / 1000).toFixed(0)} s`);
}

interface Choices {
  readonly areas: readonly { id: string; level: string }[];
  readonly categories: readonly string[];
}

/** A different question each time, so that no answer comes from memory. */
function listQuestion(choices: Choices, pick: <T>(list: readonly T[]) => T, n: number): URLSearchParams {
  const query = new URLSearchParams({ limit: '50' });
  const kind = n % 4;
  if (kind !== 0) query.set('areaId', pick(choices.areas).id);
  if (kind === 1 || kind === 3) query.set('state', pick(['closed', 'handling,responded', 'reported', 'rejected']));
  if (kind === 2 || kind === 3) query.set('category', pick(choices.categories));
  const until = Date.now() - (n % 900) * 86_400_000;
  query.set('toMs', String(until));
  if (kind !== 3) query.set('fromMs', String(until - 90 * 86_400_000));
  return query;
}

/** Lists, text search and counts over a million incidents, by two dispatchers at once. */
export const bench = {
  name: 'incident-list',
  about: 'pages of 50, two-character search and dashboard counts over 1,000,000 incidents',
  async run(log: (line: string) => void): Promise<Record<string, number>> {
    const platform = await startPlatform(log);
    try {
      await layIncidents(platform, log);
      const client = platform.client({ cookie: await platform.logIn('diaodu'), connections: 2 });
      const { areas } = await client.json<{ areas: { id: string; level: string }[] }>('GET', '/api/areas');
      const { categories } = await client.json<{ categories: { code: string }[] }>('GET', '/api/incidents/categories');
      const choices: Choices = {
        areas: areas.filter((a) => a.level !== 'county'),
        categories: categories.map((c) => c.code),
      };
      const random = rng(5);
      const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)] as T;
      const measure = async (what: string, question: (n: number) => string): Promise<LoopResult> => {
        let n = 0;
        const result = await closedLoop({
          clients: 2,
          warmUpS,
          measureS,
          next: () => client.call('GET', question(n++)),
        });
        if (result.failures.length > 0) throw new Error(`${what}: ${result.failures[0] ?? ''}`);
        log(`${what}: ${spread(result.times)} (${result.done})`);
        return result;
      };
      const list = await measure('lists', (n) => `/api/incidents?${listQuestion(choices, pick, n).toString()}`);
      const text = await measure('text', (n) => {
        const query =
          n % 3 === 0
            ? listQuestion(choices, pick, n)
            : new URLSearchParams({ limit: '50', toMs: String(Date.now() - n) });
        query.set('q', n % 2 === 0 ? pick(common) : pick(rare));
        return `/api/incidents?${query.toString()}`;
      });
      const counts = await measure('counts', (n) => {
        const query = new URLSearchParams({ toMs: String(Date.now() - (n % 500) * 86_400_000) });
        if (n % 2 === 0) query.set('areaId', pick(choices.areas).id);
        return `/api/incidents/counts?${query.toString()}`;
      });
      client.close();
      return {
        p95_ms_list: percentile(list.times, 0.95),
        p95_ms_text: percentile(text.times, 0.95),
        p95_ms_counts: percentile(counts.times, 0.95),
      };
    } finally {
      await platform.stop();
    }
  },
};
