/** Walks through a camera's recordings fragment by fragment, from any moment on. */
import { type FileHandle, open } from 'node:fs/promises';
import { readFrames, seekFragment, type SegmentScan } from '@wangge/fmp4';
import type { Frame } from '@wangge/codec';
import { Fmp4Error } from '@wangge/fmp4';
import type { Runtime } from '@wangge/kernel';
import { segmentPath } from '../places.ts';
import { type Segment, segmentAt } from '../store/segments.ts';
import type { SegmentScans } from './segment-scans.ts';

/** Segments that follow each other within this are one recording. */
const seamMs = 1000;

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
  readonly segment: Segment;
  readonly scan: SegmentScan;
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
      const { scan, segment } = place;
      const fragment = scan.fragments[place.next];
      if (!fragment) {
        await this.#leave(segment.endMs);
        continue;
      }
      const wallMs = fragment.wallMs ?? segment.startMs + fragment.startUs / 1000;
      if (wallMs >= this.#toMs) return null;
      let frames: Frame[];
      try {
        frames = await readFrames(place.file, scan, fragment);
      } catch (error) {
        if (!(error instanceof Fmp4Error)) throw error;
        await this.#leave(segment.endMs);
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

  async #leave(endMs: number): Promise<void> {
    await this.close();
    this.#atMs = Math.max(endMs, this.#atMs);
  }

  async #find(): Promise<Place | null> {
    let fromMs = this.#atMs;
    for (;;) {
      const atMs = fromMs;
      const [segment] = await this.#rt.system('video', (tx) => segmentAt(tx, this.#cameraId, atMs, this.#toMs));
      if (!segment) return null;
      const place = await this.#enter(segment);
      if (place) return place;
      fromMs = Math.max(segment.endMs, fromMs + 1);
    }
  }

  async #enter(segment: Segment): Promise<Place | null> {
    let file: FileHandle | undefined;
    try {
      const scan = await this.#scans.get(segment.cameraId, segment.startMs);
      const next = seekFragment(scan.fragments, Math.max(this.#atMs, segment.startMs));
      if (next < 0) return null;
      file = await open(segmentPath(this.#rt.config.dataDir, segment.cameraId, segment.startMs));
      const missing = segment.startMs - this.#atMs > seamMs;
      const missingSinceMs = missing ? this.#atMs : null;
      const place = { segment, scan, file, next, turns: true, missingSinceMs };
      return place;
    } catch (error) {
      await file?.close();
      this.#rt.log.warn({ segment: segment.startMs, err: String(error) }, 'a segment cannot be played');
      return null;
    }
  }
}
