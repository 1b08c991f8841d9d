-- Filters that a person named, to come back to. They hold the words of an address, not an answer: what they
-- show follows the person's reach at the time.
create table incidents_saved_filters (
  id uuid primary key,
  account_id uuid not null,
  name text not null check (char_length(name) between 1 and 40),
  search jsonb not null,
  at timestamptz not null,
  unique (account_id, name)
);
alter table incidents_saved_filters enable row level security;
create policy own on incidents_saved_filters
  using (account_id = kernel_account()) with check (account_id = kernel_account());
grant select, insert, update, delete on incidents_saved_filters to wangge_app;
