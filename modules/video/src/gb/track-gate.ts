/** Tracks before frames: those who take frames hear of all tracks first, and begin with a key picture. */
import type { Frame, Track, VideoFrame } from '@wangge/codec';

/** Sound that begins within this time of the first picture is announced together with it. */
const soundWaitUs = 400_000;

export interface GateHandlers {
  onTracks(tracks: readonly Track[]): void;
  onFrame(frame: Frame): void;
}

/**
 * A program stream names its tracks as they come. A track that comes later, or becomes another, is announced at the
 * next key picture; until then its frames are left out.
 */
export class TrackGate {
  readonly #handlers: GateHandlers;
  readonly #known = new Map<Track['kind'], Track>();
  #announced: readonly Track[] = [];
  #changed = false;
  /** From the first key picture on, while sound is waited for. */
  #held: Frame[] = [];

  constructor(handlers: GateHandlers) {
    this.#handlers = handlers;
  }

  onTrack(track: Track): void {
    this.#known.set(track.kind, track);
    this.#changed = true;
    if (track.kind === 'audio' && this.#held.length > 0) this.#release();
  }

  onFrame(frame: Frame): void {
    if (this.#known.get(frame.kind)?.codec !== frame.codec) return;
    if (this.#announced.length === 0) return this.#hold(frame);
    if (this.#changed && isKey(frame)) this.#announce();
    if (this.#announced.some((track) => track.kind === frame.kind && track.codec === frame.codec)) {
      this.#handlers.onFrame(frame);
    }
  }

  #hold(frame: Frame): void {
    const first = this.#held[0];
    if (!first && !isKey(frame)) return;
    this.#held.push(frame);
    if (this.#known.has('audio') || frame.ptsUs - (first ?? frame).ptsUs > soundWaitUs) this.#release();
  }
  #release(): void {
    const held = this.#held;
    this.#held = [];
    this.#announce();
    for (const frame of held) this.onFrame(frame);
  }
  #announce(): void {
    this.#changed = false;
    this.#announced = (['video', 'audio'] as const).flatMap((kind) => this.#known.get(kind) ?? []);
    this.#handlers.onTracks(this.#announced);
  }
}

function isKey(frame: Frame): frame is VideoFrame {
  return frame.kind === 'video' && frame.key;
}
