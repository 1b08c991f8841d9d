import type { SipEndpoint } from '../endpoint.ts';
import { rejected, SipError } from '../error.ts';
import { exchange } from '../exchange.ts';
import { tagOf } from '../message/address.ts';
import { createRequest, type Content } from '../message/build.ts';
import type { SipRequest } from '../message/message.ts';
import { newCallId, newCseq, newTag } from '../random.ts';
import type { ServerTransaction } from '../transaction/server.ts';
import type { Remote } from '../transport/transport.ts';
import { Dialog } from './dialog.ts';
import type { DialogUser } from './table.ts';

export interface SubscribeOptions {
  readonly uri: string;
  readonly from: string;
  readonly to: string;
  readonly contact: string;
  readonly remote: Remote;
  /** Event header: `Catalog;id=1`. */
  readonly event: string;
  /** Seconds. */
  readonly expires: number;
  /** Made anew for every refresh, so that it can carry a new number. */
  readonly content?: (() => Content) | undefined;
  readonly headers?: Readonly<Record<string, string>> | undefined;
  readonly timeoutMs?: number | undefined;
  /** NOTIFY of the peer; it has been answered 200. */
  readonly onNotify: (request: SipRequest) => void;
  /** The peer ended it, or a refresh failed. Not called after `close`. */
  readonly onEnd: (reason: string) => void;
}

/** A subscription of this side, refreshed before it runs out (RFC 6665 §4.1). */
export class Subscription implements DialogUser {
  readonly #endpoint: SipEndpoint;
  readonly #options: SubscribeOptions;
  readonly #first: SipRequest;
  #dialog: Dialog | undefined;
  #stopTimer: () => void = () => undefined;
  #over = false;

  constructor(endpoint: SipEndpoint, options: SubscribeOptions) {
    this.#endpoint = endpoint;
    this.#options = options;
    const from = `${options.from};tag=${newTag()}`;
    const { uri, to } = options;
    const parts = { method: 'SUBSCRIBE', uri, from, to, callId: newCallId(), cseq: newCseq() };
    this.#first = createRequest({ ...parts, ...this.#parts(options.expires) });
    endpoint.dialogs.add(this);
  }

  /** @throws SipError when the peer does not take it */
  static async open(endpoint: SipEndpoint, options: SubscribeOptions): Promise<Subscription> {
    const subscription = new Subscription(endpoint, options);
    try {
      await subscription.#begin();
    } catch (error) {
      subscription.#finish();
      throw error;
    }
    return subscription;
  }

  get callId(): string {
    return this.#first.headers.get('call-id') ?? '';
  }
  get localTag(): string {
    return tagOf(this.#first.headers.get('from'));
  }
  get remoteTag(): string {
    return this.#dialog?.remoteTag ?? '';
  }

  /** Ends it (Expires 0). Settles when the peer answered or cannot. */
  async cancel(): Promise<void> {
    if (this.#over || !this.#dialog) return;
    const request = this.#dialog.createRequest('SUBSCRIBE', this.#parts(0));
    this.#finish();
    await exchange(this.#endpoint, request, this.#dialog.peer, this.#options).catch(() => undefined);
  }

  readonly receive = (transaction: ServerTransaction): void => {
    const { request } = transaction;
    if (request.method !== 'NOTIFY') return transaction.respond({ status: 405 });
    transaction.respond({ status: 200 });
    this.#dialog?.accept(request);
    this.#options.onNotify(request);
    const [state = '', ...rest] = (request.headers.get('subscription-state') ?? '').split(';');
    if (state.trim().toLowerCase() === 'terminated') this.#lost(rest.join(';').trim() || 'terminated');
  };

  readonly receiveAck = (): void => undefined;
  /** Forgets it without a word to the peer. */
  readonly close = (): void => this.#finish();

  async #begin(): Promise<void> {
    const { remote } = this.#options;
    const response = await exchange(this.#endpoint, this.#first, remote, this.#options);
    if (response.status >= 300) throw rejected(response);
    if (this.#over) throw new SipError('closed', 'subscription');
    this.#dialog = Dialog.ofAnswer(this.#first, response, remote);
    this.#plan(response.headers.get('expires'));
  }

  #plan(granted: string | undefined): void {
    const asked = this.#options.expires;
    const seconds = /^\d{1,9}$/.test(granted ?? '') ? Math.min(Number(granted), asked) : asked;
    if (seconds === 0) return this.#lost('expired');
    // A peer that grants a day is still asked again before a timer would overflow.
    const before = Math.max(seconds - 30, seconds / 2);
    this.#stopTimer = this.#endpoint.clock.after(Math.min(before, 86_400) * 1000, () => void this.#refresh());
  }

  async #refresh(): Promise<void> {
    const dialog = this.#dialog;
    if (this.#over || !dialog) return;
    try {
      const request = dialog.createRequest('SUBSCRIBE', this.#parts(this.#options.expires));
      const response = await exchange(this.#endpoint, request, dialog.peer, this.#options);
      if (this.#over) return;
      if (response.status >= 300) return this.#lost(`${response.status} ${response.reason}`);
      this.#plan(response.headers.get('expires'));
    } catch (error) {
      this.#lost(error instanceof SipError ? error.code : String(error));
    }
  }

  #parts(expires: number): { headers: Record<string, string | number>; content: Content | undefined } {
    const { event, contact, headers, content } = this.#options;
    return { headers: { event, expires, contact, ...headers }, content: content?.() };
  }

  #lost(reason: string): void {
    if (this.#over) return;
    this.#finish();
    this.#options.onEnd(reason);
  }

  #finish(): void {
    this.#over = true;
    this.#stopTimer();
    this.#endpoint.dialogs.remove(this);
  }
}
