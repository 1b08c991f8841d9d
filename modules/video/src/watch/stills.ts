/** The last picture of cameras, which the workers that pull them keep. */
import type { Tx } from '@wangge/kernel';
import { findCameras } from '../cameras/camera-row.ts';
import { rightsAt } from '../cameras/may.ts';
import type { LinkState } from '../contract.ts';
import { mediaNodesFor } from '../media/nodes.ts';
import { stillLink } from './still-link.ts';

export interface Still {
  readonly cameraId: string;
  readonly url: string | null;
  readonly atMs: number | null;
  readonly link: LinkState;
}

/** In the order asked; null for what the caller may not look at, which a pause is part of. */
export async function listStills(tx: Tx, cameraIds: readonly string[]): Promise<(Still | null)[]> {
  const rows = new Map((await findCameras(tx, cameraIds)).map((row) => [row.id, row]));
  const nodes = await mediaNodesFor(tx, cameraIds);
  return cameraIds.map((cameraId) => {
    const row = rows.get(cameraId);
    if (!row || !rightsAt(tx.rt, tx.actor, row).watch) return null;
    const base = nodes.get(cameraId)?.publicUrl;
    const link = row.link ?? 'unknown';
    if (row.stillAt === null || base == null) return { cameraId, url: null, atMs: null, link };
    return { cameraId, url: stillLink(tx, base, cameraId), atMs: row.stillAt.getTime(), link };
  });
}
