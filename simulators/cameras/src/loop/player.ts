/** Shows a film in an endless loop, on a clock that never goes back. */
import type { Frame, Track } from '@wangge/codec';
import type { StreamSource } from '@wangge/rtsp';
import type { Faults } from './faults.ts';
import type { Film } from './film.ts';
import { tonePacket, tonePacketUs, toneTrack } from './tone.ts';

type OnFrame = (frame: Frame, track: number) => void;

export interface PlayerOptions {
  readonly film: Film;
  /** Shown from half of the time on where the fault `resizes` is set. */
  readonly otherFilm?: Film | undefined;
  readonly tone?: boolean;
  readonly faults?: Faults;
  /** Pictures that this camera is ahead of others with the same film. */
  readonly phase?: number;
}

/**
 * One camera's picture. It costs a timer while somebody looks, and nothing else: pictures are the film's own. Whoever
 * begins to look gets what was shown since the last key picture.
 */
export class LoopPlayer implements StreamSource {
  readonly tracks: readonly Track[];
  readonly #options: PlayerOptions;
  readonly #readers = new Set<{ readonly onFrame: OnFrame; readonly onEnd: () => void }>();
  readonly #bornMs = performance.now();
  #timer: NodeJS.Timeout | undefined;
  /** Pictures shown or left out since birth, and the one of the film that comes next. */
  #count = 0;
  #next: number;
  #film: Film;
  #waitForKey = false;

  constructor(options: PlayerOptions) {
    this.#options = options;
    this.#film = options.film;
    const { pictures } = options.film;
    this.#next = (options.phase ?? 0) % pictures.length;
    const told = options.faults?.liesInSdp === true ? liedTrack : options.film.track;
    this.tracks = options.tone === true ? [told, toneTrack] : [told];
  }

  get readers(): number {
    return this.#readers.size;
  }

  subscribe(onFrame: OnFrame, onEnd: () => void): () => void {
    if (this.#readers.size === 0) this.#wake();
    const reader = { onFrame, onEnd };
    this.#readers.add(reader);
    const { pictures } = this.#film;
    let from = this.#next;
    do from = (from + pictures.length - 1) % pictures.length;
    while (pictures[from]?.key !== true);
    const since = (this.#next - from + pictures.length) % pictures.length || pictures.length;
    for (let step = 0; step < since; step++) {
      onFrame(this.#video((from + step) % pictures.length, this.#count - since + step), 0);
    }
    return () => {
      this.#readers.delete(reader);
      if (this.#readers.size === 0) clearInterval(this.#timer);
    };
  }

  /** Goes on with the film's next key picture at once: what an encoder does that is asked for one. */
  keyPicture(): void {
    const { pictures } = this.#film;
    while (pictures[this.#next]?.key !== true) this.#next = (this.#next + 1) % pictures.length;
  }

  /** Hangs up on everybody, as a camera that is switched off. */
  end(): void {
    clearInterval(this.#timer);
    const readers = [...this.#readers];
    this.#readers.clear();
    for (const { onEnd } of readers) onEnd();
  }

  /** The film stood still while nobody looked; the clock did not. */
  #wake(): void {
    const due = this.#dueCount();
    const { length } = this.#film.pictures;
    this.#next = (this.#next + ((due - this.#count) % length)) % length;
    this.#count = due;
    clearInterval(this.#timer);
    this.#timer = setInterval(() => this.#tick(), 1000 / this.#film.picturesPerS);
  }

  #dueCount(): number {
    return Math.floor(((performance.now() - this.#bornMs) * this.#film.picturesPerS) / 1000);
  }

  /** What is due by the clock, so that late timers do not make the camera slow. */
  #tick(): void {
    for (const due = this.#dueCount(); this.#count < due;) this.#show();
  }

  #show(): void {
    const { faults } = this.#options;
    const seconds = this.#count / this.#film.picturesPerS;
    this.#changeSize(seconds);
    const index = this.#next;
    const silent = isWithin(seconds, faults?.silent);
    // Behind a silence only a key picture can be begun with.
    if (silent) this.#waitForKey = true;
    else if (this.#film.pictures[index]!.key) this.#waitForKey = false;
    if (!silent && !this.#waitForKey) this.#send(this.#video(index, this.#count), 0);
    if (!silent && this.tracks.length > 1) this.#sendTone();
    this.#count += 1;
    this.#next = (index + 1) % this.#film.pictures.length;
  }

  #sendTone(): void {
    const perPicture = Math.round(1e6 / this.#film.picturesPerS / tonePacketUs);
    for (let part = 0; part < perPicture; part++) {
      const ptsUs = this.#timeOf(this.#count) + part * tonePacketUs;
      this.#send({ kind: 'audio', codec: 'pcma', ptsUs, data: tonePacket(this.#count * perPicture + part) }, 1);
    }
  }

  #changeSize(seconds: number): void {
    const { faults, otherFilm, film } = this.#options;
    if (faults?.resizes === undefined || otherFilm === undefined) return;
    const wanted = Math.floor(seconds / faults.resizes.everyS) % 2 === 1 ? otherFilm : film;
    if (wanted === this.#film) return;
    this.#film = wanted;
    this.#next = 0;
  }

  #video(index: number, count: number): Frame {
    const { key, nals } = this.#film.pictures[index]!;
    const ptsUs = this.#timeOf(count);
    const spoilt = this.#options.faults?.garbage === true && count % 7 === 3;
    return { kind: 'video', codec: 'h264', ptsUs, dtsUs: ptsUs, key, nals: spoilt ? nals.map(spoil) : nals };
  }

  #timeOf(count: number): number {
    const us = Math.round((count * 1e6) / this.#film.picturesPerS);
    const jump = this.#options.faults?.clockJump;
    return jump !== undefined && us >= jump.atS * 1e6 ? us + jump.byS * 1e6 : us;
  }

  #send(frame: Frame, track: number): void {
    for (const { onFrame } of this.#readers) onFrame(frame, track);
  }
}

const isWithin = (seconds: number, span: { fromS: number; forS: number } | undefined): boolean =>
  span !== undefined && seconds >= span.fromS && seconds < span.fromS + span.forS;

/** Says H.264 with sizes and profile of nobody's picture. */
const liedTrack: Track = {
  kind: 'video',
  codec: 'h264',
  parameterSets: [Uint8Array.of(0x67, 0x42, 0, 0x0a, 0xf8, 0x41, 0xa2), Uint8Array.of(0x68, 0xce, 0x38, 0x80)],
};

/** The header stays, the rest is noise: what a damaged line makes of a picture. */
function spoil(nal: Uint8Array): Uint8Array {
  return nal.map((byte, index) => (index < 8 ? byte : (byte ^ (index * 37)) & 0xff || 1));
}
