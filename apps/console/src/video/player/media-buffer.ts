/** A MediaSource behind a video element: takes initialisation segments and fragments as they come. */
import { AppendQueue } from './append-queue.ts';

/** iPhones have a MediaSource of another name. */
const Source: typeof MediaSource | undefined =
  (globalThis as { ManagedMediaSource?: typeof MediaSource }).ManagedMediaSource ?? globalThis.MediaSource;

/** Whether this browser shows such a stream; with HEVC many do not. */
export function canShow(mime: string): boolean {
  return Source?.isTypeSupported(mime) ?? false;
}

export interface MediaBuffer {
  /** A further format, or the same one anew: pieces after it belong to it. With `fresh`, its times begin anywhere. */
  format(mime: string, fresh: boolean): void;
  push(data: ArrayBuffer): void;
  dropBefore(atS: number): void;
  /** Forgets everything, after a seek. */
  empty(): void;
  ranges(): readonly (readonly [number, number])[];
  close(): void;
}

/** @param onBroken it cannot go on; a new one has to be opened */
export function openMediaBuffer(video: HTMLVideoElement, onBroken: () => void): MediaBuffer {
  if (!Source) throw new Error('no MediaSource here');
  const source = new Source();
  // A managed one is given only to elements that cannot be cast elsewhere.
  video.disableRemotePlayback = true;
  const url = URL.createObjectURL(source);
  video.src = url;
  let queue: AppendQueue | null = null;
  let buffer: SourceBuffer | null = null;
  let open = false;
  let closed = false;
  const before: (() => void)[] = [];
  const broken = (): void => {
    if (!closed) onBroken();
  };
  const begin = (mime: string): void => {
    try {
      buffer = source.addSourceBuffer(mime);
      queue = new AppendQueue(buffer, broken);
      buffer.addEventListener('error', broken);
    } catch {
      broken();
    }
  };
  source.addEventListener('sourceopen', () => {
    if (closed) return;
    open = true;
    before.splice(0).forEach((step) => step());
  });
  video.addEventListener('error', broken);
  const whenOpen = (step: () => void): void => {
    if (open) step();
    else before.push(step);
  };
  const ranges = (): (readonly [number, number])[] => {
    const list = buffer && !closed ? readRanges(buffer) : null;
    return list ?? [];
  };
  return {
    format(mime, fresh) {
      whenOpen(() => {
        if (!buffer) return begin(mime);
        const target = buffer;
        return queue?.after(() => {
          target.abort();
          target.changeType(mime);
          // The last picture stays until the next one is there: what comes is put behind it.
          if (fresh) target.timestampOffset = readRanges(target)?.at(-1)?.[1] ?? 0;
        });
      });
    },
    push: (data) => whenOpen(() => queue?.push(data)),
    dropBefore: (atS) => queue?.dropBefore(atS),
    empty() {
      queue?.clear();
      queue?.after(() => {
        buffer?.abort();
        buffer?.remove(0, Number.POSITIVE_INFINITY);
      });
    },
    ranges,
    close() {
      closed = true;
      queue?.clear();
      video.removeEventListener('error', broken);
      URL.revokeObjectURL(url);
      video.removeAttribute('src');
      video.load();
    },
  };
}

/** Null where the buffer was taken from its source, as a browser short of memory does. */
function readRanges(buffer: SourceBuffer): (readonly [number, number])[] | null {
  try {
    const { buffered } = buffer;
    return Array.from({ length: buffered.length }, (_, i) => [buffered.start(i), buffered.end(i)] as const);
  } catch {
    return null;
  }
}
