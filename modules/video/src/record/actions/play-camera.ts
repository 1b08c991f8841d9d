/** A ticket for looking back. */
import { AppError, newId } from '@wangge/contract-kit';
import { asPlatform } from '@wangge/incidents';
import { sql, type Tx } from '@wangge/kernel';
import { lookChanged, type Ticket, type ViewPurpose } from '../../contract.ts';
import { mediaNode } from '../../media/nodes.ts';
import { giveTicket } from '../../watch/tickets.ts';
import { checkApproval } from '../approval.ts';
import { cameraFor, checkSpan, type RecordedCamera } from '../camera-rights.ts';
import { dayMs } from '../rules.ts';

const longestLookMs = 31 * dayMs;
/** A line that broke may go on so long after. */
const continuesMs = 300_000;

export interface LookAsked {
  readonly purpose: ViewPurpose;
  readonly reason: string;
  readonly fromMs: number;
  readonly toMs: number;
  readonly approvalId?: string | undefined;
  readonly incidentId?: string | undefined;
}

/**
 * The look stands in the audit before anything is seen.
 *
 * @throws AppError `not-found`, `forbidden`, `invalid-field`, `guard-failed` (`paused`, `approval-missing`, …),
 *   `unavailable` (no media worker)
 */
export async function playCameraBack(
  tx: Tx,
  cameraId: string,
  asked: LookAsked & { readonly continues?: string | undefined },
): Promise<Ticket> {
  const camera = await cameraFor(tx, 'video.playback', cameraId);
  checkSpan(tx, asked.fromMs, asked.toMs, longestLookMs);
  return asPlatform(tx, async () => {
    const node = await mediaNode(tx, camera.id);
    if (node?.publicUrl == null) throw new AppError('unavailable', { details: { part: 'media' } });
    const before = asked.continues === undefined ? null : await lookToContinue(tx, asked.continues, camera, asked);
    if (before === null) await checkApproval(tx, camera, 'video.playback', asked);
    const viewId = before ?? (await insertLook(tx, camera, 'playback', asked));
    const { text, untilMs } = await giveTicket(tx, viewId);
    return {
      viewId,
      ticket: text,
      expiresAtMs: untilMs,
      wsUrl: `${node.publicUrl}/video/ws`,
      whepUrl: null,
      stillUrl: null,
      stillAtMs: null,
    };
  });
}

/** The caller's own look at the same stretch, that ended or was seen a moment ago; else it is a look of its own. */
async function lookToContinue(
  tx: Tx,
  viewId: string,
  camera: RecordedCamera,
  asked: LookAsked,
): Promise<string | null> {
  const row = await tx.maybe<{ id: string }>(sql`select id from video_views where id = ${viewId}
    and camera_id = ${camera.id} and account_id = ${tx.actor.id} and kind = 'playback' and purpose = ${asked.purpose}
    and from_at <= ${new Date(asked.fromMs)} and to_at >= ${new Date(asked.toMs)}
    and coalesce(ended_at, seen_at, asked_at) > ${new Date(tx.nowMs - continuesMs)}`);
  return row?.id ?? null;
}

/** Row and audit of a look back or a copy; as the platform. */
export async function insertLook(
  tx: Tx,
  camera: RecordedCamera,
  kind: 'playback' | 'export',
  asked: LookAsked,
): Promise<string> {
  const { purpose, reason, fromMs, toMs, incidentId = null } = asked;
  const id = newId(tx.nowMs);
  const at = new Date(tx.nowMs);
  // A copy is a look without a stream: it begins and ends with the request.
  const over = kind === 'export' ? at : null;
  await tx.run(sql`insert into video_views (id, camera_id, account_id, account_name, kind, variant, purpose, reason,
      incident_id, from_at, to_at, asked_at, started_at, seen_at, ended_at)
    values (${id}, ${camera.id}, ${tx.actor.id}, ${tx.actor.name}, ${kind}, ${camera.variant}, ${purpose}, ${reason},
      ${incidentId}, ${new Date(fromMs)}, ${new Date(toMs)}, ${at}, ${over}, ${over}, ${over})`);
  tx.audit({
    action: `video.${kind}`,
    subject: { kind: 'camera', id: camera.id },
    purpose,
    details: { viewId: id, camera: camera.name, class: camera.class, fromMs, toMs, reason, incidentId },
  });
  tx.emit(
    lookChanged,
    { viewId: id, cameraId: camera.id },
    {
      areaPath: camera.areaPath,
      subjectId: camera.id,
      ...(camera.ownerId === null ? {} : { accountIds: [camera.ownerId] }),
    },
  );
  return id;
}
