-- Dispatch rules: every version that was ever saved, since timelines name rules by their place in one. The
-- version is the key, so of two who save upon the same version the second is told.
create table dispatch_rule_books (
  version int primary key check (version > 0),
  rules jsonb not null,
  saved_by uuid,
  saved_by_name text not null,
  saved_at timestamptz not null
);
grant select, insert on dispatch_rule_books to wangge_app;
alter table dispatch_rule_books enable row level security;
create policy reads on dispatch_rule_books for select
  using (kernel_is_system() or kernel_roles() && '{dispatcher,leader}');
create policy saves on dispatch_rule_books for insert
  with check (kernel_is_system() or kernel_roles() && '{dispatcher,leader}');

-- Skills that a category asks of who handles it.
create table dispatch_category_skills (
  category_code text not null references incidents_categories (code),
  skill text not null check (skill = btrim(skill) and skill <> ''),
  primary key (category_code, skill)
);
grant select, insert, delete on dispatch_category_skills to wangge_app;
alter table dispatch_category_skills enable row level security;
create policy reads on dispatch_category_skills for select using (kernel_is_system() or kernel_account() is not null);
create policy writes on dispatch_category_skills for all
  using (kernel_is_system() or kernel_roles() && '{dispatcher,leader}')
  with check (kernel_is_system() or kernel_roles() && '{dispatcher,leader}');

/*
 * Incidents of the caller's areas for trying rules on, newest first, with the parties of their first dispatch. The
 * scope is applied here, since row-level security keeps conditions off the indexes.
 */
create function dispatch_try_rows(since timestamptz, before timestamptz, before_id uuid, max_rows int)
  returns table (id uuid, number text, source text, severity text, category_code text, path text, description text,
    reported_at timestamptz, parties jsonb)
  language sql stable security definer set search_path = public, pg_temp as $$
  select i.id, i.number, i.source, i.severity, i.category_code, i.reported_path, i.description, i.reported_at,
    coalesce((select jsonb_agg(jsonb_build_object('kind', o.party_kind, 'id', o.party_id, 'name', o.party_name)
        order by o.required desc, o.party_kind, o.party_name)
      from dispatch_orders o where o.incident_id = i.id and o.passed_from is null
        and o.offered_at = (select min(f.offered_at) from dispatch_orders f where f.incident_id = i.id)), '[]')
  from incidents_incidents i
  where i.reported_at >= since and (i.reported_at, i.id) < (before, before_id)
    and not i.self_handled and i.state not in ('rejected', 'withdrawn', 'merged')
    and (kernel_is_system() or kernel_reaches(i.responsible_path))
  order by i.reported_at desc, i.id desc limit max_rows
$$;
revoke all on function dispatch_try_rows(timestamptz, timestamptz, uuid, int) from public;
grant execute on function dispatch_try_rows(timestamptz, timestamptz, uuid, int) to wangge_app;
