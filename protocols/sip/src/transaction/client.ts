import { SipError } from '../error.ts';
import { serialize } from '../message/build.ts';
import type { SipRequest, SipResponse } from '../message/message.ts';
import type { Remote } from '../transport/transport.ts';
import { buildAck } from './ack.ts';
import { TimerSet, type TransactionCore } from './core.ts';
import { transactionMs } from './timers.ts';

export interface ClientEvents {
  /** Every provisional answer, the final one, and for INVITE every further 2xx (each wants an ACK). */
  readonly onResponse: (response: SipResponse) => void;
  /** No final answer: `timeout`, `transport` or `closed`. */
  readonly onFail: (error: SipError) => void;
  readonly onDone: () => void;
}

/** Accepted is RFC 6026's addition: 2xx that come again, or from another fork, still find their transaction. */
type State = 'calling' | 'proceeding' | 'accepted' | 'completed' | 'terminated';

/** Client transaction of RFC 3261 §17.1 (INVITE: timers A, B, D and RFC 6026's M; others: E, F, K). */
export class ClientTransaction {
  readonly request: SipRequest;
  readonly remote: Remote;
  readonly #core: TransactionCore;
  readonly #events: ClientEvents;
  readonly #timers: TimerSet;
  readonly #bytes: Buffer;
  readonly #invite: boolean;
  readonly #reliable: boolean;
  #state: State = 'calling';
  #ack: Buffer | undefined;

  constructor(core: TransactionCore, request: SipRequest, remote: Remote, events: ClientEvents) {
    this.#core = core;
    this.request = request;
    this.remote = remote;
    this.#events = events;
    this.#timers = new TimerSet(core.clock);
    this.#bytes = serialize(request);
    this.#invite = request.method === 'INVITE';
    this.#reliable = remote.transport === 'tcp';
  }

  start(): void {
    const { timers } = this.#core;
    this.#timers.set('B/F', transactionMs(timers), () => this.#fail(new SipError('timeout', this.request.method)));
    if (!this.#reliable) this.#retransmit(timers.t1);
    this.#send(this.#bytes);
  }

  receive(response: SipResponse): void {
    if (this.#state === 'terminated') return;
    if (this.#state === 'completed') {
      if (this.#ack) this.#send(this.#ack);
      return;
    }
    if (this.#state === 'accepted') {
      if (response.status >= 200 && response.status < 300) this.#events.onResponse(response);
      return;
    }
    if (response.status < 200) this.#provisional(response);
    else if (this.#invite && response.status < 300) this.#accepted(response);
    else this.#completed(response);
  }

  /** A CANCEL was sent: a peer that answers neither it nor the INVITE is not waited for (RFC 3261 §9.1). */
  expectEnd(): void {
    const waiting = this.#state === 'calling' || this.#state === 'proceeding';
    if (waiting)
      this.#timers.set('B/F', transactionMs(this.#core.timers), () => this.#fail(new SipError('timeout', 'CANCEL')));
  }

  /** Ends it without a word to the peer. */
  close(): void {
    this.#fail(new SipError('closed', 'endpoint closed'));
  }

  #provisional(response: SipResponse): void {
    this.#state = 'proceeding';
    // A ringing call may take minutes: the user of the transaction decides when it was enough. Other requests
    // still end at timer F.
    if (this.#invite) this.#timers.stop('A/E', 'B/F');
    this.#events.onResponse(response);
  }

  #accepted(response: SipResponse): void {
    this.#state = 'accepted';
    this.#timers.stopAll();
    this.#timers.set('M', transactionMs(this.#core.timers), () => this.#terminate());
    this.#events.onResponse(response);
  }

  #completed(response: SipResponse): void {
    this.#state = 'completed';
    this.#timers.stopAll();
    if (this.#invite) {
      this.#ack = serialize(buildAck(this.request, response));
      this.#send(this.#ack);
    }
    const linger = this.#invite ? Math.max(32_000, transactionMs(this.#core.timers)) : this.#core.timers.t4;
    if (this.#reliable) this.#terminate();
    else this.#timers.set('D/K', linger, () => this.#terminate());
    this.#events.onResponse(response);
  }

  #retransmit(pause: number): void {
    const { t2 } = this.#core.timers;
    const capped = this.#invite ? pause : Math.min(pause, t2);
    this.#timers.set('A/E', this.#state === 'proceeding' ? t2 : capped, () => {
      this.#send(this.#bytes);
      this.#retransmit(pause * 2);
    });
  }

  #send(bytes: Buffer): void {
    this.#core.send(bytes, this.remote).catch((error: unknown) => {
      if (this.#state !== 'calling' && this.#state !== 'proceeding') return;
      this.#fail(error instanceof SipError ? error : new SipError('transport', String(error)));
    });
  }

  #fail(error: SipError): void {
    const waiting = this.#state === 'calling' || this.#state === 'proceeding';
    this.#terminate();
    if (waiting) this.#events.onFail(error);
  }

  #terminate(): void {
    if (this.#state === 'terminated') return;
    this.#state = 'terminated';
    this.#timers.stopAll();
    this.#events.onDone();
  }
}
