-- Orders: what one party is asked to do about an incident.

create table dispatch_orders (
  id uuid primary key,
  incident_id uuid not null references incidents_incidents (id),
  state text not null,
  -- Where a resumed order goes back to.
  state_before text,
  is_open boolean not null generated always as
    (state in ('offered', 'accepted', 'arrived', 'handling', 'suspended')) stored,
  party_kind text not null check (party_kind in ('account', 'department')),
  party_id uuid not null,
  party_name text not null,
  -- Member of the department who took it, or the account itself.
  handler_id uuid,
  handler_name text,
  -- The incident is responded only when every required order is.
  required boolean not null,
  task text,
  offered_by uuid,
  offered_at timestamptz not null,
  accepted_at timestamptz,
  arrived_at timestamptz,
  arrived_lon double precision,
  arrived_lat double precision,
  arrived_reason text,
  responded_at timestamptz,
  responded_lon double precision,
  responded_lat double precision,
  response text,
  proof_count int not null default 0,
  -- Asked for and not decided yet.
  pending text check (pending in ('suspend', 'extend')),
  pending_until timestamptz,
  pending_reason text,
  suspended_at timestamptz,
  suspended_until timestamptz,
  -- Its own limit; the first one is kept when it is extended.
  due_at timestamptz,
  first_due_at timestamptz,
  passed_from uuid references dispatch_orders (id),
  returned_to uuid,
  ended_at timestamptz,
  ended_reason text,
  -- How the incident's end cancelled it; a merge's undoing offers these again.
  ended_how text,
  -- Of an earlier round, before the incident was reopened: counts for nothing any more.
  superseded boolean not null default false,
  updated_at timestamptz not null,
  version int not null default 1
) with (fillfactor = 85);
create index dispatch_orders_incident on dispatch_orders (incident_id);
create index dispatch_orders_party on dispatch_orders (party_id, offered_at);
create index dispatch_orders_handler on dispatch_orders (handler_id, offered_at) where handler_id is not null;
create index dispatch_orders_open on dispatch_orders (party_id) where is_open;
-- One open order for a party and incident: two clicks on "dispatch" are one order.
create unique index dispatch_orders_once on dispatch_orders (incident_id, party_kind, party_id) where is_open;

-- Keys of requests already carried out.
create table dispatch_request_keys (
  client_key uuid not null,
  subject_id uuid not null,
  request text not null,
  primary key (subject_id, client_key)
);

alter table dispatch_orders enable row level security;
-- With the incident, or one's own: also after it was returned.
create policy sees on dispatch_orders for select using (
  kernel_is_system() or (party_kind = 'account' and party_id = kernel_account()) or handler_id = kernel_account()
  or (party_kind = 'department' and party_id = any (kernel_departments()))
  or exists (select 1 from incidents_incidents i where i.id = incident_id));
create policy writes on dispatch_orders for all using (kernel_is_system()) with check (kernel_is_system());
grant select, insert, update on dispatch_orders to wangge_app;

alter table dispatch_request_keys enable row level security;
create policy platform on dispatch_request_keys using (kernel_is_system());
grant select, insert on dispatch_request_keys to wangge_app;
