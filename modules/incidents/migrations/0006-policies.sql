-- Row-level security: who reaches an incident reaches what belongs to it. Rows are inserted by
-- incidents_create, so the application has no right to insert incidents itself.

create function incidents_sees(path text, reporter uuid, assignees uuid[], departments uuid[]) returns boolean
  language sql stable parallel safe as $$
  select kernel_is_system() or kernel_reaches(path) or reporter = kernel_account()
    or kernel_account() = any (assignees) or departments && kernel_departments()
$$;

alter table incidents_categories enable row level security;
create policy read_all on incidents_categories for select using (true);
create policy write on incidents_categories for all
  using (kernel_is_system() or 'system-admin' = any (kernel_roles()))
  with check (kernel_is_system() or 'system-admin' = any (kernel_roles()));
grant select, insert, update on incidents_categories to wangge_app;
grant select on incidents_categories_version to wangge_app;

alter table incidents_incidents enable row level security;
create policy sees on incidents_incidents for select
  using (incidents_sees(responsible_path, reporter_account_id, assignee_ids, department_ids));
-- A move may take the row out of the mover's sight (a returned order), so the new row is not checked.
create policy moves on incidents_incidents for update
  using (incidents_sees(responsible_path, reporter_account_id, assignee_ids, department_ids)) with check (true);
grant select, update on incidents_incidents to wangge_app;

alter table incidents_history enable row level security;
create policy with_incident on incidents_history
  using (kernel_is_system() or exists (select 1 from incidents_incidents i where i.id = incident_id));
grant select, insert on incidents_history to wangge_app;

alter table incidents_reporters enable row level security;
create policy with_incident on incidents_reporters
  using (kernel_is_system() or exists (select 1 from incidents_incidents i where i.id = incident_id));
grant select, insert, update, delete on incidents_reporters to wangge_app;

alter table incidents_merges enable row level security;
create policy with_incident on incidents_merges
  using (kernel_is_system() or exists (select 1 from incidents_incidents i where i.id = source_id));
grant select, insert, update on incidents_merges to wangge_app;

alter table incidents_objections enable row level security;
create policy with_incident on incidents_objections
  using (kernel_is_system() or exists (select 1 from incidents_incidents i where i.id = incident_id));
grant select, insert, update on incidents_objections to wangge_app;

alter table incidents_move_keys enable row level security;
create policy with_incident on incidents_move_keys
  using (kernel_is_system() or exists (select 1 from incidents_incidents i where i.id = incident_id));
grant select, insert on incidents_move_keys to wangge_app;

-- Written by triggers and functions of the owner only.
alter table incidents_counts enable row level security;
alter table incidents_count_deltas enable row level security;
create policy platform on incidents_counts for select using (kernel_is_system());
create policy platform on incidents_count_deltas for select using (kernel_is_system());
grant select on incidents_counts, incidents_count_deltas to wangge_app;
