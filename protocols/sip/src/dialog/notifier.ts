import type { SipEndpoint } from '../endpoint.ts';
import { exchange } from '../exchange.ts';
import type { Content } from '../message/build.ts';
import type { ServerTransaction } from '../transaction/server.ts';
import { Dialog } from './dialog.ts';
import type { DialogUser } from './table.ts';

export interface NotifierOptions {
  readonly contact: string;
  /** Longest time granted, seconds. */
  readonly maxExpires: number;
  /** Body of the 200, if the event wants one. */
  readonly content?: Content | undefined;
  readonly onEnd: () => void;
  /** Waiting notifications beyond this number are dropped, oldest first: a peer that does not answer. */
  readonly maxQueue?: number | undefined;
}

/** The notifying side of a subscription (RFC 6665 §4.2): notifications in order, one at a time, until it expires. */
export class Notifier implements DialogUser {
  readonly #endpoint: SipEndpoint;
  readonly #dialog: Dialog;
  readonly #options: NotifierOptions;
  readonly #event: string;
  readonly #queue: (Content | undefined)[] = [];
  #expiresAt = 0;
  #sending = false;
  #over = false;
  #stopTimer: () => void = () => undefined;

  /** Accepts the SUBSCRIBE of `transaction` with 200. */
  constructor(endpoint: SipEndpoint, transaction: ServerTransaction, options: NotifierOptions) {
    this.#endpoint = endpoint;
    this.#options = options;
    this.#dialog = Dialog.ofRequest(transaction);
    this.#event = transaction.request.headers.get('event') ?? 'presence';
    endpoint.dialogs.add(this);
    this.#grant(transaction);
  }

  get callId(): string {
    return this.#dialog.callId;
  }
  get localTag(): string {
    return this.#dialog.localTag;
  }
  get remoteTag(): string {
    return this.#dialog.remoteTag;
  }
  get over(): boolean {
    return this.#over;
  }

  notify(content: Content): void {
    if (this.#over) return;
    this.#queue.push(content);
    if (this.#queue.length > (this.#options.maxQueue ?? 1000)) this.#queue.shift();
    void this.#drain();
  }

  readonly receive = (transaction: ServerTransaction): void => {
    if (transaction.request.method !== 'SUBSCRIBE') return transaction.respond({ status: 405 });
    if (!this.#dialog.accept(transaction.request)) return transaction.respond({ status: 500 });
    this.#grant(transaction);
  };

  readonly receiveAck = (): void => undefined;
  readonly close = (): void => this.#finish();

  #grant(transaction: ServerTransaction): void {
    const asked = transaction.request.headers.get('expires');
    const { maxExpires, contact, content } = this.#options;
    const seconds = Math.min(/^\d{1,9}$/.test(asked ?? '') ? Number(asked) : maxExpires, maxExpires);
    const event = this.#event;
    transaction.respond({ status: 200, headers: { expires: seconds, contact, event }, content });
    this.#stopTimer();
    if (seconds === 0) return this.#terminate('timeout');
    this.#expiresAt = this.#endpoint.clock.now() + seconds * 1000;
    this.#stopTimer = this.#endpoint.clock.after(seconds * 1000, () => this.#terminate('timeout'));
  }

  async #drain(): Promise<void> {
    if (this.#sending) return;
    this.#sending = true;
    while (this.#queue.length > 0 && !this.#over) {
      const left = Math.max(0, Math.round((this.#expiresAt - this.#endpoint.clock.now()) / 1000));
      if (!(await this.#send(`active;expires=${left}`, this.#queue.shift()))) this.#finish();
    }
    this.#sending = false;
  }

  #terminate(reason: string): void {
    if (this.#over) return;
    this.#finish();
    void this.#send(`terminated;reason=${reason}`, undefined);
  }

  /** False when the subscriber has forgotten the subscription or does not answer. */
  async #send(state: string, content: Content | undefined): Promise<boolean> {
    const headers = { event: this.#event, 'subscription-state': state, contact: this.#options.contact };
    const request = this.#dialog.createRequest('NOTIFY', { headers, content });
    try {
      const { status } = await exchange(this.#endpoint, request, this.#dialog.peer);
      return status !== 481;
    } catch {
      return false;
    }
  }

  #finish(): void {
    if (this.#over) return;
    this.#over = true;
    this.#stopTimer();
    this.#queue.length = 0;
    this.#endpoint.dialogs.remove(this);
    this.#options.onEnd();
  }
}
