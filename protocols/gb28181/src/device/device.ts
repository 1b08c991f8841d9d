import { Notifier, SipEndpoint, userOf, type Call, type Remote, type ServerTransaction } from '@wangge/sip';
import type { CatalogItem, GbMessage, MessageOf } from '../message/codec.ts';
import { messageContent, messageOf } from '../wire.ts';
import { answersTo, inwardId, outwardItems } from './queries.ts';
import { fetchSound } from './speaker.ts';
import { Streams } from './streams.ts';
import type { DeviceOptions, DeviceSource, UpperOptions } from './types.ts';
import { Uplink } from './uplink.ts';

type Topic = 'catalog' | 'alarm' | 'position';

const topics = new Map<string, Topic>([
  ['catalogQuery', 'catalog'],
  ['alarmQuery', 'alarm'],
  ['mobilePositionQuery', 'position'],
]);

interface Subscriber {
  readonly uplink: Uplink;
  readonly topic: Topic;
  readonly notifier: Notifier;
}

/**
 * GB/T 28181 as a device: a simulated camera or recorder, or the lower end of a cascade with several platforms
 * above, each with channel numbers of its own.
 */
export class Device {
  readonly endpoint: SipEndpoint;
  readonly #options: DeviceOptions;
  readonly #source: DeviceSource;
  readonly #uplinks: Uplink[] = [];
  /** By the Call-ID of their dialog. */
  readonly #subscribers = new Map<string, Subscriber>();
  readonly #streams: Streams;
  readonly #speakers = new Set<Call>();

  constructor(options: DeviceOptions, source: DeviceSource) {
    this.#options = options;
    this.#source = source;
    const { udp, tcp, advertise, clock, sip, onError, userAgent } = options;
    this.endpoint = new SipEndpoint({
      ...sip,
      udp,
      tcp,
      advertise,
      clock,
      onError,
      userAgent,
      onRequest: (transaction) => this.#receive(transaction),
    });
    this.#streams = new Streams(this.endpoint, source, (error) => onError?.(error));
  }

  /** Binds the ports; then `addUpper`. @throws when a port is taken */
  start(): Promise<void> {
    return this.endpoint.start();
  }

  /** Registers at a platform and stays registered. */
  addUpper(options: UpperOptions): Uplink {
    const { deviceId, version = '2.0' } = this.#options;
    const uplink = new Uplink(this.endpoint, deviceId, version, options);
    this.#uplinks.push(uplink);
    uplink.start();
    return uplink;
  }

  async removeUpper(uplink: Uplink): Promise<void> {
    const at = this.#uplinks.indexOf(uplink);
    if (at >= 0) this.#uplinks.splice(at, 1);
    for (const one of this.#subscribers.values()) if (one.uplink === uplink) one.notifier.close();
    await uplink.close();
  }

  /** Streams and sounds that run. */
  get streams(): number {
    return this.#streams.size + this.#speakers.size;
  }

  /** Tells every platform, whether it has subscribed or not: recorders push alarms unasked. */
  async alarm(alarm: Omit<MessageOf<'alarm'>, 'type' | 'sn'>): Promise<void> {
    await this.#toUppers(async (uplink) => {
      const deviceId = outwardId(uplink, alarm.deviceId);
      if (deviceId === null) return;
      const message: GbMessage = { ...alarm, type: 'alarm', sn: uplink.nextSn(), deviceId };
      if (!this.#notify(uplink, 'alarm', message)) await uplink.send(message);
    });
  }

  /** Tells the platforms that have subscribed to positions. */
  position(position: Omit<MessageOf<'mobilePosition'>, 'type' | 'sn'>): void {
    for (const uplink of this.#uplinks) {
      const deviceId = outwardId(uplink, position.deviceId);
      if (deviceId === null) continue;
      this.#notify(uplink, 'position', { ...position, type: 'mobilePosition', sn: uplink.nextSn(), deviceId });
    }
  }

