-- Clients of Open311 and their keys. A key has 256 random bits, so its plain hash cannot be turned back.

create table integrations_clients (
  id uuid primary key,
  name text not null,
  key_hash bytea not null unique,
  key_prefix text not null,
  created_at timestamptz not null,
  created_by uuid,
  -- To the hour, so that busy clients do not write a row for each request.
  last_used_at timestamptz,
  revoked_at timestamptz
);
grant select, insert on integrations_clients to wangge_app;
grant update (last_used_at, revoked_at) on integrations_clients to wangge_app;
alter table integrations_clients enable row level security;
create policy integrations_clients_admin on integrations_clients for all
  using (kernel_is_system() or 'system-admin' = any(kernel_roles()))
  with check (kernel_is_system() or 'system-admin' = any(kernel_roles()));
