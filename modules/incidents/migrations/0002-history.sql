-- What happened, in order; never changed, never deleted. Partitioned by month.

create table incidents_history (
  id uuid not null,
  -- No foreign key: incidents are never deleted, and the check would cost each of a report's entries.
  incident_id uuid not null,
  at timestamptz not null,
  move text not null,
  from_state text,
  to_state text,
  actor_kind text not null,
  actor_id uuid,
  actor_name text not null,
  reason text,
  order_id uuid,
  party_name text,
  primary key (id, at)
) partition by range (at);
create index incidents_history_incident on incidents_history (incident_id, at);
create table incidents_history_default partition of incidents_history default;

create function incidents_history_is_final() returns trigger language plpgsql as $$
begin
  raise exception 'history is append-only' using errcode = '42501';
end $$;
create trigger incidents_history_is_final before update or delete on incidents_history
  for each row execute function incidents_history_is_final();

-- Makes the partition of the month (UTC) in which `moment` lies, taking over what the default one caught.
create function incidents_history_month(moment timestamptz) returns void
  language plpgsql security definer set search_path = public, pg_temp as $$
declare
  start timestamptz := date_trunc('month', moment at time zone 'UTC') at time zone 'UTC';
  stop timestamptz := (date_trunc('month', moment at time zone 'UTC') + interval '1 month') at time zone 'UTC';
  name text := 'incidents_history_' || to_char(start at time zone 'UTC', 'YYYYMM');
begin
  if to_regclass('public.' || name) is not null then return; end if;
  perform pg_advisory_xact_lock(hashtext('incidents_history_month'));
  if to_regclass('public.' || name) is not null then return; end if;
  execute format('create table %I (like incidents_history including defaults including constraints)', name);
  -- Moving rows between partitions changes nothing in them, so the guard may look away.
  alter table incidents_history_default disable trigger incidents_history_is_final;
  execute format('with moved as (delete from incidents_history_default where at >= %L and at < %L returning *)
    insert into %I select * from moved', start, stop, name);
  alter table incidents_history_default enable trigger incidents_history_is_final;
  execute format('alter table incidents_history attach partition %I for values from (%L) to (%L)', name, start, stop);
end $$;
revoke all on function incidents_history_month(timestamptz) from public;
grant execute on function incidents_history_month(timestamptz) to wangge_app;
