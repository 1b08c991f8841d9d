-- One of everything that makes copying tables hard.
create table vault_boxes (
  id bigint generated always as identity primary key,
  parent_id bigint references vault_boxes (id) deferrable,
  best_thing_id uuid,
  label text not null,
  length int generated always as (char_length(label)) stored
);
create table vault_things (
  id uuid primary key,
  box_id bigint not null references vault_boxes (id),
  bytes bytea not null,
  place double precision not null,
  tags text[] not null,
  more jsonb not null,
  at timestamptz not null,
  took interval not null
);
-- A circle: neither table can be filled before the other.
alter table vault_boxes add foreign key (best_thing_id) references vault_things (id);
create table vault_counts (box_id bigint primary key, things int not null);
create function vault_count() returns trigger language plpgsql as $$
begin
  insert into vault_counts values (new.box_id, 1) on conflict (box_id) do update set things = vault_counts.things + 1;
  return null;
end $$;
create trigger vault_count after insert on vault_things for each row execute function vault_count();
create table vault_visits (id bigint not null, day date not null, note text, primary key (id, day))
  partition by range (day);
create table vault_visits_2026_10 partition of vault_visits for values from ('2026-10-01') to ('2026-11-01');
-- Rows that a migration lays, and that people change later.
create table vault_kinds (code text primary key, name text not null);
insert into vault_kinds values ('a', 'first'), ('b', 'second');
alter table vault_things enable row level security;
