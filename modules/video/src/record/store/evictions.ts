/** What may be deleted, and the places that deleted segments leave in the chain. */
import { sql, type Tx } from '@wangge/kernel';
import type { ChainedSegment } from '../chain-rule.ts';
import type { Segment } from './segments.ts';

export interface Evictable extends Segment {
  readonly why: 'ceiling' | 'quota';
}

/** The same rule as `judge` in rules.ts, for the whole register; the oldest first. */
export async function evictable(tx: Tx, why: Evictable['why'], limit: number): Promise<Evictable[]> {
  const days = why === 'ceiling' ? sql`'ceilingDays'` : sql`'floorDays'`;
  return tx.rows<Evictable>(sql`select s.camera_id as "cameraId",
      (extract(epoch from s.start_at) * 1000)::float8 as "startMs", (extract(epoch from s.end_at) * 1000)::float8 as "endMs",
      s.bytes::float8 as bytes, encode(s.sha256, 'hex') as sha256, s.seq::float8 as seq,
      encode(s.prev_chain, 'hex') as "prevChain", encode(s.chain, 'hex') as chain, ${why} as why
    from video_segments s join video_cameras c on c.id = s.camera_id
    where s.start_at <= ${new Date(tx.nowMs)}::timestamptz - interval '1 day'
      and s.end_at <= ${new Date(tx.nowMs)}::timestamptz - make_interval(days => (c.recording->>${days})::int)
      and not exists (select 1 from video_locks l where l.camera_id = s.camera_id and l.released_at is null
        and l.until_at > ${new Date(tx.nowMs)} and l.from_at < s.end_at and l.to_at > s.start_at)
    order by s.start_at limit ${limit}`);
}

/** Takes rows of one camera out, whose files are gone already; a run that continues the last one is one with it. */
export async function forgetRun(tx: Tx, run: readonly Evictable[]): Promise<void> {
  const [first] = run;
  const last = run.at(-1);
  if (!first || !last) return;
  const bytes = run.reduce((sum, one) => sum + one.bytes, 0);
  await tx.run(sql`delete from video_segments where camera_id = ${first.cameraId}
    and start_at = any(${run.map((one) => new Date(one.startMs))}::timestamptz[])`);
  await tx.run(sql`update video_chains set bytes = greatest(0, bytes - ${bytes}) where camera_id = ${first.cameraId}`);
  const grown =
    await tx.run(sql`update video_evictions set last_seq = ${last.seq}, chain = decode(${last.chain}, 'hex'),
      to_at = greatest(to_at, ${new Date(last.endMs)}), bytes = bytes + ${bytes}, why = ${last.why}, at = ${new Date(tx.nowMs)}
    where camera_id = ${first.cameraId} and last_seq = ${first.seq - 1}`);
  if (grown > 0) return;
  await tx.run(sql`insert into video_evictions (camera_id, first_seq, last_seq, prev_chain, chain, from_at, to_at, bytes,
      why, at)
    values (${first.cameraId}, ${first.seq}, ${last.seq}, decode(${first.prevChain}, 'hex'), decode(${last.chain}, 'hex'),
      ${new Date(first.startMs)}, ${new Date(last.endMs)}, ${bytes}, ${last.why}, ${new Date(tx.nowMs)})`);
}

/** Bytes of all recordings. */
export async function usedBytes(tx: Tx): Promise<number> {
  return (await tx.one<{ used: number }>(sql`select coalesce(sum(bytes), 0)::float8 as used from video_chains`)).used;
}

/** A place in the chain: a segment, or a run that was deleted by rule. */
export interface ChainLink {
  readonly firstSeq: number;
  readonly lastSeq: number;
  readonly prevChain: string;
  readonly chain: string;
  /** Null: deleted by rule. */
  readonly segment: ChainedSegment | null;
}

/** In order, from a place on. */
export async function chainLinks(tx: Tx, cameraId: string, afterSeq: number, limit: number): Promise<ChainLink[]> {
  return tx.rows<ChainLink>(sql`
    select seq::float8 as "firstSeq", seq::float8 as "lastSeq", encode(prev_chain, 'hex') as "prevChain",
      encode(chain, 'hex') as chain, jsonb_build_object('startMs', round(extract(epoch from start_at) * 1000),
        'endMs', round(extract(epoch from end_at) * 1000), 'bytes', bytes, 'sha256', encode(sha256, 'hex')) as segment
    from video_segments where camera_id = ${cameraId} and seq > ${afterSeq}
    union all
    select first_seq::float8, last_seq::float8, encode(prev_chain, 'hex'), encode(chain, 'hex'), null
    from video_evictions where camera_id = ${cameraId} and first_seq > ${afterSeq}
    order by 1 limit ${limit}`);
}
