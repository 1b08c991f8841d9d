/** Where a device sends its stream to: a port of this machine, or a connection to the device. */
import { createSocket, type Socket as UdpSocket } from 'node:dgram';
import { connect, createServer, type Socket } from 'node:net';
import { Rfc4571Splitter } from '@wangge/rtp';

export interface PortRange {
  readonly from: number;
  readonly to: number;
}
export interface MediaPort {
  readonly port: number;
  /** For a device that waits to be connected to; elsewhere nothing. */
  connect(host: string, port: number): void;
  close(): void;
}
/** `host`: where it came from. */
export type OnPacket = (data: Buffer, host: string) => void;

/** Bursts of key pictures: the usual 200 kB overflow while the loop is busy for a moment. */
const receiveBytes = 2 << 20;
/** A device, and one more that comes anew before its old connection is known to be dead. */
const mostConnections = 4;

/** @throws Error when the range is used up */
export async function openMediaPort(
  transport: 'udp' | 'tcp-passive' | 'tcp-active',
  range: PortRange,
  onPacket: OnPacket,
): Promise<MediaPort> {
  if (transport === 'tcp-active') return connectingPort(onPacket);
  const open = transport === 'udp' ? openUdp : openListener;
  // RTP has even ports (RFC 3550 §11); where to begin is up to chance, so that two workers seldom meet.
  const count = Math.max(1, Math.floor((range.to - range.from) / 2) + 1);
  const start = Math.floor(Math.random() * count);
  for (let n = 0; n < count; n++) {
    const port = range.from + 2 * ((start + n) % count);
    const opened = await open(port, onPacket);
    if (opened) return opened;
  }
  throw new Error(`no port is free between ${range.from} and ${range.to}`);
}

async function openUdp(port: number, onPacket: OnPacket): Promise<MediaPort | null> {
  const socket: UdpSocket = createSocket({ type: 'udp4', recvBufferSize: receiveBytes });
  socket.on('message', (data, from) => onPacket(data, from.address));
  const bound = await new Promise<boolean>((done) => {
    socket.once('error', () => done(false));
    socket.bind(port, () => done(true));
  });
  if (!bound) return closeQuietly(socket);
  // ICMP of a device that is gone; the silence tells enough.
  socket.on('error', () => undefined);
  return { port, connect: () => undefined, close: () => void closeQuietly(socket) };
}
function closeQuietly(socket: UdpSocket): null {
  try {
    socket.close();
  } catch {
    // It was closed already.
  }
  return null;
}

async function openListener(port: number, onPacket: OnPacket): Promise<MediaPort | null> {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    if (sockets.size >= mostConnections) return void socket.destroy();
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
    receive(socket, onPacket);
  });
  const bound = await new Promise<boolean>((done) => {
    server.once('error', () => done(false));
    server.listen(port, () => done(true));
  });
  if (!bound) return null;
  server.on('error', () => undefined);
  return {
    port,
    connect: () => undefined,
    close() {
      server.close();
      for (const socket of sockets) socket.destroy();
    },
  };
}

function connectingPort(onPacket: OnPacket): MediaPort {
  let socket: Socket | undefined;
  return {
    // What the offer names of a side that connects (RFC 4145 §4.1).
    port: 9,
    connect(host, port) {
      socket?.destroy();
      socket = connect({ host, port });
      receive(socket, onPacket);
    },
    close: () => void socket?.destroy(),
  };
}

function receive(socket: Socket, onPacket: OnPacket): void {
  const splitter = new Rfc4571Splitter((packet) => onPacket(packet, plain(socket.remoteAddress)));
  socket.on('data', (chunk: Buffer) => splitter.push(chunk));
  socket.on('error', () => undefined);
}
/** IPv4 as it is, also where it came in through a socket for both. */
function plain(address: string | undefined): string {
  return (address ?? '').replace(/^::ffff:/, '');
}
