/** One stream of one camera, pulled once for everybody who takes it. */
import type { Frame, Track } from '@wangge/codec';
import { GopCache } from './gop-cache.ts';
import type { FrameSource, HubSubscriber, LinkProblem, OpenSource, SourceTarget, Subscription } from './hub.ts';
import { sameTracks } from './same-tracks.ts';
import type { MediaTimers } from './timers.ts';

/** What is told to whoever keeps the state of cameras. */
export interface HubWatcher {
  onLink(target: SourceTarget, problem: LinkProblem | null, reason: string | null): void;
  /** At each key picture. */
  onKey(target: SourceTarget, frame: Frame & { kind: 'video' }, wallMs: number): void;
  /** A subscriber threw; the others got their frame. */
  onFault(error: unknown): void;
  /** Nobody took it for a while; the source is closed and the hub is of no use any more. */
  onIdle(): void;
}

export interface CameraHubOptions {
  readonly target: SourceTarget;
  readonly open: OpenSource;
  readonly timers: MediaTimers;
  readonly watcher: HubWatcher;
  /** The source stays for this long when the last has gone. */
  readonly lingerMs: number;
  readonly cacheBytes: number;
}

interface Taker {
  readonly subscriber: HubSubscriber;
  paused: boolean;
  /** Had its key picture, so that it gets all that comes. */
  synced: boolean;
}

export class CameraHub {
  readonly #options: CameraHubOptions;
  readonly #takers = new Set<Taker>();
  readonly #cache: GopCache;
  #target: SourceTarget;
  #source: FrameSource | undefined;
  /** Told by a source that was closed meanwhile: not heard. */
  #round = 0;
  #tracks: readonly Track[] = [];
  #problem: { readonly problem: LinkProblem; readonly reason: string } | undefined;
  #online = false;
  #cancelLinger: (() => void) | undefined;
  #closed = false;

  constructor(options: CameraHubOptions) {
    this.#options = options;
    this.#target = options.target;
    this.#cache = new GopCache(options.cacheBytes);
    this.#open();
    this.#lingerIfIdle();
  }

  get target(): SourceTarget {
    return this.#target;
  }

  /** The first calls come after this has returned. */
  subscribe(subscriber: HubSubscriber): Subscription {
    const taker: Taker = { subscriber, paused: false, synced: false };
    this.#cancelLinger?.();
    this.#cancelLinger = undefined;
    const begin = setImmediate(() => {
      if (this.#closed) return;
      this.#takers.add(taker);
      this.#begin(taker);
    });
    return {
      pause: () => {
        taker.paused = true;
        taker.synced = false;
      },
      resume: () => {
        if (!taker.paused) return;
        taker.paused = false;
        if (this.#takers.has(taker)) this.#replay(taker);
      },
      close: () => {
        clearImmediate(begin);
        this.#takers.delete(taker);
        this.#lingerIfIdle();
      },
    };
  }

  /** The register tells another way to the camera. */
  moveTo(target: SourceTarget): void {
    this.#target = target;
    this.#source?.close();
    this.#open();
  }

  tellStanding(standing: 'retired' | 'paused' | 'resumed'): void {
    this.#each((taker) => taker.subscriber.onStanding?.(standing));
    if (standing === 'retired') this.close();
  }

  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#round++;
    this.#cancelLinger?.();
    this.#takers.clear();
    this.#cache.clear();
    this.#source?.close();
    this.#options.watcher.onIdle();
  }

  #open(): void {
    const round = ++this.#round;
    const mine = (): boolean => round === this.#round;
    this.#source = this.#options.open(this.#target, {
      onTracks: (tracks) => mine() && this.#onTracks(tracks),
      onFrame: (frame, wallMs) => mine() && this.#onFrame(frame, wallMs),
      onProblem: (problem, reason) => mine() && this.#onProblem(problem, reason),
    });
  }

  #onTracks(tracks: readonly Track[]): void {
    if (sameTracks(this.#tracks, tracks)) return;
    this.#tracks = tracks;
    this.#cache.clear();
    this.#each((taker) => {
      taker.synced = false;
      if (!taker.paused) taker.subscriber.onTracks(tracks);
    });
  }

  #onFrame(frame: Frame, wallMs: number): void {
    this.#cache.push(frame, wallMs);
    if (!this.#online) this.#nowOnline();
    if (frame.kind === 'video' && frame.key) this.#options.watcher.onKey(this.#target, frame, wallMs);
    this.#each((taker) => {
      if (taker.paused) return;
      if (!taker.synced && !this.#mayBegin(frame)) return;
      taker.synced = true;
      taker.subscriber.onFrame(frame, wallMs);
    });
  }

  #mayBegin(frame: Frame): boolean {
    return frame.kind === 'video' ? frame.key : !this.#tracks.some((track) => track.kind === 'video');
  }

  #nowOnline(): void {
    this.#online = true;
    const was = this.#problem;
    this.#problem = undefined;
    this.#options.watcher.onLink(this.#target, null, null);
    if (was) this.#each((taker) => taker.subscriber.onLink?.(null, null));
  }

  #onProblem(problem: LinkProblem, reason: string): void {
    this.#online = false;
    this.#problem = { problem, reason };
    // What was shown before the line broke is not what a newcomer should take for live.
    this.#cache.clear();
    this.#options.watcher.onLink(this.#target, problem, reason);
    this.#each((taker) => {
      taker.synced = false;
      taker.subscriber.onLink?.(problem, reason);
    });
  }

  #begin(taker: Taker): void {
    if (this.#problem) {
      const { problem, reason } = this.#problem;
      this.#guarded(() => taker.subscriber.onLink?.(problem, reason));
      if (problem !== 'refused') this.#source?.hurry?.();
    }
    if (this.#tracks.length > 0) this.#guarded(() => taker.subscriber.onTracks(this.#tracks));
    if (!taker.paused) this.#replay(taker);
  }

  /** From the key picture of the cache; where there is none, the camera is asked for one. */
  #replay(taker: Taker): void {
    const { frames } = this.#cache;
    if (frames.length === 0) return this.#source?.requestKey();
    taker.synced = true;
    for (const { frame, wallMs } of frames) {
      if (taker.paused || !this.#takers.has(taker)) return;
      this.#guarded(() => taker.subscriber.onFrame(frame, wallMs));
    }
  }

  #each(run: (taker: Taker) => void): void {
    for (const taker of this.#takers) this.#guarded(() => run(taker));
  }

  #guarded(run: () => void): void {
    try {
      run();
    } catch (error) {
      this.#options.watcher.onFault(error);
    }
  }

  #lingerIfIdle(): void {
    if (this.#closed || this.#takers.size > 0) return;
    this.#cancelLinger?.();
    this.#cancelLinger = this.#options.timers.after(this.#options.lingerMs, () => {
      if (this.#takers.size === 0) this.close();
    });
  }
}
