-- Ways out to people, what each person chose, every delivery and every attempt at it.

alter table notify_messages
  add column lang text not null default 'zh' check (lang in ('zh', 'en')),
  add column kind text not null default 'system',
  add column urgent boolean not null default false,
  -- Reading is not enough: somebody has to say that they take notice.
  add column needs_ack boolean not null default false,
  add column acknowledged_at timestamptz,
  add column acknowledged_by uuid;
grant update (acknowledged_at, acknowledged_by) on notify_messages to wangge_app;
create index notify_messages_unread on notify_messages (account_id) where account_id is not null and read_at is null;
create index notify_messages_unacknowledged on notify_messages (subject_id) where needs_ack and acknowledged_at is null;

create table notify_channels (
  id uuid primary key,
  kind text not null check (kind in ('sms', 'voice', 'email', 'wecom', 'dingtalk', 'feishu')),
  name text not null,
  enabled boolean not null,
  -- Of a chat group: the kinds of messages that are posted there.
  kinds text[] not null default '{}',
  -- What may be shown again: host, port, sender.
  settings jsonb not null,
  -- Addresses that carry a key, passwords, signing secrets.
  secret_sealed text not null,
  changed_at timestamptz not null
);
-- One way to telephones and mailboxes; any number of chat groups.
create unique index notify_channels_single on notify_channels (kind) where kind in ('sms', 'voice', 'email');
grant select, insert, update, delete on notify_channels to wangge_app;
alter table notify_channels enable row level security;
create policy channels_managed on notify_channels for all
  using (kernel_is_system() or 'system-admin' = any(kernel_roles()))
  with check (kernel_is_system() or 'system-admin' = any(kernel_roles()));

create table notify_preferences (
  account_id uuid primary key,
  -- Kind of message → channels.
  choices jsonb not null,
  quiet_from_min int check (quiet_from_min between 0 and 1439),
  quiet_to_min int check (quiet_to_min between 0 and 1439),
  email_sealed text,
  email_mask text,
  check ((quiet_from_min is null) = (quiet_to_min is null) and quiet_from_min is distinct from quiet_to_min
    or quiet_from_min is null)
);
grant select, insert, update, delete on notify_preferences to wangge_app;
alter table notify_preferences enable row level security;
create policy preferences_own on notify_preferences for all
  using (kernel_is_system() or account_id = kernel_account())
  with check (kernel_is_system() or account_id = kernel_account());

-- Browsers that asked to be pushed to. The address is a way into somebody's browser: sealed.
create table notify_push (
  id uuid primary key,
  account_id uuid not null,
  -- Blind index: a browser that changes hands is moved, not doubled.
  endpoint_index text not null,
  sealed text not null,
  app text not null check (app in ('console', 'field')),
  device text not null,
  created_at timestamptz not null,
  unique (account_id, endpoint_index)
);
create index notify_push_endpoint on notify_push (endpoint_index);
grant select, insert, update, delete on notify_push to wangge_app;
alter table notify_push enable row level security;
create policy push_own on notify_push for all
  using (kernel_is_system() or account_id = kernel_account())
  with check (kernel_is_system() or account_id = kernel_account());

create table notify_deliveries (
  id uuid primary key,
  created_at timestamptz not null,
  message_id uuid not null references notify_messages on delete cascade,
  template text not null,
  account_id uuid,
  channel text not null check (channel in ('push', 'sms', 'voice', 'email', 'chat')),
  channel_id uuid,
  target_sealed text,
  target_mask text,
  urgent boolean not null,
  -- Tried in this order when this one fails for good.
  fallback text[] not null default '{}',
  state text not null default 'waiting' check (state in ('waiting', 'sent', 'failed', 'skipped')),
  attempts int not null default 0,
  next_at timestamptz not null,
  give_up_at timestamptz not null,
  -- Somebody is at it; a process that died leaves it to the next one after this moment.
  leased_until timestamptz,
  ended_at timestamptz,
  answer text,
  once_key text unique
);
create index notify_deliveries_due on notify_deliveries (next_at) where state = 'waiting';
create index notify_deliveries_created on notify_deliveries (created_at);
create index notify_deliveries_message on notify_deliveries (message_id);
grant select, insert, delete on notify_deliveries to wangge_app;
grant update (target_sealed, target_mask, fallback, state, attempts, next_at, give_up_at, leased_until, ended_at, answer)
  on notify_deliveries to wangge_app;
