-- The desk's map where there are many: numbers by cell, and points of one part of the map. Both apply the caller's scope
-- themselves, as lists do. An anonymous report is where the caller may see it: who does not may not learn its place
-- from the cell that it counts in either, nor by asking for ever smaller parts of the map.

-- Columns and rows of the Mercator square, `around` of them around the earth; cells.ts reckons the same.
create function incidents_map_x(lon float8, around int) returns int language sql immutable strict parallel safe
  as $$ select least(floor((lon + 180) / 360 * around)::int, around - 1) $$;
create function incidents_map_y(lat float8, around int) returns int language sql immutable strict parallel safe
  as $$ select floor((1 - ln(tan(radians(least(greatest(lat, -85.05), 85.05)) / 2 + pi() / 4)) / pi()) / 2 * around)::int $$;

-- Whether the caller sees the place of `i`; '' among the paths is everywhere.
create function incidents_place_seen(paths text[], departments uuid[]) returns text
  language sql immutable set search_path = public, pg_temp as $$
  select case when '' = any (paths) then 'true' else
    format('(not i.anonymous or i.department_ids && %L::uuid[] or exists (select 1 from unnest(%L::text[]) as e(path)
      where starts_with(i.responsible_path, e.path)))', departments, paths) end
$$;

-- Whether `i` shows within a box (west, south, east, north); `middles`: areas whose middle is in it.
create function incidents_within(box float8[], seen text, middles uuid[]) returns text
  language sql immutable set search_path = public, pg_temp as $$
  select case when box is null then 'true' else
    format('((%1$s and i.lon between %2$L and %4$L and i.lat between %3$L and %5$L)
      or (not %1$s and i.responsible_area_id = any (%6$L::uuid[])))', seen, box[1], box[2], box[3], box[4], middles) end
$$;

-- Counts by cell, the fullest first. Of what the caller sees no place of: by area, without a cell or sums.
create function incidents_cells(f jsonb, around int, box float8[], paths text[], departments uuid[], middles uuid[], max_rows int)
  returns table (x int, y int, area_id uuid, n bigint, lon_sum float8, lat_sum float8, worst int, overdue bigint)
  language plpgsql stable security definer set search_path = public, pg_temp as $$
declare
  seen text := incidents_place_seen(paths, departments);
begin
  return query execute format('
    select case when p.seen then incidents_map_x(i.lon, %1$s) end, case when p.seen then incidents_map_y(i.lat, %1$s) end,
      case when not p.seen then i.responsible_area_id end, count(*), sum(case when p.seen then i.lon end),
      sum(case when p.seen then i.lat end),
      max(case i.severity when ''emergency'' then 2 when ''urgent'' then 1 else 0 end),
      count(*) filter (where i.is_open and coalesce(i.clock_stopped_at, %2$L::timestamptz) >= i.deadline_at)
    from incidents_incidents i, lateral (select %3$s as seen) p
    where i.lon is not null and i.lat is not null and %4$s and %5$s
    group by 1, 2, 3 order by 4 desc, 1, 2, 3 limit %6$s',
    around, f->>'now', seen, incidents_condition(f), incidents_within(box, seen, middles), max_rows);
end $$;

-- As incidents_points, of one part of the map.
create function incidents_points_within(f jsonb, max_rows int, box float8[], paths text[], departments uuid[], middles uuid[])
  returns table (id uuid, lon float8, lat float8, state text, severity text, deadline_ms float8, warn_ms float8,
    stopped_ms float8)
  language plpgsql stable security definer set search_path = public, pg_temp as $$
begin
  return query execute 'select i.id, i.lon, i.lat, i.state, i.severity, incidents_ms(i.deadline_at), incidents_ms(i.warn_at),
      incidents_ms(i.clock_stopped_at)
    from incidents_incidents i where i.is_open and i.lon is not null and ' || incidents_condition(f)
    || ' and ' || incidents_within(box, incidents_place_seen(paths, departments), middles)
    || format(' order by i.reported_at desc, i.id desc limit %s', max_rows);
end $$;

revoke all on function incidents_place_seen(text[], uuid[]), incidents_within(float8[], text, uuid[]),
  incidents_cells(jsonb, int, float8[], text[], uuid[], uuid[], int),
  incidents_points_within(jsonb, int, float8[], text[], uuid[], uuid[]) from public;
grant execute on function incidents_cells(jsonb, int, float8[], text[], uuid[], uuid[], int),
  incidents_points_within(jsonb, int, float8[], text[], uuid[], uuid[]) to wangge_app;