  /** Tells the platforms that have subscribed to the catalogue; each item needs its `event`. */
  catalogChanged(items: readonly CatalogItem[]): void {
    for (const uplink of this.#uplinks) {
      const seen = outwardItems(uplink, items);
      if (seen.length === 0) continue;
      const { deviceId } = uplink;
      this.#notify(uplink, 'catalog', {
        type: 'catalogNotify',
        sn: uplink.nextSn(),
        deviceId,
        sumNum: seen.length,
        items: seen,
      });
    }
  }

  /** Hangs up, leaves every platform, frees ports and timers. */
  async close(): Promise<void> {
    await Promise.all([this.#streams.close(), ...[...this.#speakers].map((call) => call.bye())]);
    await Promise.all(this.#uplinks.splice(0).map((uplink) => uplink.close()));
    await this.endpoint.close();
  }

  async #toUppers(tell: (uplink: Uplink) => Promise<void>): Promise<void> {
    const results = await Promise.allSettled(this.#uplinks.filter(({ online }) => online).map(tell));
    for (const result of results) if (result.status === 'rejected') this.#options.onError?.(result.reason);
  }

  /** False when nobody at that platform has subscribed. */
  #notify(uplink: Uplink, topic: Topic, message: GbMessage): boolean {
    const subscribers = [...this.#subscribers.values()].filter((one) => one.uplink === uplink && one.topic === topic);
    const content = messageContent(message, uplink.options.charset ?? 'GB2312');
    for (const { notifier } of subscribers) notifier.notify(content);
    return subscribers.length > 0;
  }

  #receive(transaction: ServerTransaction): void | Promise<void> {
    const { request, source } = transaction;
    if (request.method === 'OPTIONS') return transaction.respond({ status: 200 });
    const uplink = this.#uplinkOf(userOf(request.headers.get('from')), source);
    if (!uplink) return transaction.respond({ status: 403 });
    if (request.method === 'INVITE') return this.#streams.answer(transaction, uplink);
    const message = messageOf(request);
    if (!message) return transaction.respond({ status: 400 });
    if (request.method === 'SUBSCRIBE') return this.#subscribe(transaction, uplink, message.type);
    if (request.method !== 'MESSAGE') return transaction.respond({ status: 405 });
    transaction.respond({ status: 200 });
    if (message.type === 'other') return;
    if (message.type === 'broadcast') return this.#broadcast(uplink, message, source);
    return this.#answer(uplink, message, source);
  }

  async #answer(uplink: Uplink, message: GbMessage, source: Remote): Promise<void> {
    const answers = await answersTo(uplink, this.#source, message);
    // In order and one at a time: a catalogue of thousands does not flood the way up.
    for (const answer of answers ?? []) await uplink.send(answer, source);
  }

  async #broadcast(uplink: Uplink, { sn, targetId = '' }: MessageOf<'broadcast'>, source: Remote): Promise<void> {
    const own = inwardId(uplink, targetId);
    const grant = own === null ? undefined : await this.#source.listen?.(own);
    const result = grant ? 'OK' : 'ERROR';
    await uplink.send({ type: 'broadcastAnswer', sn, deviceId: targetId, result }, source);
    if (!grant) return;
    const call = await fetchSound(this.endpoint, uplink, targetId, grant);
    this.#speakers.add(call);
    void call.ended.then(() => this.#speakers.delete(call));
  }

  #subscribe(transaction: ServerTransaction, uplink: Uplink, type: string): void {
    const topic = topics.get(type);
    if (!topic) return transaction.respond({ status: 489 });
    const contact = this.endpoint.contact(uplink.deviceId, transaction.source);
    const key = transaction.request.headers.get('call-id') ?? '';
    const onEnd = (): void => void this.#subscribers.delete(key);
    const notifier = new Notifier(this.endpoint, transaction, { contact, maxExpires: 86_400, onEnd });
    // One with Expires 0 has ended already.
    if (!notifier.over) this.#subscribers.set(key, { uplink, topic, notifier });
  }

  /** By address first: a platform's real number often differs from the one that was handed out. */
  #uplinkOf(from: string, source: Remote): Uplink | undefined {
    const here = this.#uplinks.filter(({ remote }) => remote?.host === source.host);
    return (
      here.find(({ remote }) => remote?.port === source.port && remote.transport === source.transport) ??
      here.find(({ options }) => options.serverId === from) ??
      (here.length === 1 ? here[0] : undefined)
    );
  }
}

function outwardId(uplink: Uplink, channelId: string): string | null {
  const { names } = uplink.options;
  if (!names || channelId === uplink.deviceId) return channelId;
  return names.outward(channelId);
}
