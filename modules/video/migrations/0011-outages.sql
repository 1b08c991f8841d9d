-- Which outages of cameras were told of, so that each is told of once.
create table video_outages (
  camera_id uuid not null references video_cameras (id),
  -- As `video_states` had it.
  since timestamptz not null,
  incident_id uuid,
  told_at timestamptz not null,
  primary key (camera_id, since)
);
alter table video_outages enable row level security;
create policy platform on video_outages for all using (kernel_is_system()) with check (kernel_is_system());
grant select, insert, update on video_outages to wangge_app;
create index video_states_down on video_states (since) where link in ('offline', 'faulty');
