-- As before, but jobs without key and queue are written by one statement where there are several: a transaction that
-- carries many reports carries as many jobs.
create or replace function kernel_flush(events jsonb, jobs jsonb, audits jsonb) returns void
  language plpgsql security definer set search_path = public, pg_temp as $$
declare
  job jsonb;
  task int;
  job_count int := jsonb_array_length(jobs);
begin
  if jsonb_array_length(events) > 0 then
    insert into kernel_outbox (type, subject_id, area_path, account_ids, department_ids, live, payload)
    select e.type, e.subject_id, e.area_path, e.account_ids, e.department_ids, e.live, e.payload
    from jsonb_to_recordset(events) as e(type text, subject_id text, area_path text, account_ids uuid[],
      department_ids uuid[], live boolean, payload jsonb);
  end if;
  if jsonb_array_length(audits) > 0 then
    insert into kernel_audit (actor_kind, actor_id, actor_name, action, subject_kind, subject_id, purpose, address, details)
    select a.actor_kind, a.actor_id, a.actor_name, a.action, a.subject_kind, a.subject_id, a.purpose, a.address, a.details
    from jsonb_to_recordset(audits) as a(actor_kind text, actor_id uuid, actor_name text, action text,
      subject_kind text, subject_id text, purpose text, address text, details jsonb);
  end if;
  if job_count > 3 then
    insert into graphile_worker._private_tasks (identifier)
    select distinct j.task from jsonb_to_recordset(jobs) as j(task text, key text, queue text)
    where j.key is null and j.queue is null
      and not exists (select 1 from graphile_worker._private_tasks t where t.identifier = j.task)
    order by 1
    on conflict (identifier) do nothing;
    insert into graphile_worker._private_jobs (task_id, payload, run_at, max_attempts)
    select t.id, j.payload, coalesce(j.run_at, now()), coalesce(j.max_attempts, 25)
    from jsonb_to_recordset(jobs) as j(task text, payload json, run_at timestamptz, max_attempts smallint, key text, queue text)
    join graphile_worker._private_tasks t on t.identifier = j.task
    where j.key is null and j.queue is null;
  end if;
  for i in 0 .. job_count - 1 loop
    job := jobs -> i;
    if job->>'key' is not null or job->>'queue' is not null then
      -- Those with a key replace one another, those of a queue wait for one another: the library knows how.
      perform graphile_worker.add_job(job->>'task', (job->'payload')::json, job->>'queue',
        (job->>'run_at')::timestamptz, (job->>'max_attempts')::int, job->>'key');
    elsif job_count <= 3 then
      -- As graphile_worker.add_job would write it but without its NOTIFY, which would hold a lock over the whole
      -- database until this commit is on disk; the application wakes runners afterwards.
      select id into task from graphile_worker._private_tasks where identifier = job->>'task';
      if not found then
        insert into graphile_worker._private_tasks (identifier) values (job->>'task')
        on conflict (identifier) do update set identifier = excluded.identifier returning id into task;
      end if;
      insert into graphile_worker._private_jobs (task_id, payload, run_at, max_attempts)
      values (task, (job->'payload')::json, coalesce((job->>'run_at')::timestamptz, now()),
        coalesce((job->>'max_attempts')::smallint, 25));
    end if;
  end loop;
end $$;
