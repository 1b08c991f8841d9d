/** Two UDP sockets on an even port and the one after it: RTP and RTCP (RFC 3550 §11). */
import { createSocket, type Socket } from 'node:dgram';

export interface UdpOptions {
  /** Address to bind; all of IPv4 unless told. */
  readonly bindAddress?: string;
  /** First and last port that may be used; the system chooses unless told. */
  readonly ports?: { readonly min: number; readonly max: number };
}

export interface UdpPair {
  readonly ports: readonly [number, number];
  readonly rtp: Socket;
  readonly rtcp: Socket;
  close(): void;
}

/** Room in the kernel for a key picture of some megabytes that comes at once. */
const receiveBytes = 2 * 1024 * 1024;
const tries = 64;

/** @throws Error where no pair is free in the range */
export async function openUdpPair(options: UdpOptions = {}): Promise<UdpPair> {
  let last: unknown;
  for (let count = 0; count < tries; count += 1) {
    try {
      return await tryPair(options, count);
    } catch (error) {
      last = error;
    }
  }
  throw new Error('no pair of UDP ports is free', { cause: last });
}

async function tryPair(options: UdpOptions, count: number): Promise<UdpPair> {
  const rtp = await bind(evenPort(options.ports, count), options.bindAddress);
  try {
    const { port } = rtp.address();
    if (port % 2 !== 0) throw new Error('the system chose an odd port');
    const rtcp = await bind(port + 1, options.bindAddress);
    const close = () => {
      rtp.close();
      rtcp.close();
    };
    return { ports: [port, port + 1], rtp, rtcp, close };
  } catch (error) {
    rtp.close();
    throw error;
  }
}

function evenPort(ports: UdpOptions['ports'], count: number): number {
  if (ports === undefined) return 0;
  const first = ports.min + (ports.min % 2);
  const pairs = Math.floor((ports.max - first + 1) / 2);
  if (pairs < 1) throw new Error('the range of ports holds no pair');
  // A random beginning spares two processes on one range from racing for the same port each time.
  return first + 2 * ((Math.floor(Math.random() * pairs) + count) % pairs);
}

function bind(port: number, address: string | undefined): Promise<Socket> {
  const socket = createSocket({ type: address?.includes(':') === true ? 'udp6' : 'udp4' });
  return new Promise((resolve, reject) => {
    socket.once('error', (error) => {
      socket.close();
      reject(error);
    });
    socket.bind({ port, exclusive: true, ...(address === undefined ? {} : { address }) }, () => {
      socket.removeAllListeners('error');
      // Errors of single datagrams (port unreachable) are the peer's business; silence is noticed elsewhere.
      socket.on('error', () => {});
      try {
        socket.setRecvBufferSize(receiveBytes);
      } catch {
        // The system allows less: it then gives what it allows by default.
      }
      resolve(socket);
    });
  });
}
