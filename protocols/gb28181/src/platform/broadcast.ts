import type { Clock, ServerTransaction } from '@wangge/sip';
import { GbError } from '../error.ts';
import type { MessageOf } from '../message/codec.ts';
import type { MediaSession } from './media-session.ts';

export interface ExpectedSession {
  readonly promise: Promise<MediaSession>;
  readonly cancel: () => void;
}

interface Expected {
  readonly take: (transaction: ServerTransaction) => void;
  readonly fail: (error: GbError) => void;
}

/** Broadcast orders that wait for the INVITE of their device; two orders to one device are served in turn. */
export class PendingBroadcasts {
  readonly #clock: Clock;
  readonly #expected = new Map<string, Expected[]>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  expect(
    deviceId: string,
    timeoutMs: number,
    answer: (transaction: ServerTransaction) => Promise<MediaSession>,
  ): ExpectedSession {
    const { promise, resolve, reject } = Promise.withResolvers<MediaSession>();
    // Whoever waits may have gone already; a late failure is then nobody's.
    promise.catch(() => undefined);
    const stop = this.#clock.after(timeoutMs, () => expected.fail(new GbError('timeout', 'broadcast')));
    const leave = (): void => {
      stop();
      const rest = (this.#expected.get(deviceId) ?? []).filter((one) => one !== expected);
      if (rest.length > 0) this.#expected.set(deviceId, rest);
      else this.#expected.delete(deviceId);
    };
    const expected: Expected = {
      take: (transaction) => {
        leave();
        answer(transaction).then(resolve, reject);
      },
      fail: (error) => {
        leave();
        reject(error);
      },
    };
    this.#expected.set(deviceId, [...(this.#expected.get(deviceId) ?? []), expected]);
    return { promise, cancel: leave };
  }

  /** False when nobody has ordered anything of this device. */
  take(deviceId: string, transaction: ServerTransaction): boolean {
    const first = this.#expected.get(deviceId)?.[0];
    first?.take(transaction);
    return first !== undefined;
  }

  close(): void {
    for (const one of [...this.#expected.values()].flat()) one.fail(new GbError('closed', 'broadcast'));
  }
}

/**
 * The session of an order, or why there is none. The INVITE may overtake the device's answer, and some devices send
 * no answer at all.
 *
 * @throws GbError `refused` when the device declines, `timeout`
 */
export async function sessionAfter(
  { promise, cancel }: ExpectedSession,
  answered: Promise<MessageOf<'broadcastAnswer'>>,
  sent: Promise<void>,
): Promise<MediaSession> {
  const unlessDeclined = answered.then(
    ({ result }) => {
      if (result && result.toUpperCase() !== 'OK') throw new GbError('refused', `broadcast: ${result}`);
      return promise;
    },
    () => promise,
  );
  try {
    return (await Promise.all([Promise.race([promise, unlessDeclined]), sent]))[0];
  } catch (error) {
    cancel();
    throw error;
  }
}
