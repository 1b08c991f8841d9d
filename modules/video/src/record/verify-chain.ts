/** Whether recordings are as they were written: every file by its sum, every row by its place in the chain. */
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { type Runtime, sql } from '@wangge/kernel';
import { chainOf } from './chain-rule.ts';
import { segmentPath } from './places.ts';
import { type ChainLink, chainLinks } from './store/evictions.ts';

export interface ChainFinding {
  readonly kind: 'missing-row' | 'wrong-row' | 'missing-file' | 'altered-file';
  readonly seq: number;
  readonly startMs: number | null;
}

export interface ChainVerdict {
  readonly cameraId: string;
  readonly name: string;
  readonly findings: readonly ChainFinding[];
}

/** One camera after the other, also retired ones; only those that were ever recorded. @param cameraId only this one */
export async function* verifyChains(
  rt: Runtime,
  cameraId: string | null,
  files: boolean,
): AsyncGenerator<ChainVerdict> {
  const cameras = await rt.system('video', (tx) =>
    tx.rows<{ id: string; name: string }>(sql`select c.id, c.name from video_cameras c
      join video_chains h on h.camera_id = c.id
      where ${cameraId}::uuid is null or c.id = ${cameraId}::uuid order by c.name, c.id`),
  );
  for (const { id, name } of cameras) yield { cameraId: id, name, findings: await verifyChain(rt, id, files) };
}

/** @param files also read every file, which takes as long as the disk needs */
export async function verifyChain(rt: Runtime, cameraId: string, files: boolean): Promise<ChainFinding[]> {
  const findings: ChainFinding[] = [];
  let seq = 0;
  let head = createHash('sha256').update(cameraId).digest('hex');
  for (;;) {
    const links = await rt.system('video', (tx) => chainLinks(tx, cameraId, seq, 1000));
    if (links.length === 0) return findings;
    for (const link of links) {
      const startMs = link.segment?.startMs ?? null;
      if (link.firstSeq !== seq + 1) findings.push({ kind: 'missing-row', seq: seq + 1, startMs: null });
      else if (link.prevChain !== head || !fits(link))
        findings.push({ kind: 'wrong-row', seq: link.firstSeq, startMs });
      if (files && link.segment) {
        const sum = await sumOf(segmentPath(rt.config.dataDir, cameraId, link.segment.startMs));
        if (sum !== link.segment.sha256) {
          findings.push({ kind: sum === null ? 'missing-file' : 'altered-file', seq: link.firstSeq, startMs });
        }
      }
      seq = link.lastSeq;
      head = link.chain;
    }
  }
}

function fits({ segment, prevChain, firstSeq, chain }: ChainLink): boolean {
  return segment === null || chainOf(prevChain, firstSeq, segment) === chain;
}

/** Hexadecimal; null where there is no file. */
export async function sumOf(path: string): Promise<string | null> {
  const hash = createHash('sha256');
  try {
    for await (const piece of createReadStream(path, { highWaterMark: 1 << 20 })) hash.update(piece as Buffer);
  } catch (error) {
    if ((error as { code?: unknown }).code === 'ENOENT') return null;
    throw error;
  }
  return hash.digest('hex');
}
