/** From a right to look to a ticket for a stream. */
import { AppError, newId } from '@wangge/contract-kit';
import { asPlatform } from '@wangge/incidents';
import { sql, type Tx } from '@wangge/kernel';
import { type CameraRow, findCamera } from '../cameras/camera-row.ts';
import { rightsAt } from '../cameras/may.ts';
import { lookChanged, type Ticket } from '../contract.ts';
import type { Variant } from '../media/hub.ts';
import { mediaNode } from '../media/nodes.ts';
import { basesOf, stillLink } from './still-link.ts';
import { giveTicket } from './tickets.ts';

/** A line that broke for longer makes another look of it. */
const continuesMs = 5 * 60_000;

/**
 * A ticket for looking live. A view that is not the caller's own of this camera, or ended too long ago, is not gone
 * on with: that is another look.
 *
 * @throws AppError `not-found`, `forbidden`, `gone` (retired), `guard-failed` (`paused` by the household),
 *   `unavailable` (the process that carries this camera is not there)
 */
export async function watchCamera(
  tx: Tx,
  id: string,
  asked: { readonly variant: Variant; readonly continues?: string | undefined },
): Promise<Ticket> {
  const camera = await findCamera(tx, id);
  checkMayWatch(tx, camera);
  const node = await mediaNode(tx, id);
  if (node?.publicUrl == null) throw new AppError('unavailable');
  const bases = basesOf(node.publicUrl);
  const { viewId, text, untilMs } = await asPlatform(tx, async () => {
    const viewId = (await goneOnWith(tx, camera, asked)) ?? (await newView(tx, camera, asked.variant));
    return { viewId, ...(await giveTicket(tx, viewId)) };
  });
  return {
    viewId,
    ticket: text,
    expiresAtMs: untilMs,
    wsUrl: `${bases.ws}/video/ws`,
    whepUrl: node.facts.webrtc === true ? `${bases.http}/video/whep` : null,
    stillUrl: camera.stillAt === null ? null : stillLink(tx, node.publicUrl, id),
    stillAtMs: camera.stillAt?.getTime() ?? null,
  };
}

function checkMayWatch(tx: Tx, camera: CameraRow): void {
  const asIfOpen = rightsAt(tx.rt, tx.actor, { ...camera, pausedAt: null, retiredAt: null });
  if (!asIfOpen.watch) throw new AppError('forbidden', { details: { permission: 'video.watch' } });
  if (camera.retiredAt !== null) throw new AppError('gone');
  if (camera.pausedAt !== null) throw new AppError('guard-failed', { details: { guard: 'paused' } });
}

async function goneOnWith(
  tx: Tx,
  camera: CameraRow,
  asked: { readonly variant: Variant; readonly continues?: string | undefined },
): Promise<string | null> {
  if (asked.continues === undefined || tx.actor.id === null) return null;
  const row = await tx.maybe<{ id: string }>(sql`update video_views set variant = ${asked.variant}
    where id = ${asked.continues} and camera_id = ${camera.id} and account_id = ${tx.actor.id} and kind = 'live'
      and coalesce(ended_at, seen_at, asked_at) > ${new Date(tx.nowMs - continuesMs)}
    returning id`);
  return row?.id ?? null;
}

async function newView(tx: Tx, camera: CameraRow, variant: Variant): Promise<string> {
  const viewId = newId();
  await tx.run(sql`insert into video_views (id, camera_id, account_id, account_name, kind, variant, asked_at)
    values (${viewId}, ${camera.id}, ${tx.actor.id}, ${tx.actor.name}, 'live', ${variant}, ${new Date(tx.nowMs)})`);
  tx.audit({
    action: 'video.watch',
    subject: { kind: 'camera', id: camera.id },
    details: { viewId, name: camera.name, class: camera.class, variant },
  });
  tx.emit(lookChanged, { viewId, cameraId: camera.id }, { areaPath: camera.areaPath, subjectId: camera.id });
  return viewId;
}
