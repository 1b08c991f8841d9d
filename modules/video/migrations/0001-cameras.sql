-- Cameras, what is known of their lines, who looked at them, and the processes that carry video.

create table video_cameras (
  id uuid primary key,
  -- Of the client that entered it: the same request twice makes one camera.
  key uuid not null unique,
  version int not null check (version > 0),
  name text not null,
  code text,
  class text not null check (class in ('public', 'restricted', 'household')),
  lon double precision not null,
  lat double precision not null,
  area_id uuid not null,
  -- Copy of the area's path, moved when borders are published: row-level security compares it.
  area_path text not null,
  address text,
  -- {bearingDeg, angleDeg, distanceM}
  cone jsonb,
  tags text[] not null default '{}',
  group_name text,
  has_ptz boolean not null,
  has_speaker boolean not null,
  -- {responsibleBody, legalBasis, filedOn, filingNumber, installedOn, signSeenOn}
  duties jsonb not null,
  -- {mode, variant, spans, floorDays, ceilingDays}
  recording jsonb not null,
  source_kind text not null check (source_kind in ('rtsp', 'onvif', 'gb28181')),
  -- As `sourceInputSchema` without its password.
  source jsonb not null,
  -- Sealed by the application (purpose `video.camera-password`); null: none.
  source_password text,
  owner_account_id uuid,
  paused_at timestamptz,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  retired_at timestamptz,
  check ((class = 'household') = (owner_account_id is not null))
);
create unique index video_cameras_code on video_cameras (code) where code is not null and retired_at is null;
create unique index video_cameras_channel on video_cameras ((source->>'deviceId'), (source->>'channelId'))
  where source_kind = 'gb28181' and retired_at is null;
create index video_cameras_path on video_cameras (area_path text_pattern_ops);

-- Written by whoever pulls or asks: the media workers, and the SIP process for its devices.
create table video_states (
  camera_id uuid primary key references video_cameras (id) on delete cascade,
  link text not null check (link in ('unknown', 'online', 'offline', 'refused', 'faulty')),
  since timestamptz not null,
  reason text,
  checked_at timestamptz not null,
  last_frame_at timestamptz,
  codec text,
  width int,
  height int,
  -- The file lies at `video/stills/<camera>.jpg` of the data folder.
  still_at timestamptz
);

-- One row for each look: made with its ticket, begun by the worker that took the ticket, ended by it.
create table video_views (
  id uuid primary key,
  camera_id uuid not null references video_cameras (id),
  account_id uuid,
  account_name text not null,
  kind text not null check (kind in ('live', 'playback', 'export')),
  variant text not null check (variant in ('main', 'sub')),
  purpose text,
  reason text,
  incident_id uuid,
  from_at timestamptz,
  to_at timestamptz,
  asked_at timestamptz not null,
  -- Ticket that may be taken now; null once it was: a ticket works once.
  ticket uuid,
  ticket_until timestamptz,
  started_at timestamptz,
  -- Refreshed while it goes on, so that a worker that was killed leaves no look without an end.
  seen_at timestamptz,
  ended_at timestamptz
);
create index video_views_camera on video_views (camera_id, asked_at desc);
create index video_views_asked on video_views (asked_at desc);
create index video_views_open on video_views (seen_at) where started_at is not null and ended_at is null;

-- Processes that carry video or speak SIP, as they announce themselves every few seconds.
create table video_nodes (
  kind text not null check (kind in ('media', 'sip')),
  shard int not null,
  shards int not null check (shards > shard and shard >= 0),
  -- Where browsers reach it: `ws://host:port`; null for SIP.
  public_url text,
  -- Where other processes of the platform reach it: `http://127.0.0.1:port`.
  inner_url text not null,
  -- What it can do: {webrtc, ffmpeg}
  facts jsonb not null default '{}',
  beat_at timestamptz not null,
  primary key (kind, shard)
);

-- Who leads an area or works in it sees its cameras; the owner sees the own one; administrators keep the register.
create function video_reaches(path text, owner uuid) returns boolean language sql stable parallel safe
  as $$ select owner = kernel_account() or kernel_roles() && '{system-admin}' or (
    kernel_roles() && '{grid-head,grid-member,village-cadre,police,dispatcher,leader}' and kernel_reaches(path)) $$;

alter table video_cameras enable row level security;
create policy sees on video_cameras for select using (kernel_is_system() or video_reaches(area_path, owner_account_id));
create policy writes on video_cameras for all using (kernel_is_system()) with check (kernel_is_system());
grant select, insert, update on video_cameras to wangge_app;

alter table video_states enable row level security;
create policy with_camera on video_states for select using (
  kernel_is_system() or exists (select 1 from video_cameras c where c.id = camera_id));
create policy writes on video_states for all using (kernel_is_system()) with check (kernel_is_system());
grant select, insert, update, delete on video_states to wangge_app;

alter table video_views enable row level security;
create policy sees on video_views for select using (
  kernel_is_system() or account_id = kernel_account() or kernel_roles() && '{audit-admin}'
  or exists (select 1 from video_cameras c where c.id = camera_id and c.owner_account_id = kernel_account()));
create policy writes on video_views for all using (kernel_is_system()) with check (kernel_is_system());
grant select, insert, update on video_views to wangge_app;

alter table video_nodes enable row level security;
create policy reads on video_nodes for select using (true);
create policy writes on video_nodes for all using (kernel_is_system()) with check (kernel_is_system());
grant select, insert, update, delete on video_nodes to wangge_app;
