/** After a crash: whatever was written and can be played gets its row. */
import { createHash } from 'node:crypto';
import { type FileHandle, open, readdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { Fmp4Error, scanSegment, type SegmentScan } from '@wangge/fmp4';
import type { Runtime } from '@wangge/kernel';
import { recordingsFolder } from './places.ts';
import { addSegment, knowsSegment } from './store/segments.ts';

export interface Recovered {
  /** Files that got a row. */
  readonly saved: number;
  /** Files in which there was not one whole fragment, and which were removed. */
  readonly empty: number;
  /** Files that could not be read; they stay. */
  readonly unreadable: number;
}

const fileShape = /^(\d{10,15})\.mp4(\.part)?$/;
const idShape = /^[0-9a-f-]{36}$/;

/**
 * Looks through the folders of cameras for files that are open or have no row, cuts off what is half written, and adds
 * them. Only while nothing records these cameras.
 *
 * @param mine whether a camera is of this process
 * @param fromMs files that began before are not looked at, unless they are open
 */
export async function recover(rt: Runtime, mine: (cameraId: string) => boolean, fromMs: number): Promise<Recovered> {
  const sums = { saved: 0, empty: 0, unreadable: 0 };
  const folder = recordingsFolder(rt.config.dataDir);
  for (const cameraId of await names(folder)) {
    if (!idShape.test(cameraId) || !mine(cameraId)) continue;
    for (const day of await names(join(folder, cameraId))) {
      for (const name of await names(join(folder, cameraId, day))) {
        const [, start, part] = fileShape.exec(name) ?? [];
        if (start === undefined || (part === undefined && Number(start) < fromMs)) continue;
        const verdict = await recoverFile(rt, cameraId, Number(start), join(folder, cameraId, day, name));
        if (verdict) sums[verdict]++;
      }
    }
  }
  return sums;
}

async function names(folder: string): Promise<string[]> {
  try {
    return (await readdir(folder)).toSorted();
  } catch (error) {
    if (['ENOENT', 'ENOTDIR'].includes(String((error as { code?: unknown }).code))) return [];
    throw error;
  }
}

/** Null where there was nothing to do. */
export async function recoverFile(
  rt: Runtime,
  cameraId: string,
  startMs: number,
  path: string,
): Promise<keyof Recovered | null> {
  if (!path.endsWith('.part') && (await rt.system('video', (tx) => knowsSegment(tx, cameraId, startMs)))) return null;
  const file = await open(path, 'r+');
  let facts: Facts | null;
  try {
    facts = await factsOf(file);
  } catch (error) {
    if (!(error instanceof Fmp4Error)) throw error;
    if (error.problem !== 'cut') {
      rt.log.warn({ path, err: error.message }, 'a recording cannot be read');
      return 'unreadable';
    }
    facts = null;
  } finally {
    await file.close();
  }
  if (!facts) {
    await rm(path, { force: true });
    return 'empty';
  }
  const named = path.replace(/\.part$/, '');
  if (named !== path) await rename(path, named);
  await addSegment(rt, { ...facts, cameraId, variant: 'main', startMs, saved: true });
  return 'saved';
}

interface Facts {
  readonly endMs: number;
  readonly bytes: number;
  readonly sha256: string;
  readonly codecs: readonly string[];
  readonly width: number;
  readonly height: number;
}

async function factsOf(file: FileHandle): Promise<Facts | null> {
  const scan = await scanSegment(file);
  if (scan.fragments.length === 0) return null;
  if (scan.validBytes < scan.fileBytes) await file.truncate(scan.validBytes);
  await file.datasync();
  const hash = createHash('sha256');
  for await (const piece of file.createReadStream({ start: 0, autoClose: false, highWaterMark: 1 << 20 })) {
    hash.update(piece as Buffer);
  }
  return {
    endMs: endOf(scan),
    bytes: scan.validBytes,
    sha256: hash.digest('hex'),
    codecs: scan.tracks.map((track) => track.format),
    width: scan.leading.width,
    height: scan.leading.height,
  };
}

/** Wall clock of the end of the last picture (ms); of a file that tells no wall clock its length counts from 0. */
function endOf({ fragments }: SegmentScan): number {
  return fragments.reduce((end, one) => Math.max(end, Math.round((one.wallMs ?? 0) + one.durationUs / 1000)), 0);
}
