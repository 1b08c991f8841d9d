-- What a reporter said of an earlier closing, before the matter was done again and judged anew.
create table incidents_former_ratings (
  incident_id uuid not null references incidents_incidents (id),
  rated_at timestamptz not null,
  replaced_at timestamptz not null,
  response smallint not null,
  resolved boolean not null,
  satisfied smallint not null,
  text text,
  primary key (incident_id, rated_at)
);
alter table incidents_former_ratings enable row level security;
create policy with_incident on incidents_former_ratings for select
  using (kernel_is_system() or exists (select 1 from incidents_incidents i where i.id = incident_id));
create policy platform on incidents_former_ratings for all using (kernel_is_system()) with check (kernel_is_system());
grant select, insert on incidents_former_ratings to wangge_app;
