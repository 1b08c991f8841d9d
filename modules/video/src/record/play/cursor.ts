/** Walks through a camera's recordings fragment by fragment, from any moment on. */
import { type FileHandle, open } from 'node:fs/promises';
import { Fmp4Error, readFrames, scanSegment, seekFragment, type SegmentScan } from '@wangge/fmp4';
import type { Frame } from '@wangge/codec';
import type { Runtime } from '@wangge/kernel';
import { openPath, segmentPath } from '../places.ts';
import { segmentAt } from '../store/segments.ts';
import { openFilesOf } from './open-files.ts';
import type { SegmentScans } from './segment-scans.ts';

/** Segments that follow each other within this are one recording. */
const seamMs = 1000;
/** A moment so long behind an open file's last whole fragment may be in the one that is written just now. */
const underWayMs = 10_000;

export interface Piece {
  readonly scan: SegmentScan;
  /** Times of the file's own clock. */
  readonly frames: readonly Frame[];
  readonly startUs: number;
  readonly endUs: number;
  /** When its first picture was taken. */
  readonly wallMs: number;
  /** First of its segment, or first after a jump: its clock has nothing to do with the piece before. */
  readonly turns: boolean;
  /** Nothing was recorded since then; null: it follows the piece before. */
  readonly missingSinceMs: number | null;
}

interface Place {
  readonly startMs: number;
  /** Null while it is written; its file goes on under the same handle when it gets its name. */
  readonly endMs: number | null;
  scan: SegmentScan;
  readonly file: FileHandle;
  next: number;
  turns: boolean;
  missingSinceMs: number | null;
}

export class PlayCursor {
  readonly #rt: Runtime;
  readonly #scans: SegmentScans;
  readonly #cameraId: string;
  readonly #toMs: number;
  #place: Place | null = null;
  /** What is looked for when there is no place. */
  #atMs: number;
  /** Began the segment that was shown to its end while it was written; its row may have come since. */
  #doneMs = -1;

  constructor(rt: Runtime, scans: SegmentScans, view: { cameraId: string; fromMs: number; toMs: number }) {
    this.#rt = rt;
    this.#scans = scans;
    this.#cameraId = view.cameraId;
    this.#atMs = view.fromMs;
    this.#toMs = view.toMs;
  }

  async seek(atMs: number): Promise<void> {
    await this.close();
    this.#atMs = atMs;
    this.#doneMs = -1;
  }

  async close(): Promise<void> {
    const file = this.#place?.file;
    this.#place = null;
    await file?.close();
  }

  /** Null: there is nothing further. Segments that were deleted or damaged count as missing. */
  async read(): Promise<Piece | null> {
    for (;;) {
      const place = (this.#place ??= await this.#find());
      if (!place) return null;
      const { scan } = place;
      const fragment = scan.fragments[place.next];
      if (!fragment) {
        if (place.endMs !== null) await this.#leave(place);
        else if (!(await this.#readOn(place))) return null;
        continue;
      }
      const wallMs = fragment.wallMs ?? place.startMs + fragment.startUs / 1000;
      if (wallMs >= this.#toMs) return null;
      let frames: Frame[];
      try {
        frames = await readFrames(place.file, scan, fragment);
      } catch (error) {
        if (!(error instanceof Fmp4Error)) throw error;
        await this.#leave(place);
        continue;
      }
      place.next++;
      const piece = {
        scan,
        frames,
        startUs: fragment.startUs,
        endUs: fragment.startUs + fragment.durationUs,
        wallMs,
        turns: place.turns,
        missingSinceMs: place.missingSinceMs,
      };
      place.turns = false;
      place.missingSinceMs = null;
      return piece;
    }
  }

  /** @returns false: nothing more has been written */
  async #readOn(place: Place): Promise<boolean> {
    const scan = await scanSegment(place.file);
    if (scan.fragments.length > place.next) {
      place.scan = scan;
      return true;
    }
    if (scan.indexed) await this.#leave(place);
    return scan.indexed;
  }

  async #leave({ startMs, endMs, scan }: Place): Promise<void> {
    await this.close();
    this.#doneMs = startMs;
    this.#atMs = Math.max(endMs ?? endOf(scan, startMs), this.#atMs);
  }

  async #find(): Promise<Place | null> {
    let fromMs = this.#atMs;
    for (;;) {
      const atMs = fromMs;
      const [segment] = await this.#rt.system('video', (tx) => segmentAt(tx, this.#cameraId, atMs, this.#toMs));
      if (!segment) return this.#findOpen();
      const place = segment.startMs > this.#doneMs ? await this.#enter(segment.startMs, segment.endMs) : null;
      if (place) return place;
      fromMs = Math.max(segment.endMs, fromMs + 1);
    }
  }

  async #findOpen(): Promise<Place | null> {
    const starts = await openFilesOf(this.#rt.config.dataDir, this.#cameraId, this.#rt.clock.nowMs());
    for (const startMs of starts) {
      const place = startMs > this.#doneMs && startMs < this.#toMs ? await this.#enter(startMs, null) : null;
      if (place && endOf(place.scan, startMs) > this.#atMs - underWayMs) return place;
      await place?.file.close();
    }
    return null;
  }

  async #enter(startMs: number, endMs: number | null): Promise<Place | null> {
    const path = segmentPath(this.#rt.config.dataDir, this.#cameraId, startMs);
    let file: FileHandle | undefined;
    try {
      file = await open(endMs === null ? openPath(path) : path);
      // What is still written is another thing at each look.
      const scan = endMs === null ? await scanSegment(file) : await this.#scans.get(this.#cameraId, startMs);
      const next = seekFragment(scan.fragments, Math.max(this.#atMs, startMs));
      if (next < 0) {
        await file.close();
        return null;
      }
      const missing = startMs - this.#atMs > seamMs;
      return { startMs, endMs, scan, file, next, turns: true, missingSinceMs: missing ? this.#atMs : null };
    } catch (error) {
      await file?.close();
      // Whoever wrote it has just given it its name, or not yet its first picture.
      const early = endMs === null && (isGone(error) || (error instanceof Fmp4Error && error.problem === 'cut'));
      if (!early) this.#rt.log.warn({ segment: startMs, err: String(error) }, 'a segment cannot be played');
      return null;
    }
  }
}

function endOf({ fragments }: SegmentScan, startMs: number): number {
  const last = fragments.at(-1);
  if (!last) return startMs;
  return (last.wallMs ?? startMs + last.startUs / 1000) + last.durationUs / 1000;
}

function isGone(error: unknown): boolean {
  return (error as { code?: unknown } | null)?.code === 'ENOENT';
}
