-- The two functions that every report runs, with less work in each.

-- Two-character words of a text, lower case and without punctuation (but spaces) as the caller made it.
-- Step by step, since the set-returning form took four times as long; repeated words are the index's to fold.
create or replace function kernel_bigrams(t text) returns text[] language plpgsql immutable strict parallel safe as $$
declare
  chars text[] := string_to_array(t, null);
  words text[] := '{}';
  n int := 0;
begin
  for i in 1 .. cardinality(chars) - 1 loop
    if chars[i] <> ' ' and chars[i + 1] <> ' ' then
      n := n + 1;
      words[n] := chars[i] || chars[i + 1];
    end if;
  end loop;
  return words;
end $$;

-- As before; jobs are written one by one by two plain statements, whose plans are kept, instead of by sets.
create or replace function kernel_flush(events jsonb, jobs jsonb, audits jsonb) returns void
  language plpgsql security definer set search_path = public, pg_temp as $$
declare
  job jsonb;
  task int;
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
  for i in 0 .. jsonb_array_length(jobs) - 1 loop
    job := jobs -> i;
    if job->>'key' is not null or job->>'queue' is not null then
      -- Those with a key replace one another, those of a queue wait for one another: the library knows how.
      perform graphile_worker.add_job(job->>'task', (job->'payload')::json, job->>'queue',
        (job->>'run_at')::timestamptz, (job->>'max_attempts')::int, job->>'key');
    else
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
