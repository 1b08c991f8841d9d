-- Lists of the register, and who looked, each within the caller's own scope.

-- `f`: {q, areaPath, class, link, group, tag, lacking, retired}; answers {total, ids}, ids by name, behind the camera `behind`.
create function video_find(f jsonb, lim int, behind uuid) returns jsonb
  language sql stable security definer set search_path = public, pg_temp as $$
  with found as (
    select c.id, c.name from video_cameras c left join video_states s on s.camera_id = c.id
    where (kernel_is_system() or video_reaches(c.area_path, c.owner_account_id))
      and case f->>'retired' when 'only' then c.retired_at is not null when 'with' then true else c.retired_at is null end
      and (f->>'areaPath' is null or starts_with(c.area_path, f->>'areaPath'))
      and (f->'class' is null or f->'class' ? c.class)
      and (f->'link' is null or f->'link' ? coalesce(s.link, 'unknown'))
      and (f->>'group' is null or c.group_name = f->>'group')
      and (f->>'tag' is null or f->>'tag' = any(c.tags))
      and (f->'lacking' is null
        or (f->'lacking' ? 'filing' and c.duties->>'filedOn' is null)
        or (f->'lacking' ? 'sign' and c.duties->>'signSeenOn' is null))
      and (f->>'q' is null or position(lower(f->>'q') in lower(concat_ws(e'\n', c.name, c.code, c.address, c.group_name,
        array_to_string(c.tags, e'\n')))) > 0)
  )
  select jsonb_build_object(
    'total', (select count(*) from found),
    'ids', coalesce((select jsonb_agg(p.id order by p.name, p.id) from (
      select id, name from found
      where behind is null or (name, id) > (select b.name, b.id from video_cameras b where b.id = behind)
      order by name, id limit lim) as p), '[]'))
$$;
revoke all on function video_find(jsonb, int, uuid) from public;
grant execute on function video_find(jsonb, int, uuid) to wangge_app;

-- All at once for the map: the policy of `video_states` would look each camera up again. `box`: west, south, east, north.
create function video_pins(box double precision[]) returns table (
    id uuid, name text, "areaId" uuid, class text, lon double precision, lat double precision, cone jsonb, "group" text,
    tags text[], link text, "hasPtz" boolean, paused boolean, records boolean)
  language sql stable security definer set search_path = public, pg_temp as $$
  select c.id, c.name, c.area_id, c.class, c.lon, c.lat, c.cone, c.group_name, c.tags, coalesce(s.link, 'unknown'),
    c.has_ptz, c.paused_at is not null, c.recording->>'mode' <> 'off'
  from video_cameras c left join video_states s on s.camera_id = c.id
  where c.retired_at is null and (kernel_is_system() or video_reaches(c.area_path, c.owner_account_id))
    and (box is null or (c.lon between box[1] and box[3] and c.lat between box[2] and box[4]))
  order by c.name, c.id
$$;
revoke all on function video_pins(double precision[]) from public;
grant execute on function video_pins(double precision[]) to wangge_app;

-- Auditors see all looks, owners those at their cameras, everybody their own; names of cameras come along, which an
-- auditor could not read. Tickets that nobody took are no looks.
create function video_looks(camera uuid, lim int, before timestamptz, before_id uuid) returns table (
    id uuid, camera_id uuid, camera_name text, account_name text, kind text, purpose text, reason text,
    from_at timestamptz, to_at timestamptz, asked_at timestamptz, started_at timestamptz, ended_at timestamptz)
  language sql stable security definer set search_path = public, pg_temp as $$
  select v.id, v.camera_id, c.name, v.account_name, v.kind, v.purpose, v.reason, v.from_at, v.to_at, v.asked_at,
    v.started_at, v.ended_at
  from video_views v join video_cameras c on c.id = v.camera_id
  where (kernel_is_system() or kernel_roles() && '{audit-admin}' or v.account_id = kernel_account()
      or c.owner_account_id = kernel_account())
    and (v.kind = 'export' or v.started_at is not null)
    and (camera is null or v.camera_id = camera)
    and (before_id is null or (v.asked_at, v.id) < (before, before_id))
  order by v.asked_at desc, v.id desc limit lim
$$;
revoke all on function video_looks(uuid, int, timestamptz, uuid) from public;
grant execute on function video_looks(uuid, int, timestamptz, uuid) to wangge_app;
create index video_views_account on video_views (account_id, asked_at desc);
