import type { SipRequest } from '../message/message.ts';
import { parseCseq } from '../message/via.ts';
import { TimerSet, type TransactionCore } from '../transaction/core.ts';
import type { ServerTransaction } from '../transaction/server.ts';
import { transactionMs } from '../transaction/timers.ts';

/** Repeats a 2xx at T1, 2·T1 … T2 until the ACK with its number comes (RFC 3261 §13.3.1.4). */
export class AckWait {
  readonly #core: TransactionCore;
  readonly #timers: TimerSet;
  readonly #onLost: () => void;
  #seq: number | undefined;
  #resolve: () => void = () => undefined;

  constructor(core: TransactionCore, onLost: () => void) {
    this.#core = core;
    this.#timers = new TimerSet(core.clock);
    this.#onLost = onLost;
  }

  /** Settles with the ACK, or when the wait was stopped or in vain. */
  start(transaction: ServerTransaction): Promise<void> {
    this.stop();
    this.#seq = parseCseq(transaction.request.headers.get('cseq')).seq;
    const { t1, t2 } = this.#core.timers;
    this.#timers.set('lost', transactionMs(this.#core.timers), () => {
      this.stop();
      this.#onLost();
    });
    const repeat = (pause: number): void => {
      this.#timers.set('again', pause, () => {
        transaction.resend();
        repeat(Math.min(pause * 2, t2));
      });
    };
    repeat(t1);
    return new Promise((resolve) => (this.#resolve = resolve));
  }

  receive(ack: SipRequest): void {
    if (parseCseq(ack.headers.get('cseq')).seq === this.#seq) this.stop();
  }

  stop(): void {
    this.#timers.stopAll();
    this.#seq = undefined;
    this.#resolve();
  }
}
