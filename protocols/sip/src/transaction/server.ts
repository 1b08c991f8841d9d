import { createResponse, serialize, type ResponseParts } from '../message/build.ts';
import type { SipRequest } from '../message/message.ts';
import { newTag } from '../random.ts';
import type { Remote } from '../transport/transport.ts';
import { TimerSet, type TransactionCore } from './core.ts';
import { transactionMs } from './timers.ts';

type State = 'trying' | 'proceeding' | 'accepted' | 'completed' | 'confirmed' | 'terminated';

/** Server transaction of RFC 3261 §17.2 (INVITE: timers G, H, I and RFC 6026's L; others: J). */
export class ServerTransaction {
  readonly request: SipRequest;
  /** Where the request came from. */
  readonly source: Remote;
  /** Tag of this side, used in every answer. */
  readonly localTag = newTag();
  /** Called when the peer cancels an INVITE that was not answered yet; the 487 has been sent. */
  onCancel: (() => void) | undefined;
  readonly #core: TransactionCore;
  readonly #replyTo: Remote;
  readonly #timers: TimerSet;
  readonly #onDone: () => void;
  readonly #invite: boolean;
  #state: State = 'trying';
  #last: Buffer | undefined;

  constructor(core: TransactionCore, request: SipRequest, source: Remote, replyTo: Remote, onDone: () => void) {
    this.#core = core;
    this.request = request;
    this.source = source;
    this.#replyTo = replyTo;
    this.#timers = new TimerSet(core.clock);
    this.#onDone = onDone;
    this.#invite = request.method === 'INVITE';
  }

  /** True once a final answer was given. */
  get answered(): boolean {
    return this.#state !== 'trying' && this.#state !== 'proceeding';
  }

  /** Answers; after a final answer further ones are ignored. */
  respond(parts: ResponseParts): void {
    if (this.answered) return;
    const response = createResponse(this.request, { toTag: this.localTag, ...parts });
    this.#last = serialize(response);
    if (parts.status < 200) this.#state = 'proceeding';
    else if (this.#invite && parts.status < 300) this.#finish('accepted', transactionMs(this.#core.timers));
    else if (this.#invite) this.#awaitAck();
    else this.#finish('completed', this.#reliable ? 0 : transactionMs(this.#core.timers));
    this.resend();
  }

  /** The last answer once more: the request came again, or the 2xx still waits for its ACK. */
  resend(): void {
    if (!this.#last || this.#state === 'confirmed') return;
    // A peer that cannot be reached asks again or gives up: nothing to do here.
    this.#core.send(this.#last, this.#replyTo).catch(() => undefined);
  }

  /** The same request came again. */
  receiveAgain(): void {
    // The 2xx is repeated by the dialog's own timer until its ACK (RFC 6026 §7.1).
    if (this.#state !== 'accepted') this.resend();
  }

  /** ACK of an answer ≥ 300. True when it belonged here, false when the dialog has to have it. */
  receiveAck(): boolean {
    if (this.#state === 'accepted') return false;
    if (this.#state !== 'completed') return true;
    this.#timers.stop('G', 'H');
    this.#finish('confirmed', this.#reliable ? 0 : this.#core.timers.t4);
    return true;
  }

  receiveCancel(): void {
    if (this.answered) return;
    this.respond({ status: 487 });
    this.onCancel?.();
  }

  close(): void {
    if (this.#state === 'terminated') return;
    this.#state = 'terminated';
    this.#timers.stopAll();
    this.#onDone();
  }

  get #reliable(): boolean {
    return this.source.transport === 'tcp';
  }

  #finish(state: State, lingerMs: number): void {
    this.#state = state;
    this.#timers.set('I/J/L', lingerMs, () => this.close());
  }

  #awaitAck(): void {
    this.#state = 'completed';
    const { t1, t2 } = this.#core.timers;
    this.#timers.set('H', transactionMs(this.#core.timers), () => this.close());
    const repeat = (pause: number): void => {
      this.#timers.set('G', pause, () => {
        this.resend();
        repeat(Math.min(pause * 2, t2));
      });
    };
    if (!this.#reliable) repeat(t1);
  }
}
