/** Takes a stream from one publisher (ANNOUNCE and RECORD). */
import type { Track } from '@wangge/codec';
import { attribute, ClockGroup, formatOf, parseSdp, TrackReceiver, type RtpFormat } from '@wangge/rtp';
import type { Carrier } from './carrier.ts';
import type { PublishSink } from './options.ts';

interface Offered {
  readonly control: string;
  /** Undefined for a track that cannot be read: it is taken and passed over. */
  readonly format: RtpFormat | undefined;
}

const maxTracks = 8;

export class Publisher {
  readonly #offered: readonly Offered[];
  readonly #receivers: (TrackReceiver | undefined)[] = [];
  readonly #carriers: Carrier[] = [];
  readonly #clocks = new ClockGroup();
  /** By index of the offer. */
  readonly #tracks: (Track | undefined)[] = [];
  #sink: PublishSink | undefined;
  lastPacketMs = performance.now();

  private constructor(offered: readonly Offered[]) {
    this.#offered = offered;
  }

  /** Undefined where the description has no track that could be read. */
  static fromSdp(text: string): Publisher | undefined {
    const media = parseSdp(text)?.media.slice(0, maxTracks) ?? [];
    const offered = media.map((one) => ({ control: attribute(one, 'control') ?? '', format: formatOf(one) }));
    return offered.some((one) => one.format !== undefined) ? new Publisher(offered) : undefined;
  }

  get controls(): string[] {
    return this.#offered.map((one) => one.control.replace(/^rtsp:\/\/.*\//i, ''));
  }

  /** The next track that was not set up, for publishers whose addresses tell nothing. */
  get nextTrack(): number {
    return this.#carriers.length < this.#offered.length ? this.#carriers.length : -1;
  }

  get hasCarriers(): boolean {
    return this.#carriers.length > 0;
  }

  add(index: number, carrier: Carrier): void {
    this.#carriers.push(carrier);
    const format = this.#offered[index]?.format;
    if (format === undefined) return;
    this.#tracks[index] = format.track;
    this.#receivers[index] = new TrackReceiver({
      format,
      clocks: this.#clocks,
      ...(carrier.channels === undefined ? { reorder: {} } : {}),
      onFrame: (frame, afterLoss) => this.#sink?.onFrame(frame, this.#number(index), afterLoss),
      onTrack: (track) => {
        this.#tracks[index] = track;
        this.#sink?.onTracks(this.#known());
      },
    });
  }

  start(sink: PublishSink): void {
    this.#sink = sink;
    this.lastPacketMs = performance.now();
    sink.onTracks(this.#known());
  }

  push(index: number, data: Buffer): void {
    if (this.#sink === undefined) return;
    this.lastPacketMs = performance.now();
    this.#receivers[index]?.push(data, this.lastPacketMs * 1000);
  }

  pushControl(index: number, data: Buffer): void {
    this.#receivers[index]?.pushControl(data, performance.now() * 1000);
  }

  close(): void {
    for (const carrier of this.#carriers.splice(0)) carrier.close();
    const sink = this.#sink;
    this.#sink = undefined;
    sink?.onClosed();
  }

  #known(): Track[] {
    return this.#tracks.filter((track) => track !== undefined);
  }

  /** Index among the tracks that the sink was told of. */
  #number(index: number): number {
    return this.#tracks.slice(0, index).filter((track) => track !== undefined).length;
  }
}
