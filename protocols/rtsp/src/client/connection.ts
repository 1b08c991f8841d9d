/** One TCP connection to a server: requests with their answers, authentication, interleaved packets. */
import { connect, type Socket } from 'node:net';
import { answerChallenge, pickChallenge, type Challenge, type Credentials } from '../digest.ts';
import {
  buildRequest,
  buildResponse,
  header,
  type HeadersOut,
  type RtspRequest,
  type RtspResponse,
} from '../message.ts';
import { RtspSplitter, SplitterError } from '../splitter.ts';
import { RtspError } from './errors.ts';

export interface ConnectionOptions {
  readonly host: string;
  readonly port: number;
  readonly credentials: Credentials | undefined;
  /** Basic tells the password to whoever listens; not to be used after a redirection to another host. */
  readonly allowBasic: boolean;
  readonly userAgent: string;
  readonly connectTimeoutMs: number;
  readonly requestTimeoutMs: number;
  /** `data` is overwritten after the call. */
  onInterleaved(channel: number, data: Buffer): void;
  /** Once, unless {@link RtspConnection.close} was called before. */
  onClosed(error: RtspError): void;
}

interface Pending {
  readonly sequence: number;
  readonly resolve: (response: RtspResponse) => void;
  readonly reject: (error: RtspError) => void;
  readonly timer: NodeJS.Timeout;
}

/** A peer that does not read must not make us keep what we send it (sound, reports). */
const maxUnsent = 1024 * 1024;

/**
 * What a socket reads, all connections of the process one after the other: nobody keeps a part of it. Cameras send a
 * packet of RTP per segment; memory of its own for each read, as node has it by itself, costs more than all the rest.
 */
const readBuffer = Buffer.allocUnsafeSlow(64 * 1024);

export class RtspConnection {
  readonly #options: ConnectionOptions;
  readonly #socket: Socket;
  readonly #splitter: RtspSplitter;
  #sequence = 0;
  #pending: Pending[] = [];
  #challenge: Challenge | undefined;
  #uses = 0;
  #closed = false;
  /** Sent with each request once the server has given it. */
  session: string | undefined;

