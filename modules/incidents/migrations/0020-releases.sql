-- What the public may read of an incident: a text of its own, so that a reporter's words and the personal
-- data in them need not be published. `incidents_incidents.released` says whether it holds now.

create table incidents_releases (
  incident_id uuid primary key references incidents_incidents (id),
  public_text text check (length(public_text) <= 4000),
  -- In the order in which they are shown.
  photo_ids uuid[] not null default '{}',
  at timestamptz not null,
  by_name text not null
);
alter table incidents_releases enable row level security;
create policy with_incident on incidents_releases
  using (kernel_is_system() or exists (select 1 from incidents_incidents i where i.id = incident_id));
grant select, insert, update, delete on incidents_releases to wangge_app;
