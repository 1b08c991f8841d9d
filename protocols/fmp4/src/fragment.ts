import { Buffer } from 'node:buffer';
import { writeBoxHeader, writeU64 } from './box.ts';
import type { Sample } from './sample.ts';
import { type ProducerTime, prftBytes, writePrft } from './wall-clock.ts';

/** Flags of a sample (ISO/IEC 14496-12 §8.8.3.1): depends on nothing, or depends on others and is no sync sample. */
export const keyFlags = 0x0200_0000;
export const otherFlags = 0x0101_0000;

/** Consecutive samples of one track. */
export interface TrackRun {
  readonly trackId: number;
  readonly samples: readonly Sample[];
  /** Ticks of the last sample; the others last until the next. */
  readonly lastDuration: number;
}

export interface FragmentParts {
  readonly sequence: number;
  readonly runs: readonly TrackRun[];
  readonly wallClock?: ProducerTime | undefined;
}

interface Layout {
  readonly run: TrackRun;
  /** All samples last as long as the last one. */
  readonly even: boolean;
  /** Only the first sample is a key, or all are. */
  readonly flags: 'first' | 'all' | 'none' | 'each';
  readonly offsets: boolean;
  readonly trunBytes: number;
  readonly trafBytes: number;
  readonly dataBytes: number;
}

const tfhdBytes = 24;
const tfdtBytes = 20;

/**
 * One movie fragment: producer reference time if given, moof, mdat (ISO/IEC 14496-12 §8.8.4), in one buffer. Data
 * offsets count from the moof (default-base-is-moof), so that it may stand anywhere in a file or a stream.
 */
export function makeFragment({ sequence, runs, wallClock }: FragmentParts): Buffer {
  const layouts = runs.map(layOut);
  const moofBytes = layouts.reduce((sum, one) => sum + one.trafBytes, 8 + 16);
  const dataBytes = layouts.reduce((sum, one) => sum + one.dataBytes, 8);
  const lead = wallClock ? prftBytes : 0;
  const out = Buffer.allocUnsafe(lead + moofBytes + dataBytes);
  let at = 0;
  if (wallClock) at = writePrft(out, 0, wallClock.trackId, wallClock.wallMs, wallClock.mediaTime);
  at = writeBoxHeader(out, at, moofBytes, 'moof');
  at = writeBoxHeader(out, at, 16, 'mfhd');
  out.writeUInt32BE(0, at);
  out.writeUInt32BE(sequence, at + 4);
  at += 8;
  let data = moofBytes + 8;
  for (const layout of layouts) {
    at = writeTraf(out, at, layout, data);
    data += layout.dataBytes;
  }
  at = writeBoxHeader(out, at, dataBytes, 'mdat');
  for (const { samples } of runs) for (const sample of samples) at = writeSample(out, at, sample);
  return out;
}

function layOut(run: TrackRun): Layout {
  const { samples, lastDuration } = run;
  let even = true;
  let offsets = false;
  let keys = 0;
  let dataBytes = 0;
  for (let i = 0; i < samples.length; i++) {
    const sample = samples[i];
    if (!sample) continue;
    if (durationAt(run, i) !== lastDuration) even = false;
    if (sample.offset !== 0) offsets = true;
    if (sample.key) keys++;
    dataBytes += sample.bytes;
  }
  const firstOnly = keys === 1 && samples[0]?.key === true;
  const flags = keys === samples.length ? 'all' : keys === 0 ? 'none' : firstOnly ? 'first' : 'each';
  const perSample = 4 + (even ? 0 : 4) + (flags === 'each' ? 4 : 0) + (offsets ? 4 : 0);
  const trunBytes = 20 + (flags === 'first' ? 4 : 0) + perSample * samples.length;
  return { run, even, flags, offsets, trunBytes, trafBytes: 8 + tfhdBytes + tfdtBytes + trunBytes, dataBytes };
}

function durationAt({ samples, lastDuration }: TrackRun, index: number): number {
  const next = samples[index + 1];
  return next ? next.tick - (samples[index]?.tick ?? 0) : lastDuration;
}

function writeTraf(out: Buffer, start: number, layout: Layout, dataOffset: number): number {
  const { run, even, flags, offsets } = layout;
  let at = writeBoxHeader(out, start, layout.trafBytes, 'traf');
  at = writeBoxHeader(out, at, tfhdBytes, 'tfhd');
  // default-base-is-moof, default duration, default flags
  out.writeUInt32BE(0x02_00_28, at);
  out.writeUInt32BE(run.trackId, at + 4);
  out.writeUInt32BE(run.lastDuration, at + 8);
  out.writeUInt32BE(flags === 'all' ? keyFlags : otherFlags, at + 12);
  at = writeBoxHeader(out, at + 16, tfdtBytes, 'tfdt');
  out.writeUInt32BE(0x0100_0000, at);
  at = writeU64(out, at + 4, run.samples[0]?.tick ?? 0);
  at = writeBoxHeader(out, at, layout.trunBytes, 'trun');
  const has = 0x201 | (flags === 'first' ? 4 : 0) | (even ? 0 : 0x100) | (flags === 'each' ? 0x400 : 0);
  out.writeUInt32BE(0x0100_0000 | has | (offsets ? 0x800 : 0), at);
  out.writeUInt32BE(run.samples.length, at + 4);
  out.writeInt32BE(dataOffset, at + 8);
  at += 12;
  if (flags === 'first') at = out.writeUInt32BE(keyFlags, at);
  for (let i = 0; i < run.samples.length; i++) {
    const sample = run.samples[i];
    if (!sample) continue;
    if (!even) at = out.writeUInt32BE(durationAt(run, i), at);
    at = out.writeUInt32BE(sample.bytes, at);
    if (flags === 'each') at = out.writeUInt32BE(sample.key ? keyFlags : otherFlags, at);
    if (offsets) at = out.writeInt32BE(sample.offset, at);
  }
  return at;
}

function writeSample(out: Buffer, start: number, sample: Sample): number {
  let at = start;
  for (const part of sample.parts) {
    if (sample.lengths) at = out.writeUInt32BE(part.length, at);
    out.set(part, at);
    at += part.length;
  }
  return at;
}
