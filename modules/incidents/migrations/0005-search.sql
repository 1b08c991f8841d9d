-- Lists, search, map and counts. A caller's condition on a table with row-level security is checked after
-- the policy and so finds no index; these functions belong to the owner and apply the caller's scope
-- themselves, from the same settings that the policies read. Conditions are put in as literals: the
-- planner sees the values and chooses an index for each question.

-- Two-character words. The condition beside it compares the text, so that a plan which reads by time
-- computes this only for the few rows that match.
create index incidents_words on incidents_incidents using gin (kernel_bigrams(search_text))
  with (gin_pending_list_limit = 1024);

-- The caller's scope as a condition on `i`.
create function incidents_scope() returns text language plpgsql stable set search_path = public, pg_temp as $$
declare
  parts text[] := '{}';
  me uuid := kernel_account();
  prefix text;
begin
  if kernel_is_system() then return 'true'; end if;
  foreach prefix in array kernel_areas() loop
    parts := parts || format('(i.responsible_path >= %L and i.responsible_path < %L)', prefix, left(prefix, -1) || '0');
  end loop;
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
 * Scope and filter as a condition on `i`. `f`: path, states, open, categories (both levels), sources,
 * severities, clocks (open incidents only), from, to, q, mine, now. An impossible one gives false.
 */
create function incidents_condition(f jsonb) returns text language plpgsql stable set search_path = public, pg_temp as $$
declare
  c text := incidents_scope();
  words text[];
  word text;
  grams text[] := '{}';
  prefix text := f->>'path';
  me uuid := kernel_account();
  marks text[] := '{}';
  mark text;
  codes text[];
begin
  if prefix is not null then
    c := c || format(' and i.responsible_path >= %L and i.responsible_path < %L', prefix, left(prefix, -1) || '0');
  end if;
  if f ? 'states' then
    c := c || format(' and i.state = any (%L::text[])', array(select jsonb_array_elements_text(f->'states')));
  end if;
  if (f->>'open')::boolean then c := c || ' and i.is_open'; end if;
  if (f->>'open')::boolean = false then c := c || ' and not i.is_open'; end if;
  if f ? 'categories' then
    select array_agg(code) into codes from incidents_categories
    where f->'categories' ? code or f->'categories' ? parent_code;
    c := c || format(' and i.category_code = any (%L::text[])', coalesce(codes, '{}'));
  end if;
  if f ? 'sources' then
    c := c || format(' and i.source = any (%L::text[])', array(select jsonb_array_elements_text(f->'sources')));
  end if;
  if f ? 'severities' then
    c := c || format(' and i.severity = any (%L::text[])', array(select jsonb_array_elements_text(f->'severities')));
  end if;
  if f ? 'from' then c := c || format(' and i.reported_at >= %L::timestamptz', f->>'from'); end if;
  if f ? 'to' then c := c || format(' and i.reported_at < %L::timestamptz', f->>'to'); end if;
  if (f->>'mine')::boolean then
    c := c || format(' and ((i.assignee_ids @> array[%1$L::uuid] and i.assignee_ids <> ''{}'') or i.reporter_account_id = %1$L::uuid)', me);
  end if;
  if f ? 'clocks' then
    for mark in select jsonb_array_elements_text(f->'clocks') loop
      marks := marks || case mark
        when 'overdue' then format('coalesce(i.clock_stopped_at, %1$L::timestamptz) >= i.deadline_at', f->>'now')
        when 'warning' then format('i.clock_stopped_at is null and %1$L::timestamptz >= i.warn_at and %1$L::timestamptz < i.deadline_at', f->>'now')
        else format('i.clock_stopped_at is null and %1$L::timestamptz < i.warn_at', f->>'now') end;
    end loop;
    c := c || ' and i.is_open and (' || array_to_string(marks, ' or ') || ')';
  end if;
  if f ? 'q' then
    words := array(select w from unnest(regexp_split_to_array(lower(f->>'q'), '[[:space:]]+')) as t(w));
    foreach word in array words loop
      if word ~ '^[0-9]{8}-[0-9]{6,}$' then
        c := c || format(' and i.number = %L', word);
        continue;
      end if;
      word := incidents_plain(word);
      continue when char_length(word) < 2;
      c := c || format(' and strpos(i.search_text, %L) > 0', word);
      grams := grams || kernel_bigrams(word);
    end loop;
    if grams <> '{}' then c := c || format(' and kernel_bigrams(i.search_text) @> %L::text[]', grams); end if;
  end if;
  return c;
end $$;

create function incidents_ms(t timestamptz) returns float8 language sql immutable strict parallel safe
  as $$ select round(extract(epoch from t) * 1000)::float8 $$;

create type incidents_row as (id uuid, number text, state text, source text, severity text, category_code text,
  summary text, lon float8, lat float8, accuracy_m real, address text, area_id uuid, path text, reported_ms float8,
  updated_ms float8, deadline_ms float8, warn_ms float8, stopped_ms float8, closed_ms float8, photo_count int,
  reporter_count int, supervised boolean, version int);

