-- Incidents, their reporters, merges and objections. One row holds the present; history is its own table.

create table incidents_categories (
  code text primary key,
  parent_code text references incidents_categories (code),
  name_zh text not null,
  name_en text not null,
  department_id uuid,
  severity text not null check (severity in ('ordinary', 'urgent', 'emergency')),
  handle_limit_min int not null check (handle_limit_min > 0),
  public boolean not null,
  proof_required boolean not null,
  active boolean not null,
  -- The platform closes what nobody verified for so long; null: never.
  auto_close_min int check (auto_close_min > 0),
  sort_order int not null default 0,
  check (parent_code <> code)
);
-- Processes keep the categories in memory and ask with each report whether they are still right. Random,
-- not counted: a change that was rolled back must not look like the next one.
create table incidents_categories_version (only_row boolean primary key default true check (only_row), version uuid not null);
insert into incidents_categories_version (version) values (gen_random_uuid());
create function incidents_categories_changed() returns trigger language plpgsql security definer
  set search_path = public, pg_temp as $$
begin
  update incidents_categories_version set version = gen_random_uuid();
  return null;
end $$;
create trigger incidents_categories_changed after insert or update or delete on incidents_categories
  for each statement execute function incidents_categories_changed();

create sequence incidents_serial;

create table incidents_incidents (
  id uuid primary key,
  -- `YYYYMMDD-NNNNNN`, the day in the town's zone.
  number text collate "C" not null unique,
  -- `<source>:<key of the client>`: the same report sent twice is one incident.
  client_key text not null unique,
  content_hash text not null,
  source text not null,
  state text not null,
  -- Where a merge or a request to reopen leads back to.
  state_before text,
  is_open boolean not null generated always as
    (state in ('reported', 'accepted', 'registered', 'handling', 'responded', 'reopen-requested')) stored,
  severity text not null,
  category_code text not null references incidents_categories (code),
  description text not null,
  address text,
  lon double precision,
  lat double precision,
  accuracy_m real,
  -- Where it was reported: never changes.
  reported_area_id uuid,
  reported_path text collate "C" not null,
  -- Who sees and handles it: moves when borders are published or the place is corrected.
  responsible_area_id uuid,
  responsible_path text collate "C" not null,
  reporter_account_id uuid,
  reporter_phone text,
  reporter_phone_index text,
  anonymous boolean not null default false,
  receipt_hash text unique,
  self_handled boolean not null default false,
  -- Who has to do with it, kept by dispatch: row-level security, lists and live filter read these.
  assignee_ids uuid[] not null default '{}',
  department_ids uuid[] not null default '{}',
  -- Accounts that handled it: they may not verify.
  handler_ids uuid[] not null default '{}',
  open_orders int not null default 0,
  open_required_orders int not null default 0,
  reported_at timestamptz not null,
  reported_day date not null,
  written_at timestamptz,
  -- The handling clock: runs from the report to the response.
  deadline_at timestamptz,
  warn_at timestamptz,
  -- Its own limit while a merged incident's earlier one holds.
  own_deadline_at timestamptz,
  -- The first limit, kept when the clock starts anew.
  first_deadline_at timestamptz,
  clock_stopped_at timestamptz,
  clock_paused_at timestamptz,
  -- 0 nothing, 1 the warning, 2 the overdue mark was announced.
  clock_told smallint not null default 0,
  -- Closed or rejected; from here the time for objections counts.
  ended_at timestamptz,
  closed_at timestamptz,
  closed_day date,
  merged_into uuid references incidents_incidents (id),
  rating_response smallint check (rating_response between 1 and 5),
  rating_resolved boolean,
  rating_satisfied smallint check (rating_satisfied between 1 and 5),
  rating_text text,
  photo_count int not null default 0,
  proof_count int not null default 0,
  reporter_count int not null default 1,
  supervised boolean not null default false,
  escalated boolean not null default false,
  -- Text and photos may be shown to the public.
  released boolean not null default false,
  changed_by text not null,
  updated_at timestamptz not null,
  version int not null default 1,
  -- Lower case without punctuation: description, address, number.
  search_text text not null
) with (fillfactor = 85);

create index incidents_by_time on incidents_incidents (reported_at, id);
create index incidents_by_path on incidents_incidents (responsible_path, reported_at);
create index incidents_by_state on incidents_incidents (state, reported_at);
create index incidents_by_category on incidents_incidents (category_code, reported_at);
create index incidents_open on incidents_incidents (reported_at, id) where is_open;
create index incidents_open_clock on incidents_incidents (deadline_at, responsible_path)
  where is_open and clock_stopped_at is null;
create index incidents_by_reporter on incidents_incidents (reporter_account_id, reported_at)
  where reporter_account_id is not null;
create index incidents_by_phone on incidents_incidents (reporter_phone_index)
  where reporter_phone_index is not null;
create index incidents_by_assignee on incidents_incidents using gin (assignee_ids) where assignee_ids <> '{}';
create index incidents_by_department on incidents_incidents using gin (department_ids) where department_ids <> '{}';
create index incidents_merged on incidents_incidents (merged_into) where merged_into is not null;

-- Everybody who reported the same thing, also through merged incidents.
create table incidents_reporters (
  id uuid primary key,
  incident_id uuid not null references incidents_incidents (id),
  account_id uuid,
  phone text,
  phone_index text,
  at timestamptz not null
);
create index incidents_reporters_incident on incidents_reporters (incident_id);

create table incidents_merges (
  id uuid primary key,
  source_id uuid not null references incidents_incidents (id),
  target_id uuid not null references incidents_incidents (id),
  -- What the source's clock was, to be given back.
  source_stopped_at timestamptz,
  at timestamptz not null,
  undone_at timestamptz
);
create unique index incidents_merges_active on incidents_merges (source_id) where undone_at is null;
create index incidents_merges_target on incidents_merges (target_id);

-- One request to reopen a person and incident.
create table incidents_objections (
  incident_id uuid not null references incidents_incidents (id),
  -- `account:<id>` or `phone:<blind index>`.
  person_key text not null,
  reason text not null,
  at timestamptz not null,
  outcome text check (outcome in ('granted', 'refused')),
  decided_at timestamptz,
  primary key (incident_id, person_key)
);

-- Keys of moves and notes already made: the same request again answers the present state.
create table incidents_move_keys (
  incident_id uuid not null references incidents_incidents (id),
  client_key uuid not null,
  move text not null,
  primary key (incident_id, client_key)
);
