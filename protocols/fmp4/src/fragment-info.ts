import { Fmp4Error } from './error.ts';
import type { TopBox } from './file-boxes.ts';
import type { SampleRun } from './read-fragment.ts';
import type { TrackInfo } from './read-init.ts';
import type { ProducerTime } from './wall-clock.ts';

/** A picture at which a decoder may begin, and where its bytes stand in the file. */
export interface KeyFrame {
  /** Presentation time from the start of the file's own clock (µs). */
  readonly timeUs: number;
  readonly wallMs?: number;
  readonly offset: number;
  readonly bytes: number;
}

/** One complete fragment of a file. Times are those of the leading track. */
export interface FragmentInfo {
  /** Where it begins: at its producer reference time, if it has one. */
  readonly offset: number;
  readonly bytes: number;
  readonly moof: TopBox;
  /** First presentation time on the file's own clock (µs). */
  readonly startUs: number;
  readonly durationUs: number;
  /** When the first picture was taken, if the fragment tells it. */
  readonly wallMs?: number;
  /** A player may begin with the first picture. */
  readonly key: boolean;
  readonly keyFrames: readonly KeyFrame[];
}

interface Parts {
  readonly offset: number;
  readonly moof: TopBox;
  readonly mdat: TopBox;
  readonly runs: readonly SampleRun[];
  readonly prft: ProducerTime | undefined;
}

/** @throws Fmp4Error `invalid` when samples lie outside of the mdat */
export function describeFragment({ offset, moof, mdat, runs, prft }: Parts, leading: TrackInfo): FragmentInfo {
  for (const { places, sizes } of runs) {
    for (let i = 0; i < places.length; i++) {
      const place = places[i] ?? 0;
      if (place < mdat.offset + mdat.headerBytes || place + (sizes[i] ?? 0) > mdat.end) {
        throw new Fmp4Error('invalid', 'a sample lies outside of its fragment');
      }
    }
  }
  const run = runs.find((one) => one.trackId === leading.id) ?? runs[0];
  const timescale = leading.timescale;
  const toUs = (ticks: number): number => Math.round((ticks * 1e6) / timescale);
  const wallOf = (ticks: number): { wallMs?: number } =>
    prft?.trackId === leading.id ? { wallMs: prft.wallMs + ((ticks - prft.mediaTime) * 1000) / timescale } : {};
  const keyFrames: KeyFrame[] = [];
  let tick = run?.baseTime ?? 0;
  let first = Infinity;
  let end = 0;
  for (let i = 0; run && i < run.sizes.length; i++) {
    const shown = tick + (run.offsets[i] ?? 0);
    const duration = run.durations[i] ?? 0;
    first = Math.min(first, shown);
    end = Math.max(end, shown + duration);
    if (run.keys[i] === 1 && leading.kind === 'video') {
      keyFrames.push({
        timeUs: toUs(shown),
        offset: run.places[i] ?? 0,
        bytes: run.sizes[i] ?? 0,
        ...wallOf(shown),
      });
    }
    tick += duration;
  }
  const begins = first === Infinity ? (run?.baseTime ?? 0) : first;
  return {
    offset,
    bytes: mdat.end - offset,
    moof,
    startUs: toUs(begins),
    durationUs: Math.max(0, toUs(end) - toUs(begins)),
    key: run?.keys[0] === 1,
    keyFrames,
    ...wallOf(begins),
  };
}
