-- The chain over the audit trail, and what keeps both from being rewritten quietly.

-- Rows come in unchained and commit in any order; the sealer gives each its place in a dense order.
create table kernel_audit_seals (
  position bigint primary key,
  -- No foreign key: a row that was made to vanish must leave its seal behind.
  seq bigint not null unique,
  hash bytea not null,
  algo text not null,
  sealed_at timestamptz not null default clock_timestamp()
);

create function kernel_refuse_change() returns trigger language plpgsql as $$
begin
  raise exception 'the audit trail is append-only' using errcode = '42501';
end $$;
create trigger kernel_audit_append_only before update or delete on kernel_audit
  for each row execute function kernel_refuse_change();
create trigger kernel_audit_no_truncate before truncate on kernel_audit
  for each statement execute function kernel_refuse_change();
create trigger kernel_audit_seals_append_only before update or delete on kernel_audit_seals
  for each row execute function kernel_refuse_change();
create trigger kernel_audit_seals_no_truncate before truncate on kernel_audit_seals
  for each statement execute function kernel_refuse_change();
revoke update, delete, truncate on kernel_audit, kernel_audit_seals from public;

-- Who may look: the platform itself, and those whose post it is.
create function kernel_may_audit() returns boolean language sql stable parallel safe as $$
  select kernel_is_system() or kernel_roles() && array['audit-admin', 'security-admin']
$$;

-- A page of the trail, newest first. Dynamic, so that each mix of filters gets a plan of its own.
create function kernel_audit_page(before_seq bigint, wanted_action text, wanted_actor text,
    from_at timestamptz, to_at timestamptz, most int)
  returns table (seq bigint, at timestamptz, actor_kind text, actor_name text, action text, subject_kind text,
    subject_id text, purpose text, address text, details jsonb, sealed boolean)
  language plpgsql stable security definer set search_path = public, pg_temp as $$
declare conditions text := '';
begin
  if not kernel_may_audit() then raise exception 'not for you' using errcode = '42501'; end if;
  if before_seq is not null then conditions := conditions || ' and a.seq < $1'; end if;
  -- "staff." means all of the module, "staff.log-in" that action.
  if wanted_action like '%.' then conditions := conditions || ' and starts_with(a.action, $2)';
  elsif wanted_action is not null then conditions := conditions || ' and a.action = $2'; end if;
  if wanted_actor is not null then
    conditions := conditions || ' and (strpos(a.actor_name, $3) > 0 or a.actor_id::text = $3)';
  end if;
  if from_at is not null then conditions := conditions || ' and a.at >= $4'; end if;
  if to_at is not null then conditions := conditions || ' and a.at < $5'; end if;
  return query execute 'select a.seq, a.at, a.actor_kind, a.actor_name, a.action, a.subject_kind, a.subject_id,
      a.purpose, a.address, a.details, exists (select 1 from kernel_audit_seals s where s.seq = a.seq)
    from kernel_audit a where true' || conditions || ' order by a.seq desc limit $6'
    using before_seq, wanted_action, wanted_actor, from_at, to_at, most;
end $$;
revoke all on function kernel_audit_page(bigint, text, text, timestamptz, timestamptz, int) from public;
grant execute on function kernel_audit_page(bigint, text, text, timestamptz, timestamptz, int) to wangge_app;

-- Seals with the rows they seal, in the order of the chain. Times as text with all their digits.
create function kernel_audit_chain(after_position bigint, most int)
  returns table (pos bigint, seq bigint, hash bytea, algo text, sealed_at timestamptz, present boolean,
    at text, actor_kind text, actor_id uuid, actor_name text, action text, subject_kind text, subject_id text,
    purpose text, address text, details text)
  language plpgsql stable security definer set search_path = public, pg_temp as $$
begin
  if not kernel_may_audit() then raise exception 'not for you' using errcode = '42501'; end if;
  return query select s.position, s.seq, s.hash, s.algo, s.sealed_at, a.seq is not null,
      to_char(a.at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'), a.actor_kind, a.actor_id, a.actor_name,
      a.action, a.subject_kind, a.subject_id, a.purpose, a.address, a.details::text
    from kernel_audit_seals s left join kernel_audit a on a.seq = s.seq
    where s.position > after_position order by s.position limit most;
end $$;
revoke all on function kernel_audit_chain(bigint, int) from public;
grant execute on function kernel_audit_chain(bigint, int) to wangge_app;

-- How many rows there are, and how many of them no seal knows yet.
create function kernel_audit_counts() returns table (total bigint, unsealed bigint)
  language plpgsql stable security definer set search_path = public, pg_temp as $$
begin
  if not kernel_may_audit() then raise exception 'not for you' using errcode = '42501'; end if;
  return query select count(*), count(*) filter (where s.seq is null)
    from kernel_audit a left join kernel_audit_seals s on s.seq = a.seq;
end $$;
revoke all on function kernel_audit_counts() from public;
grant execute on function kernel_audit_counts() to wangge_app;

-- The moment of writing, not of the transaction's start: a long one would look older than it is.
alter table kernel_outbox alter column at set default clock_timestamp();
