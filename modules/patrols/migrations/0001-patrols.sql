-- Patrols on foot (巡查): routes in versions, the rounds of a day, and their points with the check-ins.

create table patrols_routes (
  id uuid primary key,
  -- The version that new rounds are made of.
  version int not null check (version > 0),
  area_id uuid not null,
  -- Copy of the area's path, moved when borders are published: row-level security compares it.
  area_path text not null,
  created_by uuid not null,
  created_at timestamptz not null,
  ended_at timestamptz,
  ended_by_name text
);
create index patrols_routes_path on patrols_routes (area_path text_pattern_ops);

create table patrols_versions (
  route_id uuid not null references patrols_routes (id),
  version int not null,
  at timestamptz not null,
  by_name text not null,
  name text not null,
  -- {"kind":"working"} or {"kind":"weekdays","weekdays":[1..7]}, Monday is 1.
  days jsonb not null,
  -- Minutes of the town's day.
  from_min int not null check (from_min between 0 and 1439),
  to_min int not null check (to_min <= 1440 and to_min > from_min),
  -- Null: everybody with a post of the area.
  account_id uuid,
  -- In order: {name, lon, lat, radiusM, task}.
  points jsonb not null check (jsonb_array_length(points) > 0),
  primary key (route_id, version)
);

create table patrols_rounds (
  id uuid primary key,
  route_id uuid not null,
  version int not null,
  day date not null,
  account_id uuid not null,
  account_name text not null,
  route_name text not null,
  area_id uuid not null,
  area_path text not null,
  area_name text not null,
  made_at timestamptz not null,
  starts_at timestamptz not null,
  ends_at timestamptz not null check (ends_at > starts_at),
  called_off_at timestamptz,
  -- When its end was looked at, and whoever had to know of missed points was told.
  settled_at timestamptz,
  foreign key (route_id, version) references patrols_versions (route_id, version),
  -- However often the job runs.
  unique (route_id, day, account_id)
);
create index patrols_rounds_day on patrols_rounds (day, area_path text_pattern_ops);
create index patrols_rounds_account on patrols_rounds (account_id, day);
create index patrols_rounds_ends on patrols_rounds (ends_at) where settled_at is null and called_off_at is null;

create table patrols_points (
  id uuid primary key,
  round_id uuid not null references patrols_rounds (id) on delete cascade,
  -- Place in the route, from 1.
  n int not null check (n > 0),
  name text not null,
  lon double precision not null,
  lat double precision not null,
  radius_m int not null check (radius_m > 0),
  task text,
  done_at timestamptz,
  done_how text check (done_how in ('position', 'photo')),
  done_key uuid,
  -- The time is the word of a phone that was out of reach.
  by_phone boolean not null default false,
  received_at timestamptz,
  distance_m int,
  accuracy_m double precision,
  reason text,
  -- Where the person was: forgotten with the other positions.
  done_lon double precision,
  done_lat double precision,
  unique (round_id, n),
  check ((done_at is null) = (done_how is null)),
  check (done_how <> 'photo' or reason is not null)
);
create index patrols_points_positions on patrols_points (done_at) where done_lon is not null;

-- Those who lead see what lies in their areas.
create function patrols_leads(path text) returns boolean language sql stable parallel safe
  as $$ select kernel_roles() && '{grid-head,dispatcher,leader}' and kernel_reaches(path) $$;

alter table patrols_routes enable row level security;
create policy sees on patrols_routes for select using (kernel_is_system() or patrols_leads(area_path));
create policy writes on patrols_routes for all using (kernel_is_system()) with check (kernel_is_system());
grant select, insert, update on patrols_routes to wangge_app;

alter table patrols_versions enable row level security;
create policy with_route on patrols_versions for select using (
  kernel_is_system() or exists (select 1 from patrols_routes r where r.id = route_id));
create policy writes on patrols_versions for all using (kernel_is_system()) with check (kernel_is_system());
grant select, insert on patrols_versions to wangge_app;

alter table patrols_rounds enable row level security;
create policy sees on patrols_rounds for select using (
  kernel_is_system() or account_id = kernel_account() or patrols_leads(area_path));
create policy writes on patrols_rounds for all using (kernel_is_system()) with check (kernel_is_system());
grant select, insert, update, delete on patrols_rounds to wangge_app;

alter table patrols_points enable row level security;
create policy with_round on patrols_points for select using (
  kernel_is_system() or exists (select 1 from patrols_rounds r where r.id = round_id));
create policy writes on patrols_points for all using (kernel_is_system()) with check (kernel_is_system());
grant select, insert, update, delete on patrols_points to wangge_app;
