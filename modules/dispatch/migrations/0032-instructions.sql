-- One order of a grid's head to everybody of the grid, with who has read and who has confirmed it.
create table dispatch_instructions (
  id uuid primary key,
  at timestamptz not null,
  author_id uuid not null,
  author_name text not null,
  area_path text not null,
  area_name text not null,
  text text not null,
  lon double precision,
  lat double precision,
  needs_confirm boolean not null,
  photo_count int not null default 0
);
create index dispatch_instructions_at on dispatch_instructions (at desc);
create index dispatch_instructions_author on dispatch_instructions (author_id, at);

create table dispatch_receipts (
  instruction_id uuid not null references dispatch_instructions (id),
  account_id uuid not null,
  name text not null,
  told_at timestamptz not null,
  read_at timestamptz,
  confirmed_at timestamptz,
  reminders int not null default 0,
  reminded_at timestamptz,
  primary key (instruction_id, account_id),
  -- Who confirms has read it.
  check (confirmed_at is null or read_at is not null)
);
create index dispatch_receipts_account on dispatch_receipts (account_id, told_at desc);

alter table dispatch_receipts enable row level security;
-- Each sees the own; those who may see all of an instruction see them as the platform.
create policy own on dispatch_receipts for select using (kernel_is_system() or account_id = kernel_account());
create policy writes on dispatch_receipts for all using (kernel_is_system()) with check (kernel_is_system());
grant select, insert, update on dispatch_receipts to wangge_app;

alter table dispatch_instructions enable row level security;
create policy sees on dispatch_instructions for select using (
  kernel_is_system() or author_id = kernel_account() or kernel_reaches(area_path)
  or exists (select 1 from dispatch_receipts r where r.instruction_id = id));
create policy writes on dispatch_instructions for all using (kernel_is_system()) with check (kernel_is_system());
grant select, insert, update on dispatch_instructions to wangge_app;
