-- Drafts that are edited on the page: each step with what it changed, so that it can be taken back to the letter.

create table areas_drafts (
  version_id uuid primary key references areas_versions (id) on delete cascade,
  -- Two editors: the second one's revision is old, and is told so.
  revision int not null,
  -- Steps in effect; those beyond were taken back.
  done int not null,
  changed_at timestamptz not null,
  changed_by text not null,
  checked_revision int,
  checked_faults int
);
create table areas_draft_steps (
  version_id uuid not null references areas_drafts (version_id) on delete cascade,
  seq int not null,
  kind text not null,
  names text[] not null,
  -- Entries and shapes before and after, of what the step changed.
  patch jsonb not null,
  made_at timestamptz not null,
  made_by text not null,
  primary key (version_id, seq)
);

alter table areas_drafts enable row level security;
alter table areas_draft_steps enable row level security;
create policy edit on areas_drafts for all using (areas_may_edit()) with check (areas_may_edit());
create policy edit on areas_draft_steps for all using (areas_may_edit()) with check (areas_may_edit());
grant select, insert, update, delete on areas_drafts, areas_draft_steps to wangge_app;
