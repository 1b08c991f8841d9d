/** One try at a stream by one way of transport, from the connection to its end. */
import type { Track } from '@wangge/codec';
import { buildReceiverReport, buildSourceDescription, ClockGroup, TrackReceiver } from '@wangge/rtp';
import { randomBytes } from 'node:crypto';
import type { Credentials } from '../digest.ts';
import type { RtspUrl } from '../url.ts';
import { Backchannel } from './backchannel.ts';
import { RtspConnection } from './connection.ts';
import { backchannelTag, describe, type Description } from './describe.ts';
import { errorOfStatus, RtspError } from './errors.ts';
import { setUp, type Link } from './link.ts';
import type { RtspClientOptions, RtspHandlers, RtspStatistics } from './options.ts';

export interface AttemptOptions {
  readonly url: RtspUrl;
  readonly mode: 'tcp' | 'udp';
  /** Where TCP is refused (461), UDP is asked for on the same connection. */
  readonly orUdp: boolean;
  readonly credentials: Credentials | undefined;
  readonly allowBasic: boolean;
  readonly client: RtspClientOptions;
  readonly handlers: Pick<RtspHandlers, 'onTracks' | 'onFrame'>;
}

const reportEveryMs = 5000;
/** RFC 2326 §12.37. */
const defaultTimeoutS = 60;

export class Attempt {
  readonly #options: AttemptOptions;
  readonly #startedMs = performance.now();
  readonly #ssrc = randomBytes(4).readUInt32BE();
  readonly #links: Link[] = [];
  readonly #receivers: TrackReceiver[] = [];
  readonly #tracks: Track[] = [];
  /** Who takes what comes on an interleaved channel. */
  readonly #channels: (((data: Buffer) => void) | undefined)[] = [];
  /** Not for writing from outside. */
  mode: 'tcp' | 'udp';
  #connection: RtspConnection | undefined;
  #description: Description | undefined;
  #timer: NodeJS.Timeout | undefined;
  #end: ((error: RtspError) => void) | undefined;
  #ended = false;
  #sessionTimeoutS = defaultTimeoutS;
  #keepAliveMethod: 'GET_PARAMETER' | 'OPTIONS' = 'OPTIONS';
  #playMs: number | undefined;
  #firstPacketMs: number | undefined;
  #lastPacketMs = 0;
  #lastAliveMs = 0;
  #lastReportMs = 0;
  #paused = false;
  backchannel: Backchannel | undefined;

  constructor(options: AttemptOptions) {
    this.#options = options;
    this.mode = options.mode;
  }

  get gotPackets(): boolean {
    return this.#firstPacketMs !== undefined;
  }

  /** Plays until the end. @throws RtspError always, when it ends; or Redirection */
  async run(): Promise<never> {
    const ended = new Promise<never>((_, reject) => {
      this.#end = reject;
    });
    // Awaited below only once the set-up is through.
    ended.catch(() => {});
    try {
      await this.#start();
      return await ended;
    } finally {
      this.#dispose();
    }
  }

  /** Ends it, politely where it got that far. */
  close(error: RtspError): void {
    this.#ended = true;
    this.#end?.(error);
    this.#dispose();
  }

  async pause(): Promise<void> {
    const response = await this.#ask('PAUSE');
    if (response.status !== 200) throw errorOfStatus('PAUSE', response.status);
    this.#paused = true;
  }

  async resume(): Promise<void> {
    const response = await this.#ask('PLAY');
    if (response.status !== 200) throw errorOfStatus('PLAY', response.status);
    this.#paused = false;
    this.#lastPacketMs = performance.now();
  }

  statistics(): RtspStatistics {
    return {
      transport: this.#playMs === undefined ? undefined : this.mode,
      playMs: this.#playMs,
      firstPacketMs: this.#firstPacketMs,
      tracks: this.#receivers.map((one) => one.statistics()),
      backchannel: this.backchannel !== undefined,
    };
  }

