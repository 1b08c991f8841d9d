/** One stream as fragmented MP4, muxed once for all who look at it. */
import type { Frame, Track } from '@wangge/codec';
import { ParameterSets } from '@wangge/codec';
import { type LiveChunk, LiveMuxer } from '@wangge/fmp4';
import type { HubSubscriber, LinkProblem } from './hub.ts';

/** More than this without a key picture is not kept for newcomers. */
const cacheBytes = 16 << 20;

export interface FeedInit {
  readonly mime: string;
  readonly width: number;
  readonly height: number;
  readonly hasAudio: boolean;
  readonly data: Buffer;
}
export interface FeedChunk {
  /** Counts all chunks of the feed. */
  readonly n: number;
  readonly key: boolean;
  readonly data: Buffer;
}
export interface FeedViewer {
  onInit(init: FeedInit): void;
  onChunk(chunk: FeedChunk): void;
  onLink(problem: LinkProblem | null, reason: string | null): void;
  /** The stream is in a codec that browsers do not read. */
  onUnsupported(codec: string): void;
  onStanding(standing: 'retired' | 'paused' | 'resumed'): void;
}

/** Subscribes to a hub in the name of its viewers. */
export class LiveFeed implements HubSubscriber {
  readonly #viewers = new Set<FeedViewer>();
  readonly #plays: (codec: string) => boolean;
  #muxer: LiveMuxer | undefined;
  #tracks: readonly Track[] = [];
  #init: FeedInit | undefined;
  #unsupported: string | undefined;
  #link: { readonly problem: LinkProblem; readonly reason: string | null } | undefined;
  #group: FeedChunk[] = [];
  #groupBytes = 0;
  #lastGroupBytes = 0;
  #count = 0;

  /** @param plays whether a codec of pictures is passed on */
  constructor(plays: (codec: string) => boolean) {
    this.#plays = plays;
  }

  get empty(): boolean {
    return this.#viewers.size === 0;
  }
  /** From the latest key picture on. */
  get group(): readonly FeedChunk[] {
    return this.#group;
  }
  /** Bytes of a whole group of pictures, as last seen. */
  get groupBytes(): number {
    return Math.max(this.#lastGroupBytes, this.#groupBytes);
  }

  /** What is known is told at once. */
  add(viewer: FeedViewer): void {
    this.#viewers.add(viewer);
    if (this.#link) viewer.onLink(this.#link.problem, this.#link.reason);
    if (this.#unsupported !== undefined) return viewer.onUnsupported(this.#unsupported);
    if (!this.#init) return;
    viewer.onInit(this.#init);
    for (const chunk of this.#group) viewer.onChunk(chunk);
  }
  remove(viewer: FeedViewer): void {
    this.#viewers.delete(viewer);
  }

  onTracks(tracks: readonly Track[]): void {
    this.#tracks = tracks;
    this.#init = undefined;
    this.#group = [];
    this.#groupBytes = 0;
    const video = tracks.find((track) => track.kind === 'video');
    this.#unsupported = video && !this.#plays(video.codec) ? video.codec : undefined;
    // Browsers do not play G.711 out of MP4; FLAC is the same sound without loss.
    this.#muxer = new LiveMuxer(tracks, (chunk) => this.#onChunk(chunk), { g711: 'flac' });
    if (this.#unsupported !== undefined) for (const viewer of this.#viewers) viewer.onUnsupported(this.#unsupported);
  }

  onFrame(frame: Frame): void {
    if (this.#unsupported === undefined) this.#muxer?.push(frame);
  }

  onLink(problem: LinkProblem | null, reason: string | null): void {
    this.#link = problem === null ? undefined : { problem, reason };
    if (problem !== null) this.#group = [];
    for (const viewer of this.#viewers) viewer.onLink(problem, reason);
  }

  onStanding(standing: 'retired' | 'paused' | 'resumed'): void {
    for (const viewer of this.#viewers) viewer.onStanding(standing);
  }

  #onChunk(chunk: LiveChunk): void {
    if (chunk.kind === 'init') {
      this.#init = this.#describe(chunk);
      this.#group = [];
      for (const viewer of this.#viewers) viewer.onInit(this.#init);
      return;
    }
    if (chunk.key) {
      if (this.#groupBytes > 0) this.#lastGroupBytes = this.#groupBytes;
      this.#group = [];
      this.#groupBytes = 0;
    }
    const { key, data } = chunk;
    const one = { n: ++this.#count, key, data };
    this.#groupBytes += data.length;
    if (this.#groupBytes > cacheBytes) this.#group = [];
    else if (key || this.#group.length > 0) this.#group.push(one);
    for (const viewer of this.#viewers) viewer.onChunk(one);
  }

  #describe({ data, mimeType = '' }: LiveChunk): FeedInit {
    const video = this.#tracks.find((track) => track.kind === 'video');
    const sps = video && new ParameterSets(video.codec, video.parameterSets).sps();
    const hasAudio = /mp4a|opus|flac/.test(mimeType);
    return { mime: mimeType, width: sps?.width ?? 0, height: sps?.height ?? 0, hasAudio, data };
  }
}
