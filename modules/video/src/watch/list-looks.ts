/** Who looked: for auditors, for owners of household cameras, for oneself. */
import { AppError } from '@wangge/contract-kit';
import { sql, type Tx } from '@wangge/kernel';
import type { Look } from '../contract.ts';

interface LookRow {
  readonly id: string;
  readonly camera_id: string;
  readonly camera_name: string;
  readonly account_name: string;
  readonly kind: Look['kind'];
  readonly purpose: string | null;
  readonly reason: string | null;
  readonly from_at: Date | null;
  readonly to_at: Date | null;
  readonly asked_at: Date;
  readonly started_at: Date | null;
  readonly ended_at: Date | null;
}

/** Newest first. @throws AppError `invalid-field` (cursor) */
export async function listLooks(
  tx: Tx,
  query: { readonly cursor?: string | undefined; readonly limit: number; readonly cameraId?: string | undefined },
): Promise<{ items: Look[]; nextCursor: string | null }> {
  const before = readCursor(query.cursor);
  const rows = await tx.rows<LookRow>(sql`select * from video_looks(${query.cameraId ?? null}::uuid, ${query.limit + 1},
    ${before?.at ?? null}::timestamptz, ${before?.id ?? null}::uuid)`);
  const page = rows.slice(0, query.limit);
  const last = page.at(-1);
  return {
    items: page.map((row) => ({
      viewId: row.id,
      cameraId: row.camera_id,
      cameraName: row.camera_name,
      accountName: row.account_name,
      kind: row.kind,
      purpose: row.purpose,
      reason: row.reason,
      fromMs: row.from_at?.getTime() ?? null,
      toMs: row.to_at?.getTime() ?? null,
      startedAtMs: (row.started_at ?? row.asked_at).getTime(),
      endedAtMs: row.ended_at?.getTime() ?? null,
    })),
    nextCursor: rows.length > query.limit && last ? `${last.asked_at.getTime()}_${last.id}` : null,
  };
}

function readCursor(cursor: string | undefined): { at: Date; id: string } | null {
  if (cursor === undefined) return null;
  const found = /^(\d{1,14})_([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/.exec(cursor);
  if (!found) throw new AppError('invalid-field', { field: 'cursor' });
  return { at: new Date(Number(found[1])), id: found[2] ?? '' };
}
