-- What was learned from closed incidents, one row a subject. A lesson is replaced as a whole: a learner that
-- was killed leaves the one before it.

create table incidents_lessons (
  subject text primary key,
  enabled boolean not null default true,
  -- Random, and new with each lesson and each switch: processes keep the model in memory and ask whether it is
  -- still right.
  version uuid not null default gen_random_uuid(),
  model bytea,
  -- Counts, quality, words that count most: what the administrator reads.
  facts jsonb,
  learned_at timestamptz,
  -- A learner is at work since then; one that was killed is taken for dead after a while.
  began_at timestamptz,
  -- Why the last try came to nothing.
  problem text
);
alter table incidents_lessons enable row level security;
create policy read_all on incidents_lessons for select using (true);
create policy write on incidents_lessons for all
  using (kernel_is_system() or 'system-admin' = any (kernel_roles()))
  with check (kernel_is_system() or 'system-admin' = any (kernel_roles()));
grant select, insert, update on incidents_lessons to wangge_app;
