-- Rows of a file as one text: made as JSON, half of the work for a file was writing and reading field names and quotes.

/*
 * The incidents of `ids` in the order asked for, those left out that the caller does not reach (any more). Fields lie
 * between unit separators, rows between record separators (U+001F, U+001E), which no text keeps; a missing value is
 * empty, lists of identifiers have a blank between them. Fields in the order of `export/find-rows.ts`. Milliseconds are
 * written out: a function of ours around them would be called for each, not inlined, at five times the cost.
 */
create function incidents_export_text(ids uuid[]) returns text
  language plpgsql stable security definer set search_path = public, pg_temp as $$
declare
  page text;
begin
  execute 'select string_agg(concat_ws(E''\x1f'', i.number, i.state, i.source, i.severity, i.category_code,
      translate(i.description, E''\x1e\x1f'', ''''), coalesce(translate(i.address, E''\x1e\x1f'', ''''), ''''),
      coalesce(i.lon::text, ''''), coalesce(i.lat::text, ''''), coalesce(i.responsible_area_id::text, ''''),
      round(date_part(''epoch'', i.reported_at) * 1000)::bigint, round(date_part(''epoch'', i.updated_at) * 1000)::bigint,
      coalesce(round(date_part(''epoch'', i.deadline_at) * 1000)::bigint::text, ''''),
      coalesce(round(date_part(''epoch'', i.warn_at) * 1000)::bigint::text, ''''),
      coalesce(round(date_part(''epoch'', i.clock_stopped_at) * 1000)::bigint::text, ''''),
      coalesce(round(date_part(''epoch'', i.closed_at) * 1000)::bigint::text, ''''),
      coalesce(i.reporter_phone, ''''), i.anonymous::int, array_to_string(i.department_ids, '' ''),
      array_to_string(i.assignee_ids, '' ''), i.open_orders, i.photo_count, i.reporter_count, i.supervised::int,
      coalesce(i.rating_response::text, ''''), coalesce(i.rating_resolved::int::text, ''''),
      coalesce(i.rating_satisfied::text, '''')), E''\x1e'' order by asked.place)
    from unnest($1) with ordinality as asked(id, place) join incidents_incidents i on i.id = asked.id
    where ' || incidents_scope() into page using ids;
  return coalesce(page, '');
end $$;
revoke all on function incidents_export_text(uuid[]) from public;
grant execute on function incidents_export_text(uuid[]) to wangge_app;
drop function incidents_export_rows(uuid[]);
drop function incidents_whole_ms(timestamptz);
