-- Departments, accounts, posts, sessions, duty.

create table staff_departments (
  id uuid primary key,
  code text not null unique,
  name text not null,
  phone text
);
grant select, insert, update on staff_departments to wangge_app;
alter table staff_departments enable row level security;
create policy departments_read on staff_departments for select using (true);
create policy departments_write on staff_departments for all
  using (kernel_is_system() or 'system-admin' = any(kernel_roles()))
  with check (kernel_is_system() or 'system-admin' = any(kernel_roles()));

create table staff_accounts (
  id uuid primary key,
  login text not null unique check (login = lower(login)),
  name text not null,
  phone_sealed text,
  phone_mask text,
  -- Null: nobody can sign in with it (demo people, integrations).
  password_hash text,
  totp_sealed text,
  totp_on boolean not null default false,
  -- A code serves once: the last 30-second step that was accepted.
  totp_step bigint not null default 0,
  enabled boolean not null default true,
  must_change_password boolean not null default false,
  failed_count int not null default 0,
  locked_until timestamptz,
  last_seen_at timestamptz,
  created_at timestamptz not null default now()
);
-- Secrets are read through the functions below only: the application's role has no right to the columns.
grant select (id, login, name, phone_mask, totp_on, totp_step, enabled, must_change_password, failed_count, locked_until,
    last_seen_at, created_at)
  on staff_accounts to wangge_app;
grant insert on staff_accounts to wangge_app;
grant update (name, phone_sealed, phone_mask, password_hash, totp_sealed, totp_on, totp_step, enabled,
  must_change_password, failed_count, locked_until, last_seen_at) on staff_accounts to wangge_app;
alter table staff_accounts enable row level security;
create policy accounts_read on staff_accounts for select using (kernel_is_system() or kernel_account() is not null);
create policy accounts_insert on staff_accounts for insert
  with check (kernel_is_system() or 'system-admin' = any(kernel_roles()));
create policy accounts_update on staff_accounts for update
  using (kernel_is_system() or id = kernel_account() or 'system-admin' = any(kernel_roles()));

create table staff_posts (
  id uuid primary key,
  account_id uuid not null references staff_accounts,
  role text not null,
  area_id uuid not null,
  -- Copy of the area's path, moved when borders are published: row-level security compares it.
  area_path text not null,
  department_id uuid references staff_departments,
  -- Service number that signs and the residents' page may show.
  public_phone text,
  created_at timestamptz not null default now(),
  unique nulls not distinct (account_id, role, area_id, department_id)
);
create index staff_posts_path on staff_posts (area_path text_pattern_ops);
create index staff_posts_department on staff_posts (department_id) where department_id is not null;
grant select, insert, update, delete on staff_posts to wangge_app;
alter table staff_posts enable row level security;
create policy posts_read on staff_posts for select using (kernel_is_system() or kernel_account() is not null);
-- Nobody gives or takes a post of their own.
create policy posts_write on staff_posts for all
  using (kernel_is_system() or (account_id <> kernel_account() and kernel_roles() && '{system-admin,security-admin}'))
  with check (kernel_is_system() or (account_id <> kernel_account() and kernel_roles() && '{system-admin,security-admin}'));

create table staff_sessions (
  id uuid primary key,
  token_hash bytea not null unique,
  account_id uuid not null references staff_accounts,
  created_at timestamptz not null,
  last_seen_at timestamptz not null,
  -- Idle this long and it ends.
  idle_minutes int not null,
  ended_at timestamptz,
  user_agent text not null,
  address text not null
);
create index staff_sessions_account on staff_sessions (account_id) where ended_at is null;
grant select (id, account_id, created_at, last_seen_at, idle_minutes, ended_at, user_agent, address) on staff_sessions to wangge_app;
grant insert on staff_sessions to wangge_app;
grant update (last_seen_at, ended_at) on staff_sessions to wangge_app;
grant delete on staff_sessions to wangge_app;
alter table staff_sessions enable row level security;
create policy sessions_own on staff_sessions for all
  using (kernel_is_system() or account_id = kernel_account() or 'system-admin' = any(kernel_roles()))
  with check (kernel_is_system() or account_id = kernel_account());

-- Present while on duty; the last position lives and dies with the duty.
create table staff_duty (
  account_id uuid primary key references staff_accounts,
  since timestamptz not null,
  lon double precision,
  lat double precision,
  accuracy_m double precision,
  taken_at timestamptz
);
grant select, insert, update, delete on staff_duty to wangge_app;
alter table staff_duty enable row level security;
create policy duty_own on staff_duty for all
  using (kernel_is_system() or account_id = kernel_account())
  with check (kernel_is_system() or account_id = kernel_account());
create policy duty_seen on staff_duty for select using (
  kernel_roles() && '{dispatcher,leader,grid-head,village-cadre}'
  and exists (select 1 from staff_posts p where p.account_id = staff_duty.account_id and kernel_reaches(p.area_path)));

-- What signing in needs to know about a name; nothing else may read these columns.
create function staff_credentials(wanted_login text) returns table (
  id uuid, name text, password_hash text, totp_sealed text, totp_on boolean, totp_step bigint, enabled boolean,
  failed_count int, locked_until timestamptz, must_change_password boolean)
  language sql stable security definer set search_path = public, pg_temp as $$
  select a.id, a.name, a.password_hash, a.totp_sealed, a.totp_on, a.totp_step, a.enabled, a.failed_count, a.locked_until,
    a.must_change_password
  from staff_accounts a where a.login = wanted_login
$$;
-- Full telephone number; the caller audits and states the purpose.
create function staff_phone_sealed(wanted uuid) returns text
  language sql stable security definer set search_path = public, pg_temp as $$
  select phone_sealed from staff_accounts where id = wanted
$$;
-- Who holds this session, with all posts, in one round trip.
create function staff_session(wanted_hash bytea, at timestamptz) returns table (
  session_id uuid, account_id uuid, name text, totp_on boolean, must_change_password boolean, last_seen_at timestamptz, posts json)
  language sql stable security definer set search_path = public, pg_temp as $$
  select s.id, a.id, a.name, a.totp_on, a.must_change_password, s.last_seen_at,
    coalesce((select json_agg(json_build_object('role', p.role, 'areaId', p.area_id, 'areaPath', p.area_path,
      'departmentId', p.department_id) order by p.role, p.area_path) from staff_posts p where p.account_id = a.id), '[]')
  from staff_sessions s join staff_accounts a on a.id = s.account_id
  where s.token_hash = wanted_hash and s.ended_at is null and a.enabled
    and s.last_seen_at > at - make_interval(mins => s.idle_minutes)
$$;
revoke all on function staff_credentials(text), staff_phone_sealed(uuid), staff_session(bytea, timestamptz) from public;
grant execute on function staff_credentials(text), staff_phone_sealed(uuid), staff_session(bytea, timestamptz) to wangge_app;
