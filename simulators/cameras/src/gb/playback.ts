/** A recording that is played: the film from its beginning, at the speed that is asked for, until its end. */
import type { Frame } from '@wangge/codec';
import type { PlaybackControl } from '@wangge/gb28181';
import type { Film } from '../loop/film.ts';

export interface PlaybackOptions {
  readonly film: Film;
  /** Of the recording. */
  readonly lengthS: number;
  /** How many times as fast as it was taken; downloads are faster. */
  readonly scale: number;
  readonly onFrame: (frame: Frame) => void;
}

const tickMs = 40;

export class Playback {
  readonly ended: Promise<void>;
  readonly #options: PlaybackOptions;
  readonly #end = Promise.withResolvers<void>();
  readonly #total: number;
  #timer: NodeJS.Timeout | undefined;
  #scale: number;
  /** Picture of the recording that comes next; with its fraction, so that any speed is kept. */
  #position = 0;
  #lastMs = 0;
  /** Stamps count on however the recording is steered. */
  #sent = 0;
  #waitForKey = true;

  constructor(options: PlaybackOptions) {
    this.#options = options;
    this.#scale = options.scale;
    this.#total = Math.max(1, Math.round(options.lengthS * options.film.picturesPerS));
    this.ended = this.#end.promise;
  }

  start(): Promise<void> {
    this.#resume();
    return this.ended;
  }

  control(control: PlaybackControl): void {
    if (control.type === 'pause') this.#pause();
    if (control.type === 'resume') this.#resume();
    if (control.type === 'teardown') this.close();
    if (control.type === 'speed') {
      // Backwards is more than most recorders can.
      this.#scale = Math.min(32, Math.max(0.125, Math.abs(control.scale)));
      this.#resume();
    }
    if (control.type === 'seek') {
      const { picturesPerS } = this.#options.film;
      this.#position = Math.min(this.#total, Math.max(0, Math.round(control.seconds * picturesPerS)));
      this.#waitForKey = true;
      this.#resume();
    }
  }

  close(): void {
    this.#pause();
    this.#end.resolve();
  }

  #pause(): void {
    clearInterval(this.#timer);
    this.#timer = undefined;
  }

  #resume(): void {
    if (this.#timer !== undefined) return;
    this.#lastMs = performance.now();
    this.#timer = setInterval(() => this.#tick(), tickMs);
  }

  #tick(): void {
    const now = performance.now();
    const { film, onFrame } = this.#options;
    const until = this.#position + ((now - this.#lastMs) / 1000) * film.picturesPerS * this.#scale;
    this.#lastMs = now;
    for (let at = Math.ceil(this.#position); at < until && at < this.#total; at++) {
      const { key, nals } = film.pictures[at % film.pictures.length]!;
      if (this.#waitForKey && !key) continue;
      this.#waitForKey = false;
      const ptsUs = Math.round((this.#sent++ * 1e6) / film.picturesPerS);
      onFrame({ kind: 'video', codec: 'h264', ptsUs, dtsUs: ptsUs, key, nals });
    }
    this.#position = until;
    if (until >= this.#total) this.close();
  }
}
