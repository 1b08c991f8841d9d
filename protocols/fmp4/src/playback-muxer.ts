import type { Buffer } from 'node:buffer';
import type { Frame, Track } from '@wangge/codec';
import { playableFrame } from './live-muxer.ts';
import { type TrackRun, makeFragment } from './fragment.ts';
import { makeInit } from './init.ts';
import { packetTicks } from './media-track.ts';
import { type Sample, makeSample } from './sample.ts';
import { type ActiveTrack, TrackSet } from './track-set.ts';

/**
 * Makes fragments for a MediaSource out of recorded frames, whole groups of pictures at once, at whatever place of the
 * player's timeline they are to stand. Unlike {@link LiveMuxer} it knows how long the last picture of a group lasts,
 * so that a player finds no holes, not even where only key pictures are shown.
 */
export class PlaybackMuxer {
  readonly init: Buffer;
  /** `video/mp4; codecs="…"` for `MediaSource.addSourceBuffer`. */
  readonly mimeType: string;
  readonly hasAudio: boolean;
  readonly width: number;
  readonly height: number;
  readonly #tracks: TrackSet;
  #sequence = 0;

  /** @throws RangeError when no track can be described */
  constructor(tracks: readonly Track[], { g711 = 'flac' }: { readonly g711?: 'flac' | 'skip' } = {}) {
    this.#tracks = new TrackSet(tracks, g711);
    const shown = this.#tracks.tracks;
    const [first] = shown;
    if (!first) throw new RangeError('nothing that a player could play');
    this.init = makeInit(shown);
    const codecs = shown.map((track) => track.codec).join(', ');
    this.mimeType = `${first.kind}/mp4; codecs="${codecs}"`;
    this.hasAudio = shown.some((track) => track.kind === 'audio');
    this.width = first.width;
    this.height = first.height;
    this.#tracks.begin(0);
  }

  /**
   * One fragment of frames whose times are of the player's timeline, in decoding order.
   *
   * @param endUs when the last picture ends
   * @returns nothing where no frame is of a track that is played
   */
  group(frames: readonly Frame[], endUs: number): Buffer | undefined {
    const runs = new Map<number, TrackRun & { readonly samples: Sample[] }>();
    for (const frame of frames) {
      const active = this.#tracks.of(frame);
      if (!active) continue;
      const { track } = active;
      const tick = this.#tickOf(frame, active);
      const offset = frame.kind === 'video' ? Math.round(((frame.ptsUs - frame.dtsUs) * track.timescale) / 1e6) : 0;
      const playable = playableFrame(frame, track.codec, tick);
      const sample = playable && makeSample(playable, tick, offset);
      if (!sample || sample.bytes === 0) continue;
      const samples = runs.get(track.id)?.samples ?? [];
      samples.push(sample);
      const last =
        frame.kind === 'video' ? Math.round((endUs * track.timescale) / 1e6) - tick : packetTicks(track, frame);
      runs.set(track.id, { trackId: track.id, samples, lastDuration: Math.max(1, last) });
    }
    if (runs.size === 0) return undefined;
    return makeFragment({
      sequence: ++this.#sequence,
      runs: [...runs.values()].toSorted((a, b) => a.trackId - b.trackId),
    });
  }

  #tickOf(frame: Frame, { track }: ActiveTrack): number {
    const us = frame.kind === 'video' ? frame.dtsUs : frame.ptsUs;
    return Math.max(0, Math.round((us * track.timescale) / 1e6));
  }
}
