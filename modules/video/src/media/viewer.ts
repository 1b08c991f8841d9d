/** One browser that looks at a live stream over a WebSocket; see contract/stream.ts. */
import type { WebSocket } from 'ws';
import { type FromWorker, toWorkerSchema } from '../contract/stream.ts';
import type { LinkProblem, Variant } from './hub.ts';
import type { FeedChunk, FeedInit, FeedViewer, LiveFeed } from './live-feed.ts';
import { reasonText } from './reasons.ts';

type StreamState = (FromWorker & { type: 'state' })['state'];

/** What may wait for a slow line at least, bytes. */
const minWaitingBytes = 256 << 10;
/** A line that takes nothing for this long is not there. */
const stuckMs = 30_000;
/** Live pictures are missing for this long: it shows on the picture. */
const stallMs = 5000;
const checkMs = 1000;

export interface ViewerHost {
  /** The stream cannot be shown: is there another one? */
  onUnsupported(viewer: LiveViewer, codec: string): void;
  onClose(viewer: LiveViewer): void;
}

export class LiveViewer implements FeedViewer {
  readonly #socket: WebSocket;
  readonly #host: ViewerHost;
  #feed: LiveFeed | undefined;
  #variant: Variant | 'transcoded' = 'main';
  #state: StreamState | undefined;
  #paused = false;
  /** Chunks are left out until what waits has gone. */
  #behind = false;
  /** The last chunk that was sent; 0: none of this feed. */
  #sent = 0;
  #lastChunkMs = performance.now();
  #lastDrainMs = performance.now();
  #skipped = 0;
  readonly #timer: NodeJS.Timeout;

  constructor(socket: WebSocket, host: ViewerHost) {
    this.#socket = socket;
    this.#host = host;
    socket.on('message', (data, isBinary) => this.#onMessage(isBinary ? '' : String(data)));
    socket.on('error', () => socket.terminate());
    socket.once('close', () => {
      clearInterval(this.#timer);
      this.#feed?.remove(this);
      host.onClose(this);
    });
    this.#timer = setInterval(() => this.#check(), checkMs);
    this.#say('connecting', null);
  }

  /** Chunks that a slow line never got. */
  get skipped(): number {
    return this.#skipped;
  }

  /** Shows this feed from now on. */
  watch(feed: LiveFeed, variant: Variant | 'transcoded'): void {
    this.#feed?.remove(this);
    this.#feed = feed;
    this.#variant = variant;
    this.#sent = 0;
    this.#behind = false;
    feed.add(this);
  }

  /** Says why and hangs up. */
  end(reason: string | null): void {
    this.#say('ended', reason);
    this.#send({ type: 'end' });
    this.#socket.close(1000);
  }

  onInit({ mime, width, height, hasAudio, data }: FeedInit): void {
    this.#sent = 0;
    this.#send({ type: 'init', mime, width, height, hasAudio, variant: this.#variant, originMs: null });
    this.#socket.send(data);
  }

  onChunk(chunk: FeedChunk): void {
    this.#lastChunkMs = performance.now();
    if (this.#paused) return;
    if (this.#behind) return void this.#skipped++;
    if (this.#sent === 0 && !chunk.key) return;
    // A gap in what was sent ends at a key picture only.
    if (this.#sent !== 0 && chunk.n !== this.#sent + 1 && !chunk.key) return;
    if (this.#state !== 'live') this.#say('live', null);
    this.#sent = chunk.n;
    this.#socket.send(chunk.data, { compress: false }, () => this.#onDrain());
    if (this.#socket.bufferedAmount > this.#limit()) this.#behind = true;
  }

  onLink(problem: LinkProblem | null, reason: string | null): void {
    if (problem === null) this.#say('connecting', null);
    else this.#say(problem === 'refused' ? 'refused' : 'offline', reason);
  }

  onUnsupported(codec: string): void {
    this.#host.onUnsupported(this, codec);
  }
  /** There is no other stream. */
  sayUnsupported(codec: string): void {
    this.#say('unsupported', codec);
  }

  onStanding(standing: 'retired' | 'paused' | 'resumed'): void {
    if (standing !== 'resumed') this.end(standing);
  }

  /** About a group of pictures: a line that is further behind shows the past. */
  #limit(): number {
    return Math.max(minWaitingBytes, 1.5 * (this.#feed?.groupBytes ?? 0));
  }

  #onDrain(): void {
    this.#lastDrainMs = performance.now();
    if (!this.#behind || this.#socket.bufferedAmount > minWaitingBytes / 4) return;
    this.#behind = false;
    this.#catchUp();
  }

  /** What is missing of the current group, or all of it; nothing where the cache holds none. */
  #catchUp(): void {
    for (const chunk of this.#feed?.group ?? []) if (chunk.n > this.#sent) this.onChunk(chunk);
  }

  #onMessage(text: string): void {
    const said = toWorkerSchema.safeParse(parseJson(text));
    if (!said.success) return this.#socket.close(1008, 'not of the protocol');
    if (said.data.type === 'pause') this.#paused = true;
    if (said.data.type === 'resume' && this.#paused) {
      this.#paused = false;
      this.#catchUp();
    }
  }

  #check(): void {
    const nowMs = performance.now();
    if (this.#socket.bufferedAmount > 0 && nowMs - this.#lastDrainMs > stuckMs) return this.#socket.terminate();
    if (this.#socket.bufferedAmount === 0) this.#lastDrainMs = nowMs;
    if (this.#state === 'live' && nowMs - this.#lastChunkMs > stallMs) this.#say('stalled', 'stalled');
    return undefined;
  }

  #say(state: StreamState, reason: string | null): void {
    if (state === this.#state) return;
    this.#state = state;
    this.#send({ type: 'state', state, reason: reasonText(reason), sinceMs: Date.now() });
  }
  #send(message: FromWorker): void {
    if (this.#socket.readyState === this.#socket.OPEN) this.#socket.send(JSON.stringify(message));
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