  async #start(): Promise<void> {
    const { url, client, credentials, allowBasic } = this.#options;
    const connection = await RtspConnection.open({
      host: url.host,
      port: url.port,
      credentials,
      allowBasic,
      userAgent: client.userAgent ?? 'Wangge',
      connectTimeoutMs: client.connectTimeoutMs ?? 5000,
      requestTimeoutMs: client.requestTimeoutMs ?? 10_000,
      onInterleaved: (channel, data) => this.#channels[channel]?.(data),
      onClosed: (error) => this.#end?.(error),
    });
    this.#connection = connection;
    this.#assertOpen();
    const media = client.media ?? ['video', 'audio'];
    const description = await describe(connection, { url, media, backchannel: client.backchannel === true });
    this.#description = description;
    if (description.methods?.has('GET_PARAMETER') === true) this.#keepAliveMethod = 'GET_PARAMETER';
    await this.#setUpByEither(description);
    this.#assertOpen();
    await this.#play();
  }

  async #setUpByEither(description: Description): Promise<void> {
    try {
      await this.#setUpTracks(description);
    } catch (error) {
      const refused = error instanceof RtspError && error.status === 461 && this.#links.length === 0;
      if (!refused || !this.#options.orUdp || this.mode === 'udp') throw error;
      this.mode = 'udp';
      this.#receivers.length = 0;
      this.#tracks.length = 0;
      await this.#setUpTracks(description);
    }
  }

  async #setUpTracks(description: Description): Promise<void> {
    const clocks = new ClockGroup();
    const udp = this.mode === 'udp';
    for (const [index, described] of description.tracks.entries()) {
      this.#tracks.push(described.format.track);
      const receiver = new TrackReceiver({
        format: described.format,
        clocks,
        ...(udp ? { reorder: {} } : {}),
        onFrame: (frame, afterLoss) => {
          if (!this.#ended) this.#options.handlers.onFrame(frame, index, afterLoss);
        },
        onTrack: (track) => {
          this.#tracks[index] = track;
          if (!this.#ended) this.#options.handlers.onTracks([...this.#tracks]);
        },
        onGoodbye: () => this.#end?.(new RtspError('ended', 'the server said goodbye')),
      });
      this.#receivers.push(receiver);
      await this.#link(described.uri, {
        onPacket: (data) => this.#onPacket(receiver, data),
        onControl: (data) => receiver.pushControl(data, nowUs()),
      });
    }
    const back = description.backchannel;
    if (back === undefined) return;
    const link = await this.#link(back.uri, { onPacket: () => {}, onControl: () => {} }, { Require: backchannelTag });
    const { codec } = back.format.track;
    this.backchannel = new Backchannel(codec === 'pcmu' ? 'pcmu' : 'pcma', back.format.payloadType, link);
  }

  async #link(
    uri: string,
    takers: { onPacket(data: Buffer): void; onControl(data: Buffer): void },
    headers: Record<string, string> = {},
  ): Promise<Link> {
    const { link, timeoutS } = await setUp({
      connection: this.#connection!,
      uri,
      mode: this.mode,
      firstChannel: this.#links.length * 2,
      udp: this.#options.client.udp,
      headers,
      ...takers,
    });
    this.#links.push(link);
    if (this.#ended) link.close();
    if (timeoutS !== undefined && timeoutS > 0) this.#sessionTimeoutS = timeoutS;
    if (link.channels !== undefined) {
      this.#channels[link.channels[0]] = takers.onPacket;
      this.#channels[link.channels[1]] = takers.onControl;
    }
    return link;
  }

  async #play(): Promise<void> {
    const { range, scale } = this.#options.client;
    // Frames may come before the answer to PLAY.
    this.#options.handlers.onTracks([...this.#tracks]);
    for (const link of this.#links) link.punch();
    const headers = {
      Scale: scale?.toFixed(6),
      Require: this.backchannel === undefined ? undefined : backchannelTag,
    };
    let response = await this.#ask('PLAY', { ...headers, Range: range ?? 'npt=0.000-' });
    // Some servers want a range, so it is sent; those of live sources that refuse one do without.
    const refusedRange = response.status === 457 || response.status >= 500;
    if (range === undefined && refusedRange) response = await this.#ask('PLAY', headers);
    if (response.status !== 200) throw errorOfStatus('PLAY', response.status);
    this.#playMs = performance.now() - this.#startedMs;
    this.#lastPacketMs = this.#lastAliveMs = this.#lastReportMs = performance.now();
    const { stallTimeoutMs = 10_000, firstPacketTimeoutMs = 5000 } = this.#options.client;
    const period = Math.max(50, Math.min(1000, stallTimeoutMs / 4, firstPacketTimeoutMs / 4));
    let beforeMs = performance.now();
    this.#timer = setInterval(() => {
      const now = performance.now();
      // Timers run before what the sockets hold: after a pause of our own process the silence is not the camera's.
      if (now - beforeMs > period * 2) this.#lastPacketMs = Math.max(this.#lastPacketMs, now - period);
      beforeMs = now;
      this.#tick(now);
    }, period);
  }

  #onPacket(receiver: TrackReceiver, data: Buffer): void {
    const now = performance.now();
    this.#lastPacketMs = now;
    this.#firstPacketMs ??= now - this.#startedMs;
    receiver.push(data, now * 1000);
  }

  #tick(now: number): void {
    const { stallTimeoutMs = 10_000, firstPacketTimeoutMs = 5000 } = this.#options.client;
    const limit = this.gotPackets ? stallTimeoutMs : firstPacketTimeoutMs;
    if (!this.#paused && now - this.#lastPacketMs > limit) {
      this.#end?.(new RtspError('stalled', this.gotPackets ? 'packets ceased' : 'no packets came'));
      return;
    }
    // Half the time leaves room for one that is lost or late; servers that say 0 or years get something sensible.
    const aliveMs = Math.max(1000, Math.min(30_000, this.#sessionTimeoutS * 500));
    if (now - this.#lastAliveMs >= aliveMs) {
      this.#lastAliveMs = now;
      void this.#keepAlive();
    }
    if (now - this.#lastReportMs >= reportEveryMs) {
      this.#lastReportMs = now;
      this.#report();
    }
  }

  async #keepAlive(): Promise<void> {
    for (const link of this.#links) link.punch();
    try {
      const response = await this.#ask(this.#keepAliveMethod);
      if (response.status === 401) this.#end?.(errorOfStatus(this.#keepAliveMethod, 401));
      else if (response.status === 454) this.#end?.(new RtspError('ended', 'the server forgot the session', 454));
      else if (response.status !== 200) this.#keepAliveMethod = 'OPTIONS';
    } catch {
      // Firmware that leaves it unanswered plays on all the same; if the connection broke, that is told elsewhere.
    }
  }

  #report(): void {
    this.#receivers.forEach((receiver, index) => {
      const block = receiver.report(nowUs());
      if (block === undefined) return;
      const description = buildSourceDescription(this.#ssrc, 'wangge');
      this.#links[index]?.sendControl(Buffer.concat([buildReceiverReport(this.#ssrc, [block]), description]));
    });
  }

  #ask(method: string, headers: Record<string, string | undefined> = {}) {
    const { aggregateUri } = this.#description ?? {};
    if (this.#connection === undefined || aggregateUri === undefined) {
      return Promise.reject(new RtspError('closed', 'the session has not begun'));
    }
    return this.#connection.request(method, aggregateUri, headers);
  }

  #assertOpen(): void {
    if (this.#ended) throw new RtspError('closed', 'closed');
  }

  #dispose(): void {
    this.#ended = true;
    clearInterval(this.#timer);
    for (const link of this.#links.splice(0)) link.close();
    const uri = this.#description?.aggregateUri;
    const begun = this.#connection?.session !== undefined && uri !== undefined;
    this.#connection?.close(begun ? { method: 'TEARDOWN', uri } : undefined);
  }
}

function nowUs(): number {
  return performance.now() * 1000;
}
