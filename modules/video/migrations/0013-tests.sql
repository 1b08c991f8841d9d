-- Which of many cameras or addresses answer; kept for a day.
create table video_tests (
  id uuid primary key,
  by_id uuid,
  asked_at timestamptz not null
);
create table video_test_items (
  test_id uuid not null references video_tests (id) on delete cascade,
  n int not null,
  -- The camera's id or the address as it was given.
  of text not null,
  camera_id uuid,
  -- {url, user, password} of an address, sealed by the application; gone once it was tried.
  sealed text,
  -- As `testResultSchema` without `of`; null: not yet.
  result jsonb,
  primary key (test_id, n)
);
create index video_tests_asked on video_tests (asked_at);

alter table video_tests enable row level security;
create policy own on video_tests for select using (kernel_is_system() or by_id = kernel_account());
create policy writes on video_tests for all using (kernel_is_system()) with check (kernel_is_system());
grant select, insert, delete on video_tests to wangge_app;
alter table video_test_items enable row level security;
create policy with_test on video_test_items for select using (
  kernel_is_system() or exists (select 1 from video_tests t where t.id = test_id));
create policy writes on video_test_items for all using (kernel_is_system()) with check (kernel_is_system());
grant select, insert, update, delete on video_test_items to wangge_app;
