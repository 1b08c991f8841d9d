-- The identifiers of a file come out of the inner query in their order: sorting them again inside the aggregate was
-- most of the time before the first row, and held each of them twice.
create or replace function incidents_find_ids(f jsonb, max_rows int) returns bytea
  language plpgsql stable security definer set search_path = public, pg_temp as $$
declare
  ids bytea;
begin
  execute 'select string_agg(x.bytes, '''') from (
      select uuid_send(i.id) as bytes from incidents_incidents i where ' || incidents_condition(f)
    || format(' order by i.reported_at desc, i.id desc limit %s) x', max_rows) into ids;
  return coalesce(ids, '');
end $$;
