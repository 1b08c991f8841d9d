-- Whistle and report-in (吹哨报到): the town calls departments to a place, each reports in within a limit.

create table dispatch_whistles (
  id uuid primary key,
  incident_id uuid not null references incidents_incidents (id),
  state text not null check (state in ('asked', 'sounded', 'declined', 'ended')),
  asked_by uuid,
  asked_by_name text,
  asked_at timestamptz,
  asked_reason text,
  sounded_by uuid,
  sounded_by_name text,
  sounded_at timestamptz,
  limit_min int check (limit_min between 1 and 1440),
  due_at timestamptz,
  -- When the town and the departments were told that somebody is late; null until then.
  late_told_at timestamptz,
  lon double precision,
  lat double precision,
  meeting_point text,
  radius_m int,
  task text,
  -- Of the calls, so that a department's people see the whistle without a look at the calls.
  department_ids uuid[] not null default '{}',
  declined_reason text,
  ended_at timestamptz,
  ended_by_name text,
  ended_reason text,
  check ((state in ('sounded', 'ended')) = (due_at is not null))
);
create index dispatch_whistles_incident on dispatch_whistles (incident_id);
create index dispatch_whistles_sounded on dispatch_whistles (sounded_at);
create index dispatch_whistles_due on dispatch_whistles (due_at) where state = 'sounded' and late_told_at is null;
create index dispatch_whistles_departments on dispatch_whistles using gin (department_ids) where state = 'sounded';
-- Asked twice by the same person is asked once.
create unique index dispatch_whistles_asked on dispatch_whistles (incident_id, asked_by) where state = 'asked';

-- One department of one whistle.
create table dispatch_whistle_calls (
  whistle_id uuid not null references dispatch_whistles (id),
  department_id uuid not null,
  department_name text not null,
  present_at timestamptz,
  present_how text check (present_how in ('position', 'word')),
  present_name text,
  present_lon double precision,
  present_lat double precision,
  present_accuracy_m double precision,
  present_distance_m int,
  attitude int check (attitude between 1 and 5),
  speed int check (speed between 1 and 5),
  result int check (result between 1 and 5),
  rating_words text,
  rated_by_name text,
  rated_at timestamptz,
  primary key (whistle_id, department_id),
  check ((present_at is null) = (present_how is null)),
  check ((rated_at is null) = (attitude is null) and (rated_at is null) = (speed is null) and (rated_at is null) = (result is null))
);
create index dispatch_whistle_calls_department on dispatch_whistle_calls (department_id);

alter table dispatch_whistles enable row level security;
create policy sees on dispatch_whistles for select using (
  kernel_is_system() or asked_by = kernel_account() or department_ids && kernel_departments()
  or exists (select 1 from incidents_incidents i where i.id = incident_id));
create policy writes on dispatch_whistles for all using (kernel_is_system()) with check (kernel_is_system());
grant select, insert, update on dispatch_whistles to wangge_app;

alter table dispatch_whistle_calls enable row level security;
create policy with_whistle on dispatch_whistle_calls for select using (
  kernel_is_system() or exists (select 1 from dispatch_whistles w where w.id = whistle_id));
create policy writes on dispatch_whistle_calls for all using (kernel_is_system()) with check (kernel_is_system());
grant select, insert, update on dispatch_whistle_calls to wangge_app;
