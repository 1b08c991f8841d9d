import type { SipEndpoint } from '../endpoint.ts';
import { SipError } from '../error.ts';
import { exchange } from '../exchange.ts';
import type { Content } from '../message/build.ts';
import type { SipRequest, SipResponse } from '../message/message.ts';
import type { ServerTransaction } from '../transaction/server.ts';
import { AckWait } from './ack-wait.ts';
import type { Dialog, InsideParts } from './dialog.ts';
import type { DialogUser } from './table.ts';

/** local: `bye` here. remote: BYE of the peer. lost: the peer does not answer any more. closed: endpoint closed. */
export type CallEnd = 'local' | 'remote' | 'lost' | 'closed';

/** A confirmed INVITE dialog, of either side. */
export class Call implements DialogUser {
  readonly dialog: Dialog;
  readonly ended: Promise<CallEnd>;
  /** INFO, MESSAGE and others inside the call. Without it INFO and OPTIONS are answered 200, the rest 405. */
  onRequest: ((transaction: ServerTransaction) => void | Promise<void>) | undefined;
  /** A re-INVITE or UPDATE: the new answer, or undefined to repeat the last one. */
  onOffer: ((request: SipRequest) => Content | undefined) | undefined;
  readonly #endpoint: SipEndpoint;
  readonly #contact: string;
  readonly #acks: AckWait;
  #localContent: Content | undefined;
  #resolveEnd: (end: CallEnd) => void = () => undefined;
  #end: CallEnd | undefined;

  /** `localContent`: what this side last described of itself (SDP). */
  constructor(endpoint: SipEndpoint, dialog: Dialog, contact: string, localContent: Content | undefined) {
    this.#endpoint = endpoint;
    this.dialog = dialog;
    this.#contact = contact;
    this.#localContent = localContent;
    this.ended = new Promise((resolve) => (this.#resolveEnd = resolve));
    this.#acks = new AckWait(endpoint.core, () => void this.#hangUp('lost'));
    endpoint.dialogs.add(this);
  }

  get callId(): string {
    return this.dialog.callId;
  }
  get localTag(): string {
    return this.dialog.localTag;
  }
  get remoteTag(): string {
    return this.dialog.remoteTag;
  }
  get over(): boolean {
    return this.#end !== undefined;
  }

  /** Sends the 2xx of an INVITE again and again until its ACK comes; no ACK within 64·T1 ends the call. */
  awaitAck(transaction: ServerTransaction): Promise<void> {
    return this.#acks.start(transaction);
  }

  /** INFO, MESSAGE and the like inside the call; gives the final answer. @throws SipError */
  async request(method: string, parts: InsideParts = {}, timeoutMs?: number): Promise<SipResponse> {
    if (this.over) throw new SipError('closed', 'the call is over');
    const response = await exchange(this.#endpoint, this.dialog.createRequest(method, parts), this.dialog.peer, {
      timeoutMs,
    });
    // RFC 3261 §12.2.1.2: the peer does not know this call (any more).
    if (response.status === 481) this.#finish('lost');
    return response;
  }

  /** Ends the call. Settles when the peer agreed or did not answer; a second call does nothing. */
  bye(): Promise<void> {
    return this.#hangUp('local');
  }

  /** Offers a new description; the answer's ACK is sent. @throws SipError */
  reinvite(content: Content): Promise<SipResponse> {
    return new Promise((resolve, reject) => {
      if (this.over) return reject(new SipError('closed', 'the call is over'));
      const request = this.dialog.createRequest('INVITE', { headers: { contact: this.#contact }, content });
      const seq = Number.parseInt(request.headers.get('cseq') ?? '', 10);
      let ack: (() => void) | undefined;
      this.#endpoint.begin(request, this.dialog.peer, {
        onResponse: (response) => {
          if (response.status < 200) return;
          if (response.status < 300) {
            if (ack) return ack();
            this.dialog.refreshTarget(response);
            this.#localContent = content;
            ack = this.#endpoint.sendAck(this.dialog.createAck(seq), this.dialog.peer);
          }
          resolve(response);
        },
        onFail: reject,
        onDone: () => undefined,
      });
    });
  }

  readonly receive = (transaction: ServerTransaction): void | Promise<void> => {
    const { request } = transaction;
    // A BYE is believed even from a peer that counts wrongly.
    const inOrder = this.dialog.accept(request);
    if (request.method === 'BYE') {
      transaction.respond({ status: 200 });
      return this.#finish('remote');
    }
    if (!inOrder) return transaction.respond({ status: 500 });
    if (request.method === 'INVITE' || request.method === 'UPDATE') return this.#answerOffer(transaction);
    if (this.onRequest) return this.onRequest(transaction);
    const harmless = request.method === 'INFO' || request.method === 'OPTIONS';
    transaction.respond({ status: harmless ? 200 : 405 });
  };

  readonly receiveAck = (ack: SipRequest): void => this.#acks.receive(ack);

  readonly close = (): void => this.#finish('closed');

  #answerOffer(transaction: ServerTransaction): void {
    const { request } = transaction;
    const content = this.onOffer?.(request) ?? (request.body.length > 0 ? this.#localContent : undefined);
    if (content) this.#localContent = content;
    transaction.respond({ status: 200, headers: { contact: this.#contact }, content });
    if (request.method === 'INVITE') void this.#acks.start(transaction);
  }

  async #hangUp(end: CallEnd): Promise<void> {
    if (this.over) return;
    const bye = this.dialog.createRequest('BYE');
    this.#finish(end);
    // The peer may be gone: the call is over here in any case.
    await exchange(this.#endpoint, bye, this.dialog.peer).catch(() => undefined);
  }

  #finish(end: CallEnd): void {
    if (this.over) return;
    this.#end = end;
    this.#acks.stop();
    this.#endpoint.dialogs.remove(this);
    this.#resolveEnd(end);
  }
}
