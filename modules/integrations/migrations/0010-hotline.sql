-- Orders of hotlines and mailboxes: where they come from, how their columns are read, and which incident each became.

create table integrations_sources (
  id uuid primary key,
  name text not null unique,
  -- Columns to fields, words to categories, zone and order of dates.
  mapping jsonb not null,
  -- Whoever may deliver and fetch by key; null: by file only.
  client_id uuid unique references integrations_clients (id),
  active boolean not null,
  updated_at timestamptz not null,
  version int not null default 1
);
alter table integrations_sources enable row level security;
create policy integrations_sources_read on integrations_sources for select
  using (kernel_is_system() or kernel_roles() && array['system-admin', 'dispatcher']);
create policy integrations_sources_write on integrations_sources for all
  using (kernel_is_system() or 'system-admin' = any (kernel_roles()))
  with check (kernel_is_system() or 'system-admin' = any (kernel_roles()));
grant select, insert, update on integrations_sources to wangge_app;

create table integrations_orders (
  source_id uuid not null references integrations_sources (id),
  -- As the other system numbers it: the same number is the same matter, however often it comes.
  outer_number text collate "C" not null,
  incident_id uuid not null unique,
  -- The row as it came, encrypted: it carries names and telephones, and is handed back with the answer.
  row_sealed text not null,
  -- Keyed digest of the row: says whether it came again unchanged.
  row_mac text not null,
  first_at timestamptz not null,
  last_at timestamptz not null,
  primary key (source_id, outer_number)
);
alter table integrations_orders enable row level security;
create policy integrations_orders_platform on integrations_orders for all
  using (kernel_is_system()) with check (kernel_is_system());
grant select, insert, update on integrations_orders to wangge_app;
