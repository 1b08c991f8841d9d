import { Fmp4Error } from './error.ts';
import type { FragmentInfo } from './fragment-info.ts';
import type { TrackInfo } from './read-init.ts';
import type { SegmentScan } from './scan-segment.ts';

/** Segments that follow each other within this are one recording: their clocks drift, nothing is missing. */
const snapUs = 1_000_000;

/** Where a segment stands on a timeline that several share. */
export interface Placed {
  readonly scan: SegmentScan;
  /** Add this to times of the segment's own clock (µs). */
  readonly shiftUs: number;
  /** Add this to times of the timeline to get the wall clock (µs since 1970). */
  readonly wallUs: number;
}

/**
 * Puts segments on one timeline, which is the first one's own clock. Neighbours are joined without a seam;
 * where something is missing in between, the hole stays as long as it was by the wall clock. Segments of two clocks
 * that overlap are put one behind the other.
 *
 * @param scans in the order of their wall clocks, each with at least one fragment that tells its wall clock
 * @throws Fmp4Error `empty` when one has no fragment, `unsupported` when one does not know its wall clock
 */
export function placeSegments(scans: readonly SegmentScan[]): Placed[] {
  const placed: Placed[] = [];
  let originUs: number | undefined;
  let endUs = 0;
  for (const scan of scans) {
    const [first] = scan.fragments;
    const last = scan.fragments.at(-1);
    if (!first || !last) throw new Fmp4Error('empty', 'a segment without fragments');
    if (first.wallMs === undefined) throw new Fmp4Error('unsupported', 'a segment without wall clock');
    const firstWallUs = Math.round(first.wallMs * 1000);
    if (originUs === undefined) {
      originUs = firstWallUs - first.startUs;
      endUs = first.startUs;
    }
    const wanted = firstWallUs - originUs;
    const at = wanted < endUs || wanted - endUs < snapUs ? endUs : wanted;
    placed.push({ scan, shiftUs: at - first.startUs, wallUs: firstWallUs - at });
    endUs = at + last.startUs + last.durationUs - first.startUs;
  }
  return placed;
}

/** Whether a player can go from one segment to the other without a new initialisation. */
export function sameFormat(a: SegmentScan, b: SegmentScan): boolean {
  return a.tracks.length === b.tracks.length && a.tracks.every((track, i) => sameTrack(track, b.tracks[i]));
}

function sameTrack(a: TrackInfo, b: TrackInfo | undefined): boolean {
  return b?.id === a.id && b.timescale === a.timescale && b.entry.equals(a.entry);
}

/** Ticks by which fragments of a placed segment are moved (`retimeFragment`). */
export function shiftsOf({ scan, shiftUs }: Placed): Map<number, number> {
  return new Map(scan.tracks.map((track) => [track.id, Math.round((shiftUs * track.timescale) / 1e6)]));
}

/**
 * Index of the fragment with which to begin in order to show this moment: the last one that begins with a key picture
 * at or before it, else the first that has one; -1 when none has.
 */
export function seekFragment(fragments: readonly FragmentInfo[], wallMs: number): number {
  let found = -1;
  for (let i = 0; i < fragments.length; i++) {
    const fragment = fragments[i];
    if (!fragment?.key) continue;
    if (found !== -1 && (fragment.wallMs ?? Infinity) > wallMs) break;
    found = i;
  }
  return found;
}
