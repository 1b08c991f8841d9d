-- The tree of areas, its versions, shapes as a topology, the background map, and QR points.

-- Grows with every change of what is in force; a process compares it with what it holds in memory.
create sequence areas_generation;
grant usage on sequence areas_generation to wangge_app;

create table areas_versions (
  id uuid primary key,
  state text not null check (state in ('draft', 'published', 'superseded', 'layer')),
  note text not null,
  -- What was in force when the draft was made: publishing it over anything else would undo others' work.
  base_id uuid references areas_versions (id),
  created_at timestamptz not null,
  created_by uuid,
  effective_at timestamptz,
  area_count int not null,
  faults jsonb not null,
  -- Equal contents have equal hashes: importing a file twice changes nothing.
  content_hash text not null,
  -- Set once it came into force, and again when a name in it changes.
  generation bigint
);
create unique index areas_versions_one_published on areas_versions (state) where state = 'published';
create index areas_versions_created on areas_versions (created_at desc);
create index areas_versions_due on areas_versions (effective_at) where state = 'draft' and effective_at is not null;

-- One row for every area that ever was in force, as it is now (or was when it ended).
create table areas_areas (
  id uuid primary key,
  level text not null check (level in ('county', 'town', 'village', 'grid', 'micro-grid')),
  code text not null,
  name text not null,
  parent_id uuid references areas_areas (id),
  path text not null,
  population int check (population >= 0),
  households int check (households >= 0),
  center_lon double precision,
  center_lat double precision,
  ended_at timestamptz
);
-- A code may be given anew once its area has ended.
create unique index areas_areas_code on areas_areas (level, code) where ended_at is null;
create index areas_areas_path on areas_areas (path text_pattern_ops);
create index areas_areas_parent on areas_areas (parent_id);

-- The areas of one version. No reference to areas_areas: a draft's new areas are not areas yet.
create table areas_entries (
  version_id uuid not null references areas_versions (id) on delete cascade,
  area_id uuid not null,
  level text not null check (level in ('county', 'town', 'village', 'grid', 'micro-grid')),
  code text not null,
  name text not null,
  parent_id uuid,
  population int check (population >= 0),
  households int check (households >= 0),
  center_lon double precision,
  center_lat double precision,
  -- Nobody drew it: its outline is that of the areas below.
  derived boolean not null,
  -- Equal shapes have equal hashes, wherever their rings begin and whichever way they turn.
  shape_hash text not null,
  primary key (version_id, area_id),
  unique (version_id, level, code)
);

-- Borders in integer 1e-7 degrees, `lon, lat, lon, lat, …`; each stretch once, whoever shares it.
create table areas_arcs (
  version_id uuid not null references areas_versions (id) on delete cascade,
  arc int not null,
  positions int[] not null,
  primary key (version_id, arc)
);
-- A ring is a list of arcs, `~i` (negative) for arc `i` backwards, as in TopoJSON.
create table areas_rings (
  version_id uuid not null,
  area_id uuid not null,
  polygon int not null,
  ring int not null,
  arcs int[] not null,
  primary key (version_id, area_id, polygon, ring),
  foreign key (version_id, area_id) references areas_entries (version_id, area_id) on delete cascade
);

create table areas_basemap (
  seq int primary key,
  kind text not null check (kind in ('water', 'river', 'road-main', 'road', 'building', 'poi')),
  name text,
  lines jsonb not null
);

-- A sign on a wall keeps its token for ever; the place finds the area when the one it was made for has ended.
create table areas_qr_points (
  token text primary key check (token ~ '^[0-9A-HJKMNP-TV-Z]{10}$'),
  area_id uuid not null unique references areas_areas (id),
  lon double precision,
  lat double precision,
  created_at timestamptz not null
);

alter table areas_versions enable row level security;
alter table areas_areas enable row level security;
alter table areas_entries enable row level security;
alter table areas_arcs enable row level security;
alter table areas_rings enable row level security;
alter table areas_basemap enable row level security;
alter table areas_qr_points enable row level security;

-- Areas are no secret within the house; drafts are the editors' business.
create function areas_may_read() returns boolean language sql stable parallel safe
  as $$ select kernel_is_system() or kernel_account() is not null $$;
create function areas_may_edit() returns boolean language sql stable parallel safe
  as $$ select kernel_is_system() or 'system-admin' = any (kernel_roles()) $$;
create function areas_may_read_versions() returns boolean language sql stable parallel safe
  as $$ select kernel_is_system() or kernel_roles() && array['system-admin', 'leader', 'dispatcher'] $$;

create policy read on areas_areas for select using (areas_may_read());
create policy edit on areas_areas for all using (areas_may_edit()) with check (areas_may_edit());
create policy read on areas_basemap for select using (areas_may_read());
create policy edit on areas_basemap for all using (areas_may_edit()) with check (areas_may_edit());
create policy read on areas_versions for select using (areas_may_read_versions());
create policy edit on areas_versions for all using (areas_may_edit()) with check (areas_may_edit());
create policy read on areas_entries for select using (areas_may_read_versions());
create policy edit on areas_entries for all using (areas_may_edit()) with check (areas_may_edit());
create policy read on areas_arcs for select using (areas_may_read_versions());
create policy edit on areas_arcs for all using (areas_may_edit()) with check (areas_may_edit());
create policy read on areas_rings for select using (areas_may_read_versions());
create policy edit on areas_rings for all using (areas_may_edit()) with check (areas_may_edit());
create policy read on areas_qr_points for select
  using (kernel_is_system() or kernel_roles() && array['system-admin', 'dispatcher', 'grid-head']);
create policy edit on areas_qr_points for all using (areas_may_edit()) with check (areas_may_edit());

grant select, insert, update, delete on areas_versions, areas_areas, areas_entries, areas_arcs, areas_rings, areas_basemap
  to wangge_app;
-- A token is on paper somewhere: none is ever changed or taken away.
grant select, insert on areas_qr_points to wangge_app;

-- Whoever stands before a sign knows its token, and learns which area it hangs in; nobody can list them.
create function areas_qr_point(asked text)
  returns table (area_id uuid, lon double precision, lat double precision)
  language sql stable security definer set search_path = public, pg_temp
  as $$ select q.area_id, q.lon, q.lat from areas_qr_points q where q.token = asked $$;
create function areas_qr_token(asked uuid) returns text
  language sql stable security definer set search_path = public, pg_temp
  as $$ select q.token from areas_qr_points q where q.area_id = asked $$;
revoke all on function areas_qr_point(text), areas_qr_token(uuid) from public;
grant execute on function areas_qr_point(text), areas_qr_token(uuid) to wangge_app;
