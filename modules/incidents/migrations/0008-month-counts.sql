-- Counts over years: whole months are read from a roll-up by month, and the few weeks at both ends are counted.
-- The roll-up by day, of which an incident filled two dozen rows, keeps what charts by day need. Departments
-- have roll-ups beside the areas.

create table incidents_month_counts (
  path text collate "C" not null,
  dim text not null,
  -- Its first day.
  month date not null,
  key text not null,
  n int not null,
  primary key (path, dim, month, key)
);
comment on column incidents_month_counts.path is
  'of an area and each of its ancestors; empty for everything; @<id> for a department';
comment on column incidents_month_counts.dim is 'state, source, category: by the month of the report';
comment on column incidents_counts.dim is 'reported, closed: by the day of either';
alter table incidents_month_counts enable row level security;
create policy platform on incidents_month_counts for select using (kernel_is_system());
grant select on incidents_month_counts to wangge_app;

alter table incidents_count_deltas add column departments uuid[] not null default '{}';

create or replace function incidents_note_count() returns trigger language plpgsql security definer
  set search_path = public, pg_temp as $$
begin
  if tg_op = 'UPDATE' then
    insert into incidents_count_deltas (path, departments, day, state, source, category, closed_day, n)
    values (old.responsible_path, old.department_ids, old.reported_day, old.state, old.source, old.category_code,
      old.closed_day, -1);
  end if;
  insert into incidents_count_deltas (path, departments, day, state, source, category, closed_day, n)
  values (new.responsible_path, new.department_ids, new.reported_day, new.state, new.source, new.category_code,
    new.closed_day, 1);
  return null;
end $$;
drop trigger incidents_count_update on incidents_incidents;
create trigger incidents_count_update after update on incidents_incidents
  for each row when (old.state <> new.state or old.responsible_path <> new.responsible_path
    or old.category_code <> new.category_code or old.closed_day is distinct from new.closed_day
    or old.department_ids <> new.department_ids)
  execute function incidents_note_count();

-- The roll-ups to which an incident belongs.
create function incidents_count_paths(path text, departments uuid[]) returns setof text
  language sql immutable parallel safe as $$
  select incidents_ancestors(path) union all select '@' || d from unnest(departments) as u(d)
$$;

create or replace function incidents_fold_counts() returns int
  language plpgsql security definer set search_path = public, pg_temp as $$
declare folded int;
begin
  if not kernel_is_system() then raise exception 'only the platform folds' using errcode = '42501'; end if;
  if not pg_try_advisory_xact_lock(hashtext('incidents_fold_counts')) then return 0; end if;
  with gone as (
    delete from incidents_count_deltas
    where id in (select id from incidents_count_deltas order by id limit 50000) returning *
  ), net as (
    select path, departments, day, state, source, category, closed_day, sum(n)::int as n from gone
    group by path, departments, day, state, source, category, closed_day
  ), paths as materialized (
    select a.path, net.day, net.state, net.source, net.category, net.closed_day, net.n
    from net, lateral incidents_count_paths(net.path, net.departments) as a(path)
  ), days as (
    insert into incidents_counts as c (path, dim, day, key, n)
    select p.path, d.dim, d.day, '', sum(p.n)
    from paths p, lateral (values ('reported', p.day), ('closed', p.closed_day)) as d(dim, day)
    where d.day is not null group by 1, 2, 3 having sum(p.n) <> 0 order by 1, 2, 3
    on conflict (path, dim, day, key) do update set n = c.n + excluded.n
  ), months as (
    insert into incidents_month_counts as c (path, dim, month, key, n)
    select p.path, d.dim, date_trunc('month', p.day)::date, d.key, sum(p.n)
    from paths p, lateral (values ('state', p.state), ('source', p.source), ('category', p.category)) as d(dim, key)
    group by 1, 2, 3, 4 having sum(p.n) <> 0 order by 1, 2, 3, 4
    on conflict (path, dim, month, key) do update set n = c.n + excluded.n
  )
  select count(*) into folded from gone;
  return folded;
end $$;

