/** Runs a recorder over frames and puts its segments into files. */
import { writeFileSync } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { join } from 'node:path';
import type { Frame, Track } from '@wangge/codec';
import {
  type RecorderOptions,
  type SegmentScan,
  type SegmentSummary,
  SegmentRecorder,
  placeSegments,
  retimeFragment,
  scanSegment,
  shiftsOf,
} from '../src/index.ts';

/** 2026-01-01T00:00:00Z */
export const wallStart = 1_767_225_600_000;

export interface Recorded {
  readonly file: string;
  readonly bytes: Buffer;
  readonly summary: SegmentSummary;
}

type Settings = Partial<Omit<RecorderOptions, 'tracks' | 'onStart' | 'onBytes' | 'onEnd'>>;

/** The wall clock of a frame is its own clock from `wallStart` on, unless told otherwise. */
export function record(
  folder: string,
  tracks: readonly Track[],
  frames: readonly Frame[],
  settings: Settings = {},
  wallOf: (frame: Frame) => number = (frame) => wallStart + frame.ptsUs / 1000,
): Recorded[] {
  const done: Recorded[] = [];
  let parts: Buffer[] = [];
  const recorder = new SegmentRecorder({
    ...settings,
    tracks,
    onStart: () => (parts = []),
    onBytes: (bytes) => parts.push(bytes),
    onEnd: (summary) => {
      const file = join(folder, `segment-${process.hrtime.bigint()}.mp4`);
      const bytes = Buffer.concat(parts);
      writeFileSync(file, bytes);
      done.push({ file, bytes, summary });
    },
  });
  for (const frame of frames) recorder.push(frame, wallOf(frame));
  recorder.close();
  return done;
}

export async function scanFile(file: string): Promise<SegmentScan> {
  const handle = await open(file);
  try {
    return await scanSegment(handle);
  } finally {
    await handle.close();
  }
}

/** Opens and scans recorded segments; `close` them when done. */
export async function openSegments(recorded: readonly Recorded[]): Promise<{
  segments: { file: FileHandle; scan: SegmentScan }[];
  close: () => Promise<void>;
}> {
  const segments: { file: FileHandle; scan: SegmentScan }[] = [];
  for (const { file: path } of recorded) {
    const file = await open(path);
    segments.push({ file, scan: await scanSegment(file) });
  }
  return { segments, close: async () => void (await Promise.all(segments.map(({ file }) => file.close()))) };
}

/** What a playback server sends: the first segment's initialisation, then the fragments of all on one timeline. */
export async function joinSegments(recorded: readonly Recorded[]): Promise<Buffer[]> {
  const scans = await Promise.all(recorded.map(({ file }) => scanFile(file)));
  const parts: Buffer[] = [];
  for (const [i, one] of placeSegments(scans).entries()) {
    const bytes = recorded[i]?.bytes ?? Buffer.alloc(0);
    if (i === 0) parts.push(bytes.subarray(0, one.scan.initBytes));
    for (const fragment of one.scan.fragments) {
      const copy = Buffer.from(bytes.subarray(fragment.offset, fragment.offset + fragment.bytes));
      retimeFragment(copy, shiftsOf(one), parts.length);
      parts.push(copy);
    }
  }
  return parts;
}
