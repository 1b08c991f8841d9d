-- Recordings: segments by day, the chain that shows a missing or altered one, what is kept beyond its time, copies.

create table video_segments (
  camera_id uuid not null,
  start_at timestamptz not null,
  end_at timestamptz not null check (end_at >= start_at),
  variant text not null check (variant in ('main', 'sub')),
  -- The file lies at `video/rec/<camera>/<yyyy-mm-dd>/<start in ms>.mp4` of the data folder.
  bytes bigint not null check (bytes > 0),
  sha256 bytea not null check (length(sha256) = 32),
  -- RFC 6381, and whether the file was ended properly or saved after a crash.
  codecs text[] not null,
  width int not null,
  height int not null,
  saved boolean not null,
  -- Place in the camera's chain: SHA-256 over the one before and what this row says of its file.
  seq bigint not null,
  prev_chain bytea not null,
  chain bytea not null,
  primary key (camera_id, start_at)
) partition by range (start_at);
create index video_segments_seq on video_segments (camera_id, seq);

-- Where the chain of a camera stands; its row is the lock under which segments are added.
create table video_chains (
  camera_id uuid primary key,
  seq bigint not null,
  head bytea not null,
  -- Of all files that are there now: summing up millions of rows for each look at the quota takes too long.
  bytes bigint not null
);

-- What was deleted by rule leaves its place in the chain, so that a file that went otherwise shows.
create table video_evictions (
  camera_id uuid not null,
  first_seq bigint not null,
  last_seq bigint not null check (last_seq >= first_seq),
  prev_chain bytea not null,
  chain bytea not null,
  from_at timestamptz not null,
  to_at timestamptz not null,
  bytes bigint not null,
  why text not null check (why in ('ceiling', 'quota')),
  at timestamptz not null,
  primary key (camera_id, first_seq)
);

create table video_locks (
  id uuid primary key,
  -- Of the client: the same request twice makes one lock.
  key uuid not null,
  camera_id uuid not null references video_cameras (id),
  from_at timestamptz not null,
  to_at timestamptz not null check (to_at > from_at),
  reason text not null,
  incident_id uuid,
  account_id uuid not null,
  account_name text not null,
  made_at timestamptz not null,
  until_at timestamptz not null,
  released_at timestamptz,
  released_by_name text,
  release_reason text,
  unique (account_id, key)
);
create index video_locks_camera on video_locks (camera_id, from_at) where released_at is null;

create table video_exports (
  id uuid primary key,
  key uuid not null,
  camera_id uuid not null references video_cameras (id),
  view_id uuid not null,
  from_at timestamptz not null,
  to_at timestamptz not null check (to_at > from_at),
  purpose text not null,
  reason text not null,
  incident_id uuid,
  account_id uuid not null,
  account_name text not null,
  -- The post's unit, as the watermark shows it.
  unit text not null,
  state text not null check (state in ('waiting', 'running', 'ready', 'failed', 'expired')),
  percent int,
  error jsonb,
  -- The file lies at `video/exports/<id>.zip` of the data folder.
  bytes bigint,
  sha256 text,
  requested_at timestamptz not null,
  expires_at timestamptz,
  unique (account_id, key)
);
create index video_exports_account on video_exports (account_id, id desc);
create index video_exports_expires on video_exports (expires_at) where state = 'ready';

-- Makes the partition of the day (UTC) in which `moment` lies.
create function video_make_day(moment timestamptz) returns void
  language plpgsql security definer set search_path = public, pg_temp as $$
declare
  day date := (moment at time zone 'UTC')::date;
  name text := 'video_segments_' || to_char(day, 'YYYYMMDD');
begin
  if to_regclass(name) is not null then return; end if;
  perform pg_advisory_xact_lock(hashtext('video_make_day'));
  if to_regclass(name) is not null then return; end if;
  execute format('create table %I partition of video_segments for values from (%L) to (%L)', name,
    (day::timestamp at time zone 'UTC'), ((day + 1)::timestamp at time zone 'UTC'));
  execute format('alter table %I enable row level security', name);
