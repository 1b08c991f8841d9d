/** Plays one stream of a camera or server: RTSP 1.0, RFC 2326. */
import { parseRtspUrl } from '../url.ts';
import { Attempt } from './attempt.ts';
import type { Backchannel } from './backchannel.ts';
import { Redirection } from './describe.ts';
import { RtspError, type RtspClosure } from './errors.ts';
import type { RtspClientOptions, RtspHandlers, RtspStatistics } from './options.ts';

const maxRedirections = 5;

/**
 * One session: it connects at once, plays until its end, and tells why it ended. It does not come back by itself; see
 * `superviseRtsp` for that.
 */
export class RtspSession {
  readonly #options: RtspClientOptions;
  readonly #handlers: RtspHandlers;
  #attempt: Attempt | undefined;
  #closed = false;
  readonly #onAbort = () => this.close();

  constructor(options: RtspClientOptions, handlers: RtspHandlers) {
    this.#options = options;
    this.#handlers = handlers;
    options.signal?.addEventListener('abort', this.#onAbort, { once: true });
    // Handlers are never called before the caller holds the session.
    queueMicrotask(() => void this.#run());
  }

  /** The way to the camera's speaker; undefined before PLAY and where there is none. */
  get backchannel(): Backchannel | undefined {
    return this.#attempt?.backchannel;
  }

  statistics(): RtspStatistics {
    const none = { transport: undefined, playMs: undefined, firstPacketMs: undefined, tracks: [], backchannel: false };
    return this.#attempt?.statistics() ?? none;
  }

  /** @throws RtspError where the server refuses, or nothing is being played */
  async pause(): Promise<void> {
    await this.#playing().pause();
  }

  /** Goes on after {@link pause}. @throws RtspError */
  async resume(): Promise<void> {
    await this.#playing().resume();
  }

  /** Ends the session; `onClosed` follows with reason `closed`. */
  close(): void {
    if (this.#closed) return;
    const closure = new RtspError('closed', 'closed');
    this.#attempt?.close(closure);
    this.#finish(closure);
  }

  #playing(): Attempt {
    if (this.#attempt === undefined || this.#closed) throw new RtspError('closed', 'nothing is being played');
    return this.#attempt;
  }

  async #run(): Promise<void> {
    if (this.#options.signal?.aborted === true) return this.close();
    try {
      await this.#playByAnyTransport();
    } catch (error) {
      this.#finish(error instanceof RtspError ? error : new RtspError('protocol', String(error)));
    }
  }

  async #playByAnyTransport(): Promise<void> {
    const { transport = 'auto' } = this.#options;
    if (transport === 'udp') return this.#play('udp');
    try {
      await this.#play('tcp');
    } catch (error) {
      const refused = error instanceof RtspError && error.reason === 'transport';
      const silent = error instanceof RtspError && error.reason === 'stalled' && this.#attempt?.gotPackets === false;
      // Within the attempt UDP may have been tried already.
      const tried = transport === 'tcp' || this.#attempt?.mode === 'udp';
      if (tried || this.#closed || !(refused || silent)) throw error;
      await this.#play('udp');
    }
  }

  async #play(mode: 'tcp' | 'udp'): Promise<void> {
    let url = parseUrl(this.#options.url);
    const named = url.username === undefined ? undefined : { username: url.username, password: url.password ?? '' };
    let credentials = this.#options.credentials ?? named;
    const home = url.host;
    for (let count = 0; count <= maxRedirections && !this.#closed; count += 1) {
      const { host } = url;
      this.#attempt = new Attempt({
        url,
        mode,
        orUdp: this.#options.transport === undefined || this.#options.transport === 'auto',
        credentials,
        allowBasic: host === home,
        client: this.#options,
        handlers: this.#handlers,
      });
      try {
        await this.#attempt.run();
      } catch (error) {
        if (!(error instanceof Redirection)) throw error;
        url = error.url;
        if (url.username !== undefined) credentials = { username: url.username, password: url.password ?? '' };
      }
    }
    throw new RtspError('refused', 'too many redirections');
  }

  #finish(error: RtspError): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#options.signal?.removeEventListener('abort', this.#onAbort);
    const closure: RtspClosure = { reason: error.reason, status: error.status, message: error.message };
    this.#handlers.onClosed(closure);
  }
}

function parseUrl(text: string) {
  try {
    return parseRtspUrl(text);
  } catch (error) {
    throw new RtspError('unreachable', error instanceof Error ? error.message : 'not an address of RTSP');
  }
}
