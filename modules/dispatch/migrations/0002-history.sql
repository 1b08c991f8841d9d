-- How far the demo town's past is loaded, so that a killed run goes on there.
create table dispatch_history (
  only_row boolean primary key default true check (only_row),
  done int not null
);
alter table dispatch_history enable row level security;
create policy platform on dispatch_history using (kernel_is_system()) with check (kernel_is_system());
grant select, insert, update on dispatch_history to wangge_app;
