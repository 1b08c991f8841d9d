/** Which process carries which camera: processes announce themselves, cameras are spread over them by their identifier. */
import { type Runtime, sql, type Tx } from '@wangge/kernel';

/** A process that said nothing for longer is not there. */
const silentMs = 10_000;

export interface VideoNode {
  readonly shard: number;
  readonly shards: number;
  readonly publicUrl: string | null;
  readonly innerUrl: string;
  readonly facts: { readonly webrtc?: boolean; readonly ffmpeg?: boolean };
}

export async function announceNode(rt: Runtime, kind: 'media' | 'sip', node: VideoNode): Promise<void> {
  await rt.system('video', (tx) =>
    tx.run(sql`insert into video_nodes (kind, shard, shards, public_url, inner_url, facts, beat_at)
      values (${kind}, ${node.shard}, ${node.shards}, ${node.publicUrl}, ${node.innerUrl}, ${JSON.stringify(node.facts)}::jsonb,
        ${new Date(tx.nowMs)})
      on conflict (kind, shard) do update set shards = excluded.shards, public_url = excluded.public_url,
        inner_url = excluded.inner_url, facts = excluded.facts, beat_at = excluded.beat_at`),
  );
}

/** Null while none is there. */
export async function sipNode(tx: Tx): Promise<VideoNode | null> {
  return (await nodesOf(tx, 'sip'))[0] ?? null;
}
/** The worker of a camera; null while it is not there. */
export async function mediaNode(tx: Tx, cameraId: string): Promise<VideoNode | null> {
  const nodes = await nodesOf(tx, 'media');
  const shards = nodes[0]?.shards ?? 1;
  return nodes.find((node) => node.shard === shardOf(cameraId, shards)) ?? null;
}

async function nodesOf(tx: Tx, kind: 'media' | 'sip'): Promise<VideoNode[]> {
  return tx.rows<VideoNode>(sql`select shard, shards, public_url as "publicUrl", inner_url as "innerUrl", facts
    from video_nodes where kind = ${kind} and beat_at > ${new Date(tx.nowMs - silentMs)} order by beat_at desc`);
}

/** The last hexadecimal digits of an identifier are random in version 7 too. */
export function shardOf(cameraId: string, shards: number): number {
  return Number.parseInt(cameraId.slice(-8), 16) % shards;
}

/** The workers of many cameras by one look; a camera whose worker is not there is not in it. */
export async function mediaNodesFor(tx: Tx, cameraIds: readonly string[]): Promise<Map<string, VideoNode>> {
  const nodes = await nodesOf(tx, 'media');
  const shards = nodes[0]?.shards ?? 1;
  return new Map(
    cameraIds.flatMap((id) => {
      const node = nodes.find(({ shard }) => shard === shardOf(id, shards));
      return node ? [[id, node] as const] : [];
    }),
  );
}