  private constructor(options: ConnectionOptions, socket: Socket) {
    this.#options = options;
    this.#socket = socket;
    this.#splitter = new RtspSplitter({
      onMessage: (message) => (message.kind === 'response' ? this.#onResponse(message) : this.#onRequest(message)),
      onInterleaved: options.onInterleaved,
    });
    socket.on('error', (error) => this.#fail(new RtspError('ended', `connection failed: ${error.message}`)));
    socket.on('close', () => this.#fail(new RtspError('ended', 'the server closed the connection')));
  }

  /** @throws RtspError `unreachable` or `timeout` */
  static open(options: ConnectionOptions): Promise<RtspConnection> {
    return new Promise((resolve, reject) => {
      let connection: RtspConnection | undefined;
      const onread = {
        buffer: readBuffer,
        callback: (size: number) => {
          connection?.onData(readBuffer.subarray(0, size));
          return true;
        },
      };
      const socket = connect({ host: options.host, port: options.port, noDelay: true, keepAlive: true, onread });
      const fail = (error: RtspError) => {
        clearTimeout(timer);
        socket.destroy();
        reject(error);
      };
      const timer = setTimeout(() => fail(new RtspError('timeout', 'no connection in time')), options.connectTimeoutMs);
      const onError = (error: Error) => fail(new RtspError('unreachable', `no connection: ${error.message}`));
      socket.once('error', onError);
      socket.once('connect', () => {
        clearTimeout(timer);
        socket.off('error', onError);
        connection = new RtspConnection(options, socket);
        resolve(connection);
      });
    });
  }

  get remoteAddress(): string {
    return this.#socket.remoteAddress ?? '';
  }

  get closed(): boolean {
    return this.#closed;
  }

  /**
   * Sends a request and waits for its answer; a challenge (401) is answered once, and once more where only the nonce
   * was stale.
   *
   * @throws RtspError where there is no answer; answers that are no success are returned
   */
  async request(method: string, uri: string, headers: HeadersOut = {}): Promise<RtspResponse> {
    const answered = this.#challenge !== undefined;
    const response = await this.#once(method, uri, headers);
    if (response.status !== 401 || !this.#adopt(response, answered)) return response;
    const second = await this.#once(method, uri, headers);
    if (second.status !== 401 || !this.#adopt(second, true)) return second;
    return this.#once(method, uri, headers);
  }

  /** Interleaved bytes, with their head of four bytes; false where the peer does not read and they were left out. */
  send(data: Buffer): boolean {
    if (this.#closed || this.#socket.writableLength > maxUnsent) return false;
    this.#socket.write(data);
    return true;
  }

  /** Ends the connection, with a last message that is not waited for. */
  close(last?: { readonly method: string; readonly uri: string }): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#rejectAll(new RtspError('closed', 'closed'));
    if (last === undefined) this.#socket.destroy();
    else {
      this.#socket.end(this.#build(last.method, last.uri, {}));
      // A peer that does not close its side would hold the socket for ever.
      const timer = setTimeout(() => this.#socket.destroy(), 1000);
      this.#socket.once('close', () => clearTimeout(timer));
      this.#socket.resume();
    }
  }

  #once(method: string, uri: string, headers: HeadersOut): Promise<RtspResponse> {
    if (this.#closed) return Promise.reject(new RtspError('ended', 'the connection is closed'));
    const request = this.#build(method, uri, headers);
    const sequence = this.#sequence;
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => {
        this.#pending = this.#pending.filter((one) => one.sequence !== sequence);
        reject(new RtspError('timeout', `${method} was not answered in time`));
      }, this.#options.requestTimeoutMs);
      this.#pending.push({ sequence, resolve, reject, timer });
      this.#socket.write(request);
    });
  }

  #build(method: string, uri: string, headers: HeadersOut): Buffer {
    this.#sequence += 1;
    return buildRequest(method, uri, {
      CSeq: this.#sequence,
      Authorization: this.#authorization(method, uri),
      'User-Agent': this.#options.userAgent,
      Session: this.session,
      ...headers,
    });
  }

  #authorization(method: string, uri: string): string | undefined {
    const { credentials } = this.#options;
    if (this.#challenge === undefined || credentials === undefined) return undefined;
    this.#uses += 1;
    return answerChallenge(this.#challenge, credentials, { method, uri }, this.#uses);
  }

  /** @returns whether another try may help */
  #adopt(response: RtspResponse, answered: boolean): boolean {
    const values = response.headers.get('www-authenticate') ?? [];
    const challenge = pickChallenge(
      this.#options.allowBasic ? values : values.filter((one) => !/^\s*basic/i.test(one)),
    );
    if (challenge === undefined || this.#options.credentials === undefined) return false;
    // The same nonce refused twice is a wrong password; a new one after an answer may be a stale nonce, told or not.
    if (answered && !challenge.stale && challenge.nonce === this.#challenge?.nonce) return false;
    this.#challenge = challenge;
    this.#uses = 0;
    return true;
  }

  private onData(chunk: Buffer): void {
    if (this.#closed) return;
    try {
      this.#splitter.push(chunk);
    } catch (error) {
      if (!(error instanceof SplitterError)) throw error;
      this.#fail(new RtspError('protocol', error.message));
    }
  }

  #onResponse(response: RtspResponse): void {
    const sequence = Number(header(response, 'cseq') ?? Number.NaN);
    // Firmware that forgets CSeq answers in order at least.
    const index = Number.isNaN(sequence) ? 0 : this.#pending.findIndex((one) => one.sequence === sequence);
    const pending = this.#pending[index];
    if (pending === undefined) return;
    this.#pending.splice(index, 1);
    clearTimeout(pending.timer);
    pending.resolve(response);
  }

  /** Some servers ask whether we are still there. */
  #onRequest(request: RtspRequest): void {
    const status = ['OPTIONS', 'GET_PARAMETER', 'SET_PARAMETER'].includes(request.method) ? 200 : 501;
    this.send(buildResponse(status, { CSeq: header(request, 'cseq') }));
  }

  #fail(error: RtspError): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#socket.destroy();
    this.#rejectAll(error);
    this.#options.onClosed(error);
  }

  #rejectAll(error: RtspError): void {
    for (const pending of this.#pending.splice(0)) {
      clearTimeout(pending.timer);
      pending.reject(error);
    }
  }
}