-- What was counted before. What is not folded yet names no department, so theirs is counted from the incidents.
insert into incidents_month_counts (path, dim, month, key, n)
  select path, dim, date_trunc('month', day)::date, key, sum(n) from incidents_counts
  where dim in ('state', 'source', 'category') group by 1, 2, 3, 4;
insert into incidents_counts (path, dim, day, key, n)
  select path, 'reported', day, '', sum(n) from incidents_counts where dim = 'state' group by path, day;
delete from incidents_counts where dim in ('state', 'source', 'category');
insert into incidents_month_counts (path, dim, month, key, n)
  select '@' || u.d, v.dim, date_trunc('month', i.reported_day)::date, v.key, count(*)
  from incidents_incidents i, unnest(i.department_ids) as u(d),
    lateral (values ('state', i.state), ('source', i.source), ('category', i.category_code)) as v(dim, key)
  group by 1, 2, 3, 4;
insert into incidents_counts (path, dim, day, key, n)
  select '@' || u.d, v.dim, v.day, '', count(*)
  from incidents_incidents i, unnest(i.department_ids) as u(d),
    lateral (values ('reported', i.reported_day), ('closed', i.closed_day)) as v(dim, day)
  where v.day is not null group by 1, 2, 3;

-- What the caller reaches without an area: own departments, assigned, reported.
create function incidents_own_scope() returns text language plpgsql stable set search_path = public, pg_temp as $$
declare
  parts text[] := '{}';
  me uuid := kernel_account();
begin
  if kernel_departments() <> '{}' then
    parts := parts || format('(i.department_ids && %L::uuid[] and i.department_ids <> ''{}'')', kernel_departments());
  end if;
  if me is not null then
    parts := parts || format('(i.assignee_ids @> array[%L::uuid] and i.assignee_ids <> ''{}'')', me)
      || format('i.reporter_account_id = %L::uuid', me);
  end if;
  if parts = '{}' then return 'false'; end if;
  return '(' || array_to_string(parts, ' or ') || ')';
end $$;

/*
 * Counts by dimension and key, `day` being null; `reported` and `closed` by day. Of the areas reached (or of
 * the one department of somebody who reaches no area) from the roll-ups, what is not folded yet, and the ends
 * of the period; of what the caller reaches besides by counting. `dim` open-late are the open ones past their limit. Days are the
 * town's, both inclusive.
 */
drop function incidents_tally(text, date, date, timestamptz);
create function incidents_tally(prefix text, first_day date, last_day date, moment timestamptz, zone text)
  returns table (dim text, day date, key text, n bigint)
  language plpgsql stable security definer set search_path = public, pg_temp as $$
declare
  reached text[] := case when kernel_is_system() then array[''] else kernel_areas() end;
  roots text[];
  -- Months from the first day of one up to, not including, that of another.
  first_month date := date_trunc('month', first_day + interval '1 month - 1 day')::date;
  end_month date := case when last_day > current_date + 31 then 'infinity'
    else date_trunc('month', last_day + 1)::date end;
  outside text := incidents_own_scope();
  days text := format('i.reported_day between %L and %L', first_day, last_day);
  department uuid;
  condition text;
  ends daterange[] := '{}';
  signs int[] := '{}';
  r text;
