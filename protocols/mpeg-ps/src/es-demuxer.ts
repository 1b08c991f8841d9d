import { ElementaryVideo } from './elementary-video.ts';
import type { DemuxOptions, DemuxStats } from './program.ts';

/** A bare byte stream of H.264 or H.265 (annex B), whose times come from its carrier. */
export class EsDemuxer {
  readonly stats: DemuxStats = { skippedBytes: 0, losses: 0, unsupported: new Map() };
  readonly #video: ElementaryVideo;
  #lastCarrierUs: number | undefined;
  #stamp = { ptsUs: undefined as number | undefined, dtsUs: undefined, used: false };

  constructor(options: DemuxOptions) {
    this.#video = new ElementaryVideo({
      onFrame: options.onFrame,
      onTrack: (track) => options.onTrack?.(track),
    });
  }

  push(piece: Uint8Array, carrierUs?: number): void {
    if (carrierUs !== this.#lastCarrierUs) this.#stamp = { ptsUs: carrierUs, dtsUs: undefined, used: false };
    this.#lastCarrierUs = carrierUs;
    this.#video.push(piece, this.#stamp);
  }

  flush(): void {
    this.#video.flush();
  }

  lost(): void {
    this.stats.losses++;
    this.#video.lost();
  }
}
