-- Messages to people: written with the change they tell of, delivered by a job, tried again until sent.

create table notify_messages (
  id uuid primary key,
  created_at timestamptz not null,
  channel text not null check (channel in ('sms', 'desk')),
  account_id uuid,
  -- Telephone number and text are sealed: a code or an address must not be readable in the table.
  phone_sealed text,
  phone_mask text,
  template text not null,
  text_sealed text not null,
  subject_kind text,
  subject_id uuid,
  state text not null default 'queued' check (state in ('queued', 'sent', 'failed')),
  attempts int not null default 0,
  sent_at timestamptz,
  error text,
  read_at timestamptz
);
create index notify_messages_account on notify_messages (account_id, created_at desc) where account_id is not null;
create index notify_messages_created on notify_messages (created_at);
grant select, insert on notify_messages to wangge_app;
grant update (state, attempts, sent_at, error, read_at) on notify_messages to wangge_app;
grant delete on notify_messages to wangge_app;
alter table notify_messages enable row level security;
create policy messages_own on notify_messages for select using (kernel_is_system() or account_id = kernel_account());
create policy messages_read on notify_messages for update using (kernel_is_system() or account_id = kernel_account());
-- Anyone's change may tell somebody else.
create policy messages_told on notify_messages for insert with check (true);
create policy messages_pruned on notify_messages for delete using (kernel_is_system());
