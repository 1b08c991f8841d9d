/** Many incidents at once, as a town would have them after years. */
import pg from 'pg';
import type { Platform } from './platform.ts';

/** Two-character words: some in every tenth incident, some in one of thousands. */
export const commonWords = ['路灯', '垃圾', '占道', '井盖', '噪音', '积水'];
export const rareWords = ['塌方', '溺水', '鳄鱼', '陨石'];

/**
 * Incidents one and a half minutes apart up to now, laid by one INSERT … SELECT as the owner: the rules would
 * take hours, and it is reading that is measured. Areas, states, categories and times are spread as in a town.
 */
export async function layIncidents(platform: Platform, incidents: number, log: (line: string) => void): Promise<void> {
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
      [incidents, commonWords, rareWords],
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
