-- A supervision by hand says until when it is to be answered; that it was not is told once.
alter table incidents_supervisions add column answer_by timestamptz;
-- Account of whoever supervises; null for the platform.
alter table incidents_supervisions add column by_id uuid;
alter table incidents_supervisions add column late_at timestamptz;
create index incidents_supervisions_due on incidents_supervisions (answer_by)
  where answered_at is null and late_at is null and answer_by is not null;
