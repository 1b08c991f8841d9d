import type { FileHandle } from 'node:fs/promises';
import { Fmp4Error } from './error.ts';
import { readBox } from './file-boxes.ts';
import type { FragmentInfo } from './fragment-info.ts';
import { type SampleRun, readFragment } from './read-fragment.ts';
import type { TrackInfo } from './read-init.ts';
import { SampleTable } from './sample-table.ts';
import type { SegmentScan } from './scan-segment.ts';
import { type Placed, placeSegments, sameFormat } from './timeline.ts';

/** An open file and what was found in it. */
export interface SegmentFile {
  readonly file: FileHandle;
  readonly scan: SegmentScan;
}

/** Bytes to be copied. */
export interface CopyRange {
  readonly file: FileHandle;
  readonly offset: number;
  length: number;
}

export interface ExportPlan {
  readonly tracks: readonly { readonly info: TrackInfo; readonly table: SampleTable }[];
  readonly ranges: readonly CopyRange[];
  readonly dataBytes: number;
  /** What is to be shown, on the timeline of the tables (µs). */
  readonly startUs: number;
  readonly endUs: number;
  /** Wall clock of what is shown first, and of the end (ms). */
  readonly startWallMs: number;
  readonly endWallMs: number;
}

/** A day of 25 pictures and 50 packets of sound a second; beyond that the tables would fill the memory. */
const maxSamples = 7_000_000;
const maxMoofBytes = 8 << 20;

/**
 * Chooses what to copy: from the last key picture at or before `fromMs`, and all that is decoded before `toMs`.
 *
 * @param segments of one camera in order of time
 * @throws Fmp4Error `empty` when nothing was recorded then, `mixed` when the format changes in between
 */
export async function planExport(segments: readonly SegmentFile[], fromMs: number, toMs: number): Promise<ExportPlan> {
  const used = segments.filter(({ scan }) => overlaps(scan, fromMs, toMs));
  const [first] = used;
  if (!first || !(fromMs < toMs)) throw new Fmp4Error('empty', 'nothing was recorded in this range');
  if (used.some(({ scan }) => !sameFormat(first.scan, scan))) {
    throw new Fmp4Error('mixed', 'the format changes within this range');
  }
  const placed = placeSegments(used.map(({ scan }) => scan));
  const planner = new Planner(first.scan.tracks, maxSamples);
  const [origin] = placed;
  const startUs = startOf(first.scan, origin?.wallUs ?? 0, fromMs);
  for (const [i, place] of placed.entries()) {
    const { file, scan } = used[i] ?? first;
    const window = { fromUs: i === 0 ? startUs.key : 0, toUs: Math.round(toMs * 1000) - place.wallUs };
    await planner.addSegment(file, scan, place, window);
  }
  return planner.finish(startUs.shown, toMs, placed);
}

function overlaps(scan: SegmentScan, fromMs: number, toMs: number): boolean {
  const start = scan.fragments[0]?.wallMs;
  const last = scan.fragments.at(-1);
  if (start === undefined || last?.wallMs === undefined) return false;
  return start < toMs && last.wallMs + last.durationUs / 1000 > fromMs;
}

/** On the timeline (µs): the key picture with which decoding begins, and the moment with which showing begins. */
function startOf(scan: SegmentScan, wallUs: number, fromMs: number): { key: number; shown: number } {
  const first = scan.fragments[0]?.startUs ?? 0;
  const wanted = Math.max(first, Math.round(fromMs * 1000) - wallUs);
  const lone = scan.leading.kind === 'audio';
  const keys = scan.fragments.flatMap((fragment) => fragment.keyFrames.map((key) => key.timeUs));
  const key = lone ? wanted : (keys.findLast((time) => time <= wanted) ?? keys[0] ?? 0);
  return { key, shown: Math.max(key, wanted) };
}

interface Window {
  readonly fromUs: number;
  readonly toUs: number;
}