begin
  if first_day > last_day then return; end if;
  roots := array(select distinct case when starts_with(prefix, a) then prefix else a end
                 from unnest(reached) as u(a) where starts_with(prefix, a) or starts_with(a, prefix));
  if reached = '{}' and prefix = '' and cardinality(kernel_departments()) = 1 then
    department := (kernel_departments())[1];
    roots := array['@' || department];
  end if;
  -- At either end a part of a month is counted, or the whole month taken and the other part subtracted,
  -- whichever is shorter: of the present month nothing is left to subtract.
  if first_month > end_month then
    ends := array[daterange(first_day, last_day + 1)];
    signs := array[1];
    first_month := end_month;
  else
    if first_month - first_day > 15 then
      first_month := (first_month - interval '1 month')::date;
      ends := ends || daterange(first_month, first_day);
      signs := signs || -1;
    elsif first_day < first_month then
      ends := ends || daterange(first_day, first_month);
      signs := signs || 1;
    end if;
    if end_month <> 'infinity' and last_day + 1 - end_month > 15 then
      end_month := (end_month + interval '1 month')::date;
      ends := ends || daterange(last_day + 1, end_month);
      signs := signs || -1;
    elsif last_day >= end_month then
      ends := ends || daterange(end_month, last_day + 1);
      signs := signs || 1;
    end if;
  end if;
  return query select c.dim, null::date, c.key, sum(c.n)::bigint from incidents_month_counts c
    where c.path = any (roots) and c.month >= first_month and c.month < end_month group by 1, 3;
  return query select c.dim, c.day, c.key, sum(c.n)::bigint from incidents_counts c
    where c.path = any (roots) and c.day between first_day and last_day group by 1, 2, 3;
  -- What no roll-up knows yet.
  return query select v.dim, case when v.dim in ('reported', 'closed') then v.day end, v.key, sum(d.n)::bigint
    from incidents_count_deltas d, lateral (values ('state', d.day, d.state), ('source', d.day, d.source),
      ('category', d.day, d.category), ('reported', d.day, ''), ('closed', d.closed_day, '')) as v(dim, day, key)
    where case when department is null then exists (select 1 from unnest(roots) as u(a) where starts_with(d.path, a))
      else department = any (d.departments) end
      and case when v.dim in ('reported', 'closed') then v.day between first_day and last_day
        else v.day >= first_month and v.day < end_month end
    group by 1, 2, 3;
  foreach r in array roots loop
    condition := case when department is not null then
        format('i.department_ids @> array[%L::uuid] and i.department_ids <> ''{}''', department)
      when r = '' then 'true'
      else format('i.responsible_path >= %L and i.responsible_path < %L', r, left(r, -1) || '0') end;
    for e in 1 .. cardinality(ends) loop
      continue when isempty(ends[e]);
      return query execute format('with part as materialized (
          select i.state, i.source, i.category_code, count(*) as n from incidents_incidents i
          where %s and i.reported_at >= %L and i.reported_at < %L
          group by 1, 2, 3)
        select v.dim, null::date, v.key, %s * sum(part.n)::bigint from part,
          lateral (values (''state'', part.state), (''source'', part.source), (''category'', part.category_code)) as v(dim, key)
        group by 1, 3', condition, lower(ends[e])::timestamp at time zone zone,
          upper(ends[e])::timestamp at time zone zone, signs[e]);
    end loop;
    return query execute format('select ''open-late'', null::date, '''', count(*) from incidents_incidents i
      where i.is_open and i.clock_stopped_at is null and i.deadline_at <= %L and %s and %s', moment, days, condition);
  end loop;
  if kernel_is_system() then return; end if;
  foreach r in array reached loop
    outside := outside || format(' and not (i.responsible_path >= %L and i.responsible_path < %L)', r, left(r, -1) || '0');
  end loop;
  if department is not null then
    outside := outside || format(' and not i.department_ids @> array[%L::uuid]', department);
  end if;
  if prefix <> '' then
    outside := outside || format(' and i.responsible_path >= %L and i.responsible_path < %L', prefix, left(prefix, -1) || '0');
  end if;
  return query execute 'with own as materialized (select i.* from incidents_incidents i where ' || outside || ')
    select v.dim, case when v.dim in (''reported'', ''closed'') then v.day end, v.key, count(*) from own i,
      lateral (values (''state'', i.reported_day, i.state), (''source'', i.reported_day, i.source),
      (''category'', i.reported_day, i.category_code), (''reported'', i.reported_day, ''''),
      (''closed'', i.closed_day, '''')) as v(dim, day, key)'
    || format(' where v.day between %L and %L group by 1, 2, 3
    union all select ''open-late'', null::date, '''', count(*) from own i
      where i.is_open and i.clock_stopped_at is null and i.deadline_at <= %L and %s', first_day, last_day, moment, days);
end $$;

revoke all on function incidents_own_scope(), incidents_count_paths(text, uuid[]),
  incidents_tally(text, date, date, timestamptz, text) from public;
grant execute on function incidents_tally(text, date, date, timestamptz, text) to wangge_app;
