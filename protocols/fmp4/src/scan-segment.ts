import type { FileHandle } from 'node:fs/promises';
import { Fmp4Error } from './error.ts';
import { type FragmentInfo, describeFragment } from './fragment-info.ts';
import { type TopBox, nextBox, readBox } from './file-boxes.ts';
import { readFragment } from './read-fragment.ts';
import { type TrackInfo, readTracks } from './read-init.ts';
import { verifySamples } from './verify-samples.ts';
import { type ProducerTime, readPrft } from './wall-clock.ts';

/** What a file of fragments holds. */
export interface SegmentScan {
  readonly tracks: readonly TrackInfo[];
  /** The track by which times are told: video if there is one. */
  readonly leading: TrackInfo;
  /** Bytes of ftyp and moov at the start of the file. */
  readonly initBytes: number;
  readonly fragments: readonly FragmentInfo[];
  readonly fileBytes: number;
  /** Everything up to here can be played; the rest of the file is what a crash left half written. */
  readonly validBytes: number;
  /** The file was ended properly: its index for seeking is there. */
  readonly indexed: boolean;
}

const maxInitBytes = 1 << 20;
const maxMoofBytes = 8 << 20;
const maxFragments = 100_000;

/**
 * Finds every complete fragment of a file, of one that was cut off in the middle of a write as well. Reads headers
 * only, except for the last fragments of a file that was not ended properly: a power cut may leave a hole of zeros
 * where the file system had not written yet, so those are walked through NAL unit by NAL unit.
 *
 * @throws Fmp4Error `cut` when not even ftyp and moov are there, `invalid` or `unsupported` when they cannot be read
 */
export async function scanSegment(file: FileHandle): Promise<SegmentScan> {
  const fileBytes = (await file.stat()).size;
  const { tracks, initBytes } = await scanInit(file, fileBytes);
  const leading = tracks.find((track) => track.kind === 'video') ?? tracks[0];
  if (!leading) throw new Fmp4Error('unsupported', 'no track of picture or sound');
  const fragments: FragmentInfo[] = [];
  let validBytes = initBytes;
  let indexed = false;
  let pending: Pending = {};
  let at = initBytes;
  while (fragments.length < maxFragments) {
    const box = await tryNext(file, at, fileBytes);
    if (!box) break;
    indexed = box.type === 'mfra';
    const step = await takeBox(file, box, pending, { tracks, leading }).catch(ignoreDamage);
    if (!step) break;
    if (step.fragment) fragments.push(step.fragment);
    pending = step.pending;
    at = box.end;
    if (!pending.moof && pending.offset === undefined) validBytes = at;
  }
  const scan = { tracks, leading, initBytes, fileBytes, indexed: indexed && validBytes === fileBytes };
  if (scan.indexed) return { ...scan, fragments, validBytes };
  return { ...scan, ...(await dropHoles(file, fragments, tracks, { initBytes, validBytes })) };
}

async function scanInit(file: FileHandle, fileBytes: number): Promise<{ tracks: TrackInfo[]; initBytes: number }> {
  let at = 0;
  for (let i = 0; i < 16; i++) {
    const box = await nextBox(file, at, fileBytes);
    if (!box) break;
    if (box.type === 'moov') return { tracks: readTracks(await readBox(file, box, maxInitBytes)), initBytes: box.end };
    if (box.type === 'mdat' || box.type === 'moof') throw new Fmp4Error('unsupported', 'no moov in front');
    at = box.end;
  }
  throw new Fmp4Error('cut', 'the file ends before its moov does');
}

/** Boxes of a fragment whose mdat has not come yet. */
interface Pending {
  readonly offset?: number | undefined;
  readonly prft?: ProducerTime | undefined;
  readonly moof?: TopBox;
}

interface Step {
  readonly pending: Pending;
  readonly fragment?: FragmentInfo | undefined;
}

interface Tracks {
  readonly tracks: readonly TrackInfo[];
  readonly leading: TrackInfo;
}

async function takeBox(file: FileHandle, box: TopBox, pending: Pending, { tracks, leading }: Tracks): Promise<Step> {
  const { moof } = pending;
  if (box.type === 'prft') {
    const prft = readPrft(await readBox(file, box, 64, 'whole'));
    return { pending: { offset: pending.offset ?? box.offset, prft: prft ?? pending.prft } };
  }
  if (box.type === 'moof') return { pending: { ...pending, offset: pending.offset ?? box.offset, moof: box } };
  if (box.type !== 'mdat' || !moof) return { pending: {} };
  const runs = readFragment(await readBox(file, moof, maxMoofBytes), moof.offset, tracks);
  const offset = pending.offset ?? moof.offset;
  const fragment = describeFragment({ offset, moof, mdat: box, runs, prft: pending.prft }, leading);
  return { fragment, pending: {} };
}

/** A box that says nonsense ends what can be played, like one that is cut. */
function ignoreDamage(error: unknown): undefined {
  if (error instanceof Fmp4Error) return undefined;
  throw error;
}

function tryNext(file: FileHandle, at: number, fileBytes: number): Promise<TopBox | undefined> {
  return nextBox(file, at, fileBytes).catch(ignoreDamage);
}

async function dropHoles(
  file: FileHandle,
  fragments: readonly FragmentInfo[],
  tracks: readonly TrackInfo[],
  bytes: { initBytes: number; validBytes: number },
): Promise<Pick<SegmentScan, 'fragments' | 'validBytes'>> {
  let count = fragments.length;
  for (let last = fragments[count - 1]; last; last = fragments[--count - 1]) {
    const moof = await readBox(file, last.moof, maxMoofBytes);
    if (await verifySamples(file, readFragment(moof, last.moof.offset, tracks), tracks)) break;
  }
  if (count === fragments.length) return { fragments, validBytes: bytes.validBytes };
  const last = fragments[count - 1];
  return { fragments: fragments.slice(0, count), validBytes: last ? last.offset + last.bytes : bytes.initBytes };
}
