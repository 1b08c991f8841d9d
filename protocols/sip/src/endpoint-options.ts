import type { Clock } from './clock.ts';
import type { SipRequest } from './message/message.ts';
import type { ServerTransaction } from './transaction/server.ts';
import type { TimerValues } from './transaction/timers.ts';
import type { RateLimit } from './transport/rate-limit.ts';
import type { TcpLimits } from './transport/tcp.ts';
import type { Bind, Remote } from './transport/transport.ts';

export interface EndpointOptions {
  readonly udp?: Bind | undefined;
  readonly tcp?: Bind | undefined;
  /** Address that peers are told (Via, Contact). Default: the local address in the peer's subnet. */
  readonly advertise?: string | undefined;
  readonly userAgent?: string | undefined;
  readonly clock?: Clock | undefined;
  readonly timers?: TimerValues | undefined;
  /** Messages per source IP address; what is beyond is dropped unread. Default 500/s, 5000 at once. */
  readonly sourceLimit?: RateLimit | undefined;
  readonly tcpLimits?: Partial<TcpLimits> | undefined;
  /** Server transactions kept at once (default 50,000); beyond, requests are dropped until some have ended. */
  readonly maxTransactions?: number | undefined;
  /**
   * A last look before a request costs a transaction, for instance a limit per device. `false` drops it: over UDP
   * the peer sends it again later.
   */
  readonly admit?: ((request: SipRequest, source: Remote) => boolean) | undefined;
  /** Requests outside dialogs. What is thrown becomes 500 and `onError`. */
  readonly onRequest: (transaction: ServerTransaction) => void | Promise<void>;
  /** A fault in a handler: the caller's log. */
  readonly onError?: ((error: unknown) => void) | undefined;
}

export interface EndpointStats {
  received: number;
  sent: number;
  /** Bytes that were no SIP message, or too long. */
  malformed: number;
  /** Dropped by a limit. */
  limited: number;
  /** Responses and ACKs that belong to nothing known. */
  stray: number;
}
