/** Asking for copies, reading how far they are, taking them. */
import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import type { Readable } from 'node:stream';
import { areaIndex } from '@wangge/areas';
import { AppError, newId } from '@wangge/contract-kit';
import { asPlatform } from '@wangge/incidents';
import type { Tx } from '@wangge/kernel';
import { departmentsById } from '@wangge/staff';
import { longestExportMs, type VideoExport } from '../../contract.ts';
import { checkApproval } from '../approval.ts';
import { cameraFor, checkSpan } from '../camera-rights.ts';
import { exportPath } from '../places.ts';
import { exportByKey, findExport, insertExport, pageOfExports } from '../store/exports.ts';
import { insertLook, type LookAsked } from './play-camera.ts';

export const exportTask = 'video.make-export';

export interface ExportAsked extends LookAsked {
  readonly key: string;
  readonly cameraId: string;
}

/**
 * The same key again answers the same copy.
 *
 * @throws AppError `not-found`, `forbidden`, `invalid-field`, `key-reused`, `guard-failed` (`too-long`, `paused`,
 *   `approval-missing`, …)
 */
export async function askExport(tx: Tx, asked: ExportAsked): Promise<VideoExport> {
  const camera = await cameraFor(tx, 'video.export', asked.cameraId);
  const accountId = tx.actor.id;
  if (accountId === null) throw new AppError('forbidden');
  const known = await exportByKey(tx, accountId, asked.key);
  if (known) return same(known, asked);
  checkSpan(tx, asked.fromMs, asked.toMs, longestExportMs);
  return asPlatform(tx, async () => {
    await checkApproval(tx, camera, 'video.export', asked);
    const viewId = await insertLook(tx, camera, 'export', asked);
    const { key, fromMs, toMs, purpose, reason, incidentId = null } = asked;
    const [id, unit] = [newId(tx.nowMs), await unitOf(tx)];
    const row = { id, key, cameraId: camera.id, viewId, fromMs, toMs, purpose, reason, incidentId, accountId, unit };
    await insertExport(tx, { ...row, accountName: tx.actor.name });
    // One after the other: each takes a core for as long as it lasts.
    tx.addJob(exportTask, { exportId: id }, { queue: 'video-exports', maxAttempts: 3 });
    return findExport(tx, id);
  });
}

function same(known: VideoExport, asked: ExportAsked): VideoExport {
  if (known.cameraId !== asked.cameraId || known.fromMs !== asked.fromMs || known.toMs !== asked.toMs) {
    throw new AppError('key-reused', { field: 'key' });
  }
  return known;
}

/** Department or area of the first post. */
async function unitOf(tx: Tx): Promise<string> {
  const [post] = tx.actor.posts;
  if (!post) return '';
  const department = post.departmentId === null ? undefined : (await departmentsById(tx)).get(post.departmentId);
  return department?.name ?? areaIndex(tx.rt).get(post.areaId)?.name ?? '';
}

export async function exportsPage(
  tx: Tx,
  { cursor, limit }: { readonly cursor?: string | undefined; readonly limit: number },
): Promise<{ items: VideoExport[]; nextCursor: string | null }> {
  const rows = await pageOfExports(tx, checkedCursor(cursor), limit);
  const items = rows.slice(0, limit);
  return { items, nextCursor: rows.length > limit ? (items.at(-1)?.id ?? null) : null };
}

/** @throws AppError `invalid-field` for what is no identifier */
export function checkedCursor(cursor: string | undefined): string | undefined {
  if (cursor === undefined || /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(cursor)) return cursor;
  throw new AppError('invalid-field', { field: 'cursor' });
}

/**
 * The file, for the one who asked for it, as long as the right to the camera lasts.
 *
 * @throws AppError `not-found`, `forbidden`, `gone` (deleted), `guard-failed` (`not-ready`)
 */
export async function takeExport(tx: Tx, id: string): Promise<{ stream: Readable; bytes: number; name: string }> {
  const found = await findExport(tx, id);
  const camera = await cameraFor(tx, 'video.export', found.cameraId);
  if (found.state === 'expired') throw new AppError('gone');
  if (found.state !== 'ready') throw new AppError('guard-failed', { details: { guard: 'not-ready' } });
  const path = exportPath(tx.rt.config.dataDir, id);
  const bytes = await stat(path).then(
    (one) => one.size,
    () => {
      throw new AppError('gone');
    },
  );
  tx.audit({
    action: 'video.export-download',
    subject: { kind: 'camera', id: camera.id },
    purpose: found.purpose,
    details: { exportId: id, camera: camera.name, fromMs: found.fromMs, toMs: found.toMs, sha256: found.sha256 },
  });
  return { stream: createReadStream(path), bytes, name: `wangge-video-${id.slice(-8)}.zip` };
}
