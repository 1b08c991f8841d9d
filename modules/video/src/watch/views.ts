/** Looks while they go on, and their ends; called by the processes that send the pictures. */
import { type Runtime, sql, type Tx } from '@wangge/kernel';
import { lookChanged } from '../contract.ts';

/** A worker says every few seconds that a look goes on; silent for longer, it was killed. */
const silentMs = 60_000;

/** @returns of these looks those that go on still: the others were ended meanwhile, and nothing more is sent */
export async function touchViews(rt: Runtime, viewIds: readonly string[]): Promise<Set<string>> {
  if (viewIds.length === 0) return new Set();
  const rows = await rt.system('video', (tx) =>
    tx.rows<{ id: string }>(sql`update video_views set seen_at = ${new Date(tx.nowMs)}
      where id = any(${[...viewIds]}::uuid[]) and ended_at is null returning id`),
  );
  return new Set(rows.map(({ id }) => id));
}

/** Ends a look and says so in the audit trail; again, or for one that never began, it changes nothing. */
export async function endView(rt: Runtime, viewId: string): Promise<void> {
  await rt.system('video', (tx) => endViews(tx, [viewId], tx.nowMs));
}

/**
 * As the platform: ends looks of one kind at a camera, also those whose tickets are on their way. Workers hang up when
 * they hear that their looks ended.
 *
 * @param exceptAccountId whose looks go on
 */
export async function endViewsAt(
  tx: Tx,
  cameraId: string,
  kind: 'live' | 'playback',
  exceptAccountId: string | null,
): Promise<void> {
  await tx.run(sql`update video_views set ticket = null where camera_id = ${cameraId} and ticket is not null
    and kind = ${kind} and (account_id = ${exceptAccountId}::uuid) is not true`);
  const open = await tx.rows<{ id: string }>(sql`select id from video_views
    where camera_id = ${cameraId} and started_at is not null and ended_at is null
      and kind = ${kind} and (account_id = ${exceptAccountId}::uuid) is not true`);
  await endViews(
    tx,
    open.map(({ id }) => id),
    tx.nowMs,
  );
}

/** Looks of workers that were killed: they ended when they were last seen. */
export async function endSilentViews(rt: Runtime): Promise<void> {
  await rt.system('video', async (tx) => {
    const silent = await tx.rows<{ id: string }>(sql`select id from video_views
      where started_at is not null and ended_at is null and seen_at < ${new Date(tx.nowMs - silentMs)}
      order by seen_at limit 1000`);
    await endViews(
      tx,
      silent.map(({ id }) => id),
      null,
    );
  });
}

interface EndedView {
  readonly id: string;
  readonly camera_id: string;
  readonly area_path: string;
  readonly name: string;
  readonly account_id: string | null;
  readonly account_name: string;
  readonly kind: 'live' | 'playback';
  readonly purpose: string | null;
  readonly started_at: Date;
  readonly ended_at: Date;
}

/** @param atMs null: when each was last seen, and only those that are silent still */
async function endViews(tx: Tx, viewIds: readonly string[], atMs: number | null): Promise<void> {
  const at = atMs === null ? null : new Date(atMs);
  const ended = await tx.rows<EndedView>(sql`update video_views v
    set ended_at = coalesce(${at}::timestamptz, v.seen_at), seen_at = coalesce(${at}::timestamptz, v.seen_at)
    from video_cameras c
    where c.id = v.camera_id and v.id = any(${[...viewIds]}::uuid[]) and v.started_at is not null and v.ended_at is null
      and v.kind in ('live', 'playback')
      and (${at}::timestamptz is not null or v.seen_at < ${new Date(tx.nowMs - silentMs)})
    returning v.id, v.camera_id, c.area_path, c.name, v.account_id, v.account_name, v.kind, v.purpose, v.started_at, v.ended_at`);
  for (const view of ended) {
    tx.audit({
      action: view.kind === 'live' ? 'video.watch-ended' : 'video.playback-ended',
      subject: { kind: 'camera', id: view.camera_id },
      ...(view.purpose === null ? {} : { purpose: view.purpose }),
      details: {
        viewId: view.id,
        name: view.name,
        seconds: Math.round((view.ended_at.getTime() - view.started_at.getTime()) / 1000),
      },
      by: { kind: view.account_id === null ? 'system' : 'account', id: view.account_id, name: view.account_name },
    });
    tx.emit(
      lookChanged,
      { viewId: view.id, cameraId: view.camera_id },
      { areaPath: view.area_path, subjectId: view.camera_id },
    );
  }
}
