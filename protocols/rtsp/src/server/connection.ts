/** One client of the server: its requests in turn, and its session, of which a connection has one at most. */
import { randomBytes } from 'node:crypto';
import type { Socket } from 'node:net';
import { buildSdp } from '@wangge/rtp';
import { buildResponse, header, type HeadersOut, type RtspMessage, type RtspRequest } from '../message.ts';
import { RtspSplitter, SplitterError } from '../splitter.ts';
import { parseTransports } from '../transport.ts';
import type { Authenticator } from './access.ts';
import { trackOf, withoutTrack, type RequestAddress } from './address.ts';
import { openCarrier, type Carrier } from './carrier.ts';
import type { RtspServerCounts, RtspServerOptions, StreamRequest, StreamSource } from './options.ts';
import { Publisher } from './publisher.ts';
import { Reader } from './reader.ts';
import { addressOf, Refusal } from './refusal.ts';

const methods = 'OPTIONS, DESCRIBE, ANNOUNCE, SETUP, PLAY, RECORD, GET_PARAMETER, SET_PARAMETER, TEARDOWN';
const maxWaiting = 16;
const defaultIdleMs = 60_000;

export interface ConnectionContext {
  readonly options: RtspServerOptions;
  readonly counts: RtspServerCounts;
  readonly authenticator: Authenticator;
}

export class ServerConnection {
  readonly #context: ConnectionContext;
  readonly #socket: Socket;
  readonly #splitter: RtspSplitter;
  readonly #remoteAddress: string;
  readonly #session = randomBytes(12).toString('hex');
  readonly #allowed = new Set<string>();
  readonly #channels: (((data: Buffer) => void) | undefined)[] = [];
  #turn: Promise<void> = Promise.resolve();
  #waiting = 0;
  #lastSignMs = performance.now();
  #stream: { readonly path: string; readonly source: StreamSource; readonly reader: Reader } | undefined;
  #unsubscribe: (() => void) | undefined;
  #publisher: { readonly path: string; readonly publisher: Publisher } | undefined;
  #state: 'ready' | 'playing' | 'recording' | 'closed' = 'ready';
  #byUdp = false;

