-- Devices that may register by GB/T 28181, what they said they have, and who turns which camera.

create table video_gb_devices (
  device_id text primary key check (device_id ~ '^[0-9]{20}$'),
  name text not null,
  -- Sealed by the application (purpose `video.gb-password`).
  password text not null,
  -- As the SIP process takes it up again after a restart; null: not registered.
  registration jsonb,
  registered_at timestamptz,
  keepalive_at timestamptz,
  online boolean not null default false,
  offline_reason text,
  transport text,
  manufacturer text,
  model text,
  catalog_at timestamptz,
  created_at timestamptz not null,
  -- Of name and password: the SIP process reads passwords anew when it grows.
  updated_at timestamptz not null
);
alter table video_gb_devices enable row level security;
create policy sees on video_gb_devices for select
  using (kernel_is_system() or kernel_roles() && '{system-admin,dispatcher}');
create policy writes on video_gb_devices for all using (kernel_is_system()) with check (kernel_is_system());
grant select, insert, update, delete on video_gb_devices to wangge_app;

create table video_gb_channels (
  device_id text not null references video_gb_devices (device_id) on delete cascade,
  channel_id text not null check (channel_id ~ '^[0-9]{20}$'),
  name text not null,
  online boolean not null,
  manufacturer text,
  lon double precision,
  lat double precision,
  has_ptz boolean not null,
  seen_at timestamptz not null,
  primary key (device_id, channel_id)
);
alter table video_gb_channels enable row level security;
create policy sees on video_gb_channels for select
  using (kernel_is_system() or kernel_roles() && '{system-admin,dispatcher}');
create policy writes on video_gb_channels for all using (kernel_is_system()) with check (kernel_is_system());
grant select, insert, update, delete on video_gb_channels to wangge_app;

-- Who turns a camera: one row for each, overwritten by the next. What was done with it stands in the audit trail.
create table video_ptz_leases (
  camera_id uuid primary key references video_cameras (id) on delete cascade,
  account_id uuid not null,
  account_name text not null,
  rank int not null,
  until timestamptz not null
);
alter table video_ptz_leases enable row level security;
create policy system on video_ptz_leases for all using (kernel_is_system()) with check (kernel_is_system());
grant select, insert, update, delete on video_ptz_leases to wangge_app;

-- Names of positions: many devices keep the position and forget its name.
create table video_ptz_presets (
  camera_id uuid not null references video_cameras (id) on delete cascade,
  preset int not null check (preset between 1 and 255),
  name text not null,
  -- What an ONVIF camera calls it; null with GB/T 28181, where the number is all there is.
  token text,
  primary key (camera_id, preset)
);
alter table video_ptz_presets enable row level security;
create policy with_camera on video_ptz_presets for select using (
  kernel_is_system() or exists (select 1 from video_cameras c where c.id = camera_id));
create policy writes on video_ptz_presets for all using (kernel_is_system()) with check (kernel_is_system());
grant select, insert, update, delete on video_ptz_presets to wangge_app;
