-- An incident that several departments handle in parts: how many parts there are, and how many are answered.
alter table incidents_incidents
  add column parts_total int not null default 0,
  add column parts_done int not null default 0;
