import { connect, createServer, type Server, type Socket } from 'node:net';
import type { Clock } from '../clock.ts';
import { SipError } from '../error.ts';
import { plainHost, remoteKey, type Bind, type Remote, type Transport, type TransportEvents } from './transport.ts';
import { TcpConnection } from './tcp-connection.ts';

export interface TcpLimits {
  readonly maxConnections: number;
  /** Connections without a byte for so long are closed. */
  readonly idleMs: number;
  readonly connectMs: number;
}

/**
 * TCP of SIP: one connection per peer address, reused in both directions, whoever opened it (RFC 3261 §18).
 *
 * @throws when the address cannot be bound
 */
export async function openTcp(
  bind: Bind,
  events: TransportEvents,
  clock: Clock,
  limits: TcpLimits,
): Promise<Transport> {
  const pool = new Map<string, TcpConnection>();
  const adopt = (socket: Socket, remote: Remote): TcpConnection => {
    const key = remoteKey(remote);
    pool.get(key)?.destroy();
    const connection = new TcpConnection(socket, remote, events, clock, limits.idleMs, () => {
      if (pool.get(key) === connection) pool.delete(key);
    });
    pool.set(key, connection);
    return connection;
  };
  const server = createServer({ noDelay: true, keepAlive: true }, (socket) => {
    const { remoteAddress, remotePort } = socket;
    const full = pool.size >= limits.maxConnections || !remoteAddress || !events.admit(plainHost(remoteAddress));
    if (full || remotePort === undefined) return void socket.destroy();
    adopt(socket, { transport: 'tcp', host: plainHost(remoteAddress), port: remotePort });
  });
  await listen(server, bind);
  const address = server.address();

  const dial = (remote: Remote): TcpConnection => {
    if (pool.size >= limits.maxConnections) throw new SipError('busy', 'too many connections');
    const socket = connect({ host: remote.host, port: remote.port, noDelay: true, keepAlive: true });
    const giveUp = clock.after(limits.connectMs, () => socket.destroy(new SipError('timeout', 'connect')));
    socket.once('connect', giveUp).once('close', giveUp);
    return adopt(socket, remote);
  };
  return {
    name: 'tcp',
    port: typeof address === 'object' && address ? address.port : bind.port,
    send: async (bytes, remote) => (pool.get(remoteKey(remote)) ?? dial(remote)).send(bytes),
    localHost: (remote) => pool.get(remoteKey(remote))?.localHost,
    isOpen: (remote) => pool.has(remoteKey(remote)),
    async close() {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      for (const connection of pool.values()) connection.destroy();
      await closed;
    },
  };
}

function listen(server: Server, bind: Bind): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(bind.port, bind.host, 1024, () => {
      server.off('error', reject);
      server.on('error', () => undefined);
      resolve();
    });
  });
}
