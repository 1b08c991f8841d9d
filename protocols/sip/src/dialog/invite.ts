import { authorize, type Credentials } from '../auth/client.ts';
import type { SipEndpoint } from '../endpoint.ts';
import { rejected, SipError } from '../error.ts';
import { tagOf } from '../message/address.ts';
import { createRequest, type Content } from '../message/build.ts';
import type { SipRequest, SipResponse } from '../message/message.ts';
import { newCallId, newCseq, newTag } from '../random.ts';
import type { ClientTransaction } from '../transaction/client.ts';
import type { Remote } from '../transport/transport.ts';
import { Call } from './call.ts';
import { Dialog } from './dialog.ts';

export interface InviteOptions {
  readonly uri: string;
  /** Header values without tags: `<sip:user@host>`. */
  readonly from: string;
  readonly to: string;
  readonly contact: string;
  readonly remote: Remote;
  readonly headers?: Readonly<Record<string, string | number | undefined>> | undefined;
  /** The offer; without it the answer's body is the peer's offer and the ACK carries none. */
  readonly content?: Content | undefined;
  readonly credentials?: Credentials | undefined;
  /** Until a final answer, ringing included; milliseconds, default 60 s. */
  readonly timeoutMs?: number | undefined;
  readonly onProgress?: ((response: SipResponse) => void) | undefined;
}

export interface Answered {
  readonly call: Call;
  readonly response: SipResponse;
}

export interface OutgoingCall {
  /** Rejects with SipError `rejected`, `timeout`, `cancelled`, `transport` or `closed`. */
  readonly answered: Promise<Answered>;
  /** Gives up: CANCEL, or BYE when the answer is already on its way. */
  cancel(): void;
}

/** Calls somebody (RFC 3261 §13.2): offer, ACK, one authentication, forks beyond the first answer hung up. */
export function invite(endpoint: SipEndpoint, options: InviteOptions): OutgoingCall {
  const attempt = new InviteAttempt(endpoint, options);
  return { answered: attempt.answered, cancel: () => attempt.giveUp(new SipError('cancelled', 'INVITE')) };
}

class InviteAttempt {
  readonly answered: Promise<Answered>;
  readonly #endpoint: SipEndpoint;
  readonly #options: InviteOptions;
  /** ACK of each 2xx by the tag of who sent it. */
  readonly #acks = new Map<string, () => void>();
  #resolve: (answered: Answered) => void = () => undefined;
  #reject: (error: SipError) => void = () => undefined;
  #transaction: ClientTransaction | undefined;
  #progressed = false;
  #settled = false;
  #authorized = false;
  #stopTimer: () => void;

  constructor(endpoint: SipEndpoint, options: InviteOptions) {
    this.#endpoint = endpoint;
    this.#options = options;
    this.answered = new Promise((resolve, reject) => {
      this.#resolve = resolve;
      this.#reject = reject;
    });
    const giveUp = (): void => this.giveUp(new SipError('timeout', 'INVITE'));
    this.#stopTimer = endpoint.clock.after(options.timeoutMs ?? 60_000, giveUp);
    const { uri, to, headers, content, contact } = options;
    const from = `${options.from};tag=${newTag()}`;
    const parts = { method: 'INVITE', uri, from, to, callId: newCallId(), cseq: newCseq() };
    this.#send(createRequest({ ...parts, headers: { contact, ...headers }, content }));
  }

  giveUp(error: SipError): void {
    if (this.#settled) return;
    this.#fail(error);
    // CANCEL must not overtake the INVITE: it waits for a first sign of life (RFC 3261 §9.1).
    if (this.#progressed && this.#transaction) this.#endpoint.cancel(this.#transaction);
  }

  #send(request: SipRequest): void {
    try {
      this.#transaction = this.#endpoint.begin(request, this.#options.remote, {
        onResponse: (response) => this.#receive(request, response),
        onFail: (error) => this.#fail(error),
        onDone: () => undefined,
      });
    } catch (error) {
      this.#fail(error instanceof SipError ? error : new SipError('transport', String(error)));
    }
  }

  #receive(request: SipRequest, response: SipResponse): void {
    if (response.status < 200) return this.#progress(response);
    if (response.status < 300) return this.#accepted(request, response);
    if (this.#settled) return;
    const { credentials } = this.#options;
    const asked = response.status === 401 || response.status === 407;
    if (!asked || !credentials || this.#authorized) return this.#fail(rejected(response));
    this.#authorized = true;
    const again: SipRequest = { ...request, headers: request.headers.clone().replace('via', []) };
    again.headers.set('cseq', `${Number.parseInt(request.headers.get('cseq') ?? '', 10) + 1} INVITE`);
    if (!authorize(again, response, credentials)) return this.#fail(rejected(response));
    this.#progressed = false;
    this.#send(again);
  }

  #progress(response: SipResponse): void {
    const first = !this.#progressed;
    this.#progressed = true;
    if (!this.#settled) this.#options.onProgress?.(response);
    else if (first && this.#transaction) this.#endpoint.cancel(this.#transaction);
  }

  #accepted(request: SipRequest, response: SipResponse): void {
    const tag = tagOf(response.headers.get('to'));
    const known = this.#acks.get(tag);
    if (known) return known();
    if (this.#acks.size >= 16) return;
    const { remote, contact, content } = this.#options;
    const dialog = Dialog.ofAnswer(request, response, remote);
    const seq = Number.parseInt(request.headers.get('cseq') ?? '', 10);
    this.#acks.set(tag, this.#endpoint.sendAck(dialog.createAck(seq), remote));
    const call = new Call(this.#endpoint, dialog, contact, content);
    // Too late, or a second phone of a forked call.
    if (this.#settled) return void call.bye();
    this.#settle();
    this.#resolve({ call, response });
  }

  #fail(error: SipError): void {
    if (this.#settled) return;
    this.#settle();
    this.#reject(error);
  }

  #settle(): void {
    this.#settled = true;
    this.#stopTimer();
  }
}
