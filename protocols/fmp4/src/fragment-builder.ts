import type { Buffer } from 'node:buffer';
import type { Frame } from '@wangge/codec';
import { type TrackRun, makeFragment } from './fragment.ts';
import { type MediaTrack, packetTicks } from './media-track.ts';
import { type Sample, makeSample } from './sample.ts';
import type { TrackClock } from './track-clock.ts';
import { type ProducerTime, prftBytes } from './wall-clock.ts';

interface Addition {
  readonly frame: Frame;
  readonly track: MediaTrack;
  readonly clock: TrackClock;
  /** Decoding time in ticks. */
  readonly tick: number;
  /** The track that fragments are cut by. */
  readonly leads: boolean;
  readonly timeUs: number;
  readonly wallMs: number;
}

interface OpenRun {
  readonly trackId: number;
  readonly samples: Sample[];
  lastDuration: number;
}

export interface FinishedFragment {
  readonly bytes: Buffer;
  /** Where the moof begins within `bytes`. */
  readonly moofOffset: number;
  /** Presentation time of the first sample of the leading track, if a player may begin there. */
  readonly keyTime: number | undefined;
}

/** Holds the frames of the fragment under way. */
export class FragmentBuilder {
  bytes = 0;
  /** When the last picture will have been shown. */
  endWallMs: number | undefined;
  #runs = new Map<number, OpenRun>();
  #wallClock: ProducerTime | undefined;
  #firstUs: number | undefined;
  #leading: number | undefined;

  reset(): void {
    this.bytes = 0;
    this.endWallMs = undefined;
    this.#runs = new Map();
    this.#wallClock = undefined;
    this.#firstUs = undefined;
  }

  /** How long the fragment would be if it ended here. */
  lengthMs(timeUs: number): number {
    return this.#firstUs === undefined ? 0 : (timeUs - this.#firstUs) / 1000;
  }

  add({ frame, track, clock, tick, leads, timeUs, wallMs }: Addition): void {
    const video = frame.kind === 'video';
    const offset = video ? Math.round(((frame.ptsUs - frame.dtsUs) * track.timescale) / 1e6) : 0;
    const sample = makeSample(frame, tick, offset);
    if (sample.bytes === 0) return;
    const run = this.#runs.get(track.id) ?? { trackId: track.id, samples: [], lastDuration: 0 };
    this.#runs.set(track.id, run);
    run.samples.push(sample);
    // Known for certain when the next frame comes; until then as long as the one before.
    run.lastDuration = video ? clock.step : packetTicks(track, frame) || clock.step;
    this.bytes += sample.bytes;
    if (!leads) return;
    this.#leading = track.id;
    this.#firstUs ??= timeUs;
    this.#wallClock ??= { trackId: track.id, wallMs, mediaTime: tick + offset };
    const shownUntil = wallMs + (run.lastDuration * 1000) / track.timescale;
    // The last picture to be decoded need not be the last to be shown.
    this.endWallMs = Math.max(this.endWallMs ?? shownUntil, shownUntil);
  }

  /** @param nextTick of the leading track's next frame, when it is known: its last one lasts until then */
  finish(sequence: number, nextTick?: number): FinishedFragment | undefined {
    const leading = this.#leading === undefined ? undefined : this.#runs.get(this.#leading);
    const lastTick = leading?.samples.at(-1)?.tick;
    if (leading && lastTick !== undefined && nextTick !== undefined) leading.lastDuration = nextTick - lastTick;
    const runs: TrackRun[] = [...this.#runs.values()].toSorted((a, b) => a.trackId - b.trackId);
    if (runs.length === 0) return undefined;
    const wallClock = this.#wallClock;
    const bytes = makeFragment({ sequence, runs, wallClock });
    const first = leading?.samples[0];
    const keyTime = first?.key ? first.tick + first.offset : undefined;
    this.reset();
    return { bytes, moofOffset: wallClock ? prftBytes : 0, keyTime };
  }
}
