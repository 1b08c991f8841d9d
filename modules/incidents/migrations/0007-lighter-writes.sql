-- Less for each report to write. Indexes that nothing reads go: few incidents are open at a time, so what is
-- due is found among them; telephone numbers are compared once the number has found the incident; merges
-- have a table of their own. A state is rare or it is found by time.

drop index incidents_open_clock, incidents_by_phone, incidents_merged, incidents_by_state;
create index incidents_rare on incidents_incidents (state, reported_at)
  where state in ('rejected', 'withdrawn', 'merged');

-- Written in the statement after the incident's own, which is never deleted.
alter table incidents_reporters drop constraint incidents_reporters_incident_id_fkey;

-- Its words are cut by another rule than before.
reindex index incidents_words;