  constructor(context: ConnectionContext, socket: Socket) {
    this.#context = context;
    this.#socket = socket;
    this.#remoteAddress = (socket.remoteAddress ?? '').replace(/^::ffff:/i, '');
    this.#splitter = new RtspSplitter({
      onMessage: (message) => this.#onMessage(message),
      onInterleaved: (channel, data) => this.#channels[channel]?.(data),
    });
    socket.setNoDelay(true);
    socket.setKeepAlive(true, 30_000);
    socket.on('data', (chunk: Buffer) => this.#onData(chunk));
    socket.on('error', () => this.close());
    socket.on('close', () => this.close());
  }

  /** To be called about once a second. */
  tick(nowMs: number): void {
    const idleMs = this.#context.options.idleTimeoutMs ?? defaultIdleMs;
    // A reader by TCP need not say anything: whether it is there is told by whether it takes what is sent.
    const quiet = this.#state === 'playing' && !this.#byUdp;
    const publisher = this.#state === 'recording' ? this.#publisher?.publisher : undefined;
    const sign = publisher?.lastPacketMs ?? this.#lastSignMs;
    if (!quiet && nowMs - sign > idleMs) this.close();
  }

  close(): void {
    if (this.#state === 'closed') return;
    this.#leave();
    this.#state = 'closed';
    this.#stream?.reader.close();
    this.#publisher?.publisher.close();
    this.#socket.destroy();
  }

  #onData(chunk: Buffer): void {
    if (this.#state === 'closed') return;
    try {
      this.#splitter.push(chunk);
    } catch (error) {
      if (!(error instanceof SplitterError)) throw error;
      this.#context.counts.garbage += 1;
      this.close();
    }
  }

  #onMessage(message: RtspMessage): void {
    this.#lastSignMs = performance.now();
    if (message.kind === 'response' || this.#state === 'closed') return;
    if (this.#waiting >= maxWaiting) return this.close();
    this.#waiting += 1;
    this.#turn = this.#turn.then(() => this.#answer(message));
  }

  async #answer(request: RtspRequest): Promise<void> {
    this.#waiting -= 1;
    if (this.#state === 'closed') return;
    try {
      await this.#dispatch(request);
    } catch (error) {
      const refusal = error instanceof Refusal ? error : new Refusal(500);
      this.#reply(request, refusal.status, refusal.headers);
    }
  }

  async #dispatch(request: RtspRequest): Promise<void> {
    const session = header(request, 'session')?.split(';')[0]?.trim();
    if (session !== undefined && session !== this.#session) throw new Refusal(454);
    switch (request.method) {
      case 'OPTIONS':
        return this.#reply(request, 200, { Public: methods });
      case 'GET_PARAMETER':
      case 'SET_PARAMETER':
        return this.#reply(request, 200, this.#sessionHeader());
      case 'DESCRIBE':
        return this.#describe(request);
      case 'ANNOUNCE':
        return this.#announce(request);
      case 'SETUP':
        return this.#setUp(request);
      case 'PLAY':
        return this.#play(request);
      case 'RECORD':
        return this.#record(request);
      case 'TEARDOWN':
        this.#reply(request, 200, {});
        this.#leave();
        this.#socket.end();
        return;
      default:
        throw new Refusal(501, { Public: methods });
    }
  }

  async #describe(request: RtspRequest): Promise<void> {
    const address = addressOf(request.uri);
    const { source } = await this.#open(request, address);
    const base = request.uri.split('?')[0]!.replace(/\/*$/, '/');
    const headers = { 'Content-Base': base, 'Content-Type': 'application/sdp' };
    this.#reply(request, 200, headers, buildSdp(source.tracks, { name: address.path }));
  }

  /** The stream of the address; a connection reads one. */
  async #open(request: RtspRequest, address: RequestAddress) {
    if (this.#state !== 'ready' || this.#publisher !== undefined) throw new Refusal(455);
    const wanted = await this.#authorize(request, 'play', address);
    const known = this.#stream;
    if (known !== undefined && known.path === address.path) return known;
    const { options, counts } = this.#context;
    const source = await options.play?.(wanted);
    if (source === undefined) throw new Refusal(404);
    const { maxQueuedBytes = 4 * 1024 * 1024, maxCongestedMs = 10_000 } = options;
    const { tracks } = source;
    const reader = new Reader({ socket: this.#socket, tracks, counts, maxQueuedBytes, maxCongestedMs });
    this.#stream?.reader.close();
    this.#stream = { path: address.path, source, reader };
    return this.#stream;
  }

  async #announce(request: RtspRequest): Promise<void> {
    const address = addressOf(request.uri);
    if (this.#state !== 'ready' || this.#stream !== undefined) throw new Refusal(455);
    await this.#authorize(request, 'publish', address);
    const publisher = Publisher.fromSdp(request.body.toString('utf8'));
    if (publisher === undefined) throw new Refusal(415);
    this.#publisher?.publisher.close();
    this.#publisher = { path: address.path, publisher };
    this.#reply(request, 200, this.#sessionHeader());
  }

  async #setUp(request: RtspRequest): Promise<void> {
    if (this.#state !== 'ready') throw new Refusal(455);
    const publisher = this.#publisher?.publisher;
    const offers = parseTransports(header(request, 'transport') ?? '');
    const index = publisher === undefined ? await this.#trackToPlay(request) : trackToRecord(request.uri, publisher);
    const carrier = await openCarrier(offers, {
      socket: this.#socket,
      remoteAddress: this.#remoteAddress,
      udp: this.#context.options.udp ?? {},
      record: publisher !== undefined,
      onPacket: (data) => publisher?.push(index, data),
      onControl: (data) => {
        this.#lastSignMs = performance.now();
        publisher?.pushControl(index, data);
      },
    });
    if (carrier === undefined) throw new Refusal(461);
    if (this.#isClosed()) return carrier.close();
    this.#attach(index, carrier, publisher);
    this.#reply(request, 200, { Transport: carrier.header, ...this.#sessionHeader() });
  }

  #attach(index: number, carrier: Carrier, publisher: Publisher | undefined): void {
    if (carrier.channels === undefined) this.#byUdp = true;
    else if (publisher !== undefined) {
      this.#channels[carrier.channels[0]] = (data) => publisher.push(index, data);
      this.#channels[carrier.channels[1]] = (data) => publisher.pushControl(index, data);
    }
    if (publisher === undefined) this.#stream?.reader.add(index, carrier);
    else publisher.add(index, carrier);
  }

  async #trackToPlay(request: RtspRequest): Promise<number> {
    const controls = Array.from({ length: 32 }, (_, index) => `trackID=${index}`);
    const address = addressOf(withoutTrack(request.uri, controls));
    const { source } = await this.#open(request, address);
    const index = Math.max(0, trackOf(request.uri, controls));
    if (index >= source.tracks.length) throw new Refusal(404);
    return index;
  }

  #play(request: RtspRequest): void {
    const stream = this.#stream;
    // A second PLAY is the keep-alive of some players.
    if (this.#state === 'playing') return this.#reply(request, 200, this.#sessionHeader());
    if (stream === undefined || stream.reader.carriers.length === 0 || this.#state !== 'ready') throw new Refusal(455);
    const base = request.uri.split('?')[0]!.replace(/\/*$/, '/');
    const info = stream.reader.sequences().map((one) => `url=${base}trackID=${one.index};seq=${one.sequence}`);
    const headers = { ...this.#sessionHeader(), Range: 'npt=now-', 'RTP-Info': info.join(',') };
    this.#reply(request, 200, headers);
    this.#state = 'playing';
    this.#context.counts.readers += 1;
    const onFrame = (frame: Parameters<Reader['send']>[0], track: number) => {
      if (this.#state !== 'playing' || stream.reader.send(frame, track, performance.now())) return;
      this.#context.counts.tooSlow += 1;
      this.close();
    };
    const unsubscribe = stream.source.subscribe(onFrame, () => this.close());
    // The source may have ended, or the reader been found too slow, in the call itself.
    if (this.#isClosed()) unsubscribe();
    else this.#unsubscribe = unsubscribe;
  }

  async #record(request: RtspRequest): Promise<void> {
    const current = this.#publisher;
    if (current === undefined || !current.publisher.hasCarriers || this.#state !== 'ready') throw new Refusal(455);
    const { query } = addressOf(request.uri);
    const wanted = { path: current.path, query, remoteAddress: this.#remoteAddress };
    const sink = await this.#context.options.publish?.(wanted);
    if (sink === undefined) throw new Refusal(403);
    if (this.#isClosed()) return sink.onClosed();
    this.#state = 'recording';
    this.#context.counts.publishers += 1;
    current.publisher.start(sink);
    this.#reply(request, 200, this.#sessionHeader());
  }

  async #authorize(request: RtspRequest, action: 'play' | 'publish', address: RequestAddress): Promise<StreamRequest> {
    const { options, authenticator } = this.#context;
    const wanted: StreamRequest = { ...address, remoteAddress: this.#remoteAddress };
    // Players leave the header, or the query with its ticket, out of what follows the first request.
    const key = `${action} ${address.path}`;
    if (options.authorize === undefined || this.#allowed.has(key)) return wanted;
    const given = authenticator.read(request);
    const fresh = given?.stale === true ? undefined : given;
    const decision = await options.authorize({
      ...wanted,
      action,
      username: fresh?.username,
      verify: (password) => fresh?.verify(password) === true,
    });
    if (decision === 'deny') throw new Refusal(403);
    if (decision === 'challenge') {
      throw new Refusal(401, { 'WWW-Authenticate': authenticator.challenges(given?.stale === true) });
    }
    this.#allowed.add(key);
    return wanted;
  }

  #sessionHeader(): HeadersOut {
    const idleS = Math.floor((this.#context.options.idleTimeoutMs ?? defaultIdleMs) / 1000);
    return { Session: `${this.#session};timeout=${Math.max(1, idleS)}` };
  }

  #reply(request: RtspRequest, status: number, headers: HeadersOut, body?: string): void {
    if (this.#state === 'closed') return;
    this.#socket.write(buildResponse(status, { CSeq: header(request, 'cseq'), ...headers }, body));
  }

  /** Ends playing or recording, and its count. */
  #leave(): void {
    if (this.#state === 'playing') this.#context.counts.readers -= 1;
    if (this.#state === 'recording') this.#context.counts.publishers -= 1;
    if (this.#state !== 'closed') this.#state = 'ready';
    this.#unsubscribe?.();
    this.#unsubscribe = undefined;
    this.#publisher?.publisher.close();
  }

  /** Not narrowed by what was known before an `await`. */
  readonly #isClosed = (): boolean => this.#state === 'closed';
}

function trackToRecord(uri: string, publisher: Publisher): number {
  const named = trackOf(uri, publisher.controls);
  const index = named < 0 ? publisher.nextTrack : named;
  if (index < 0) throw new Refusal(404);
  return index;
}
