-- What reporters said of how their matters were handled, by area or department: reckoned, nowhere typed in.

create index incidents_by_closing on incidents_incidents (closed_at) where closed_at is not null;
create index incidents_objections_decided on incidents_objections (decided_at) where decided_at is not null;
-- Ratings of those whose report was merged into another one.
create index incidents_merged_rated on incidents_incidents (updated_at)
  where merged_into is not null and rating_response is not null;

/*
 * Of the incidents within the caller's scope and below `prefix` that were closed or reopened in the time: how many, how
 * they were rated by all of their reporters, and how many a person reopened. `depth`: by that many codes of the path;
 * null: by department, those of an incident with several counting for each, and '' for none.
 */
create function incidents_rates(prefix text, from_at timestamptz, to_at timestamptz, depth int)
  returns table (key text, closed bigint, reopened bigint, asked bigint, ratings bigint, response float8, resolved bigint,
    satisfied float8)
  language plpgsql stable security definer set search_path = public, pg_temp as $$
begin
  return query execute format('
    with matters as materialized (
      select i.id, i.responsible_path, i.department_ids, i.rating_response, i.rating_resolved, i.rating_satisfied,
        coalesce(i.closed_at >= %1$L and i.closed_at < %2$L, false) as closed,
        exists (select 1 from incidents_objections o where o.incident_id = i.id and o.outcome = ''granted''
          and o.decided_at >= %1$L and o.decided_at < %2$L) as reopened,
        exists (select 1 from incidents_objections o where o.incident_id = i.id and o.at >= %1$L and o.at < %2$L) as asked
      from incidents_incidents i
      where i.id in (select c.id from incidents_incidents c where c.closed_at >= %1$L and c.closed_at < %2$L
          union all select o.incident_id from incidents_objections o where o.outcome = ''granted''
            and o.decided_at >= %1$L and o.decided_at < %2$L)
        and %3$s and %4$s),
    votes as (
      select m.id, m.rating_response, m.rating_resolved, m.rating_satisfied from matters m where m.rating_response is not null
      union all
      -- A report is rated after the closing of the one that it was merged into.
      select incidents_root(t.id), t.rating_response, t.rating_resolved, t.rating_satisfied from incidents_incidents t
      where t.merged_into is not null and t.rating_response is not null and t.updated_at >= %1$L),
    said as (
      select v.id, count(*) as n, sum(v.rating_response) as response, count(*) filter (where v.rating_resolved) as resolved,
        sum(v.rating_satisfied) as satisfied
      from votes v group by v.id),
    keyed as (
      select m.*, k.key from matters m, lateral (%5$s) as k(key))
    select k.key, count(*) filter (where k.closed), count(*) filter (where k.reopened), count(*) filter (where k.asked),
      coalesce(sum(s.n), 0)::bigint, coalesce(sum(s.response), 0)::float8, coalesce(sum(s.resolved), 0)::bigint,
      coalesce(sum(s.satisfied), 0)::float8
    from keyed k left join said s on s.id = k.id group by k.key',
    from_at, to_at, incidents_scope(),
    case when prefix = '' then 'true' else
      format('i.responsible_path >= %L and i.responsible_path < %L', prefix, left(prefix, -1) || '0') end,
    case when depth is null then
      'select d::text from unnest(case when m.department_ids = ''{}'' then array[null::uuid] else m.department_ids end) as d'
      else format('select array_to_string((string_to_array(m.responsible_path, ''/''))[1:%s], ''/'')', depth) end);
end $$;
revoke all on function incidents_rates(text, timestamptz, timestamptz, int) from public;
grant execute on function incidents_rates(text, timestamptz, timestamptz, int) to wangge_app;
