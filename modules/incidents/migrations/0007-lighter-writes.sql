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
