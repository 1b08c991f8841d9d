/** What recorded files hold, read once and kept for as long as somebody plays there. */
import { open } from 'node:fs/promises';
import { scanSegment, type SegmentScan } from '@wangge/fmp4';
import { segmentPath } from '../places.ts';

/** Some 20 KB each: half an hour of ten cameras. */
const kept = 300;

export class SegmentScans {
  readonly #dataDir: string;
  readonly #scans = new Map<string, Promise<SegmentScan>>();

  constructor(dataDir: string) {
    this.#dataDir = dataDir;
  }

  /**
   * @throws what opening throws (ENOENT where it was deleted in the meantime), Fmp4Error where it is damaged
   */
  get(cameraId: string, startMs: number): Promise<SegmentScan> {
    const path = segmentPath(this.#dataDir, cameraId, startMs);
    const known = this.#scans.get(path);
    const scan = known ?? scanFile(path);
    this.#scans.delete(path);
    this.#scans.set(path, scan);
    if (!known) {
      scan.catch(() => this.#scans.delete(path));
      for (const oldest of this.#scans.keys()) {
        if (this.#scans.size <= kept) break;
        this.#scans.delete(oldest);
      }
    }
    return scan;
  }
}

async function scanFile(path: string): Promise<SegmentScan> {
  const file = await open(path);
  try {
    return await scanSegment(file);
  } finally {
    await file.close();
  }
}
