import type { SipMessage } from '../message/message.ts';

export type TransportName = 'udp' | 'tcp';

/** Where a message came from or goes to; on TCP also the name of the connection. */
export interface Remote {
  readonly transport: TransportName;
  /** IP address. */
  readonly host: string;
  readonly port: number;
}

export interface Bind {
  /** Local address to bind, `0.0.0.0` for all. */
  readonly host: string;
  /** 0 lets the system choose. */
  readonly port: number;
}

export interface TransportEvents {
  readonly onMessage: (message: SipMessage, source: Remote) => void;
  /** Bytes that are no message, or more than the source may send. Counted, not answered. */
  readonly onRefused: (why: 'malformed' | 'too-large' | 'rate', source: Remote) => void;
  /** False: this source sends too much, drop it unread. */
  readonly admit: (host: string) => boolean;
  readonly onClosed: (remote: Remote) => void;
}

export interface Transport {
  readonly name: TransportName;
  readonly port: number;
  /** Rejects when the bytes could not be handed to the network. */
  send(bytes: Buffer, remote: Remote): Promise<void>;
  /** Local address that `remote` sees, when the transport knows it better than the routing table. */
  localHost(remote: Remote): string | undefined;
  isOpen(remote: Remote): boolean;
  close(): Promise<void>;
}

export const remoteKey = (remote: { host: string; port: number }): string => `${remote.host}|${remote.port}`;

/** `::ffff:10.0.0.1` of a dual-stack socket is 10.0.0.1. */
export const plainHost = (host: string): string => (host.startsWith('::ffff:') ? host.slice(7) : host);
