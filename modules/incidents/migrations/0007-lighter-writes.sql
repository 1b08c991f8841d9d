-- Less for each report to write. Indexes that nothing reads go: few incidents are open at a time, so what is
-- due is found among them; telephone numbers are compared once the number has found the incident; merges
-- have a table of their own. A state is rare or it is found by time.

drop index incidents_open_clock, incidents_by_phone, incidents_merged, incidents_by_state;
create index incidents_rare on incidents_incidents (state, reported_at)
  where state in ('rejected', 'withdrawn', 'merged');

-- State and category are compared within the index: of a grid's thousands of incidents only those are fetched
-- that match.
drop index incidents_by_path, incidents_by_category;
create index incidents_by_path on incidents_incidents (responsible_path, reported_at, category_code, state);
create index incidents_by_category on incidents_incidents (category_code, reported_at, state);

-- Written in the statement after the incident's own, which is never deleted.
alter table incidents_reporters drop constraint incidents_reporters_incident_id_fkey;

-- Its words are cut by another rule than before.
reindex index incidents_words;

-- One statement less: a report is nearly always a new one, so nobody looks first whether its key is known.
/*
 * `p`: the columns by name, `steps` (the history's entries, oldest first), `categories` (version of the
 * categories that the caller decided by), `zone`. Answers `{id, number, state, areaId, replayed}`, or
 * `{problem}`: key-reused | categories-changed.
 */
create or replace function incidents_create(p jsonb) returns jsonb
  language plpgsql security definer set search_path = public, pg_temp as $$
declare
  r record;
  made record;
  fresh boolean := false;
begin
  select * into r from jsonb_to_record(p) as x(id uuid, client_key text, content_hash text, source text, state text,
    severity text, category_code text, description text, address text, lon float8, lat float8, accuracy_m real,
    area_id uuid, path text, reporter_account_id uuid, reporter_phone text, reporter_phone_index text, anonymous boolean,
    receipt_hash text, self_handled boolean, handler_ids uuid[], at timestamptz, written_at timestamptz,
    deadline_at timestamptz, warn_at timestamptz, clock_stopped_at timestamptz, ended_at timestamptz,
    closed_at timestamptz, photo_count int, proof_count int, changed_by text, updated_at timestamptz, zone text,
    categories uuid, reporter_id uuid, steps jsonb);
  -- Nobody reports in another one's name.
  if not kernel_is_system() and (kernel_account() is null or r.reporter_account_id is distinct from kernel_account()) then
    raise exception 'reports are made in the own name' using errcode = '42501';
  end if;
  -- A file that is imported again spends no numbers.
  if r.source <> 'import' or not exists (select 1 from incidents_incidents where client_key = r.client_key) then
    insert into incidents_incidents (id, number, client_key, content_hash, source, state, severity, category_code,
      description, address, lon, lat, accuracy_m, reported_area_id, reported_path, responsible_area_id, responsible_path,
      reporter_account_id, reporter_phone, reporter_phone_index, anonymous, receipt_hash, self_handled, handler_ids,
      reported_at, reported_day, written_at, deadline_at, warn_at, own_deadline_at, first_deadline_at, clock_stopped_at,
      ended_at, closed_at, closed_day, photo_count, proof_count, changed_by, updated_at, search_text)
    select r.id, n.number, r.client_key, r.content_hash, r.source, r.state, r.severity, r.category_code,
      r.description, r.address, r.lon, r.lat, r.accuracy_m, r.area_id, r.path, r.area_id, r.path,
      r.reporter_account_id, r.reporter_phone, r.reporter_phone_index, r.anonymous, r.receipt_hash, r.self_handled,
      r.handler_ids, r.at, (r.at at time zone r.zone)::date, r.written_at, r.deadline_at, r.warn_at, r.deadline_at,
      r.deadline_at, r.clock_stopped_at, r.ended_at, r.closed_at, (r.closed_at at time zone r.zone)::date,
      r.photo_count, r.proof_count, r.changed_by, r.updated_at,
      incidents_search_text(r.description, r.address, n.number)
    from (select to_char(r.at at time zone r.zone, 'YYYYMMDD-') || lpad(s.text, greatest(6, length(s.text)), '0') as number
          from (select nextval('incidents_serial')::text as text) as s) as n
    where r.categories is null or exists (select 1 from incidents_categories_version where version = r.categories)
    -- The same key at the same moment: wait for the other one and answer its incident.
    on conflict (client_key) do nothing
    returning id, number, state, content_hash, responsible_area_id into made;
    fresh := found;
  end if;
  if fresh then
    if r.reporter_account_id is not null or r.reporter_phone is not null then
      insert into incidents_reporters (id, incident_id, account_id, phone, phone_index, at)
      values (r.reporter_id, r.id, r.reporter_account_id, r.reporter_phone, r.reporter_phone_index, r.at);
    end if;
    insert into incidents_history (id, incident_id, at, move, from_state, to_state, actor_kind, actor_id, actor_name, reason)
    select h.id, r.id, h.at, h.move, h.from_state, h.to_state, h.actor_kind, h.actor_id, h.actor_name, h.reason
    from jsonb_to_recordset(r.steps) as h(id uuid, at timestamptz, move text, from_state text, to_state text,
      actor_kind text, actor_id uuid, actor_name text, reason text);
    return jsonb_build_object('id', made.id, 'number', made.number, 'state', made.state,
      'areaId', made.responsible_area_id, 'replayed', false);
  end if;
  -- Nothing was inserted: the key is taken, or the categories are not those the caller decided by.
  select id, number, state, content_hash, responsible_area_id into made
  from incidents_incidents where client_key = r.client_key;
  if not found then return jsonb_build_object('problem', 'categories-changed'); end if;
  if made.content_hash <> r.content_hash then return jsonb_build_object('problem', 'key-reused'); end if;
  return jsonb_build_object('id', made.id, 'number', made.number, 'state', made.state,
    'areaId', made.responsible_area_id, 'replayed', true);
end $$;
