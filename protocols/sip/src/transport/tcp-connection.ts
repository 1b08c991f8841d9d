import type { Socket } from 'node:net';
import type { Clock } from '../clock.ts';
import { SipError } from '../error.ts';
import { StreamFramer } from './framer.ts';
import { plainHost, type Remote, type TransportEvents } from './transport.ts';

/** A peer that does not read what it is sent may hold this much of our memory. */
const maxUnsent = 4 * 1024 * 1024;
/** A message that was begun has to be whole by then. */
const messageMs = 30_000;

/** One TCP connection: framing, keep-alive, idle and slow peers. */
export class TcpConnection {
  readonly #socket: Socket;
  readonly #remote: Remote;
  readonly #events: TransportEvents;
  readonly #framer: StreamFramer;
  #heard: number;
  #begun: number | undefined;
  #stopWatch: () => void;

  constructor(
    socket: Socket,
    remote: Remote,
    events: TransportEvents,
    clock: Clock,
    idleMs: number,
    onGone: () => void,
  ) {
    this.#socket = socket;
    this.#remote = remote;
    this.#events = events;
    this.#framer = new StreamFramer({
      onPing: () => socket.writable && socket.write('\r\n'),
      onMessage: (message) => {
        if (events.admit(remote.host)) events.onMessage(message, remote);
        else events.onRefused('rate', remote);
      },
    });
    this.#heard = clock.now();
    socket.on('data', (chunk) => this.#read(chunk, clock));
    socket.on('error', () => undefined);
    socket.once('end', () => socket.end());
    socket.once('close', () => {
      this.#stopWatch();
      onGone();
      events.onClosed(remote);
    });
    const interval = Math.min(idleMs, messageMs) / 2;
    const watch = (): void => {
      const now = clock.now();
      if (now - this.#heard > idleMs || now - (this.#begun ?? now) > messageMs) socket.destroy();
      else this.#stopWatch = clock.after(interval, watch);
    };
    this.#stopWatch = clock.after(interval, watch);
  }

  get localHost(): string | undefined {
    return this.#socket.localAddress === undefined ? undefined : plainHost(this.#socket.localAddress);
  }

  send(bytes: Buffer): Promise<void> {
    const socket = this.#socket;
    if (socket.writableLength > maxUnsent) socket.destroy();
    return new Promise((resolve, reject) => {
      if (socket.destroyed) return reject(new SipError('transport', 'connection closed'));
      socket.write(bytes, (error) => (error ? reject(new SipError('transport', error.message)) : resolve()));
    });
  }

  destroy(): void {
    this.#socket.destroy();
  }

  #read(chunk: Buffer, clock: Clock): void {
    this.#heard = clock.now();
    try {
      this.#framer.push(chunk);
    } catch (error) {
      const tooLarge = error instanceof SipError && error.code === 'too-large';
      this.#events.onRefused(tooLarge ? 'too-large' : 'malformed', this.#remote);
      this.#socket.destroy();
      return;
    }
    if (!this.#framer.partial) this.#begun = undefined;
    else this.#begun ??= this.#heard;
  }
}
