-- Reports that arrive at the same moment are written by one statement: each costs half of what it costs alone.

/*
 * `p`: rows as `incidents_create` takes them, made by the platform for those who report. Answers the incidents that
 * it made; a row that is missing in the answer (key taken, other categories) is for `incidents_create` to judge.
 */
create function incidents_create_together(p jsonb)
  returns table (id uuid, number text, state text, area_id uuid)
  language plpgsql security definer set search_path = public, pg_temp as $$
#variable_conflict use_column
begin
  if not kernel_is_system() then
    raise exception 'reports of several people are the platform''s to write' using errcode = '42501';
  end if;
  return query
  with r as materialized (
    select x.*, to_char(x.at at time zone x.zone, 'YYYYMMDD-') || lpad(s.serial, greatest(6, length(s.serial)), '0') as no
    from jsonb_to_recordset(p) as x(id uuid, client_key text, content_hash text, source text, state text, severity text,
      category_code text, description text, address text, lon float8, lat float8, accuracy_m real, area_id uuid,
      path text, reporter_account_id uuid, reporter_phone text, reporter_phone_index text, anonymous boolean,
      receipt_hash text, self_handled boolean, handler_ids uuid[], at timestamptz, written_at timestamptz,
      deadline_at timestamptz, warn_at timestamptz, clock_stopped_at timestamptz, ended_at timestamptz,
      closed_at timestamptz, photo_count int, proof_count int, changed_by text, updated_at timestamptz, zone text,
      categories uuid, reporter_id uuid, steps jsonb)
    -- For each row its own number: the condition keeps the planner from drawing one for all.
    cross join lateral (select nextval('incidents_serial')::text as serial where x.id is not null) as s
    where exists (select 1 from incidents_categories_version v where v.version = x.categories)
  ), made as (
    insert into incidents_incidents as i (id, number, client_key, content_hash, source, state, severity, category_code,
      description, address, lon, lat, accuracy_m, reported_area_id, reported_path, responsible_area_id, responsible_path,
      reporter_account_id, reporter_phone, reporter_phone_index, anonymous, receipt_hash, self_handled, handler_ids,
      reported_at, reported_day, written_at, deadline_at, warn_at, own_deadline_at, first_deadline_at, clock_stopped_at,
      ended_at, closed_at, closed_day, photo_count, proof_count, changed_by, updated_at, search_text)
    select r.id, r.no, r.client_key, r.content_hash, r.source, r.state, r.severity, r.category_code,
      r.description, r.address, r.lon, r.lat, r.accuracy_m, r.area_id, r.path, r.area_id, r.path,
      r.reporter_account_id, r.reporter_phone, r.reporter_phone_index, r.anonymous, r.receipt_hash, r.self_handled,
      r.handler_ids, r.at, (r.at at time zone r.zone)::date, r.written_at, r.deadline_at, r.warn_at, r.deadline_at,
      r.deadline_at, r.clock_stopped_at, r.ended_at, r.closed_at, (r.closed_at at time zone r.zone)::date,
      r.photo_count, r.proof_count, r.changed_by, r.updated_at, incidents_search_text(r.description, r.address, r.no)
    from r
    -- Two of these statements that share keys take them in the same order: neither waits for the other in a ring.
    order by r.client_key
    on conflict (client_key) do nothing
    returning i.id, i.number, i.state, i.responsible_area_id as area_id
  ), reporters as (
    insert into incidents_reporters (id, incident_id, account_id, phone, phone_index, at)
    select r.reporter_id, r.id, r.reporter_account_id, r.reporter_phone, r.reporter_phone_index, r.at
    from r join made on made.id = r.id
    where r.reporter_account_id is not null or r.reporter_phone is not null
  ), history as (
    insert into incidents_history (id, incident_id, at, move, from_state, to_state, actor_kind, actor_id, actor_name, reason)
    select h.id, r.id, h.at, h.move, h.from_state, h.to_state, h.actor_kind, h.actor_id, h.actor_name, h.reason
    from r join made on made.id = r.id
    cross join lateral jsonb_to_recordset(r.steps) as h(id uuid, at timestamptz, move text, from_state text, to_state text,
      actor_kind text, actor_id uuid, actor_name text, reason text)
  )
  select made.id, made.number, made.state, made.area_id from made;
end $$;
revoke all on function incidents_create_together(jsonb) from public;
grant execute on function incidents_create_together(jsonb) to wangge_app;

-- What a new incident adds to the counts, for all rows of a statement at once.
create function incidents_note_new_counts() returns trigger language plpgsql security definer
  set search_path = public, pg_temp as $$
begin
  insert into incidents_count_deltas (path, departments, day, state, source, category, closed_day, n)
  select n.responsible_path, n.department_ids, n.reported_day, n.state, n.source, n.category_code, n.closed_day, 1
  from made as n;
  return null;
end $$;
drop trigger incidents_count_insert on incidents_incidents;
create trigger incidents_count_insert after insert on incidents_incidents referencing new table as made
  for each statement execute function incidents_note_new_counts();
