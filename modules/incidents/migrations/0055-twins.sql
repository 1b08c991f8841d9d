-- Two reports of the same thing at the same moment become one: what a report says, as keys that its twin would share.

create table incidents_twin_keys (
  -- Category and normalised text, or category and a photo's checksum.
  key text collate "C" not null,
  -- The one that stays: a twin's key names the incident that it was merged into.
  incident_id uuid not null,
  lon double precision not null,
  lat double precision not null,
  at timestamptz not null
);
create index incidents_twin_keys_key on incidents_twin_keys (key, at);
create index incidents_twin_keys_at on incidents_twin_keys (at);
-- Keys hold a digest of what was said, nobody's business but the platform's.
alter table incidents_twin_keys enable row level security;
create policy platform on incidents_twin_keys for all using (kernel_is_system()) with check (kernel_is_system());
grant select, delete on incidents_twin_keys to wangge_app;

-- Metres between two places as near as a street: on a plane.
create function incidents_near_m(lon1 float8, lat1 float8, lon2 float8, lat2 float8) returns float8
  language sql immutable parallel safe as $$
  select 111195 * sqrt((lat2 - lat1) ^ 2 + ((lon2 - lon1) * cos(radians((lat1 + lat2) / 2))) ^ 2)
$$;

/*
 * `p`: [{id, keys, lon, lat, at}] of incidents that this transaction made, `within_m`, `within_ms`. Answers those with a
 * twin that came before and is still open. Whoever brings the same key waits here until this transaction has ended.
 */
create function incidents_find_twins(p jsonb, within_m float8, within_ms float8) returns table (id uuid, twin_id uuid)
  language plpgsql security definer set search_path = public, pg_temp as $$
#variable_conflict use_column
declare
  r record;
  first uuid;
begin
  -- In one order, so that two who share several keys do not wait for each other in a ring.
  perform pg_advisory_xact_lock(k.lock) from (
    select distinct hashtextextended(key, 7) as lock
    from jsonb_to_recordset(p) as x(keys text[]), unnest(x.keys) as key order by 1) as k;
  for r in select * from jsonb_to_recordset(p) as x(id uuid, keys text[], lon float8, lat float8, at timestamptz)
           order by x.at, x.id loop
    select t.incident_id into first from incidents_twin_keys t
    join incidents_incidents i on i.id = t.incident_id and i.is_open
    where t.key = any (r.keys) and t.incident_id <> r.id
      and t.at between r.at - make_interval(secs => within_ms / 1000) and r.at + make_interval(secs => within_ms / 1000)
      and incidents_near_m(t.lon, t.lat, r.lon, r.lat) <= within_m
    order by t.at, t.incident_id limit 1;
    insert into incidents_twin_keys (key, incident_id, lon, lat, at)
    select key, coalesce(first, r.id), r.lon, r.lat, r.at from unnest(r.keys) as key;
    if first is not null then
      id := r.id;
      twin_id := first;
      return next;
    end if;
  end loop;
end $$;
revoke all on function incidents_find_twins(jsonb, float8, float8) from public;
grant execute on function incidents_find_twins(jsonb, float8, float8) to wangge_app;
