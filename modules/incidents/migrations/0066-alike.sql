-- Incidents that may be the same thing: found by place through an index, and what a person said of a pair remembered.

-- About 200 m wide cells, numbered so that neighbours are found by counting. The index holds the second one, which may
-- therefore call no function of ours.
create function incidents_cell(x int, y int) returns bigint language sql immutable parallel safe as $$
  select x::bigint * 1000000 + y
$$;
create function incidents_cell_of(lon float8, lat float8) returns bigint language sql immutable parallel safe as $$
  select floor((lon + 180) * 500)::bigint * 1000000 + floor((lat + 90) * 500)::bigint
$$;
create index incidents_by_cell on incidents_incidents (incidents_cell_of(lon, lat), reported_at)
  where is_open and lon is not null;
create index incidents_by_area_unplaced on incidents_incidents (responsible_area_id, reported_at)
  where is_open and lon is null;

-- In the order of identifiers, so that a pair has one row whoever is named first.
create table incidents_not_same (
  first_id uuid not null references incidents_incidents (id),
  second_id uuid not null references incidents_incidents (id),
  at timestamptz not null,
  by_name text not null,
  primary key (first_id, second_id),
  check (first_id < second_id)
);
create index incidents_not_same_second on incidents_not_same (second_id);
alter table incidents_not_same enable row level security;
create policy with_incident on incidents_not_same
  using (kernel_is_system() or exists (select 1 from incidents_incidents i where i.id = first_id or i.id = second_id));
grant select, insert, delete on incidents_not_same to wangge_app;

/*
 * Open incidents within the caller's scope that are near. `f`: lon, lat, within_m (of those with a place), area_id (of
 * those without one, or of all while the asking one has no place), from, except, categories (all, unless told).
 * Newest first.
 */
create function incidents_near(f jsonb, max_rows int) returns table (id uuid, lon float8, lat float8, area_id uuid,
    category_code text, description text, reported_ms float8)
  language plpgsql stable security definer set search_path = public, pg_temp as $$
declare
  lon float8 := (f->>'lon')::float8;
  lat float8 := (f->>'lat')::float8;
  reach_lat float8 := (f->>'within_m')::float8 / 111195;
  reach_lon float8;
  cells bigint[];
  here text;
  c text := incidents_scope() || format(' and i.reported_at >= %L::timestamptz', f->>'from');
begin
  if f ? 'except' then
    c := c || format(' and i.id <> %1$L::uuid and not exists (select 1 from incidents_not_same n
      where (n.first_id = i.id and n.second_id = %1$L::uuid) or (n.first_id = %1$L::uuid and n.second_id = i.id))', f->>'except');
  end if;
  if f ? 'categories' then
    c := c || format(' and i.category_code = any (%L::text[])', array(select jsonb_array_elements_text(f->'categories')));
  end if;
  if lon is null then
    return query execute format('select i.id, i.lon, i.lat, i.responsible_area_id, i.category_code, i.description,
        incidents_ms(i.reported_at) from incidents_incidents i
      where i.is_open and i.responsible_area_id = %L::uuid and %s order by i.reported_at desc limit %s', f->>'area_id', c, max_rows);
    return;
  end if;
  -- Towards the poles a degree grows narrow; nobody's town lies beyond 85.
  reach_lon := reach_lat / cos(radians(least(abs(lat), 85)));
  cells := array(select incidents_cell(x, y)
    from generate_series(floor((lon - reach_lon + 180) * 500)::int, floor((lon + reach_lon + 180) * 500)::int) as x,
      generate_series(floor((lat - reach_lat + 90) * 500)::int, floor((lat + reach_lat + 90) * 500)::int) as y);
  here := format('incidents_near_m(i.lon, i.lat, %L, %L) <= %L', lon, lat, f->>'within_m');
  return query execute format('(select i.id, i.lon, i.lat, i.responsible_area_id, i.category_code, i.description,
      incidents_ms(i.reported_at) from incidents_incidents i
    where i.is_open and i.lon is not null and incidents_cell_of(i.lon, i.lat) = any (%L::bigint[]) and %s and %s
    order by i.reported_at desc limit %s)
    union all (select i.id, i.lon, i.lat, i.responsible_area_id, i.category_code, i.description,
      incidents_ms(i.reported_at) from incidents_incidents i
    where i.is_open and i.lon is null and i.responsible_area_id = %L::uuid and %s
    order by i.reported_at desc limit %s)', cells, here, c, max_rows, f->>'area_id', c, max_rows);
end $$;
revoke all on function incidents_near(jsonb, int) from public;
grant execute on function incidents_near(jsonb, int) to wangge_app;

-- The one that stayed, of one that was merged, maybe several times over; itself otherwise.
create function incidents_root(of uuid) returns uuid language sql stable parallel safe as $$
  with recursive up as (
    select i.id, i.merged_into, 0 as steps from incidents_incidents i where i.id = of
    union all
    select i.id, i.merged_into, up.steps + 1 from up join incidents_incidents i on i.id = up.merged_into
    where up.steps < 100)
  select up.id from up order by up.steps desc limit 1
$$;
