/** One player looking back over a WebSocket: contract/stream.ts from the worker's side. */
import type { Frame } from '@wangge/codec';
import { PlaybackMuxer, sameFormat, type SegmentScan, tracksOf } from '@wangge/fmp4';
import type { Runtime } from '@wangge/kernel';
import { type FromWorker, toWorkerSchema } from '../../contract.ts';
import { type Piece, PlayCursor } from './cursor.ts';
import type { SegmentScans } from './segment-scans.ts';

/** How far ahead of the player is sent, in seconds of its clock at ordinary speed. */
const aheadS = 20;
/** Faster than this only key pictures are shown. */
const keysAbove = 4;

/** What of a WebSocket a session uses. */
export interface PlaySocket {
  readonly readyState: number;
  send(data: string | Uint8Array, done: (error?: Error | null) => void): void;
  close(code?: number): void;
}
export interface PlayView {
  readonly cameraId: string;
  readonly variant: 'main' | 'sub';
  readonly fromMs: number;
  readonly toMs: number;
}

const refused = { zh: '该时段不在本次查看范围内', en: 'Not within the time that was asked for' };

/**
 * The player's timeline only grows: what follows a seek or a gap stands behind what was sent before, and `position`
 * says which moment that is.
 */
export class PlaySession {
  readonly #rt: Runtime;
  readonly #socket: PlaySocket;
  readonly #view: PlayView;
  readonly #cursor: PlayCursor;
  #muxer: PlaybackMuxer | undefined;
  #format: SegmentScan | undefined;
  /** End of what was sent, on the player's timeline (µs). */
  #sentUs = 0;
  /** Add to times of the segment's own clock. */
  #shiftUs = 0;
  #playedS = 0;
  #rate = 1;
  #paused = false;
  #ended = false;
  #closed = false;
  #seekTo: number | null;
  #wake: (() => void) | undefined;

  constructor(rt: Runtime, scans: SegmentScans, socket: PlaySocket, view: PlayView) {
    this.#rt = rt;
    this.#socket = socket;
    this.#view = view;
    this.#cursor = new PlayCursor(rt, scans, view);
    this.#seekTo = view.fromMs;
  }

  /** Runs until `close`; never throws. */
  async run(): Promise<void> {
    try {
      while (!this.#closed) {
        if (this.#seekTo === null && this.#mayRest()) await new Promise<void>((wake) => (this.#wake = wake));
        else await this.#step();
      }
    } catch (error) {
      if (!this.#closed) {
        this.#rt.log.warn({ camera: this.#view.cameraId, err: String(error) }, 'a playback broke off');
        this.#socket.close(1011);
      }
    } finally {
      await this.#cursor.close().catch(() => undefined);
    }
  }

  close(): void {
    this.#closed = true;
    this.#wakeUp();
  }

  /** A text of the player; one that makes no sense is dropped. */
  take(text: string): void {
    const told = toWorkerSchema.safeParse(parseJson(text));
    if (!told.success) return;
    const message = told.data;
    if (message.type === 'seek') this.#seek(message.atMs);
    else if (message.type === 'pause') this.#paused = true;
    else if (message.type === 'resume') this.#paused = false;
    else if (message.type === 'speed') this.#rate = message.rate;
    else if (Number.isFinite(message.mediaS)) this.#playedS = Math.min(message.mediaS, this.#sentUs / 1e6);
    this.#wakeUp();
  }

  #seek(atMs: number): void {
    if (atMs >= this.#view.fromMs && atMs < this.#view.toMs) {
      this.#seekTo = atMs;
      return;
    }
    this.#say({ type: 'state', state: 'refused', reason: refused, sinceMs: this.#rt.clock.nowMs() }).catch(() =>
      this.close(),
    );
  }

  #wakeUp(): void {
    this.#wake?.();
    this.#wake = undefined;
  }

  #mayRest(): boolean {
    return this.#paused || this.#ended || this.#sentUs / 1e6 - this.#playedS > aheadS * Math.max(1, this.#rate);
  }

  async #step(): Promise<void> {
    const seekTo = this.#seekTo;
    if (seekTo !== null) {
      this.#seekTo = null;
      this.#ended = false;
      // What was sent before is behind the player now: it has nothing buffered of what follows.
      this.#playedS = this.#sentUs / 1e6;
      await this.#cursor.seek(seekTo);
    }
    const piece = await this.#cursor.read();
    // Meanwhile the player may have chosen another moment.
    if (this.#seekTo !== null || this.#closed) return;
    if (!piece) {
      this.#ended = true;
      return this.#say({ type: 'end' });
    }
    if (piece.missingSinceMs !== null) {
      await this.#say({ type: 'gap', fromMs: piece.missingSinceMs, toMs: Math.round(piece.wallMs) });
    }
    if (piece.turns) this.#shiftUs = this.#sentUs - piece.startUs;
    await this.#useFormat(piece);
    if (seekTo !== null || piece.missingSinceMs !== null) {
      await this.#say({ type: 'position', mediaS: this.#sentUs / 1e6, atMs: Math.round(piece.wallMs) });
    }
    await this.#sendPiece(piece);
  }

  async #useFormat({ scan, wallMs }: Piece): Promise<void> {
    if (this.#format && this.#muxer && sameFormat(this.#format, scan)) return;
    this.#format = scan;
    const muxer = new PlaybackMuxer(tracksOf(scan));
    this.#muxer = muxer;
    const { width, height, hasAudio, mimeType } = muxer;
    const originMs = Math.round(wallMs - this.#sentUs / 1000);
    await this.#say({ type: 'init', mime: mimeType, width, height, hasAudio, variant: this.#view.variant, originMs });
    await this.#send(muxer.init);
  }

  async #sendPiece({ frames, endUs }: Piece): Promise<void> {
    const shown = this.#rate > keysAbove ? frames.filter((one) => one.kind === 'audio' || one.key) : frames;
    const endsUs = endUs + this.#shiftUs;
    const bytes = this.#muxer?.group(
      shown.map((frame) => moved(frame, this.#shiftUs)),
      endsUs,
    );
    this.#sentUs = Math.max(this.#sentUs, endsUs);
    if (bytes) await this.#send(bytes);
  }

  #say(message: FromWorker): Promise<void> {
    return this.#send(JSON.stringify(message));
  }

  /** Resolves when the bytes left this process: a slow line slows the reading. */
  #send(data: string | Uint8Array): Promise<void> {
    return new Promise((resolve, reject) => {
      if (this.#closed || this.#socket.readyState !== 1) reject(new Error('the player is gone'));
      else this.#socket.send(data, (error) => (error ? reject(error) : resolve()));
    });
  }
}

function moved(frame: Frame, byUs: number): Frame {
  if (frame.kind === 'audio') return { ...frame, ptsUs: frame.ptsUs + byUs };
  return { ...frame, ptsUs: frame.ptsUs + byUs, dtsUs: frame.dtsUs + byUs };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
