-- What a phone said of the time of an entry in the timeline that it made while it was out of reach.

create table incidents_phone_times (
  entry_id uuid primary key,
  incident_id uuid not null,
  -- Phone's clock at the tap; server's clock minus the phone's, as last measured.
  phone_at timestamptz not null,
  clock_offset_ms bigint not null,
  -- Server's clock at the last contact before the tap, and at the arrival.
  contact_at timestamptz not null,
  received_at timestamptz not null
);

create index incidents_phone_times_incident on incidents_phone_times (incident_id);

alter table incidents_phone_times enable row level security;
create policy with_incident on incidents_phone_times for select using (
  kernel_is_system() or exists (select 1 from incidents_incidents i where i.id = incident_id));
create policy platform on incidents_phone_times for insert with check (kernel_is_system());
grant select, insert on incidents_phone_times to wangge_app;
