import type { Buffer } from 'node:buffer';
import type { Frame, Track } from '@wangge/codec';
import { FragmentBuilder } from './fragment-builder.ts';
import { makeInit } from './init.ts';
import { type RandomAccessPoint, makeRandomAccessIndex } from './random-access.ts';
import { type ActiveTrack, TrackSet } from './track-set.ts';

/** Why a segment ended. */
export type SegmentEnd = 'time' | 'format' | 'clock' | 'closed';

export interface SegmentStart {
  /** Wall clock of the first picture, in milliseconds. */
  readonly wallMs: number;
  /** RFC 6381 names of the tracks, video first. */
  readonly codecs: readonly string[];
  readonly width: number;
  readonly height: number;
}

export interface SegmentSummary extends SegmentStart {
  readonly reason: SegmentEnd;
  /** Wall clock of the end of the last picture. */
  readonly endWallMs: number;
  readonly bytes: number;
  readonly fragments: number;
}

/** All calls come in order: `onStart`, `onBytes` (append them), `onEnd`, and again. */
export interface RecorderOptions {
  readonly tracks: readonly Track[];
  readonly onStart: (segment: SegmentStart) => void;
  readonly onBytes: (bytes: Buffer) => void;
  readonly onEnd: (segment: SegmentSummary) => void;
  /** A segment ends at the first key picture after this (default 60 s). */
  readonly segmentMs?: number;
  /** A fragment ends at a key picture, if it is as long as this (default 500 ms; cameras that send key pictures only), */
  readonly minFragmentMs?: number;
  /** and at any picture when it is as long as this: what a crash costs at most (default 5 s), */
  readonly maxFragmentMs?: number;
  /** or as large as this (default 8 MiB): what is held in memory at most. */
  readonly maxFragmentBytes?: number;
  /** Without sound. */
  readonly videoOnly?: boolean;
}

interface OpenSegment {
  readonly start: SegmentStart;
  readonly firstUs: number;
  readonly points: RandomAccessPoint[];
  bytes: number;
  fragments: number;
}

/**
 * Cuts a stream into fMP4 segments that begin with a key picture and can be played alone. Each fragment carries its
 * wall clock (prft), so that a file that was cut off by a crash still knows when its pictures were taken. A segment
 * that ends well gets an index for seeking (mfra). Writes no files itself.
 */
export class SegmentRecorder {
  readonly #options: RecorderOptions;
  readonly #tracks: TrackSet;
  readonly #fragment: FragmentBuilder;
  readonly #hasVideo: boolean;
  #segment: OpenSegment | undefined;
  #endWanted: SegmentEnd | undefined;

  constructor(options: RecorderOptions) {
    this.#options = options;
    const { tracks, videoOnly = false } = options;
    this.#tracks = new TrackSet(videoOnly ? tracks.filter((track) => track.kind === 'video') : tracks, 'file');
    this.#hasVideo = options.tracks.some((track) => track.kind === 'video');
    this.#fragment = new FragmentBuilder();
  }

  /**
   * Frames in decoding order; those before the first key picture are dropped.
   *
   * @param wallMs when the frame is shown, as well as it is known
   */
  push(frame: Frame, wallMs: number): void {
    if (frame.kind === 'video' && frame.key && this.#tracks.update(frame)) this.#endWanted = 'format';
    const leads = this.#hasVideo === (frame.kind === 'video');
    const timeUs = frame.kind === 'video' ? frame.dtsUs : frame.ptsUs;
    if (leads && this.#segment) this.#cut(frame, timeUs, wallMs);
    if (!this.#segment) {
      if (!this.#tracks.mayBegin(frame)) return;
      this.#begin(timeUs, wallMs);
    }
    const active = this.#tracks.of(frame);
    if (active) this.#add(frame, active, leads, timeUs, wallMs);
  }

  /** Ends the segment under way. The recorder may go on: the next key picture begins another. */
  close(): void {
    this.#end('closed');
  }

  #begin(timeUs: number, wallMs: number): void {
    const { tracks } = this.#tracks;
    this.#tracks.begin(timeUs);
    this.#fragment.reset();
    const [first] = tracks;
    const codecs = tracks.map((track) => track.codec);
    const start = { wallMs, codecs, width: first?.width ?? 0, height: first?.height ?? 0 };
    this.#segment = { start, firstUs: timeUs, points: [], bytes: 0, fragments: 0 };
    this.#endWanted = undefined;
    this.#options.onStart(start);
    this.#write(makeInit(tracks));
  }

  /** Ends the fragment, or the whole segment, in front of this frame if it is time. */
  #cut(frame: Frame, timeUs: number, wallMs: number): void {
    const segment = this.#segment;
    const active = this.#tracks.of(frame);
    if (!segment || !active) return;
    const { minFragmentMs = 500, maxFragmentMs = 5000, maxFragmentBytes = 8 << 20, segmentMs = 60_000 } = this.#options;
    const jumped = active.clock.jumps(timeUs);
    if (jumped) this.#endWanted ??= 'clock';
    const mayBegin = this.#tracks.mayBegin(frame);
    if (mayBegin && timeUs - segment.firstUs >= segmentMs * 1000) this.#endWanted ??= 'time';
    if (mayBegin && this.#endWanted) {
      this.#end(this.#endWanted, jumped ? undefined : { tick: active.clock.peek(timeUs), wallMs });
      return;
    }
    const lengthMs = this.#fragment.lengthMs(timeUs);
    const full = lengthMs >= maxFragmentMs || this.#fragment.bytes >= maxFragmentBytes;
    if (jumped || full || (mayBegin && lengthMs >= minFragmentMs)) this.#flush(active.clock.peek(timeUs));
  }

  #add(frame: Frame, { track, clock }: ActiveTrack, leads: boolean, timeUs: number, wallMs: number): void {
    const tick = clock.tick(timeUs);
    if (tick !== undefined) this.#fragment.add({ frame, track, clock, tick, leads, timeUs, wallMs });
    // Without pictures nothing would end the fragment: a camera whose video died may go on talking.
    if (this.#fragment.bytes >= 2 * (this.#options.maxFragmentBytes ?? 8 << 20)) this.#flush();
  }

  #flush(nextTick?: number): void {
    const segment = this.#segment;
    const done = this.#fragment.finish((segment?.fragments ?? 0) + 1, nextTick);
    if (!segment || !done) return;
    segment.fragments++;
    if (done.keyTime !== undefined) {
      segment.points.push({ time: done.keyTime, moofOffset: segment.bytes + done.moofOffset });
    }
    this.#write(done.bytes);
  }

  #end(reason: SegmentEnd, next?: { readonly tick: number | undefined; readonly wallMs: number }): void {
    const segment = this.#segment;
    if (!segment) return;
    const endWallMs = next?.wallMs ?? this.#fragment.endWallMs ?? segment.start.wallMs;
    this.#flush(next?.tick);
    const id = this.#tracks.tracks[0]?.id ?? 1;
    this.#write(makeRandomAccessIndex(id, segment.points));
    this.#segment = undefined;
    this.#endWanted = undefined;
    this.#options.onEnd({ ...segment.start, reason, endWallMs, bytes: segment.bytes, fragments: segment.fragments });
  }

  #write(bytes: Buffer): void {
    if (this.#segment) this.#segment.bytes += bytes.length;
    this.#options.onBytes(bytes);
  }
}
