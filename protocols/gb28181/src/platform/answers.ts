import type { Clock } from '@wangge/sip';
import { GbError } from '../error.ts';
import type { CatalogItem, GbMessage, MessageOf, MessageType, RecordItem } from '../message/codec.ts';

/** Lists larger than that are cut: no device has so many channels or recordings of a day. */
const maxItems = 100_000;

interface Waiting {
  readonly deviceId: string;
  readonly type: MessageType;
  readonly sn: number;
  /** True when the answer is whole. */
  take(message: GbMessage): void;
}

/** A list that came in parts; `complete` is false when the device fell silent before its own SumNum was reached. */
export interface Collected<T> {
  readonly items: readonly T[];
  readonly sumNum: number;
  readonly complete: boolean;
}

interface ListItems {
  readonly catalog: CatalogItem;
  readonly recordInfo: RecordItem;
}
type ListType = keyof ListItems;

/** Questions that wait for the device's own MESSAGE, found by device, kind and SN. */
export class PendingAnswers {
  readonly #clock: Clock;
  readonly #waiting = new Set<Waiting>();
  readonly #stops = new Set<() => void>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** One answer. @throws GbError `timeout` or `closed` */
  one<T extends MessageType>(deviceId: string, type: T, sn: number, timeoutMs: number): Promise<MessageOf<T>> {
    return this.#wait<MessageOf<T>>(
      deviceId,
      type,
      sn,
      timeoutMs,
      () => undefined,
      (message, finish) => {
        finish(message as MessageOf<T>);
      },
    );
  }

  /**
   * An answer in many parts (GB/T 28181 §9.5.3): until SumNum items came, or nothing for `idleMs`.
   *
   * @throws GbError `timeout` when no part came at all, `closed`
   */
  list<T extends ListType>(deviceId: string, type: T, sn: number, idleMs: number): Promise<Collected<ListItems[T]>> {
    const items: ListItems[T][] = [];
    let sumNum: number | undefined;
    const partial = () => (sumNum === undefined ? undefined : { items, sumNum, complete: false });
    return this.#wait(deviceId, type, sn, idleMs, partial, (message, finish) => {
      const part = message as MessageOf<ListType>;
      // A device that leaves SumNum out sends all at once.
      sumNum = part.sumNum ?? part.items?.length ?? 0;
      for (const item of part.items ?? []) if (items.length < maxItems) items.push(item as ListItems[T]);
      if (items.length >= Math.min(sumNum, maxItems)) finish({ items, sumNum, complete: true });
    });
  }

  /** Gives a message to who waits for it; false when nobody does. */
  give(deviceId: string, message: GbMessage): boolean {
    const fits = [...this.#waiting].filter((one) => one.deviceId === deviceId && one.type === message.type);
    // A device that answers with another SN is understood while there is only one question.
    const one = fits.find(({ sn }) => sn === message.sn) ?? (fits.length === 1 ? fits[0] : undefined);
    one?.take(message);
    return one !== undefined;
  }

  close(): void {
    for (const stop of this.#stops) stop();
  }

  #wait<R>(
    deviceId: string,
    type: MessageType,
    sn: number,
    idleMs: number,
    partial: () => R | undefined,
    take: (message: GbMessage, finish: (result: R) => void) => void,
  ): Promise<R> {
    return new Promise((resolve, reject) => {
      let stopTimer = (): void => undefined;
      const end = (result: R | undefined, error?: GbError): void => {
        stopTimer();
        this.#waiting.delete(waiting);
        this.#stops.delete(stop);
        if (result === undefined) reject(error);
        else resolve(result);
      };
      const restart = (): void => {
        stopTimer();
        stopTimer = this.#clock.after(idleMs, () => end(partial(), new GbError('timeout', type)));
      };
      const stop = (): void => end(undefined, new GbError('closed', type));
      const waiting: Waiting = {
        deviceId,
        type,
        sn,
        take: (message) => {
          restart();
          take(message, (result) => end(result));
        },
      };
      this.#waiting.add(waiting);
      this.#stops.add(stop);
      restart();
    });
  }
}
