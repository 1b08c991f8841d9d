-- Clocks as data: when each started, by which limit, when it stood, how it was extended, and what is due next.

-- '*' stands for every category or severity.
create table incidents_limits (
  category_code text not null,
  severity text not null check (severity in ('ordinary', 'urgent', 'emergency', '*')),
  phase text not null check (phase in ('accept', 'dispatch', 'handle', 'verify', 'take', 'order')),
  minutes int not null check (minutes > 0),
  mode text not null check (mode in ('calendar', 'working')),
  primary key (category_code, severity, phase)
);
create table incidents_ladders (
  phase text not null check (phase in ('accept', 'dispatch', 'handle', 'verify', 'take', 'order')),
  severity text not null check (severity in ('ordinary', 'urgent', 'emergency', '*')),
  steps jsonb not null,
  primary key (phase, severity)
);
create table incidents_calendar_week (
  only_row boolean primary key default true check (only_row),
  -- Monday first: lists of {fromMin, toMin}.
  weekly jsonb not null
);
-- Years that the town entered; those of the platform's release are part of its code.
create table incidents_calendar_years (
  year int primary key,
  source text not null,
  -- {off: [{from, to, name}], work: [day]}
  days jsonb not null
);
-- The town's own days go before the published ones.
create table incidents_calendar_days (
  day date primary key,
  kind text not null check (kind in ('off', 'work')),
  name text not null,
  segments jsonb
);

-- Whoever decides by the categories in memory decides by these as well, so they share one version.
create trigger incidents_limits_changed after insert or update or delete on incidents_limits
  for each statement execute function incidents_categories_changed();
create trigger incidents_ladders_changed after insert or update or delete on incidents_ladders
  for each statement execute function incidents_categories_changed();
create trigger incidents_week_changed after insert or update or delete on incidents_calendar_week
  for each statement execute function incidents_categories_changed();
create trigger incidents_years_changed after insert or update or delete on incidents_calendar_years
  for each statement execute function incidents_categories_changed();
create trigger incidents_days_changed after insert or update or delete on incidents_calendar_days
  for each statement execute function incidents_categories_changed();

create table incidents_clocks (
  id uuid primary key default gen_random_uuid(),
  -- No foreign key: incidents are never deleted, and the check would cost each report.
  incident_id uuid not null,
  order_id uuid,
  -- {kind, id} of the order's party.
  party jsonb,
  phase text not null check (phase in ('accept', 'dispatch', 'handle', 'verify', 'take', 'order')),
  start_at timestamptz not null,
  -- {minutes, mode} as it applied; null until the clock is wound.
  rule jsonb,
  pauses jsonb not null default '[]',
  extensions jsonb not null default '[]',
  -- Start, rule, pauses and extensions of a merged incident whose earlier deadline holds.
  adopted jsonb,
  -- What follows from the above: null while it stands.
  deadline_at timestamptz,
  stopped_at timestamptz,
  -- Version of the rules by which it was reckoned.
  book uuid,
  -- Since when somebody looks after it: what was due long before is no news.
  wound_at timestamptz,
  -- The next moment at which something happens; -infinity: it waits to be wound.
  due_at timestamptz,
  -- Steps of the ladder that were taken, by their keys.
  done text[] not null default '{}',
  -- The step whose reminder repeats, and when it does next.
  repeating text,
  repeat_at timestamptz,
  told_at timestamptz,
  reminders int not null default 0,
  acked_at timestamptz,
  acked_by text
) with (fillfactor = 70);
create unique index incidents_clocks_incident on incidents_clocks (incident_id, phase) where order_id is null;
create unique index incidents_clocks_order on incidents_clocks (order_id, phase) where order_id is not null;
create index incidents_clocks_of on incidents_clocks (incident_id) where order_id is not null;
create index incidents_clocks_due on incidents_clocks (due_at) where due_at is not null;

create table incidents_supervisions (
  id uuid primary key,
  incident_id uuid not null references incidents_incidents (id),
  at timestamptz not null,
  by_name text not null,
  reason text not null,
  answered_at timestamptz,
  answered_by text,
  answer text
);
create index incidents_supervisions_incident on incidents_supervisions (incident_id, at);

-- How far open clocks follow a change of the rules; a killed run goes on at its cursor.
create table incidents_recomputes (
  id uuid primary key,
  why text not null check (why in ('rule', 'calendar')),
  at timestamptz not null,
  position uuid,
  done int not null default 0,
  total int not null,
  moved int not null default 0,
  finished_at timestamptz
);

-- The phase that a state is, besides handling.
create function incidents_stage(state text, open_orders int) returns text language sql immutable parallel safe as $$
  select case when state in ('reported', 'reopen-requested') then 'accept'
    when state = 'accepted' or (state = 'registered' and open_orders = 0) then 'dispatch'
    when state = 'responded' then 'verify' end
$$;

-- Clocks start with the report itself, in its own transaction; the keeper winds them a moment later.
create function incidents_start_clocks() returns trigger language plpgsql security definer
  set search_path = public, pg_temp as $$
begin
  insert into incidents_clocks (incident_id, phase, start_at, deadline_at, stopped_at, due_at)
  select id, 'handle', reported_at, own_deadline_at, clock_stopped_at, '-infinity' from fresh where is_open;
  if exists (select 1 from incidents_limits where phase in ('accept', 'dispatch', 'verify')) then
    insert into incidents_clocks (incident_id, phase, start_at, due_at)
    select id, incidents_stage(state, open_orders), updated_at, '-infinity' from fresh
    where is_open and incidents_stage(state, open_orders) is not null;
  end if;
  return null;
