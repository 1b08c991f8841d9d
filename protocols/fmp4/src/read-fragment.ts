import type { Buffer } from 'node:buffer';
import { type Box, childBoxes } from './box-reader.ts';
import { readU64 } from './box.ts';
import { Fmp4Error } from './error.ts';
import type { TrackInfo } from './read-init.ts';

/** The samples of one track in one fragment, as columns. */
export interface SampleRun {
  readonly trackId: number;
  /** Decoding time of the first sample in ticks. */
  readonly baseTime: number;
  readonly durations: Uint32Array;
  readonly sizes: Uint32Array;
  /** Presentation minus decoding time. */
  readonly offsets: Int32Array;
  /** 1 where a decoder may begin. */
  readonly keys: Uint8Array;
  /** Where each sample stands in the file. */
  readonly places: Float64Array;
}

/** As many samples as a fragment may have: an hour of pictures. */
const maxSamples = 100_000;
const nonSync = 0x1_0000;

/**
 * Reads a moof (its content). Places are told from the start of the file.
 *
 * @param moofOffset where its header begins in the file
 * @throws Fmp4Error when it contradicts itself
 */
export function readFragment(moof: Buffer, moofOffset: number, tracks: readonly TrackInfo[]): SampleRun[] {
  const runs: SampleRun[] = [];
  for (const { type, content } of childBoxes(moof)) {
    if (type !== 'traf') continue;
    const run = readTraf(childBoxes(content), moofOffset, tracks);
    if (run) runs.push(run);
  }
  return runs;
}

interface Header {
  readonly trackId: number;
  readonly base: number;
  readonly duration: number;
  readonly size: number;
  readonly flags: number;
}

/** tfhd (§8.8.7): fields stand there only if their flag is set, in this order. */
function readHeader(tfhd: Buffer, moofOffset: number, tracks: readonly TrackInfo[]): Header | undefined {
  const flags = tfhd.readUIntBE(1, 3);
  const trackId = tfhd.readUInt32BE(4);
  const track = tracks.find((one) => one.id === trackId);
  if (!track) return undefined;
  let at = 8;
  const skip = (flag: number, bytes: number): number | undefined => {
    if (!(flags & flag)) return undefined;
    at += bytes;
    if (at > tfhd.length) throw new Fmp4Error('invalid', 'tfhd is too short');
    return at - bytes;
  };
  const baseAt = skip(1, 8);
  skip(2, 4);
  const [durationAt, sizeAt, flagsAt] = [skip(8, 4), skip(0x10, 4), skip(0x20, 4)];
  const { defaults } = track;
  return {
    trackId,
    base: baseAt === undefined ? moofOffset : readU64(tfhd, baseAt),
    duration: durationAt === undefined ? defaults.duration : tfhd.readUInt32BE(durationAt),
    size: sizeAt === undefined ? defaults.size : tfhd.readUInt32BE(sizeAt),
    flags: flagsAt === undefined ? defaults.flags : tfhd.readUInt32BE(flagsAt),
  };
}

function readTraf(boxes: readonly Box[], moofOffset: number, tracks: readonly TrackInfo[]): SampleRun | undefined {
  const tfhd = boxes.find((box) => box.type === 'tfhd')?.content;
  if (!tfhd || tfhd.length < 8) throw new Fmp4Error('invalid', 'a fragment without tfhd');
  const header = readHeader(tfhd, moofOffset, tracks);
  if (!header) return undefined;
  const truns = boxes.filter((box) => box.type === 'trun').map((box) => box.content);
  const counts = truns.map((trun) => (trun.length < 8 ? 0 : trun.readUInt32BE(4)));
  const count = counts.reduce((sum, one) => sum + one, 0);
  if (count > maxSamples) throw new Fmp4Error('invalid', `a fragment of ${count} samples`);
  const run: SampleRun = {
    trackId: header.trackId,
    baseTime: readBaseTime(boxes.find((box) => box.type === 'tfdt')?.content),
    durations: new Uint32Array(count),
    sizes: new Uint32Array(count),
    offsets: new Int32Array(count),
    keys: new Uint8Array(count),
    places: new Float64Array(count),
  };
  let index = 0;
  let place = header.base;
  truns.forEach((trun, i) => {
    place = readTrun(trun, header, run, index, place);
    index += counts[i] ?? 0;
  });
  return run;
}

function readBaseTime(tfdt: Buffer | undefined): number {
  if (!tfdt || tfdt.length < (tfdt[0] === 1 ? 12 : 8)) throw new Fmp4Error('invalid', 'a fragment without tfdt');
  return tfdt[0] === 1 ? readU64(tfdt, 4) : tfdt.readUInt32BE(4);
}

/** trun (§8.8.8). Returns where its last sample ends. */
function readTrun(trun: Buffer, header: Header, run: SampleRun, from: number, start: number): number {
  if (trun.length < 8) return start;
  const has = trun.readUIntBE(1, 3);
  const count = trun.readUInt32BE(4);
  const perSample = [0x100, 0x200, 0x400, 0x800].filter((flag) => has & flag).length * 4;
  let at = 8 + (has & 1 ? 4 : 0) + (has & 4 ? 4 : 0);
  if (at + perSample * count > trun.length) throw new Fmp4Error('invalid', 'trun is too short');
  let place = has & 1 ? header.base + trun.readInt32BE(8) : start;
  const firstFlags = has & 4 ? trun.readUInt32BE(at - 4) : undefined;
  const field = (flag: number, otherwise: number): number => {
    if (!(has & flag)) return otherwise;
    at += 4;
    return trun.readUInt32BE(at - 4);
  };
  for (let i = from; i < from + count; i++) {
    run.durations[i] = field(0x100, header.duration);
    const size = field(0x200, header.size);
    const flags = field(0x400, i === from && firstFlags !== undefined ? firstFlags : header.flags);
    // Unsigned in version 0; nobody shows a picture 2^31 ticks later, so both read the same.
    run.offsets[i] = field(0x800, 0) | 0;
    run.sizes[i] = size;
    run.keys[i] = flags & nonSync ? 0 : 1;
    run.places[i] = place;
    place += size;
  }
  return place;
}
