/** Rows of what devices said they have. */
import { sql, type Tx } from '@wangge/kernel';
import type { GbChannel } from '../../contract/gb.ts';
import type { ChannelLine } from '../channel-line.ts';

export function channelsOf(tx: Tx, deviceId: string): Promise<GbChannel[]> {
  return tx.rows(sql`select c.device_id as "deviceId", c.channel_id as "channelId", c.name, c.online, c.manufacturer,
      c.lon, c.lat, c.has_ptz as "hasPtz", v.id as "cameraId"
    from video_gb_channels c left join video_cameras v on v.source_kind = 'gb28181' and v.retired_at is null
      and v.source->>'deviceId' = c.device_id and v.source->>'channelId' = c.channel_id
    where c.device_id = ${deviceId} order by c.name, c.channel_id limit 20000`);
}

/** @param whole what is not among them is gone. @returns how many there are now */
export async function writeChannels(
  tx: Tx,
  deviceId: string,
  lines: readonly ChannelLine[],
  whole: boolean,
): Promise<number> {
  const now = new Date(tx.nowMs);
  await tx.run(sql`insert into video_gb_channels
      (device_id, channel_id, name, online, manufacturer, lon, lat, has_ptz, seen_at)
    select d.device_id, n."channelId", n.name, n.online, n.manufacturer, n.lon, n.lat, n."hasPtz", ${now}
    from jsonb_to_recordset(${JSON.stringify(lines)}::jsonb)
      as n("channelId" text, name text, online boolean, manufacturer text, lon float8, lat float8, "hasPtz" boolean)
    join video_gb_devices d on d.device_id = ${deviceId}
    on conflict (device_id, channel_id) do update set name = excluded.name, online = excluded.online,
      manufacturer = excluded.manufacturer, lon = excluded.lon, lat = excluded.lat, has_ptz = excluded.has_ptz,
      seen_at = excluded.seen_at`);
  if (whole) {
    await tx.run(sql`delete from video_gb_channels
      where device_id = ${deviceId} and channel_id <> all(${lines.map((line) => line.channelId)}::text[])`);
    await tx.run(sql`update video_gb_devices set catalog_at = ${now} where device_id = ${deviceId}`);
  }
  const row = await tx.one<{ n: number }>(
    sql`select count(*)::int as n from video_gb_channels where device_id = ${deviceId}`,
  );
  return row.n;
}
export async function markChannels(
  tx: Tx,
  deviceId: string,
  channelIds: readonly string[],
  online: boolean,
): Promise<void> {
  await tx.run(sql`update video_gb_channels set online = ${online}
    where device_id = ${deviceId} and channel_id = any(${channelIds}::text[])`);
}
export async function removeChannels(tx: Tx, deviceId: string, channelIds: readonly string[]): Promise<void> {
  await tx.run(
    sql`delete from video_gb_channels where device_id = ${deviceId} and channel_id = any(${channelIds}::text[])`,
  );
}

/** The camera that a channel became; undefined for one that is not entered. */
export function cameraOfChannel(
  tx: Tx,
  deviceId: string,
  channelId: string,
): Promise<{ cameraId: string; areaPath: string } | undefined> {
  return tx.maybe(sql`select id as "cameraId", area_path as "areaPath" from video_cameras
    where source_kind = 'gb28181' and retired_at is null
      and source->>'deviceId' = ${deviceId} and source->>'channelId' = ${channelId}`);
}