end $$;
create trigger incidents_start_clocks after insert on incidents_incidents
  referencing new table as fresh for each statement execute function incidents_start_clocks();

-- A clock stops and a stage begins with the move that says so, whoever made it.
create function incidents_follow_clocks() returns trigger language plpgsql security definer
  set search_path = public, pg_temp as $$
declare stage text := incidents_stage(new.state, new.open_orders);
begin
  if old.clock_stopped_at is distinct from new.clock_stopped_at then
    update incidents_clocks set stopped_at = new.clock_stopped_at,
      due_at = case when new.clock_stopped_at is null then '-infinity'::timestamptz end
    where incident_id = new.id and order_id is null and phase = 'handle';
  end if;
  if stage is distinct from incidents_stage(old.state, old.open_orders)
    and exists (select 1 from incidents_limits where phase in ('accept', 'dispatch', 'verify')) then
    update incidents_clocks set stopped_at = new.updated_at,
      -- Stopped before it was wound: the keeper still has to say by which limit.
      due_at = case when rule is null then '-infinity'::timestamptz end
    where incident_id = new.id and order_id is null and phase <> 'handle' and stopped_at is null;
    if stage is not null then
      insert into incidents_clocks (incident_id, phase, start_at, due_at)
      values (new.id, stage, new.updated_at, '-infinity')
      on conflict (incident_id, phase) where order_id is null do update set start_at = excluded.start_at,
        due_at = excluded.due_at, rule = null, pauses = '[]', extensions = '[]', deadline_at = null, stopped_at = null,
        wound_at = null, done = '{}', repeating = null, repeat_at = null, told_at = null, reminders = 0,
        acked_at = null, acked_by = null;
    end if;
  end if;
  return null;
end $$;
create trigger incidents_follow_clocks after update on incidents_incidents for each row
  when (old.clock_stopped_at is distinct from new.clock_stopped_at or old.state <> new.state
    or old.open_orders <> new.open_orders)
  execute function incidents_follow_clocks();

-- Clocks of what is open already, from the start that their shifted deadlines tell.
insert into incidents_clocks (incident_id, phase, start_at, deadline_at, stopped_at, due_at, done)
select i.id, 'handle', coalesce(i.own_deadline_at - make_interval(mins => case
    when array_position(array['ordinary', 'urgent', 'emergency'], i.severity)
      <= array_position(array['ordinary', 'urgent', 'emergency'], c.severity) then c.handle_limit_min
    else least(c.handle_limit_min, case i.severity when 'urgent' then 1440 else 120 end) end), i.reported_at),
  i.own_deadline_at, i.clock_stopped_at, '-infinity',
  case i.clock_told when 2 then array['p80:remind', 'p100:remind'] when 1 then array['p80:remind'] else '{}' end
from incidents_incidents i join incidents_categories c on c.code = i.category_code where i.is_open;

alter table incidents_limits enable row level security;
alter table incidents_ladders enable row level security;
alter table incidents_calendar_week enable row level security;
alter table incidents_calendar_years enable row level security;
alter table incidents_calendar_days enable row level security;
create policy read_all on incidents_limits for select using (true);
create policy read_all on incidents_ladders for select using (true);
create policy read_all on incidents_calendar_week for select using (true);
create policy read_all on incidents_calendar_years for select using (true);
create policy read_all on incidents_calendar_days for select using (true);
create policy write on incidents_limits for all
  using (kernel_is_system() or 'system-admin' = any (kernel_roles()));
create policy write on incidents_ladders for all
  using (kernel_is_system() or 'system-admin' = any (kernel_roles()));
create policy write on incidents_calendar_week for all
  using (kernel_is_system() or 'system-admin' = any (kernel_roles()));
create policy write on incidents_calendar_years for all
  using (kernel_is_system() or 'system-admin' = any (kernel_roles()));
create policy write on incidents_calendar_days for all
  using (kernel_is_system() or 'system-admin' = any (kernel_roles()));
grant select, insert, update, delete on incidents_limits, incidents_ladders, incidents_calendar_week,
  incidents_calendar_years, incidents_calendar_days to wangge_app;

alter table incidents_clocks enable row level security;
create policy with_incident on incidents_clocks for select
  using (kernel_is_system() or exists (select 1 from incidents_incidents i where i.id = incident_id));
create policy platform on incidents_clocks for all using (kernel_is_system()) with check (kernel_is_system());
grant select, insert, update, delete on incidents_clocks to wangge_app;
alter table incidents_supervisions enable row level security;
create policy with_incident on incidents_supervisions for select
  using (kernel_is_system() or exists (select 1 from incidents_incidents i where i.id = incident_id));
create policy platform on incidents_supervisions for all using (kernel_is_system()) with check (kernel_is_system());
grant select, insert, update on incidents_supervisions to wangge_app;
alter table incidents_recomputes enable row level security;
create policy read_all on incidents_recomputes for select using (true);
create policy write on incidents_recomputes for all
  using (kernel_is_system() or 'system-admin' = any (kernel_roles()));
grant select, insert, update on incidents_recomputes to wangge_app;
