/** Records one camera: frames of its hub into segments, segments into files and rows. */
import type { Frame, Track } from '@wangge/codec';
import { type SegmentStart, type SegmentSummary, SegmentRecorder } from '@wangge/fmp4';
import type { HubSubscriber, Variant } from '../media/hub.ts';
import { segmentPath } from './places.ts';
import { SegmentWriter } from './segment-writer.ts';
import type { NewSegment } from './store/segments.ts';

export interface RecorderHost {
  readonly dataDir: string;
  readonly segmentMs?: number | undefined;
  /** False while the disk takes nothing: then pictures are dropped, and nothing is opened. */
  writable(): boolean;
  onDone(segment: NewSegment): void;
  onDiskFailure(error: unknown): void;
  /** A file that was given up, with what had been written of it. */
  onAbandoned(cameraId: string, startMs: number, path: string): void;
}

interface OpenFile {
  readonly startMs: number;
  readonly writer: SegmentWriter;
}

/** What a hub calls must not throw: a stream that cannot be written is told to the host. */
export class CameraRecorder implements HubSubscriber {
  readonly #host: RecorderHost;
  readonly #cameraId: string;
  readonly #variant: Variant;
  #recorder: SegmentRecorder | undefined;
  #file: OpenFile | undefined;
  #lastStartMs = 0;
  /** Segments are finished in the order in which they ended: that is the order of the chain. */
  #finishing: Promise<void> = Promise.resolve();

  constructor(host: RecorderHost, cameraId: string, variant: Variant) {
    this.#host = host;
    this.#cameraId = cameraId;
    this.#variant = variant;
  }

  onTracks(tracks: readonly Track[]): void {
    this.#recorder?.close();
    this.#recorder = new SegmentRecorder({
      tracks,
      segmentMs: this.#host.segmentMs ?? 60_000,
      onStart: (start) => this.#begin(start),
      onBytes: (bytes) => this.#file?.writer.append(bytes),
      onEnd: (summary) => this.#end(summary),
    });
  }

  onFrame(frame: Frame, wallMs: number): void {
    if (!this.#host.writable()) {
      // The segment under way ends here; its file is given up by its own failure.
      if (this.#file) this.#recorder?.close();
      return;
    }
    this.#recorder?.push(frame, wallMs);
  }

  onLink(problem: string | null): void {
    // What is recorded can be looked at, instead of waiting in an open file for the camera to come back.
    if (problem !== null) this.#recorder?.close();
  }

  /** Ends the segment under way; resolves when all files are closed. */
  async close(): Promise<void> {
    this.#recorder?.close();
    this.#recorder = undefined;
    await this.#finishing;
  }

  #begin({ wallMs }: SegmentStart): void {
    // Two segments of one millisecond: a camera whose clock was set back.
    const startMs = Math.max(0, Math.floor(wallMs)) + (Math.floor(wallMs) === this.#lastStartMs ? 1 : 0);
    this.#lastStartMs = startMs;
    const path = segmentPath(this.#host.dataDir, this.#cameraId, startMs);
    this.#file = { startMs, writer: new SegmentWriter(path, (error) => this.#host.onDiskFailure(error)) };
  }

  #end(summary: SegmentSummary): void {
    const file = this.#file;
    this.#file = undefined;
    if (!file) return;
    this.#finishing = this.#finishing.then(() => this.#finish(file, summary));
  }

  async #finish({ startMs, writer }: OpenFile, summary: SegmentSummary): Promise<void> {
    try {
      const { bytes, sha256 } = await writer.finish();
      this.#host.onDone({
        cameraId: this.#cameraId,
        variant: this.#variant,
        startMs,
        endMs: Math.max(startMs, Math.ceil(summary.endWallMs)),
        bytes,
        sha256,
        codecs: summary.codecs,
        width: summary.width,
        height: summary.height,
        saved: false,
      });
    } catch (error) {
      this.#host.onDiskFailure(error);
      this.#host.onAbandoned(this.#cameraId, startMs, writer.path);
    }
  }
}
