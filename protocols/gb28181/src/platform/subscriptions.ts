import { Subscription, type Clock, type SipEndpoint, type SipRequest } from '@wangge/sip';
import type { GbMessage } from '../message/codec.ts';
import { fromOf, messageContent, uriOf, type Peer } from '../wire.ts';

export type Topic = 'catalog' | 'alarm' | 'mobile-position';

export interface SubscribeOptions {
  /** Seconds; refreshed before they run out. Default 3600. */
  readonly expires?: number | undefined;
  /** Of positions: seconds between them. Default 5. */
  readonly interval?: number | undefined;
}

interface Wanted {
  readonly deviceId: string;
  readonly topic: Topic;
  readonly options: SubscribeOptions;
  readonly id: number;
  subscription?: Subscription | undefined;
  opening?: boolean;
  stopRetry?: () => void;
}

interface Needs {
  readonly endpoint: SipEndpoint;
  readonly clock: Clock;
  /** Undefined while the device is offline. */
  readonly peerOf: (deviceId: string) => Peer | undefined;
  readonly nextSn: () => number;
  readonly onNotify: (deviceId: string, request: SipRequest) => void;
}

const retryMs = 60_000;

/** Subscriptions that the platform wants, kept alive over refusals, refreshes and absences of the device (§9.11). */
export class Subscriptions {
  readonly #needs: Needs;
  readonly #wanted = new Map<string, Wanted>();
  #nextId = 1;
  #closed = false;

  constructor(needs: Needs) {
    this.#needs = needs;
  }

  /** Wants one; a second wish for the same replaces the first. */
  want(deviceId: string, topic: Topic, options: SubscribeOptions): void {
    void this.drop(deviceId, topic);
    const wanted: Wanted = { deviceId, topic, options, id: this.#nextId++ };
    this.#wanted.set(`${deviceId}/${topic}`, wanted);
    void this.#open(wanted);
  }

  async drop(deviceId: string, topic: Topic): Promise<void> {
    const key = `${deviceId}/${topic}`;
    const wanted = this.#wanted.get(key);
    if (!wanted) return;
    this.#wanted.delete(key);
    wanted.stopRetry?.();
    await wanted.subscription?.cancel();
  }

  isActive(deviceId: string, topic: Topic): boolean {
    return this.#wanted.get(`${deviceId}/${topic}`)?.subscription !== undefined;
  }

  /** The device came (back): what it has forgotten or never heard is asked for anew. */
  resume(deviceId: string): void {
    for (const wanted of this.#wanted.values()) {
      if (wanted.deviceId !== deviceId) continue;
      wanted.subscription?.close();
      wanted.subscription = undefined;
      void this.#open(wanted);
    }
  }

  close(): void {
    this.#closed = true;
    for (const wanted of this.#wanted.values()) wanted.stopRetry?.();
    this.#wanted.clear();
  }

  async #open(wanted: Wanted): Promise<void> {
    const { endpoint, peerOf, onNotify } = this.#needs;
    const { deviceId, topic, options } = wanted;
    const peer = peerOf(deviceId);
    wanted.stopRetry?.();
    if (!peer || wanted.opening) return;
    wanted.opening = true;
    try {
      const uri = uriOf(deviceId, peer.remote);
      const subscription = await Subscription.open(endpoint, {
        uri,
        from: fromOf(peer),
        to: `<${uri}>`,
        contact: endpoint.contact(peer.localId, peer.remote),
        remote: peer.remote,
        event: `${topic === 'catalog' ? 'Catalog' : 'presence'};id=${wanted.id}`,
        expires: options.expires ?? 3600,
        content: () => messageContent(this.#query(wanted), peer.charset),
        headers: { 'x-gb-ver': peer.version },
        onNotify: (request) => onNotify(deviceId, request),
        onEnd: () => this.#lost(wanted),
      });
      wanted.opening = false;
      if (!this.#isWanted(wanted)) await subscription.cancel();
      else wanted.subscription = subscription;
    } catch {
      wanted.opening = false;
      this.#lost(wanted);
    }
  }

  #query({ deviceId, topic, options }: Wanted): GbMessage {
    const sn = this.#needs.nextSn();
    if (topic === 'catalog') return { type: 'catalogQuery', sn, deviceId };
    if (topic === 'mobile-position')
      return { type: 'mobilePositionQuery', sn, deviceId, interval: options.interval ?? 5 };
    return { type: 'alarmQuery', sn, deviceId, startPriority: 0, endPriority: 0, method: '0' };
  }

  #lost(wanted: Wanted): void {
    wanted.subscription = undefined;
    if (!this.#isWanted(wanted)) return;
    wanted.stopRetry = this.#needs.clock.after(retryMs, () => void this.#open(wanted));
  }

  #isWanted(wanted: Wanted): boolean {
    return !this.#closed && this.#wanted.get(`${wanted.deviceId}/${wanted.topic}`) === wanted;
  }
}
