-- Outbox, audit trail, files, and the functions by which row-level security learns who asks.

grant usage on schema public to wangge_app;

-- Who asks, as the transaction's first statement set it. Unset reads as nobody.
create function kernel_is_system() returns boolean language sql stable parallel safe
  as $$ select coalesce(current_setting('wangge.system', true), '') <> '' $$;
create function kernel_account() returns uuid language sql stable parallel safe
  as $$ select nullif(current_setting('wangge.account', true), '')::uuid $$;
create function kernel_areas() returns text[] language sql stable parallel safe
  as $$ select coalesce(nullif(current_setting('wangge.areas', true), ''), '{}')::text[] $$;
create function kernel_departments() returns uuid[] language sql stable parallel safe
  as $$ select coalesce(nullif(current_setting('wangge.departments', true), ''), '{}')::uuid[] $$;
create function kernel_roles() returns text[] language sql stable parallel safe
  as $$ select coalesce(nullif(current_setting('wangge.roles', true), ''), '{}')::text[] $$;
-- Is the area at this path within the caller's areas?
create function kernel_reaches(path text) returns boolean language sql stable parallel safe
  as $$ select exists (select 1 from unnest(kernel_areas()) as a(prefix) where starts_with(path, a.prefix)) $$;

-- Two-character words of a text, lower case, for the search index: trigrams miss them.
create function kernel_bigrams(t text) returns text[] language sql immutable strict parallel safe as $$
  select coalesce(array_agg(distinct substr(s, i, 2)), '{}')
  from (select regexp_replace(lower(t), '[[:space:][:punct:]，。、！？；：（）【】《》“”‘’]+', '', 'g') as s) as n,
       generate_series(1, greatest(char_length(s) - 1, 0)) as i
$$;

create table kernel_outbox (
  seq bigint generated always as identity primary key,
  at timestamptz not null default now(),
  type text not null,
  subject_id text not null,
  area_path text not null,
  account_ids uuid[] not null default '{}',
  department_ids uuid[] not null default '{}',
  live boolean not null,
  payload jsonb not null
);
create index kernel_outbox_at on kernel_outbox (at);
grant select on kernel_outbox to wangge_app;

create table kernel_audit (
  seq bigint generated always as identity primary key,
  at timestamptz not null default clock_timestamp(),
  actor_kind text not null,
  actor_id uuid,
  actor_name text not null,
  action text not null,
  subject_kind text,
  subject_id text,
  purpose text,
  address text,
  details jsonb
);
create index kernel_audit_at on kernel_audit (at);
create index kernel_audit_action on kernel_audit (action, seq);

-- Everything a transaction leaves behind, in one round trip. Owner's rights: the application may write
-- these tables in no other way.
create function kernel_flush(events jsonb, jobs jsonb, audits jsonb) returns void
  language plpgsql security definer set search_path = public, pg_temp as $$
declare job jsonb;
begin
  if jsonb_array_length(events) > 0 then
    insert into kernel_outbox (type, subject_id, area_path, account_ids, department_ids, live, payload)
    select e.type, e.subject_id, e.area_path, e.account_ids, e.department_ids, e.live, e.payload
    from jsonb_to_recordset(events) as e(type text, subject_id text, area_path text, account_ids uuid[],
      department_ids uuid[], live boolean, payload jsonb);
  end if;
  if jsonb_array_length(audits) > 0 then
    insert into kernel_audit (actor_kind, actor_id, actor_name, action, subject_kind, subject_id, purpose, address, details)
    select a.actor_kind, a.actor_id, a.actor_name, a.action, a.subject_kind, a.subject_id, a.purpose, a.address, a.details
    from jsonb_to_recordset(audits) as a(actor_kind text, actor_id uuid, actor_name text, action text,
      subject_kind text, subject_id text, purpose text, address text, details jsonb);
  end if;
  if jsonb_array_length(jobs) = 0 then return; end if;
  -- Plain jobs as one set, as graphile_worker.add_jobs would write them but without its NOTIFY, which would
  -- hold a lock over the whole database until this commit is on disk; the application wakes runners afterwards.
  insert into graphile_worker._private_tasks (identifier)
  select distinct j->>'task' from jsonb_array_elements(jobs) as j
  where not exists (select 1 from graphile_worker._private_tasks t where t.identifier = j->>'task')
  on conflict do nothing;
  insert into graphile_worker._private_jobs (task_id, payload, run_at, max_attempts)
  select t.id, (j->'payload')::json, coalesce((j->>'run_at')::timestamptz, now()), coalesce((j->>'max_attempts')::smallint, 25)
  from jsonb_array_elements(jobs) as j join graphile_worker._private_tasks t on t.identifier = j->>'task'
  where j->>'key' is null and j->>'queue' is null;
  -- Those with a key replace one another, those of a queue wait for one another: the library knows how.
  for job in select j from jsonb_array_elements(jobs) as j where j->>'key' is not null or j->>'queue' is not null loop
    perform graphile_worker.add_job(job->>'task', (job->'payload')::json, job->>'queue',
      (job->>'run_at')::timestamptz, (job->>'max_attempts')::int, job->>'key');
  end loop;
end $$;
revoke all on function kernel_flush(jsonb, jsonb, jsonb) from public;
grant execute on function kernel_flush(jsonb, jsonb, jsonb) to wangge_app;

-- One stored photo: its bytes are in the file store under its key.
create table kernel_files (
  id uuid primary key,
  key text not null,
  thumb_key text not null,
  mime text not null,
  width int not null,
  height int not null,
  size_bytes bigint not null,
  sha256 text not null,
  lon double precision,
  lat double precision,
  -- What it belongs to once something claimed it; unclaimed uploads are removed after a day.
  owner_kind text,
  owner_id uuid,
  uploaded_by uuid,
  created_at timestamptz not null default now()
);
create index kernel_files_owner on kernel_files (owner_kind, owner_id);
create index kernel_files_unclaimed on kernel_files (created_at) where owner_id is null;
grant select, insert, update, delete on kernel_files to wangge_app;

-- Settings of the town that are made once and read by all.
create table kernel_settings (
  name text primary key,
  value jsonb not null
);
grant select, insert, update on kernel_settings to wangge_app;
