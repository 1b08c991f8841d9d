-- Who disables an account or takes a post away ends that person's sessions, which the policy so far refused
-- (system administrator) or did not find (security administrator). An ended session stays ended.

drop policy sessions_own on staff_sessions;
create policy sessions_own on staff_sessions for all
  using (kernel_is_system() or account_id = kernel_account())
  with check (kernel_is_system() or account_id = kernel_account());
create policy sessions_administered on staff_sessions for select
  using (kernel_roles() && '{system-admin,security-admin}');
create policy sessions_ended on staff_sessions for update
  using (kernel_roles() && '{system-admin,security-admin}')
  with check (kernel_roles() && '{system-admin,security-admin}' and ended_at is not null);
