-- Counts for the tiles without counting: each change leaves a small row in its own transaction (nobody
-- waits for a shared counter), a job folds them into the roll-up, and readers add both.

create table incidents_counts (
  -- Area and each of its ancestors; the empty path is everything.
  path text collate "C" not null,
  -- state, source, category: incidents by the day of their report; closed: by the day of closing.
  dim text not null,
  day date not null,
  key text not null,
  n int not null,
  primary key (path, dim, day, key)
);
create table incidents_count_deltas (
  id bigint generated always as identity primary key,
  path text collate "C" not null,
  day date not null,
  state text not null,
  source text not null,
  category text not null,
  closed_day date,
  n smallint not null
);

create function incidents_note_count() returns trigger language plpgsql security definer
  set search_path = public, pg_temp as $$
begin
  if tg_op = 'UPDATE' then
    insert into incidents_count_deltas (path, day, state, source, category, closed_day, n)
    values (old.responsible_path, old.reported_day, old.state, old.source, old.category_code, old.closed_day, -1);
  end if;
  insert into incidents_count_deltas (path, day, state, source, category, closed_day, n)
  values (new.responsible_path, new.reported_day, new.state, new.source, new.category_code, new.closed_day, 1);
  return null;
end $$;
create trigger incidents_count_insert after insert on incidents_incidents
  for each row execute function incidents_note_count();
create trigger incidents_count_update after update on incidents_incidents
  for each row when (old.state <> new.state or old.responsible_path <> new.responsible_path
    or old.category_code <> new.category_code or old.closed_day is distinct from new.closed_day)
  execute function incidents_note_count();

-- `a/b/` gives '', `a/`, `a/b/`.
create function incidents_ancestors(path text) returns setof text language sql immutable strict parallel safe as $$
  select coalesce(array_to_string((string_to_array(path, '/'))[1:i], '/') || '/', '')
  from generate_series(1, greatest(cardinality(string_to_array(path, '/')) - 1, 0)) as i
  union all select ''
$$;

-- Folds up to 50,000 rows and says how many they were. Two folders never work at once.
create function incidents_fold_counts() returns int
  language plpgsql security definer set search_path = public, pg_temp as $$
declare folded int;
begin
  if not kernel_is_system() then raise exception 'only the platform folds' using errcode = '42501'; end if;
  if not pg_try_advisory_xact_lock(hashtext('incidents_fold_counts')) then return 0; end if;
  with gone as (
    delete from incidents_count_deltas
    where id in (select id from incidents_count_deltas order by id limit 50000) returning *
  ), net as (
    select path, day, state, source, category, closed_day, sum(n)::int as n from gone
    group by path, day, state, source, category, closed_day
  ), spread as (
    select a.path, d.dim, d.day, d.key, sum(net.n)::int as n
    from net, lateral incidents_ancestors(net.path) as a(path),
      lateral (values ('state', net.day, net.state), ('source', net.day, net.source), ('category', net.day, net.category),
        ('closed', net.closed_day, '')) as d(dim, day, key)
    where d.day is not null
    group by a.path, d.dim, d.day, d.key having sum(net.n) <> 0
  ), written as (
    insert into incidents_counts as c (path, dim, day, key, n)
    select path, dim, day, key, n from spread order by path, dim, day, key
    on conflict (path, dim, day, key) do update set n = c.n + excluded.n
  )
  select count(*) into folded from gone;
  return folded;
end $$;
revoke all on function incidents_fold_counts() from public;
grant execute on function incidents_fold_counts() to wangge_app;
