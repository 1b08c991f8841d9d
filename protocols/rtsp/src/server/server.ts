/** Lets others read our streams and publish theirs: RTSP 1.0, RFC 2326. */
import { createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { Authenticator } from './access.ts';
import { ServerConnection } from './connection.ts';
import type { RtspServerCounts, RtspServerOptions } from './options.ts';

export class RtspServer {
  readonly counts: RtspServerCounts = {
    connections: 0,
    readers: 0,
    publishers: 0,
    tooSlow: 0,
    skippedFrames: 0,
    turnedAway: 0,
    garbage: 0,
  };
  readonly #options: RtspServerOptions;
  readonly #server: Server;
  readonly #connections = new Set<ServerConnection>();
  readonly #authenticator: Authenticator;
  readonly #timer: NodeJS.Timeout;

  private constructor(options: RtspServerOptions) {
    this.#options = options;
    this.#authenticator = new Authenticator(options.realm ?? 'Wangge');
    this.#server = createServer((socket) => this.#onConnection(socket));
    const period = Math.max(50, Math.min(1000, (options.idleTimeoutMs ?? 60_000) / 4));
    this.#timer = setInterval(() => this.#tick(), period);
  }

  /** @throws Error of node where the port cannot be had */
  static listen(options: RtspServerOptions): Promise<RtspServer> {
    const server = new RtspServer(options);
    return new Promise((resolve, reject) => {
      const onError = (error: Error) => {
        clearInterval(server.#timer);
        reject(error);
      };
      server.#server.once('error', onError);
      server.#server.listen({ host: options.host ?? '127.0.0.1', port: options.port }, () => {
        server.#server.off('error', onError);
        // Out of descriptors: the connection is lost, the server goes on.
        server.#server.on('error', () => {
          server.counts.turnedAway += 1;
        });
        resolve(server);
      });
    });
  }

  get port(): number {
    return (this.#server.address() as AddressInfo).port;
  }

  /** Ends all sessions and stops listening. */
  async close(): Promise<void> {
    clearInterval(this.#timer);
    const stopped = new Promise<void>((resolve) => this.#server.close(() => resolve()));
    for (const connection of this.#connections) connection.close();
    await stopped;
  }

  #onConnection(socket: Socket): void {
    if (this.#connections.size >= (this.#options.maxConnections ?? 1000)) {
      this.counts.turnedAway += 1;
      socket.on('error', () => {});
      socket.destroy();
      return;
    }
    const { counts } = this;
    const connection = new ServerConnection(
      { options: this.#options, counts, authenticator: this.#authenticator },
      socket,
    );
    this.#connections.add(connection);
    counts.connections += 1;
    socket.once('close', () => {
      this.#connections.delete(connection);
      counts.connections -= 1;
    });
  }

  #tick(): void {
    const now = performance.now();
    for (const connection of this.#connections) connection.tick(now);
  }
}
