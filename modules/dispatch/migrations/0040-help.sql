-- A member asks for help (求助): where, how exactly that is known, whom it was told, who took it.
create table dispatch_helps (
  -- The client's key, so that the same tap again finds it.
  id uuid primary key,
  at timestamptz not null,
  received_at timestamptz not null,
  account_id uuid not null,
  account_name text not null,
  area_path text not null,
  area_name text not null,
  incident_id uuid references incidents_incidents (id),
  text text not null,
  lon double precision,
  lat double precision,
  accuracy_m double precision,
  -- When the position was measured.
  placed_at timestamptz,
  told_ids uuid[] not null,
  told_names text not null,
  answered_at timestamptz,
  answered_by uuid,
  answered_by_name text,
  check ((lon is null) = (lat is null) and (lon is null) = (placed_at is null))
);
create index dispatch_helps_at on dispatch_helps (received_at desc);
create index dispatch_helps_account on dispatch_helps (account_id, received_at);
create index dispatch_helps_incident on dispatch_helps (incident_id) where incident_id is not null;

-- Who was shown somebody's position, once each: the audit has the same.
create table dispatch_help_looks (
  help_id uuid not null references dispatch_helps (id),
  account_id uuid not null,
  at timestamptz not null,
  primary key (help_id, account_id)
);

alter table dispatch_helps enable row level security;
create policy sees on dispatch_helps for select using (
  kernel_is_system() or account_id = kernel_account() or kernel_account() = any(told_ids)
  or (kernel_roles() && array['grid-head', 'village-cadre', 'dispatcher', 'leader'] and kernel_reaches(area_path)));
create policy writes on dispatch_helps for all using (kernel_is_system()) with check (kernel_is_system());
grant select, insert, update on dispatch_helps to wangge_app;

alter table dispatch_help_looks enable row level security;
create policy platform on dispatch_help_looks for all using (kernel_is_system()) with check (kernel_is_system());
grant select, insert on dispatch_help_looks to wangge_app;
