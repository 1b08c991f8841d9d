/** Files that a recorder still writes: what is whole of them can be looked at like everything before. */
import { readdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import { segmentPath } from '../places.ts';
import { longestSegmentMs } from '../store/segments.ts';

const shape = /^(\d{10,15})\.mp4\.part$/;

/** When they began, the oldest first; of those that can still be open at `nowMs`. */
export async function openFilesOf(dataDir: string, cameraId: string, nowMs: number): Promise<number[]> {
  const folders = new Set([nowMs - longestSegmentMs, nowMs].map((ms) => dirname(segmentPath(dataDir, cameraId, ms))));
  const found = await Promise.all([...folders].map(names));
  return found
    .flat()
    .map((name) => Number(shape.exec(name)?.[1] ?? -1))
    .filter((startMs) => startMs >= nowMs - longestSegmentMs)
    .toSorted((a, b) => a - b);
}

async function names(folder: string): Promise<string[]> {
  try {
    return await readdir(folder);
  } catch (error) {
    if ((error as { code?: unknown }).code === 'ENOENT') return [];
    throw error;
  }
}
