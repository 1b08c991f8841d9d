/** Rows of who turns cameras, and of named positions; the camera itself as far as turning it needs. */
import { sql, type Tx } from '@wangge/kernel';
import type { Lease } from './rank.ts';

export interface SteeredCamera {
  readonly id: string;
  readonly areaPath: string;
  readonly ownerId: string | null;
  readonly hasPtz: boolean;
  readonly retired: boolean;
  readonly paused: boolean;
  readonly sourceKind: 'rtsp' | 'onvif' | 'gb28181';
  readonly source: Readonly<Record<string, unknown>>;
  readonly sealedPassword: string | null;
}

/** If the caller may see it. @throws AppError `not-found` */
export function steeredCamera(tx: Tx, id: string): Promise<SteeredCamera> {
  return tx.one(sql`select id, area_path as "areaPath", owner_account_id as "ownerId", has_ptz as "hasPtz",
      retired_at is not null as retired, paused_at is not null as paused, source_kind as "sourceKind", source,
      source_password as "sealedPassword"
    from video_cameras where id = ${id}`);
}

/** As the platform; nobody else takes it until the transaction ends. */
export async function lockLease(tx: Tx, cameraId: string): Promise<Lease | null> {
  // The camera's row: a lease that is not there yet cannot be locked.
  await tx.one(sql`select id from video_cameras where id = ${cameraId} for no key update`);
  const row = await tx.maybe<Omit<Lease, 'untilMs'> & { until: Date }>(
    sql`select account_id as "accountId", account_name as "accountName", rank, until
      from video_ptz_leases where camera_id = ${cameraId}`,
  );
  if (!row) return null;
  const { until, ...lease } = row;
  return { ...lease, untilMs: until.getTime() };
}
export async function writeLease(tx: Tx, cameraId: string, lease: Lease): Promise<void> {
  await tx.run(sql`insert into video_ptz_leases (camera_id, account_id, account_name, rank, until)
    values (${cameraId}, ${lease.accountId}, ${lease.accountName}, ${lease.rank}, ${new Date(lease.untilMs)})
    on conflict (camera_id) do update set account_id = excluded.account_id, account_name = excluded.account_name,
      rank = excluded.rank, until = excluded.until`);
}

export interface PresetRow {
  readonly preset: number;
  readonly name: string;
  readonly token: string | null;
}
export function presetsOf(tx: Tx, cameraId: string): Promise<PresetRow[]> {
  return tx.rows(sql`select preset, name, token from video_ptz_presets where camera_id = ${cameraId} order by preset`);
}
export async function writePreset(tx: Tx, cameraId: string, { preset, name, token }: PresetRow): Promise<void> {
  await tx.run(sql`insert into video_ptz_presets (camera_id, preset, name, token)
    values (${cameraId}, ${preset}, ${name}, ${token})
    on conflict (camera_id, preset) do update set name = excluded.name, token = excluded.token`);
}
export async function removePreset(tx: Tx, cameraId: string, preset: number): Promise<void> {
  await tx.run(sql`delete from video_ptz_presets where camera_id = ${cameraId} and preset = ${preset}`);
}
