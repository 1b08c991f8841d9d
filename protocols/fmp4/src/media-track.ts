import type { Buffer } from 'node:buffer';
import {
  type AudioFrame,
  type Track,
  CodecError,
  ParameterSets,
  codecString,
  opusPacketSamples,
  parseAudioConfig,
} from '@wangge/codec';
import { flacEntry } from './flac.ts';
import { aacConfig, audioEntry, videoEntry } from './sample-entry.ts';

/** RTP's clock for video, so that its times survive unrounded. */
const videoTimescale = 90_000;

/** A track as the file sees it. */
export interface MediaTrack {
  readonly id: number;
  readonly kind: 'video' | 'audio';
  readonly source: Track;
  /** Ticks per second of all times of this track. */
  readonly timescale: number;
  /** The box that goes into stsd. */
  readonly entry: Buffer;
  /** RFC 6381 */
  readonly codec: string;
  /** Pixels, 0 for sound. */
  readonly width: number;
  readonly height: number;
}

/**
 * What becomes of G.711, which browsers do not play out of MP4: sample entries alaw and ulaw for files, FLAC for
 * browsers (one channel), or nothing.
 */
export type G711Choice = 'file' | 'flac' | 'skip';

/** Nothing while the track cannot be described: parameter sets that are missing or damaged, an impossible AAC. */
export function describeTrack(source: Track, id: number, g711: G711Choice = 'file'): MediaTrack | undefined {
  try {
    return source.kind === 'video' ? describeVideo(source, id) : describeAudio(source, id, g711);
  } catch (error) {
    if (error instanceof CodecError) return undefined;
    throw error;
  }
}

function describeVideo(source: Track & { kind: 'video' }, id: number): MediaTrack | undefined {
  const sets = new ParameterSets(source.codec, source.parameterSets);
  const sps = sets.sps();
  const codec = codecString(source);
  if (!sps || !codec || !sets.complete) return undefined;
  const entry = videoEntry(sps, sets.list());
  return {
    id,
    kind: source.kind,
    source,
    timescale: videoTimescale,
    entry,
    codec,
    width: sps.width,
    height: sps.height,
  };
}

function describeAudio(source: Track & { kind: 'audio' }, id: number, g711: G711Choice): MediaTrack | undefined {
  const timescale = audioTimescale(source);
  if (!(timescale > 0)) return undefined;
  const shape = { id, kind: source.kind, source, timescale, width: 0, height: 0 };
  if (isG711(source) && g711 === 'skip') return undefined;
  if (isG711(source) && g711 === 'flac') {
    return source.channels === 1 ? { ...shape, entry: flacEntry(timescale), codec: 'flac' } : undefined;
  }
  const codec = codecString(source);
  return codec ? { ...shape, entry: audioEntry(source, timescale), codec } : undefined;
}

function isG711(source: Track): boolean {
  return source.codec === 'pcma' || source.codec === 'pcmu';
}

function audioTimescale(source: Track & { kind: 'audio' }): number {
  if (source.codec === 'opus') return 48_000;
  return source.codec === 'aac' ? parseAudioConfig(aacConfig(source)).sampleRate : source.sampleRate;
}

/** How long one packet of sound lasts, in ticks of its track; 0 when it cannot be told. */
export function packetTicks(track: MediaTrack, frame: AudioFrame): number {
  if (frame.codec === 'aac') return 1024;
  if (frame.codec === 'opus') return opusPacketSamples(frame.data);
  const channels = track.source.kind === 'audio' ? track.source.channels : 1;
  return Math.floor(frame.data.length / channels);
}
