/** Streams by path for the server's tests: what is published there can be read there, from the last key picture on. */
import type { Frame, Track } from '@wangge/codec';
import type { PublishSink, RtspServerOptions, StreamSource } from '../../src/index.ts';

interface Reader {
  readonly onFrame: (frame: Frame, track: number) => void;
  readonly onEnd: () => void;
}

export class HubStream implements StreamSource, PublishSink {
  tracks: readonly Track[] = [];
  frames = 0;
  losses = 0;
  closed = 0;
  readonly readers = new Set<Reader>();
  #recent: { readonly frame: Frame; readonly track: number }[] = [];
  #waiters: { readonly frames: number; readonly resolve: () => void }[] = [];

  onTracks(tracks: readonly Track[]): void {
    this.tracks = tracks;
  }

  onFrame(frame: Frame, track: number, afterLoss: boolean): void {
    this.frames += 1;
    if (afterLoss) this.losses += 1;
    if (frame.kind === 'video' && frame.key) this.#recent = [];
    this.#recent.push({ frame, track });
    for (const reader of this.readers) reader.onFrame(frame, track);
    for (const waiter of this.#waiters) if (this.frames >= waiter.frames) waiter.resolve();
  }

  onClosed(): void {
    this.closed += 1;
    for (const reader of this.readers) reader.onEnd();
  }

  subscribe(onFrame: Reader['onFrame'], onEnd: Reader['onEnd']): () => void {
    const reader = { onFrame, onEnd };
    for (const { frame, track } of this.#recent) onFrame(frame, track);
    this.readers.add(reader);
    return () => void this.readers.delete(reader);
  }

  until(frames: number): Promise<void> {
    if (this.frames >= frames) return Promise.resolve();
    return new Promise((resolve) => this.#waiters.push({ frames, resolve }));
  }
}

export class Hub {
  readonly streams = new Map<string, HubStream>();

  stream(path: string): HubStream {
    const known = this.streams.get(path) ?? new HubStream();
    this.streams.set(path, known);
    return known;
  }

  get options(): Pick<RtspServerOptions, 'play' | 'publish'> {
    return {
      play: ({ path }) => this.streams.get(path),
      publish: ({ path }) => this.stream(path),
    };
  }
}
