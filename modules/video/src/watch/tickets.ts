/** Tickets: the way from a right that the API judged to a stream that a media worker sends. */
import { newId } from '@wangge/contract-kit';
import { type Runtime, sql, type Tx } from '@wangge/kernel';

/** A ticket is taken at once or not at all. */
export const ticketMs = 60_000;

/** What a worker learns from a ticket that it took. */
export interface TakenView {
  readonly viewId: string;
  readonly cameraId: string;
  readonly kind: 'live' | 'playback';
  readonly variant: 'main' | 'sub';
  readonly fromMs: number | null;
  readonly toMs: number | null;
}

/** The text that goes into an address: `<view>.<ticket>.<expiry>.<signature>`, nothing in it is secret but the last. */
export function ticketText(rt: Runtime, viewId: string, ticket: string, untilMs: number): string {
  return [viewId, ticket, untilMs, rt.keys.sign('video.ticket', viewId, ticket, String(untilMs))].join('.');
}

/** Gives a view a new ticket; the one before it is worth nothing any more. */
export async function giveTicket(tx: Tx, viewId: string): Promise<{ readonly text: string; readonly untilMs: number }> {
  const ticket = newId();
  const untilMs = tx.nowMs + ticketMs;
  await tx.run(
    sql`update video_views set ticket = ${ticket}, ticket_until = ${new Date(untilMs)} where id = ${viewId}`,
  );
  return { text: ticketText(tx.rt, viewId, ticket, untilMs), untilMs };
}

/**
 * Judges a ticket and takes it, so that it works once, whatever process asks.
 *
 * @returns null for one that is forged, expired, or was taken before
 */
export async function takeTicket(rt: Runtime, text: string): Promise<TakenView | null> {
  const [viewId = '', ticket = '', until = '', signature = ''] = text.split('.');
  if (!rt.keys.verify(signature, 'video.ticket', viewId, ticket, until)) return null;
  if (Number(until) < rt.clock.nowMs()) return null;
  return rt.system('video', async (tx) => {
    const row = await tx.maybe<{
      camera_id: string;
      kind: TakenView['kind'];
      variant: TakenView['variant'];
      from_at: Date | null;
      to_at: Date | null;
    }>(sql`update video_views set ticket = null, ticket_until = null, ended_at = null, seen_at = ${new Date(tx.nowMs)},
        started_at = coalesce(started_at, ${new Date(tx.nowMs)})
      where id = ${viewId} and ticket = ${ticket} and kind in ('live', 'playback')
      returning camera_id, kind, variant, from_at, to_at`);
    if (!row) return null;
    return {
      viewId,
      cameraId: row.camera_id,
      kind: row.kind,
      variant: row.variant,
      fromMs: row.from_at?.getTime() ?? null,
      toMs: row.to_at?.getTime() ?? null,
    };
  });
}