end $$;
revoke all on function video_make_day(timestamptz) from public;
grant execute on function video_make_day(timestamptz) to wangge_app;

-- Drops the partitions of days before `before` in which nothing is left; answers how many.
create function video_drop_days(before timestamptz) returns int
  language plpgsql security definer set search_path = public, pg_temp as $$
declare
  part record;
  left_over boolean;
  dropped int := 0;
begin
  for part in select c.relname from pg_inherits i join pg_class c on c.oid = i.inhrelid
      where i.inhparent = 'video_segments'::regclass and c.relname ~ '^video_segments_\d{8}$'
        and to_date(right(c.relname, 8), 'YYYYMMDD') < (before at time zone 'UTC')::date
  loop
    execute format('select exists (select 1 from %I)', part.relname) into left_over;
    continue when left_over;
    execute format('drop table %I', part.relname);
    dropped := dropped + 1;
  end loop;
  return dropped;
end $$;
revoke all on function video_drop_days(timestamptz) from public;
grant execute on function video_drop_days(timestamptz) to wangge_app;

-- Adds a segment at the end of its camera's chain; one that is there already stays as it is. Answers whether it was added.
create function video_add_segment(segment jsonb) returns boolean
  language plpgsql as $$
declare
  camera uuid := segment->>'cameraId';
  starts timestamptz := to_timestamp((segment->>'startMs')::numeric / 1000.0);
  ends timestamptz := to_timestamp((segment->>'endMs')::numeric / 1000.0);
  sum bytea := decode(segment->>'sha256', 'hex');
  place video_chains;
  next bytea;
begin
  insert into video_chains values (camera, 0, sha256(convert_to(camera::text, 'UTF8')), 0) on conflict do nothing;
  select * into place from video_chains where camera_id = camera for update;
  perform 1 from video_segments where camera_id = camera and start_at = starts;
  if found then return false; end if;
  next := sha256(place.head || sum || convert_to(
    format('%s %s %s %s', place.seq + 1, segment->>'startMs', segment->>'endMs', segment->>'bytes'), 'UTF8'));
  insert into video_segments values (camera, starts, ends, segment->>'variant', (segment->>'bytes')::bigint, sum,
    array(select jsonb_array_elements_text(segment->'codecs')), (segment->>'width')::int, (segment->>'height')::int,
    (segment->>'saved')::boolean, place.seq + 1, place.head, next);
  update video_chains set seq = place.seq + 1, head = next, bytes = bytes + (segment->>'bytes')::bigint
    where camera_id = camera;
  return true;
end $$;
revoke all on function video_add_segment(jsonb) from public;
grant execute on function video_add_segment(jsonb) to wangge_app;

alter table video_segments enable row level security;
create policy with_camera on video_segments for select using (
  kernel_is_system() or exists (select 1 from video_cameras c where c.id = camera_id));
create policy writes on video_segments for all using (kernel_is_system()) with check (kernel_is_system());
grant select, insert, delete on video_segments to wangge_app;

alter table video_chains enable row level security;
create policy platform on video_chains for all using (kernel_is_system()) with check (kernel_is_system());
grant select, insert, update on video_chains to wangge_app;

alter table video_evictions enable row level security;
create policy platform on video_evictions for all using (kernel_is_system()) with check (kernel_is_system());
grant select, insert, update on video_evictions to wangge_app;

alter table video_locks enable row level security;
create policy with_camera on video_locks for select using (
  kernel_is_system() or exists (select 1 from video_cameras c where c.id = camera_id));
create policy writes on video_locks for all using (kernel_is_system()) with check (kernel_is_system());
grant select, insert, update on video_locks to wangge_app;

alter table video_exports enable row level security;
create policy own on video_exports for select using (
  kernel_is_system() or account_id = kernel_account() or kernel_roles() && '{audit-admin}');
create policy writes on video_exports for all using (kernel_is_system()) with check (kernel_is_system());
grant select, insert, update on video_exports to wangge_app;
