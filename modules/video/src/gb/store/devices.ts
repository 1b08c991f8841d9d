/** Rows of devices that may register. */
import { sql, type Tx } from '@wangge/kernel';
import type { Registration } from '@wangge/gb28181';
import type { GbDevice } from '../../contract/gb.ts';

interface DeviceRow extends Omit<GbDevice, 'registeredAtMs' | 'lastKeepaliveAtMs' | 'catalogAtMs'> {
  readonly registeredAt: Date | null;
  readonly keepaliveAt: Date | null;
  readonly catalogAt: Date | null;
}
const selected = sql`select d.device_id as "deviceId", d.name, d.online, d.registered_at as "registeredAt",
    d.keepalive_at as "keepaliveAt", d.offline_reason as "offlineReason", d.transport, d.manufacturer, d.model,
    (select count(*)::int from video_gb_channels c where c.device_id = d.device_id) as channels,
    (select count(*)::int from video_gb_channels c where c.device_id = d.device_id and not exists (
      select 1 from video_cameras v where v.source_kind = 'gb28181' and v.retired_at is null
        and v.source->>'deviceId' = c.device_id and v.source->>'channelId' = c.channel_id)) as unentered,
    d.catalog_at as "catalogAt"
  from video_gb_devices d`;

function shown({ registeredAt, keepaliveAt, catalogAt, ...row }: DeviceRow): GbDevice {
  return {
    ...row,
    registeredAtMs: registeredAt?.getTime() ?? null,
    lastKeepaliveAtMs: keepaliveAt?.getTime() ?? null,
    catalogAtMs: catalogAt?.getTime() ?? null,
  };
}

/** By number; `after`: the last one of the page before. */
export async function devicesAfter(tx: Tx, after: string, limit: number): Promise<GbDevice[]> {
  const rows = await tx.rows<DeviceRow>(
    sql`${selected} where d.device_id > ${after} order by d.device_id limit ${limit}`,
  );
  return rows.map(shown);
}
/** @throws AppError `not-found` */
export async function findDevice(tx: Tx, deviceId: string): Promise<GbDevice> {
  return shown(await tx.one<DeviceRow>(sql`${selected} where d.device_id = ${deviceId}`));
}

/** @param sealed null: stays as it is. @returns false for a new device without a password */
export async function writeDevice(tx: Tx, deviceId: string, name: string, sealed: string | null): Promise<boolean> {
  const now = new Date(tx.nowMs);
  const changed = await tx.run(sql`update video_gb_devices set name = ${name},
      password = coalesce(${sealed}, password), updated_at = ${now} where device_id = ${deviceId}`);
  if (changed === 1) return true;
  if (sealed === null) return false;
  await tx.run(sql`insert into video_gb_devices (device_id, name, password, created_at, updated_at)
    values (${deviceId}, ${name}, ${sealed}, ${now}, ${now})
    on conflict (device_id) do update set name = excluded.name, password = excluded.password,
      updated_at = excluded.updated_at`);
  return true;
}
export function removeDevice(tx: Tx, deviceId: string): Promise<number> {
  return tx.run(sql`delete from video_gb_devices where device_id = ${deviceId}`);
}

export function sealedPasswords(tx: Tx): Promise<{ deviceId: string; password: string }[]> {
  return tx.rows(sql`select device_id as "deviceId", password from video_gb_devices`);
}
/** Changes whenever a device comes, goes, or gets another password. */
export async function devicesStamp(tx: Tx): Promise<string> {
  const row = await tx.one<{ stamp: string }>(
    sql`select concat_ws('/', count(*), max(updated_at)) as stamp from video_gb_devices`,
  );
  return row.stamp;
}

export async function keptRegistrations(tx: Tx): Promise<Registration[]> {
  const rows = await tx.rows<{ registration: Registration }>(
    sql`select registration from video_gb_devices where registration is not null`,
  );
  return rows.map(({ registration }) => registration);
}
/** One statement for all, in whatever number they come. */
export async function keepRegistrations(tx: Tx, registrations: readonly Registration[]): Promise<void> {
  await tx.run(sql`update video_gb_devices d set registration = r.value,
      registered_at = to_timestamp((r.value->>'registeredAt')::float8 / 1000),
      transport = r.value->'remote'->>'transport'
    from jsonb_array_elements(${JSON.stringify(registrations)}::jsonb) as r(value)
    where d.device_id = r.value->>'deviceId'`);
}
export async function dropRegistration(tx: Tx, deviceId: string): Promise<void> {
  await tx.run(sql`update video_gb_devices set registration = null where device_id = ${deviceId}`);
}
export async function writeInfo(
  tx: Tx,
  deviceId: string,
  manufacturer: string | null,
  model: string | null,
): Promise<void> {
  await tx.run(sql`update video_gb_devices set manufacturer = coalesce(${manufacturer}, manufacturer),
    model = coalesce(${model}, model) where device_id = ${deviceId}`);
}
