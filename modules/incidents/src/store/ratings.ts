/** What reporters said: the newest stands in the incident's row, what it replaced is kept. */
import { sql, type Tx } from '@wangge/kernel';
import type { IncidentRecord } from '../record.ts';

export interface Rating {
  /** 1–5. */
  readonly response: number;
  readonly resolved: boolean;
  /** 1–5. */
  readonly satisfied: number;
  readonly text: string | null;
}
interface FormerRating extends Rating {
  readonly atMs: number;
}

export function ratingOf(record: IncidentRecord): Rating | null {
  const { ratingResponse: response, ratingResolved: resolved, ratingSatisfied: satisfied, ratingText: text } = record;
  return response === null || resolved === null || satisfied === null ? null : { response, resolved, satisfied, text };
}

/** When the reporter last judged; null for nobody did. */
export async function ratedAt(tx: Tx, incidentId: string): Promise<number | null> {
  const { atMs } = await tx.one<{ atMs: number | null }>(sql`select incidents_ms(max(at)) as "atMs"
    from incidents_history where incident_id = ${incidentId} and move = 'rate'`);
  return atMs;
}

/** Once for each closing: what was done again may be judged again. */
export function mayRate(
  handled: Pick<IncidentRecord, 'state' | 'closedMs'>,
  rating: Rating | null,
  ratedMs: number | null,
): boolean {
  if (handled.state !== 'closed' || handled.closedMs === null) return false;
  return rating === null || (ratedMs !== null && ratedMs < handled.closedMs);
}

export async function keepFormerRating(
  tx: Tx,
  incidentId: string,
  former: FormerRating,
  replacedMs: number,
): Promise<void> {
  await tx.run(sql`insert into incidents_former_ratings
      (incident_id, rated_at, replaced_at, response, resolved, satisfied, text)
    values (${incidentId}, ${new Date(former.atMs)}, ${new Date(replacedMs)}, ${former.response}, ${former.resolved},
      ${former.satisfied}, ${former.text})`);
}

/** Newest first. */
export function formerRatings(tx: Tx, incidentId: string): Promise<FormerRating[]> {
  return tx.rows(sql`select incidents_ms(rated_at) as "atMs", response, resolved, satisfied, text
    from incidents_former_ratings where incident_id = ${incidentId} order by rated_at desc`);
}
