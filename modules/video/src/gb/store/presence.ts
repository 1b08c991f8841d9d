/** Who is there: devices, and the lines of the cameras behind them. One statement for however many. */
import { sql, type Tx } from '@wangge/kernel';

export interface LinkChange {
  readonly deviceId: string;
  readonly online: boolean;
  readonly reason: string | null;
  readonly atMs: number;
}

export async function writeKeepalives(tx: Tx, atMs: ReadonlyMap<string, number>): Promise<void> {
  await tx.run(sql`update video_gb_devices d set keepalive_at = to_timestamp(k.value::float8 / 1000)
    from jsonb_each_text(${JSON.stringify(Object.fromEntries(atMs))}::jsonb) k where d.device_id = k.key`);
}

/** @returns numbers of those that were otherwise before */
export async function writeLinks(tx: Tx, changes: readonly LinkChange[]): Promise<string[]> {
  const rows = await tx.rows<{ deviceId: string }>(sql`update video_gb_devices d
    set online = n.online, offline_reason = n.reason,
      keepalive_at = case when n.online then to_timestamp(n."atMs" / 1000) else d.keepalive_at end
    from jsonb_to_recordset(${JSON.stringify(changes)}::jsonb)
      as n("deviceId" text, online boolean, reason text, "atMs" float8)
    where d.device_id = n."deviceId" and (d.online, d.offline_reason) is distinct from (n.online, n.reason)
    returning d.device_id as "deviceId"`);
  return rows.map(({ deviceId }) => deviceId);
}

export interface ChangedCamera {
  readonly cameraId: string;
  readonly areaPath: string;
}
/**
 * The lines of the cameras of devices, as registration and catalogue have them. What a media worker found out by
 * pulling (a faulty stream) is not overwritten by a device that is merely there.
 */
export function settleCameras(tx: Tx, deviceIds: readonly string[]): Promise<ChangedCamera[]> {
  const now = new Date(tx.nowMs);
  return tx.rows(sql`with wanted as (
      select v.id, v.area_path, case when d.online and coalesce(c.online, true) then 'online' else 'offline' end as link,
        case when not d.online then d.offline_reason when not coalesce(c.online, true) then 'channel' end as reason
      from video_gb_devices d
      join video_cameras v on v.source_kind = 'gb28181' and v.retired_at is null and v.source->>'deviceId' = d.device_id
      left join video_gb_channels c on c.device_id = d.device_id and c.channel_id = v.source->>'channelId'
      where d.device_id = any(${deviceIds}::text[])
    ), written as (
      insert into video_states as s (camera_id, link, since, reason, checked_at)
      select id, link, ${now}, reason, ${now} from wanted
      on conflict (camera_id) do update set link = excluded.link, since = excluded.since, reason = excluded.reason,
        checked_at = excluded.checked_at
      where s.link <> excluded.link and (excluded.link = 'offline' or s.link in ('offline', 'unknown'))
      returning camera_id)
    select w.id as "cameraId", w.area_path as "areaPath" from wanted w join written on written.camera_id = w.id`);
}

/** For the start: those that are marked as there and are not, and the other way round. */
export async function onlineDevices(tx: Tx): Promise<string[]> {
  const rows = await tx.rows<{ deviceId: string }>(
    sql`select device_id as "deviceId" from video_gb_devices where online`,
  );
  return rows.map(({ deviceId }) => deviceId);
}

/** Devices with cameras of which nothing is known yet: entered after the device came. */
export async function devicesOfNewCameras(tx: Tx): Promise<string[]> {
  const rows = await tx.rows<{ deviceId: string }>(sql`select distinct d.device_id as "deviceId"
    from video_cameras v join video_gb_devices d on d.device_id = v.source->>'deviceId'
    left join video_states s on s.camera_id = v.id
    where v.source_kind = 'gb28181' and v.retired_at is null and coalesce(s.link, 'unknown') = 'unknown'`);
  return rows.map(({ deviceId }) => deviceId);
}
