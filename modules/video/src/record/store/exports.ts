/** Rows of copies. */
import { fixedSql, sql, type Tx } from '@wangge/kernel';
import type { VideoExport, ViewPurpose } from '../../contract.ts';

const ms = (column: string) => fixedSql(`(extract(epoch from e.${column}) * 1000)::float8`);
const columns = sql`e.id, e.camera_id as "cameraId", c.name as "cameraName", ${ms('from_at')} as "fromMs",
  ${ms('to_at')} as "toMs", e.purpose, e.reason, e.account_name as "byName", e.state, e.percent, e.error,
  e.bytes::float8 as bytes, e.sha256, ${ms('requested_at')} as "requestedAtMs", ${ms('expires_at')} as "expiresAtMs"`;
const from = sql`from video_exports e join video_cameras c on c.id = e.camera_id`;

export interface ExportWork extends VideoExport {
  readonly accountId: string;
  readonly unit: string;
  readonly incidentId: string | null;
  readonly areaPath: string;
}
const workColumns = sql`${columns}, e.account_id as "accountId", e.unit, e.incident_id as "incidentId",
  c.area_path as "areaPath"`;

export async function exportByKey(tx: Tx, accountId: string, key: string): Promise<VideoExport | undefined> {
  return tx.maybe<VideoExport>(sql`select ${columns} ${from} where e.account_id = ${accountId} and e.key = ${key}`);
}
/** @throws AppError `not-found` */
export async function findExport(tx: Tx, id: string): Promise<VideoExport> {
  return tx.one<VideoExport>(sql`select ${columns} ${from} where e.id = ${id}`);
}
export async function exportWork(tx: Tx, id: string): Promise<ExportWork | undefined> {
  return tx.maybe<ExportWork>(sql`select ${workColumns} ${from} where e.id = ${id}`);
}
/** The newest first, of those that the caller may see. */
export async function pageOfExports(tx: Tx, cursor: string | undefined, limit: number): Promise<VideoExport[]> {
  return tx.rows<VideoExport>(sql`select ${columns} ${from}
    where ${cursor ?? null}::uuid is null or e.id < ${cursor ?? null}::uuid order by e.id desc limit ${limit + 1}`);
}

export interface NewExport {
  readonly id: string;
  readonly key: string;
  readonly cameraId: string;
  readonly viewId: string;
  readonly fromMs: number;
  readonly toMs: number;
  readonly purpose: ViewPurpose;
  readonly reason: string;
  readonly incidentId: string | null;
  readonly accountId: string;
  readonly accountName: string;
  readonly unit: string;
}
export async function insertExport(tx: Tx, e: NewExport): Promise<void> {
  await tx.run(sql`insert into video_exports (id, key, camera_id, view_id, from_at, to_at, purpose, reason, incident_id,
      account_id, account_name, unit, state, requested_at)
    values (${e.id}, ${e.key}, ${e.cameraId}, ${e.viewId}, ${new Date(e.fromMs)}, ${new Date(e.toMs)}, ${e.purpose},
      ${e.reason}, ${e.incidentId}, ${e.accountId}, ${e.accountName}, ${e.unit}, 'waiting', ${new Date(tx.nowMs)})`);
}
export async function markRunning(tx: Tx, id: string, percent: number): Promise<void> {
  await tx.run(sql`update video_exports set state = 'running', percent = ${percent} where id = ${id}
    and state in ('waiting', 'running')`);
}
export async function markReady(
  tx: Tx,
  id: string,
  file: { bytes: number; sha256: string; expiresAtMs: number },
): Promise<void> {
  await tx.run(sql`update video_exports set state = 'ready', percent = null, bytes = ${file.bytes},
    sha256 = ${file.sha256}, expires_at = ${new Date(file.expiresAtMs)} where id = ${id}`);
}
export async function markFailed(tx: Tx, id: string, error: { zh: string; en: string }): Promise<void> {
  await tx.run(sql`update video_exports set state = 'failed', percent = null, error = ${JSON.stringify(error)}::jsonb
    where id = ${id}`);
}
/** Those whose time is over, now without file. */
export async function expireExports(tx: Tx): Promise<{ id: string; accountId: string; areaPath: string }[]> {
  return tx.rows(sql`update video_exports e set state = 'expired' from video_cameras c
    where c.id = e.camera_id and e.state = 'ready' and e.expires_at <= ${new Date(tx.nowMs)}
    returning e.id, e.account_id as "accountId", c.area_path as "areaPath"`);
}
