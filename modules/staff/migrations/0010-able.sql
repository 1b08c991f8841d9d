-- What somebody can do, and when they are away: candidates for an order are ranked by it.

create table staff_skills (
  account_id uuid not null references staff_accounts,
  skill text not null check (skill = btrim(skill) and skill <> ''),
  -- Training that has to be repeated is good until then; null: for good.
  trained_until timestamptz,
  primary key (account_id, skill)
);
grant select, insert, delete on staff_skills to wangge_app;
alter table staff_skills enable row level security;
create policy skills_read on staff_skills for select using (kernel_is_system() or kernel_account() is not null);
create policy skills_write on staff_skills for all
  using (kernel_is_system() or 'system-admin' = any(kernel_roles()))
  with check (kernel_is_system() or 'system-admin' = any(kernel_roles()));

-- Why somebody is away is nobody's business here.
create table staff_leaves (
  account_id uuid not null references staff_accounts,
  from_at timestamptz not null,
  to_at timestamptz not null,
  primary key (account_id, from_at),
  check (from_at < to_at)
);
grant select, insert, update, delete on staff_leaves to wangge_app;
alter table staff_leaves enable row level security;
create policy leaves_read on staff_leaves for select using (kernel_is_system() or kernel_account() is not null);
create policy leaves_write on staff_leaves for all
  using (kernel_is_system() or 'system-admin' = any(kernel_roles()))
  with check (kernel_is_system() or 'system-admin' = any(kernel_roles()));
