-- What the town sends up to the county, and the county's answer that brings it back down.
create table incidents_referrals (
  id uuid primary key,
  incident_id uuid not null references incidents_incidents (id),
  sent_at timestamptz not null,
  sent_by text not null,
  asked text not null,
  -- The resident's clock stands while the county has it.
  pauses boolean not null,
  answered_at timestamptz,
  answer text,
  -- As it stands on the county's paper.
  document_no text,
  document_day date,
  answered_by text,
  entered_by text,
  -- The timeline's entry that holds the photos of the paper.
  entry_id uuid,
  taken_back_at timestamptz,
  check (answered_at is null or (answer is not null and answered_by is not null)),
  check (answered_at is null or taken_back_at is null)
);
create index incidents_referrals_incident on incidents_referrals (incident_id, sent_at);
-- With the county once: two clicks are one.
create unique index incidents_referrals_open on incidents_referrals (incident_id)
  where answered_at is null and taken_back_at is null;

alter table incidents_referrals enable row level security;
create policy with_incident on incidents_referrals for select
  using (kernel_is_system() or exists (select 1 from incidents_incidents i where i.id = incident_id));
create policy platform on incidents_referrals for all using (kernel_is_system()) with check (kernel_is_system());
grant select, insert, update on incidents_referrals to wangge_app;
