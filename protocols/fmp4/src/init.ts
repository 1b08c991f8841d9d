import { Buffer } from 'node:buffer';
import { box, bytes, fullBox, u16, u32, u64, zeros } from './box.ts';

const matrix = u32(0x1_0000, 0, 0, 0, 0x1_0000, 0, 0, 0, 0x4000_0000);

/** Brand iso6: tfdt and signed composition offsets (ISO/IEC 14496-12 annex E). */
export function fileType(): Buffer {
  return box('ftyp', Buffer.from('iso6'), u32(0), Buffer.from('iso6isommp41'));
}

/** What a track box needs to know of its track. */
export interface BoxTrack {
  readonly id: number;
  readonly kind: 'video' | 'audio';
  readonly timescale: number;
  /** Sample entry. */
  readonly entry: Buffer;
  readonly width: number;
  readonly height: number;
}

/** Initialisation segment: ftyp and moov without samples (ISO/IEC 14496-12 §8.8). */
export function makeInit(tracks: readonly BoxTrack[]): Buffer {
  const noSamples = Buffer.concat([
    fullBox('stts', 0, 0, u32(0)),
    fullBox('stsc', 0, 0, u32(0)),
    fullBox('stsz', 0, 0, u32(0, 0)),
    fullBox('stco', 0, 0, u32(0)),
  ]);
  const nextId = Math.max(0, ...tracks.map((track) => track.id)) + 1;
  const moov = box(
    'moov',
    movieHeader({ timescale: 1000, duration: 0, nextId }),
    ...tracks.map((track) => trackBox(track, { mediaDuration: 0, movieDuration: 0, samples: noSamples })),
    box('mvex', ...tracks.map((track) => fullBox('trex', 0, 0, u32(track.id, 1, 0, 0, 0)))),
  );
  return Buffer.concat([fileType(), moov]);
}

interface MovieHeader {
  readonly timescale: number;
  readonly duration: number;
  readonly nextId: number;
  /** Seconds since 1904. */
  readonly created?: number;
}

export function movieHeader({ timescale, duration, nextId, created = 0 }: MovieHeader): Buffer {
  return fullBox(
    'mvhd',
    1,
    0,
    u64(created, created),
    u32(timescale),
    u64(duration),
    u32(0x1_0000),
    u16(0x100),
    zeros(10),
    matrix,
    zeros(24),
    u32(nextId),
  );
}

interface TrackParts {
  /** In ticks of the track. */
  readonly mediaDuration: number;
  /** In ticks of the movie. */
  readonly movieDuration: number;
  /** stts, stsc, stsz, stco and what goes with them. */
  readonly samples: Buffer;
  /** Edit list, if there is one. */
  readonly edits?: Buffer;
  /** Seconds since 1904. */
  readonly created?: number;
}

export function trackBox(track: BoxTrack, parts: TrackParts): Buffer {
  const { mediaDuration, movieDuration, samples, edits, created = 0 } = parts;
  const video = track.kind === 'video';
  const [wide, high] = displaySize(track);
  const tkhd = fullBox(
    'tkhd',
    1,
    3,
    u64(created, created),
    u32(track.id, 0),
    u64(movieDuration),
    zeros(8),
    u16(0, 0, video ? 0 : 0x100, 0),
    matrix,
    u32(wide * 0x1_0000, high * 0x1_0000),
  );
  // Language "und": three letters of five bits each.
  const mdhd = fullBox('mdhd', 1, 0, u64(created, created), u32(track.timescale), u64(mediaDuration), u16(0x55c4, 0));
  const handler = Buffer.from(video ? 'vide' : 'soun');
  const name = Buffer.from(video ? 'VideoHandler\0' : 'SoundHandler\0');
  const hdlr = fullBox('hdlr', 0, 0, u32(0), handler, zeros(12), name);
  const header = video ? fullBox('vmhd', 0, 1, zeros(8)) : fullBox('smhd', 0, 0, zeros(4));
  const dinf = box('dinf', fullBox('dref', 0, 0, u32(1), fullBox('url ', 0, 1)));
  const stbl = box('stbl', fullBox('stsd', 0, 0, u32(1), track.entry), samples);
  return box('trak', tkhd, ...(edits ? [edits] : []), box('mdia', mdhd, hdlr, box('minf', header, dinf, stbl)));
}

/** tkhd tells the size on the screen: pixels that are not square are stretched in width. */
function displaySize(track: BoxTrack): readonly [number, number] {
  const at = track.entry.indexOf('pasp');
  if (at === -1 || track.kind !== 'video') return [track.width, track.height];
  const stretch = track.entry.readUInt32BE(at + 4) / track.entry.readUInt32BE(at + 8);
  return [Math.min(65_535, Math.round(track.width * stretch)), track.height];
}

/** An edit list from empty time and a start within the media (§8.6.6), in ticks of movie and track. */
export function editList(emptyMovieTicks: number, mediaStart: number, movieDuration: number): Buffer {
  const rate = bytes(0, 1, 0, 0);
  const empty = emptyMovieTicks > 0 ? [u64(emptyMovieTicks), Buffer.alloc(8, 0xff), rate] : [];
  const count = emptyMovieTicks > 0 ? 2 : 1;
  return box('edts', fullBox('elst', 1, 0, u32(count), ...empty, u64(movieDuration, mediaStart), rate));
}
