-- Which cameras in which layout, of a person, and of the town where it is shared.
create table video_walls (
  id uuid primary key,
  version int not null check (version > 0),
  account_id uuid not null,
  account_name text not null,
  name text not null,
  size int not null check (size in (1, 4, 9, 16)),
  -- Identifiers of cameras in reading order, null for an empty cell. Whoever opens it sees those in the own scope.
  cells jsonb not null,
  shared boolean not null,
  -- {cameraIds, dwellS, movingOnly}
  tour jsonb,
  changed_at timestamptz not null
);
create index video_walls_account on video_walls (account_id);
create index video_walls_shared on video_walls (name) where shared;

alter table video_walls enable row level security;
create policy sees on video_walls for select using (
  kernel_is_system() or account_id = kernel_account()
  or (shared and kernel_roles() && '{grid-head,grid-member,village-cadre,police,dispatcher,leader}'));
create policy adds on video_walls for insert with check (kernel_is_system() or account_id = kernel_account());
create policy changes on video_walls for update using (kernel_is_system() or account_id = kernel_account());
create policy removes on video_walls for delete using (kernel_is_system() or account_id = kernel_account());
grant select, insert, update, delete on video_walls to wangge_app;
