import type { AudioTrack, Frame, Track, VideoTrack } from '@wangge/codec';
import { ElementaryAudio } from './elementary-audio.ts';
import { ElementaryVideo } from './elementary-video.ts';
import type { Stamp } from './pes.ts';
import { codecOfType, otherVideoTypes } from './stream-types.ts';

export interface DemuxOptions {
  /** In the order of the stream. `nals` and `data` may be views into what was pushed. */
  readonly onFrame: (frame: Frame) => void;
  /** A track is known, or has become another; before the frame that needs it. */
  readonly onTrack?: (track: Track) => void;
}

/** What went wrong so far; numbers only ever grow. */
export interface DemuxStats {
  /** Bytes that belonged to nothing. */
  skippedBytes: number;
  /** Gaps that were told or noticed. */
  losses: number;
  /** PES packets of streams that are not handled, by stream type (0 = not announced). */
  readonly unsupported: Map<number, number>;
}

type Elementary = ElementaryVideo | ElementaryAudio;

/** Cameras have one or two; damaged maps must not fill the memory. */
const maxStreams = 16;

/** The elementary streams of one program: the first with picture and the first with sound are taken apart. */
export class Program {
  readonly stats: DemuxStats = { skippedBytes: 0, losses: 0, unsupported: new Map() };
  readonly #options: DemuxOptions;
  readonly #types = new Map<number, number>();
  readonly #streams = new Map<number, Elementary | undefined>();

  constructor(options: DemuxOptions) {
    this.#options = options;
  }

  /** A map announces the type of a stream. Another type than before begins the stream anew. */
  announce(id: number, type: number): void {
    if (this.#types.get(id) === type || (this.#types.size >= maxStreams && !this.#types.has(id))) return;
    this.#types.set(id, type);
    const stream = this.#streams.get(id);
    // Video reads its codec from its own bytes; a picture under way must not be lost to a map that comes late.
    if (stream instanceof ElementaryVideo && isVideo(type)) return;
    this.#streams.delete(id);
  }

  /** @param hint what the stream's id says, where nothing was announced */
  push(id: number, hint: 'video' | 'audio' | undefined, piece: Uint8Array, stamp: Stamp): void {
    let stream = this.#streams.get(id);
    if (!stream && !this.#streams.has(id)) stream = this.#open(id, hint);
    if (stream) stream.push(piece, stamp);
    else this.#countUnsupported(id);
  }

  /** A packet of this stream is complete: sound need not wait for the next. */
  endPacket(id: number): void {
    const stream = this.#streams.get(id);
    if (stream instanceof ElementaryAudio) stream.flush();
  }

  flush(): void {
    for (const stream of this.#streams.values()) stream?.flush();
  }

  /** One stream, or all of them, missed something. */
  lost(id?: number): void {
    this.stats.losses++;
    for (const [key, stream] of this.#streams) if (id === undefined || key === id) stream?.lost();
  }

  #open(id: number, hint: 'video' | 'audio' | undefined): Elementary | undefined {
    const type = this.#types.get(id);
    const codec = type === undefined ? undefined : codecOfType(type);
    const kind = codec ? (isVideo(type) ? 'video' : 'audio') : guessKind(type, hint);
    const { onFrame } = this.#options;
    const onTrack = (track: VideoTrack | AudioTrack): void => this.#options.onTrack?.(track);
    let stream: Elementary | undefined;
    // The second stream of a kind would be mixed into the first: only one of each is given out.
    if (kind === 'video' && !this.#has(ElementaryVideo)) stream = new ElementaryVideo({ onFrame, onTrack });
    if (kind === 'audio' && !this.#has(ElementaryAudio)) {
      const sound = codec === 'h264' || codec === 'h265' ? undefined : codec;
      stream = new ElementaryAudio({ onFrame, onTrack }, sound);
    }
    if (this.#streams.size < 2 * maxStreams) this.#streams.set(id, stream);
    return stream;
  }

  #has(kind: typeof ElementaryVideo | typeof ElementaryAudio): boolean {
    return [...this.#streams.values()].some((stream) => stream instanceof kind);
  }

  #countUnsupported(id: number): void {
    const type = this.#types.get(id) ?? 0;
    this.stats.unsupported.set(type, (this.stats.unsupported.get(type) ?? 0) + 1);
  }
}

/** Maps that name no type at all are common; a picture's codec is read from its bytes anyway. */
function guessKind(type: number | undefined, hint: 'video' | 'audio' | undefined): 'video' | 'audio' | undefined {
  if (type === undefined) return hint;
  return hint === 'video' && !otherVideoTypes.has(type) ? 'video' : undefined;
}

function isVideo(type: number | undefined): boolean {
  const codec = type === undefined ? undefined : codecOfType(type);
  return codec === 'h264' || codec === 'h265';
}
