import { Buffer } from 'node:buffer';
import { childBoxes, findBox, needBox } from './box-reader.ts';
import { Fmp4Error } from './error.ts';

/** What moov says of one track. */
export interface TrackInfo {
  readonly id: number;
  readonly kind: 'video' | 'audio';
  /** Ticks per second. */
  readonly timescale: number;
  /** Four letters of the sample entry: avc1, hvc1, mp4a, Opus, alaw, ulaw… */
  readonly format: string;
  /** The sample entry as it stands in the file, for comparing and copying. */
  readonly entry: Buffer;
  readonly width: number;
  readonly height: number;
  /** Of trex: for fragments that do not say it themselves. */
  readonly defaults: { readonly duration: number; readonly size: number; readonly flags: number };
}

const maxTracks = 8;

/**
 * Reads the tracks of a moov (its content, without header). Tracks that are neither picture nor sound are left out.
 *
 * @throws Fmp4Error when it contradicts itself
 */
export function readTracks(moov: Buffer): TrackInfo[] {
  const boxes = childBoxes(moov);
  const defaults = readDefaults(boxes.find((box) => box.type === 'mvex')?.content);
  const tracks: TrackInfo[] = [];
  for (const { type, content } of boxes) {
    if (type !== 'trak') continue;
    const handler = needBox(content, 12, 'mdia', 'hdlr').toString('latin1', 8, 12);
    if (handler !== 'vide' && handler !== 'soun') continue;
    if (tracks.length >= maxTracks) throw new Fmp4Error('unsupported', 'a file of many tracks');
    tracks.push(readTrack(content, handler === 'vide' ? 'video' : 'audio', defaults));
  }
  return tracks;
}

type Defaults = ReadonlyMap<number, TrackInfo['defaults']>;

function readTrack(trak: Buffer, kind: TrackInfo['kind'], defaults: Defaults): TrackInfo {
  const tkhd = needBox(trak, 24, 'tkhd');
  const id = tkhd.readUInt32BE(tkhd[0] === 1 ? 20 : 12);
  const mdhd = needBox(trak, 24, 'mdia', 'mdhd');
  const timescale = mdhd.readUInt32BE(mdhd[0] === 1 ? 20 : 12);
  const stsd = needBox(trak, 8, 'mdia', 'minf', 'stbl', 'stsd');
  const [entry] = childBoxes(stsd.subarray(8));
  if (!entry || timescale === 0 || id === 0) throw new Fmp4Error('invalid', 'a track without format, id or clock');
  const sized = kind === 'video' && entry.content.length >= 28;
  return {
    id,
    kind,
    timescale,
    format: entry.type,
    entry: Buffer.from(entry.whole),
    width: sized ? entry.content.readUInt16BE(24) : 0,
    height: sized ? entry.content.readUInt16BE(26) : 0,
    defaults: defaults.get(id) ?? { duration: 0, size: 0, flags: 0 },
  };
}

function readDefaults(mvex: Buffer | undefined): Defaults {
  const found = new Map<number, TrackInfo['defaults']>();
  for (const { type, content } of mvex ? childBoxes(mvex) : []) {
    if (type !== 'trex' || content.length < 24) continue;
    found.set(content.readUInt32BE(4), {
      duration: content.readUInt32BE(12),
      size: content.readUInt32BE(16),
      flags: content.readUInt32BE(20),
    });
  }
  return found;
}

/** Bytes of a NAL unit's length in the samples of this track (avcC, hvcC); 0 when the samples have no NAL units. */
export function nalLengthBytes(track: TrackInfo): number {
  if (track.kind !== 'video' || track.entry.length < 86) return 0;
  const boxes = track.entry.subarray(86);
  const avc = findBox(boxes, 'avcC')?.content[4];
  const hevc = findBox(boxes, 'hvcC')?.content[21];
  const last = avc ?? hevc;
  return last === undefined ? 0 : (last & 3) + 1;
}