class Planner {
  readonly #tracks: readonly { readonly info: TrackInfo; readonly table: SampleTable }[];
  readonly #maxSamples: number;
  readonly #ranges: CopyRange[] = [];
  #dataBytes = 0;
  #samples = 0;

  constructor(tracks: readonly TrackInfo[], limit: number) {
    this.#tracks = tracks.map((info) => ({ info, table: new SampleTable() }));
    this.#maxSamples = limit;
  }

  async addSegment(file: FileHandle, scan: SegmentScan, place: Placed, window: Window): Promise<void> {
    for (const fragment of scan.fragments) {
      if (!touches(fragment, place, window)) continue;
      const moof = await readBox(file, fragment.moof, maxMoofBytes);
      for (const run of readFragment(moof, fragment.moof.offset, scan.tracks)) {
        const track = this.#tracks.find(({ info }) => info.id === run.trackId);
        if (track) this.#addRun(file, run, track, place.shiftUs, window);
      }
    }
  }

  #addRun(
    file: FileHandle,
    run: SampleRun,
    { info, table }: { info: TrackInfo; table: SampleTable },
    shiftUs: number,
    { fromUs, toUs }: Window,
  ): void {
    const shift = Math.round((shiftUs * info.timescale) / 1e6);
    const [from, to] = [fromUs, toUs].map((us) => (us * info.timescale) / 1e6);
    let tick = run.baseTime + shift;
    for (let i = 0; i < run.sizes.length; i++) {
      const duration = run.durations[i] ?? 0;
      const offset = run.offsets[i] ?? 0;
      const size = run.sizes[i] ?? 0;
      const key = run.keys[i] === 1;
      // Video is taken from its key picture on, whatever the rounding; sound by where it ends.
      const begun =
        info.kind === 'video' ? this.#begun(table, key, tick + offset, from ?? 0) : tick + duration > (from ?? 0);
      if (begun && tick < (to ?? 0)) {
        this.#copy(file, run.places[i] ?? 0, size);
        table.add(tick, { size, offset, key, duration }, this.#dataBytes - size);
        if (++this.#samples > this.#maxSamples)
          throw new Fmp4Error('unsupported', 'the range is too long for one file');
      }
      tick += duration;
    }
  }

  #begun(table: SampleTable, key: boolean, shown: number, from: number): boolean {
    return table.sizes.length > 0 || (key && shown >= from - 1);
  }

  #copy(file: FileHandle, offset: number, length: number): void {
    this.#dataBytes += length;
    const last = this.#ranges.at(-1);
    if (last?.file === file && last.offset + last.length === offset) last.length += length;
    else this.#ranges.push({ file, offset, length });
  }

  finish(startUs: number, toMs: number, placed: readonly Placed[]): ExportPlan {
    const tracks = this.#tracks.filter(({ table }) => table.sizes.length > 0);
    const leading = tracks.find(({ info }) => info.kind === 'video') ?? tracks[0];
    if (!leading) throw new Fmp4Error('empty', 'nothing was recorded in this range');
    const lastUs = ((leading.table.firstTick + leading.table.duration) * 1e6) / leading.info.timescale;
    const wallUs = placed.at(-1)?.wallUs ?? 0;
    // Pictures that were decoded for the sake of others may belong behind the end.
    const endUs = Math.min(lastUs, Math.round(toMs * 1000) - wallUs);
    return {
      tracks,
      ranges: this.#ranges,
      dataBytes: this.#dataBytes,
      startUs,
      endUs,
      startWallMs: (startUs + (placed[0]?.wallUs ?? 0)) / 1000,
      endWallMs: (endUs + wallUs) / 1000,
    };
  }
}

function touches(fragment: FragmentInfo, { shiftUs }: Placed, { fromUs, toUs }: Window): boolean {
  const start = fragment.startUs + shiftUs;
  // Sound of the same moment may stand in the fragment before or behind.
  const margin = 2_000_000;
  return start - margin < toUs && start + fragment.durationUs + margin > fromUs;
}
