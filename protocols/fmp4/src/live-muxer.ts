import type { Buffer } from 'node:buffer';
import { type AudioFrame, type Frame, type Track, decodeG711 } from '@wangge/codec';
import { flacFrame } from './flac.ts';
import { makeFragment } from './fragment.ts';
import { makeInit } from './init.ts';
import { packetTicks } from './media-track.ts';
import { makeSample } from './sample.ts';
import { TrackSet } from './track-set.ts';

/** What goes to a player: first an `init`, then `media`. A further `init` means that the format has changed. */
export interface LiveChunk {
  readonly kind: 'init' | 'media';
  readonly data: Buffer;
  /** A player may begin with this chunk (behind the latest `init`). */
  readonly key: boolean;
  /** Of the picture or packet; 0 of an `init`. */
  readonly ptsUs: number;
  /** `video/mp4; codecs="…"` of what an `init` begins, for `MediaSource.addSourceBuffer`. */
  readonly mimeType?: string;
}

/**
 * Makes one fragment of each frame, at once: nothing waits for the next picture. All viewers of a stream share its
 * chunks. G.711, which browsers do not play out of MP4, is left out unless FLAC is asked for: all browsers of today
 * play that, but ask them (`MediaSource.isTypeSupported('audio/mp4; codecs="flac"')`).
 */
export class LiveMuxer {
  readonly #onChunk: (chunk: LiveChunk) => void;
  readonly #tracks: TrackSet;
  readonly #hasVideo: boolean;
  #sequence = 0;
  #started = false;

  constructor(
    tracks: readonly Track[],
    onChunk: (chunk: LiveChunk) => void,
    { g711 = 'skip' }: { readonly g711?: 'flac' | 'skip' } = {},
  ) {
    this.#onChunk = onChunk;
    this.#tracks = new TrackSet(tracks, g711);
    this.#hasVideo = tracks.some((track) => track.kind === 'video');
  }

  /** Frames in decoding order; those before the first key picture are dropped. */
  push(frame: Frame): void {
    const changed = frame.kind === 'video' && frame.key && this.#tracks.update(frame);
    if (!this.#started) {
      if (!this.#tracks.mayBegin(frame)) return;
      this.#tracks.begin(frame.kind === 'video' ? frame.dtsUs : frame.ptsUs);
    }
    if (!this.#started || changed) this.#emitInit();
    this.#started = true;
    this.#emitMedia(frame);
  }

  #emitInit(): void {
    const { tracks } = this.#tracks;
    const kind = this.#hasVideo ? 'video' : 'audio';
    const mimeType = `${kind}/mp4; codecs="${tracks.map((track) => track.codec).join(', ')}"`;
    this.#onChunk({ kind: 'init', data: makeInit(tracks), key: false, ptsUs: 0, mimeType });
  }

  #emitMedia(frame: Frame): void {
    const active = this.#tracks.of(frame);
    if (!active) return;
    const { track, clock } = active;
    const tick = clock.tick(frame.kind === 'video' ? frame.dtsUs : frame.ptsUs);
    if (tick === undefined) return;
    const video = frame.kind === 'video';
    const offset = video ? Math.round(((frame.ptsUs - frame.dtsUs) * track.timescale) / 1e6) : 0;
    const playable = playableFrame(frame, track.codec, tick);
    const sample = playable && makeSample(playable, tick, offset);
    if (!sample || sample.bytes === 0) return;
    const lastDuration = video ? clock.step : packetTicks(track, frame) || clock.step;
    const data = makeFragment({
      sequence: ++this.#sequence,
      runs: [{ trackId: track.id, samples: [sample], lastDuration }],
    });
    this.#onChunk({ kind: 'media', data, key: video ? frame.key : !this.#hasVideo, ptsUs: frame.ptsUs });
  }
}

/** What a browser plays of this frame: G.711 becomes FLAC where the track says so. */
export function playableFrame(frame: Frame, codec: string, tick: number): Frame | undefined {
  return codec === 'flac' ? toFlac(frame, tick) : frame;
}

/** The tick of a track of G.711 is the number of its sample. */
function toFlac(frame: Frame, tick: number): AudioFrame | undefined {
  if (frame.kind !== 'audio' || (frame.codec !== 'pcma' && frame.codec !== 'pcmu')) return undefined;
  const data = flacFrame(decodeG711(frame.codec, frame.data), tick);
  return data && { ...frame, data };
}
