-- A window may pass midnight: it then ends on the next day, `to_min` being of that one.
alter table patrols_versions drop constraint patrols_versions_check;
alter table patrols_versions add constraint patrols_versions_window
  check (to_min between 1 and 1440 and to_min <> from_min);
