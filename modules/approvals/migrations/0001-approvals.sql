-- Requests that a second person decides.

create table approvals_requests (
  id uuid primary key,
  -- Of the client that asked: the same request twice is one.
  key uuid not null unique,
  kind text not null,
  subject_id uuid not null,
  title text not null,
  purpose text not null,
  reason text not null,
  details jsonb not null,
  -- Where the one who decides must reach.
  area_path text not null,
  by_id uuid not null,
  by_name text not null,
  asked_at timestamptz not null,
  state text not null check (state in ('waiting', 'approved', 'refused', 'withdrawn', 'expired')),
  decided_by uuid,
  decided_by_name text,
  decided_at timestamptz,
  note text,
  -- Waiting: decided until then; approved: usable until then.
  expires_at timestamptz not null,
  -- Four eyes, whatever the application says.
  check (decided_by <> by_id),
  check (state not in ('approved', 'refused') or decided_by is not null)
);
create index approvals_requests_asked on approvals_requests (asked_at desc, id desc);
create index approvals_requests_by on approvals_requests (by_id, asked_at desc);
create index approvals_requests_open on approvals_requests (expires_at) where state in ('waiting', 'approved');

alter table approvals_requests enable row level security;
create policy sees on approvals_requests for select using (
  kernel_is_system() or by_id = kernel_account()
  or (kernel_roles() && '{police,dispatcher,leader}' and kernel_reaches(area_path)));
create policy writes on approvals_requests for all using (kernel_is_system()) with check (kernel_is_system());
grant select, insert, update on approvals_requests to wangge_app;
