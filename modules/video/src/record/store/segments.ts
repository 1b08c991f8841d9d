/** Rows of segments and the chain that holds them together. */
import { type Runtime, sql, type Tx } from '@wangge/kernel';
import type { Variant } from '../../media/hub.ts';

export interface NewSegment {
  readonly cameraId: string;
  readonly variant: Variant;
  readonly startMs: number;
  readonly endMs: number;
  readonly bytes: number;
  /** Hexadecimal, of the whole file. */
  readonly sha256: string;
  readonly codecs: readonly string[];
  readonly width: number;
  readonly height: number;
  /** After a crash, not by the recorder that wrote it. */
  readonly saved: boolean;
}

export interface Segment {
  readonly cameraId: string;
  readonly startMs: number;
  readonly endMs: number;
  readonly bytes: number;
  readonly sha256: string;
  readonly seq: number;
  readonly prevChain: string;
  readonly chain: string;
}

const columns = sql`camera_id as "cameraId", (extract(epoch from start_at) * 1000)::float8 as "startMs",
  (extract(epoch from end_at) * 1000)::float8 as "endMs", bytes::float8 as bytes, encode(sha256, 'hex') as sha256,
  seq::float8 as seq, encode(prev_chain, 'hex') as "prevChain", encode(chain, 'hex') as chain`;

/** @returns false where the segment was there already */
export async function addSegment(rt: Runtime, segment: NewSegment): Promise<boolean> {
  return rt.system('video', async (tx) => {
    await tx.run(sql`select video_make_day(${new Date(segment.startMs)})`);
    const { added } = await tx.one<{ added: boolean }>(
      sql`select video_add_segment(${JSON.stringify(segment)}::jsonb) as added`,
    );
    return added;
  });
}

/** A segment may begin so long before the moment that it holds; also the longest that is written. */
export const longestSegmentMs = 20 * 60_000;

/** Those that hold something of the stretch, in order of time. */
export async function segmentsIn(tx: Tx, cameraId: string, fromMs: number, toMs: number): Promise<Segment[]> {
  return tx.rows<Segment>(sql`select ${columns} from video_segments
    where camera_id = ${cameraId} and start_at >= ${new Date(fromMs - longestSegmentMs)} and start_at < ${new Date(toMs)}
      and end_at > ${new Date(fromMs)}
    order by start_at`);
}

/** The one that holds the moment, else the next one behind it; begins before `toMs`. */
export async function segmentAt(
  tx: Tx,
  cameraId: string,
  atMs: number,
  toMs: number,
  count = 1,
): Promise<readonly Segment[]> {
  return tx.rows<Segment>(sql`select ${columns} from video_segments
    where camera_id = ${cameraId} and start_at >= ${new Date(atMs - longestSegmentMs)} and start_at < ${new Date(toMs)}
      and end_at > ${new Date(atMs)}
    order by start_at limit ${count}`);
}

export async function knowsSegment(tx: Tx, cameraId: string, startMs: number): Promise<boolean> {
  const { known } = await tx.one<{ known: boolean }>(sql`select exists (select 1 from video_segments
    where camera_id = ${cameraId} and start_at = ${new Date(startMs)}) as known`);
  return known;
}
