-- With the incident that came to an end while the county had it: how it ended.
alter table incidents_referrals add column ended_how text
  check (ended_how in ('closed', 'merged', 'rejected', 'withdrawn'));
alter table incidents_referrals add check (ended_how is null or taken_back_at is not null);