-- One page, newest first. `after_at`, `after_id`: the last row of the page before.
create function incidents_find(f jsonb, max_rows int, after_at timestamptz, after_id uuid) returns setof incidents_row
  language plpgsql stable security definer set search_path = public, pg_temp as $$
begin
  return query execute 'select i.id, i.number, i.state, i.source, i.severity, i.category_code, left(i.description, 80),
      i.lon, i.lat, i.accuracy_m, i.address, i.responsible_area_id, i.responsible_path, incidents_ms(i.reported_at),
      incidents_ms(i.updated_at), incidents_ms(i.deadline_at), incidents_ms(i.warn_at), incidents_ms(i.clock_stopped_at),
      incidents_ms(i.closed_at), i.photo_count, i.reporter_count, i.supervised, i.version
    from incidents_incidents i where ' || incidents_condition(f)
    || case when after_id is null then '' else format(' and (i.reported_at, i.id) < (%L::timestamptz, %L::uuid)', after_at, after_id) end
    || format(' order by i.reported_at desc, i.id desc limit %s', max_rows);
end $$;

-- Points for the map: what is open and has a place.
create function incidents_points(f jsonb, max_rows int) returns table (id uuid, lon float8, lat float8, state text,
    severity text, deadline_ms float8, warn_ms float8, stopped_ms float8)
  language plpgsql stable security definer set search_path = public, pg_temp as $$
begin
  return query execute 'select i.id, i.lon, i.lat, i.state, i.severity, incidents_ms(i.deadline_at), incidents_ms(i.warn_at),
      incidents_ms(i.clock_stopped_at)
    from incidents_incidents i where i.is_open and i.lon is not null and ' || incidents_condition(f)
    || format(' order by i.reported_at desc, i.id desc limit %s', max_rows);
end $$;

/*
 * Counts by dimension, day and key: of the areas reached from the roll-up and what is not folded yet; of
 * what the caller reaches outside them (own department, assigned, reported) by counting. `dim` open-late
 * are the open ones past their limit. Days are the town's, both inclusive.
 */
create function incidents_tally(prefix text, first_day date, last_day date, moment timestamptz)
  returns table (dim text, day date, key text, n bigint)
  language plpgsql stable security definer set search_path = public, pg_temp as $$
declare
  reached text[] := case when kernel_is_system() then array[''] else kernel_areas() end;
  roots text[];
  outside text := 'true';
  area text := case when prefix = '' then 'true' else
    format('i.responsible_path >= %L and i.responsible_path < %L', prefix, left(prefix, -1) || '0') end;
  days text := format('i.reported_day between %L and %L', first_day, last_day);
  r text;
begin
  roots := array(select distinct case when starts_with(prefix, a) then prefix else a end
                 from unnest(reached) as u(a) where starts_with(prefix, a) or starts_with(a, prefix));
  return query select c.dim, c.day, c.key, sum(c.n)::bigint from incidents_counts c
    where c.path = any (roots) and c.day between first_day and last_day group by 1, 2, 3;
  return query select v.dim, v.day, v.key, sum(d.n)::bigint
    from incidents_count_deltas d, lateral (values ('state', d.day, d.state), ('source', d.day, d.source),
      ('category', d.day, d.category), ('closed', d.closed_day, '')) as v(dim, day, key)
    where exists (select 1 from unnest(roots) as u(a) where starts_with(d.path, a)) and v.day between first_day and last_day
    group by 1, 2, 3;
  foreach r in array roots loop
    return query execute format('select ''open-late'', null::date, '''', count(*) from incidents_incidents i
      where i.is_open and i.clock_stopped_at is null and i.deadline_at <= %L and %s and %s', moment, days,
      case when r = '' then 'true' else format('i.responsible_path >= %L and i.responsible_path < %L', r, left(r, -1) || '0') end);
  end loop;
  if kernel_is_system() then return; end if;
  foreach r in array kernel_areas() loop
    outside := outside || format(' and not (i.responsible_path >= %L and i.responsible_path < %L)', r, left(r, -1) || '0');
  end loop;
  return query execute 'with own as materialized (select i.* from incidents_incidents i where '
    || incidents_scope() || ' and ' || outside || ' and ' || area || ')
    select v.dim, v.day, v.key, count(*) from own i, lateral (values (''state'', i.reported_day, i.state),
      (''source'', i.reported_day, i.source), (''category'', i.reported_day, i.category_code), (''closed'', i.closed_day, '''')) as v(dim, day, key)'
    || format(' where v.day between %L and %L group by 1, 2, 3
    union all select ''open-late'', null::date, '''', count(*) from own i
      where i.is_open and i.clock_stopped_at is null and i.deadline_at <= %L and %s', first_day, last_day, moment, days);
end $$;

revoke all on function incidents_scope(), incidents_condition(jsonb), incidents_find(jsonb, int, timestamptz, uuid),
  incidents_points(jsonb, int), incidents_tally(text, date, date, timestamptz) from public;
grant execute on function incidents_find(jsonb, int, timestamptz, uuid), incidents_points(jsonb, int),
  incidents_tally(text, date, date, timestamptz) to wangge_app;
