-- Who has an incident open. Gone with a crash, and should be: hence no journal; a beat changes one small row.
create unlogged table incidents_presence (
  incident_id uuid not null,
  account_id uuid not null,
  -- One person may have it open twice.
  tab uuid not null,
  name text not null,
  doing text not null check (doing in ('reading', 'dispatching')),
  since timestamptz not null,
  seen_at timestamptz not null,
  primary key (incident_id, account_id, tab)
) with (fillfactor = 50);
create index incidents_presence_seen on incidents_presence (seen_at);

alter table incidents_presence enable row level security;
-- Whoever may see the incident may see who is on it; nobody is there in another's name.
create policy seen on incidents_presence for select
  using (kernel_is_system() or exists (select 1 from incidents_incidents i where i.id = incident_id));
create policy own on incidents_presence for all
  using (kernel_is_system() or account_id = kernel_account())
  with check (kernel_is_system() or (account_id = kernel_account()
    and exists (select 1 from incidents_incidents i where i.id = incident_id)));
grant select, insert, update, delete on incidents_presence to wangge_app;