alter table notify_deliveries enable row level security;
create policy deliveries_seen on notify_deliveries for select
  using (kernel_is_system() or 'system-admin' = any(kernel_roles()));
create policy deliveries_kept on notify_deliveries for update
  using (kernel_is_system() or 'system-admin' = any(kernel_roles()));
-- Anyone's change may tell somebody else.
create policy deliveries_told on notify_deliveries for insert with check (true);
create policy deliveries_pruned on notify_deliveries for delete using (kernel_is_system());

create table notify_attempts (
  delivery_id uuid not null references notify_deliveries on delete cascade,
  n int not null,
  begun_at timestamptz not null,
  ended_at timestamptz,
  ok boolean,
  answer text,
  primary key (delivery_id, n)
);
grant select, insert, update, delete on notify_attempts to wangge_app;
alter table notify_attempts enable row level security;
create policy attempts_seen on notify_attempts for select
  using (kernel_is_system() or 'system-admin' = any(kernel_roles()));
create policy attempts_kept on notify_attempts for all using (kernel_is_system()) with check (kernel_is_system());

-- Whoever tells somebody needs to know what they chose, not their addresses.
create function notify_audience(wanted uuid[]) returns table (
  account_id uuid, choices jsonb, quiet_from_min int, quiet_to_min int, email_mask text, pushed boolean)
  language sql stable security definer set search_path = public, pg_temp as $$
  select a.id, p.choices, p.quiet_from_min, p.quiet_to_min, p.email_mask,
    exists (select 1 from notify_push b where b.account_id = a.id)
  from unnest(wanted) as a(id) left join notify_preferences p on p.account_id = a.id
$$;
create function notify_ways() returns table (id uuid, kind text, kinds text[], name text)
  language sql stable security definer set search_path = public, pg_temp as $$
  select c.id, c.kind, c.kinds, c.name from notify_channels c where c.enabled
$$;
-- Notice that one person takes of a thing counts for everybody who was told of it.
create function notify_acknowledge(about_kind text, about_id uuid, at timestamptz, by_account uuid)
  returns table (account_id uuid)
  language sql volatile security definer set search_path = public, pg_temp as $$
  update notify_messages m set acknowledged_at = at, acknowledged_by = by_account
  where m.subject_id = about_id and m.subject_kind = about_kind and m.needs_ack and m.acknowledged_at is null
  returning m.account_id
$$;
-- A browser that somebody else signed in on is theirs from now on.
create function notify_push_moves(wanted_index text, keeper uuid) returns void
  language sql volatile security definer set search_path = public, pg_temp as $$
  delete from notify_push where endpoint_index = wanted_index and account_id <> keeper
$$;
revoke all on function notify_audience(uuid[]), notify_ways(), notify_acknowledge(text, uuid, timestamptz, uuid),
  notify_push_moves(text, uuid) from public;
grant execute on function notify_audience(uuid[]), notify_ways(), notify_acknowledge(text, uuid, timestamptz, uuid),
  notify_push_moves(text, uuid) to wangge_app;

-- Text messages that were written before: each its own delivery, under the identifier that gateways know.
insert into notify_deliveries (id, created_at, message_id, template, channel, target_sealed, target_mask, urgent, state,
  attempts, next_at, give_up_at, ended_at, answer)
select id, created_at, id, template, 'sms', phone_sealed, phone_mask, false,
  case state when 'sent' then 'sent' else 'waiting' end, attempts, created_at, created_at + interval '1 day', sent_at, error
from notify_messages where channel = 'sms';
