-- The application may not delete from the outbox, but for what everybody has read long ago.
create function kernel_prune_outbox(bite int) returns int
  language sql security definer set search_path = public, pg_temp as $$
  with gone as (
    delete from kernel_outbox where seq in (
      select seq from kernel_outbox where at < now() - interval '7 days' order by at limit bite for update skip locked)
    returning 1)
  select count(*)::int from gone
$$;
revoke all on function kernel_prune_outbox(int) from public;
grant execute on function kernel_prune_outbox(int) to wangge_app;
