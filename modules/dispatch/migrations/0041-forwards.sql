-- An order that its party asks a colleague to take over; it is the party's until the colleague takes it.
create table dispatch_forwards (
  -- The client's key, so that the same tap again finds it.
  id uuid primary key,
  order_id uuid not null references dispatch_orders (id),
  incident_id uuid not null references incidents_incidents (id),
  state text not null check (state in ('asked', 'accepted', 'declined', 'withdrawn')),
  from_id uuid not null,
  from_name text not null,
  to_id uuid not null,
  to_name text not null,
  reason text not null,
  answer text,
  asked_at timestamptz not null,
  ended_at timestamptz,
  check (from_id <> to_id),
  check ((state = 'asked') = (ended_at is null))
);
-- One colleague is asked at a time.
create unique index dispatch_forwards_asked on dispatch_forwards (order_id) where state = 'asked';
create index dispatch_forwards_from on dispatch_forwards (from_id, asked_at);
create index dispatch_forwards_to on dispatch_forwards (to_id, asked_at);

alter table dispatch_forwards enable row level security;
create policy sees on dispatch_forwards for select using (
  kernel_is_system() or from_id = kernel_account() or to_id = kernel_account());
create policy writes on dispatch_forwards for all using (kernel_is_system()) with check (kernel_is_system());
grant select, insert, update on dispatch_forwards to wangge_app;
