import { createSocket, type Socket } from 'node:dgram';
import { isIPv6 } from 'node:net';
import { SipError } from '../error.ts';
import { parseMessage } from '../message/parse.ts';
import { plainHost, type Bind, type Remote, type Transport, type TransportEvents } from './transport.ts';

/** Room for a registration storm between two turns of the event loop; the kernel caps it at rmem_max. */
const receiveBuffer = 4 * 1024 * 1024;

/** @throws when the address cannot be bound */
export async function openUdp(bind: Bind, events: TransportEvents): Promise<Transport> {
  const socket = createSocket({ type: isIPv6(bind.host) ? 'udp6' : 'udp4', reuseAddr: false });
  await new Promise<void>((resolve, reject) => {
    socket.once('error', reject);
    socket.bind(bind.port, bind.host, () => {
      socket.off('error', reject);
      resolve();
    });
  });
  // ICMP refusals of earlier datagrams arrive here; the transactions' timers find out by themselves.
  socket.on('error', () => undefined);
  enlarge(socket);
  socket.on('message', (bytes, from) => {
    const source: Remote = { transport: 'udp', host: plainHost(from.address), port: from.port };
    receive(bytes, source, events);
  });
  return {
    name: 'udp',
    port: socket.address().port,
    send: (bytes, remote) => send(socket, bytes, remote),
    localHost: () => undefined,
    isOpen: () => true,
    close: () => new Promise((resolve) => socket.close(() => resolve())),
  };
}

function receive(bytes: Buffer, source: Remote, events: TransportEvents): void {
  // Blank datagrams keep NAT bindings alive (RFC 5626 §3.5.1 uses STUN, devices send CRLF or zeros).
  if (bytes.length < 12) return;
  if (!events.admit(source.host)) return events.onRefused('rate', source);
  let message;
  try {
    message = parseMessage(bytes);
  } catch (error) {
    return events.onRefused(
      error instanceof SipError && error.code === 'too-large' ? 'too-large' : 'malformed',
      source,
    );
  }
  events.onMessage(message, source);
}

function send(socket: Socket, bytes: Buffer, remote: Remote): Promise<void> {
  return new Promise((resolve, reject) => {
    try {
      socket.send(bytes, remote.port, remote.host, (error) =>
        error ? reject(new SipError('transport', error.message)) : resolve(),
      );
    } catch (error) {
      reject(new SipError('transport', error instanceof Error ? error.message : 'send failed'));
    }
  });
}

function enlarge(socket: Socket): void {
  try {
    socket.setRecvBufferSize(receiveBuffer);
  } catch {
    // A smaller buffer only means more retransmissions in a storm.
  }
}
