import {
  RateLimiter,
  SipEndpoint,
  systemClock,
  userOf,
  type Remote,
  type ServerTransaction,
  type SipRequest,
} from '@wangge/sip';
import { encodePtz, type PtzCommand } from '../control/ptz.ts';
import { GbError } from '../error.ts';
import type { MediaDescription } from '../media/offer.ts';
import type { CatalogItem, GbMessage, MessageOf, MessageType, RecordItem } from '../message/codec.ts';
import { formatGbTime } from '../time.ts';
import { asGbError, messageOf, sendMessage, type Peer } from '../wire.ts';
import { PendingAnswers, type Collected } from './answers.ts';
import { DeviceTable } from './devices.ts';
import { Inbox } from './inbox.ts';
import { MediaSessions, type InviteRequest, type LocalMedia } from './media.ts';
import type { MediaSession } from './media-session.ts';
import { PendingBroadcasts, sessionAfter } from './broadcast.ts';
import { Registrar } from './registrar.ts';
import { Subscriptions, type SubscribeOptions, type Topic } from './subscriptions.ts';
import type { PlatformOptions, Registration } from './types.ts';

/** Everything that a message says besides its type, SN and number. */
type Fields<T extends MessageType> = Omit<MessageOf<T>, 'type' | 'sn' | 'deviceId'>;

/** GB/T 28181 as the platform: devices register here, are asked, watched and steered. Media is the caller's. */
export class Platform {
  readonly endpoint: SipEndpoint;
  readonly #options: PlatformOptions;
  readonly #domain: string;
  readonly #devices: DeviceTable;
  readonly #registrar: Registrar;
  readonly #answers: PendingAnswers;
  readonly #media: MediaSessions;
  readonly #broadcasts: PendingBroadcasts;
  readonly #subscriptions: Subscriptions;
  readonly #inbox: Inbox;
  #sn = Math.floor(Math.random() * 10_000);

  constructor(options: PlatformOptions) {
    const clock = options.clock ?? systemClock;
    this.#domain = options.domain ?? options.serverId.slice(0, 10);
    // A device that leaves takes its streams along; one that comes back is subscribed to again.
    this.#options = {
      ...options,
      onOnline: (registration) => {
        this.#subscriptions.resume(registration.deviceId);
        options.onOnline?.(registration);
      },
      onOffline: (deviceId, reason) => {
        this.#media.endAll(deviceId);
        options.onOffline?.(deviceId, reason);
      },
    };
    const perDevice = new RateLimiter(options.deviceLimit ?? { perSecond: 50, burst: 1000 }, clock);
    const { udp, tcp, advertise, version = '3.0', sip, onError } = options;
    this.endpoint = new SipEndpoint({
      ...sip,
      udp,
      tcp,
      advertise,
      clock,
      onError,
      userAgent: `wangge/${version}`,
      admit: (request, source) => perDevice.admit(`${source.host}|${userOf(request.headers.get('from'))}`),
      onRequest: (transaction) => this.#receive(transaction),
    });
    this.#devices = new DeviceTable(this.#options, clock);
    this.#registrar = new Registrar(this.#options, this.#domain, this.#devices, clock);
    this.#answers = new PendingAnswers(clock);
    this.#broadcasts = new PendingBroadcasts(clock);
    this.#inbox = new Inbox(this.#options, this.#answers, (deviceId, message, callId) =>
      this.#media.markFinished(deviceId, message.deviceId, callId),
    );
    this.#media = new MediaSessions(this.endpoint, (deviceId, { request }) => this.#hear(deviceId, request));
    this.#subscriptions = new Subscriptions({
      endpoint: this.endpoint,
      clock,
      peerOf: (deviceId) => (this.#devices.isOnline(deviceId) ? this.#peer(deviceId) : undefined),
      nextSn: () => this.#nextSn(),
      onNotify: (deviceId, request) => this.#hear(deviceId, request),
    });
  }

  /** Binds the ports and takes up the devices that were registered before. @throws when a port is taken */
  async start(): Promise<void> {
    await this.#devices.load();
    await this.endpoint.start();
  }

  /** Frees ports and timers. Registrations stay in the store, calls are not hung up. */
  async close(): Promise<void> {
    this.#devices.close();
    this.#subscriptions.close();
    this.#answers.close();
    this.#broadcasts.close();
    await this.endpoint.close();
  }

  devices(): { registration: Registration; online: boolean }[] {
    return this.#devices.all();
  }
  isOnline(deviceId: string): boolean {
    return this.#devices.isOnline(deviceId);
  }

  /** The device may not be here any more: it is offline at once, and what it sends is refused. */
  async forget(deviceId: string): Promise<void> {
    this.#devices.drop(deviceId, 'logout');
    await this.#options.store.remove(deviceId);
  }

  /** All channels. `idleMs`: how long the device may be silent between parts. @throws GbError */
  catalog(deviceId: string, idleMs = 10_000): Promise<Collected<CatalogItem>> {
    const sn = this.#nextSn();
    return this.#askList(deviceId, deviceId, { type: 'catalogQuery', sn, deviceId }, () =>
      this.#answers.list(deviceId, 'catalog', sn, idleMs),
    );
  }

  /** Recordings on the device between two times (milliseconds since the epoch). @throws GbError */
  records(
    deviceId: string,
    channelId: string,
    range: { startMs: number; endMs: number; recordType?: string },
    idleMs = 10_000,
  ): Promise<Collected<RecordItem>> {
    const sn = this.#nextSn();
    const { zoneMinutes } = this.#options;
    const startTime = formatGbTime(range.startMs, zoneMinutes);
    const endTime = formatGbTime(range.endMs, zoneMinutes);
    const recordType = range.recordType ?? 'all';
    const query: GbMessage = {
      type: 'recordInfoQuery',
      sn,
      deviceId: channelId,
      startTime,
      endTime,
      secrecy: 0,
      recordType,
    };
    return this.#askList(deviceId, channelId, query, () => this.#answers.list(deviceId, 'recordInfo', sn, idleMs));
  }

  /** One question with one answer, of device or channel: `ask(id, id, 'deviceInfoQuery', {}, 'deviceInfo')`. @throws GbError */
  async ask<Q extends MessageType, A extends MessageType>(
    deviceId: string,
    channelId: string,
    question: Q,
    fields: Fields<Q>,
    answer: A,
    timeoutMs = 5000,
  ): Promise<MessageOf<A>> {
    const sn = this.#nextSn();
    const answered = this.#answers.one(deviceId, answer, sn, timeoutMs);
    const sent = this.#send(deviceId, channelId, {
      ...fields,
      type: question,
      sn,
      deviceId: channelId,
    } as unknown as GbMessage);
    return (await Promise.all([answered, sent]))[0];
  }

  /** A control that no answer is waited for (PTZ, key frame, home position …). @throws GbError `device`, `refused`, `timeout` */
  control(deviceId: string, channelId: string, fields: Fields<'deviceControl'>): Promise<void> {
    return this.#send(deviceId, channelId, {
      ...fields,
      type: 'deviceControl',
      sn: this.#nextSn(),
      deviceId: channelId,
    });
  }

  /** @throws GbError `value` for speeds out of range, `device`, `refused` */
  ptz(deviceId: string, channelId: string, command: PtzCommand, priority = 5): Promise<void> {
    return this.control(deviceId, channelId, { ptzCmd: encodePtz(command), info: { controlPriority: priority } });
  }

  /** Asks the encoder for a key frame now; 2016 and 2022 spell it differently. */
  keyFrame(deviceId: string, channelId: string): Promise<void> {
    const recent = this.#devices.get(deviceId)?.version?.startsWith('3') ?? false;
    return this.control(deviceId, channelId, recent ? { iFrameCmd: 'Send' } : { iFameCmd: 'Send' });
  }

  /** Keeps a subscription at the device until `unsubscribe`; also while the device comes and goes. */
  subscribe(deviceId: string, topic: Topic, options: SubscribeOptions = {}): void {
    this.#subscriptions.want(deviceId, topic, options);
  }
  unsubscribe(deviceId: string, topic: Topic): Promise<void> {
    return this.#subscriptions.drop(deviceId, topic);
  }
  isSubscribed(deviceId: string, topic: Topic): boolean {
    return this.#subscriptions.isActive(deviceId, topic);
  }

  /** Live, playback, download or talk. @throws GbError `device`, `refused`, `timeout`, `value` */
  async invite(deviceId: string, request: InviteRequest): Promise<MediaSession> {
    return this.#media.invite(deviceId, this.#onlinePeer(deviceId), request);
  }

  /**
   * Voice to the device (§9.12): order, the device's INVITE, sound. `provide` opens the sender for what the device
   * offers and says where it sends from.
   *
   * @throws GbError `refused` when the device declines, `timeout`
   */
  async broadcast(
    deviceId: string,
    targetId: string,
    provide: (offer: MediaDescription) => Promise<Omit<LocalMedia, 'transport' | 'ssrc'>>,
    timeoutMs = 10_000,
  ): Promise<MediaSession> {
    const peer = this.#onlinePeer(deviceId);
    const sn = this.#nextSn();
    const expected = this.#broadcasts.expect(deviceId, timeoutMs, (transaction) =>
      this.#media.answer(transaction, peer, deviceId, provide),
    );
    const answered = this.#answers.one(deviceId, 'broadcastAnswer', sn, timeoutMs);
    const order: GbMessage = { type: 'broadcast', sn, deviceId: '', sourceId: this.#options.serverId, targetId };
    return sessionAfter(expected, answered, this.#send(deviceId, targetId, order));
  }

  #askList<T>(deviceId: string, channelId: string, query: GbMessage, wait: () => Promise<T>): Promise<T> {
    const answered = wait();
    return Promise.all([answered, this.#send(deviceId, channelId, query)]).then(([result]) => result);
  }

  async #send(deviceId: string, channelId: string, message: GbMessage): Promise<void> {
    try {
      await sendMessage(this.endpoint, this.#onlinePeer(deviceId), channelId, message);
    } catch (error) {
      throw asGbError(error);
    }
  }

  #nextSn(): number {
    this.#sn = (this.#sn % 999_999) + 1;
    return this.#sn;
  }

  /** @throws GbError `device` */
  #onlinePeer(deviceId: string): Peer {
    const peer = this.#devices.isOnline(deviceId) ? this.#peer(deviceId) : undefined;
    if (!peer) throw new GbError('device', 'the device is not registered or offline');
    return peer;
  }

  #peer(deviceId: string): Peer | undefined {
    const remote = this.#devices.get(deviceId)?.remote;
    const { serverId: localId, charset = 'GB2312', version = '3.0' } = this.#options;
    return remote && { localId, localDomain: this.#domain, remote, charset, version };
  }

  #receive(transaction: ServerTransaction): void | Promise<void> {
    const { request, source } = transaction;
    if (request.method === 'REGISTER') return this.#registrar.register(transaction);
    if (request.method === 'OPTIONS') return transaction.respond({ status: 200 });
    const deviceId = this.#senderOf(userOf(request.headers.get('from')), source);
    if (deviceId === undefined) {
      this.#options.onRefused?.(userOf(request.headers.get('from')), 'address', source);
      // A device that hears 403 to its keepalive registers again.
      return transaction.respond({ status: 403 });
    }
    if (request.method === 'MESSAGE' || request.method === 'NOTIFY') return this.#receiveMessage(transaction, deviceId);
    if (request.method !== 'INVITE') return transaction.respond({ status: 405 });
    // The only call that a device makes is the one it was told to.
    if (!this.#broadcasts.take(deviceId, transaction)) transaction.respond({ status: 403 });
  }

  #receiveMessage(transaction: ServerTransaction, deviceId: string): void {
    const { request, source } = transaction;
    const message = messageOf(request);
    transaction.respond({ status: message || request.method === 'NOTIFY' ? 200 : 400 });
    const alarm = this.#inbox.take(deviceId, message, request.headers.get('call-id') ?? '');
    const peer = this.#peer(deviceId);
    if (!alarm || !peer || request.method !== 'MESSAGE') return;
    const answer: GbMessage = { type: 'alarmAnswer', sn: alarm.sn, deviceId: alarm.deviceId, result: 'OK' };
    sendMessage(this.endpoint, { ...peer, remote: source }, deviceId, answer).catch(() => undefined);
  }

  #hear(deviceId: string, request: SipRequest): void {
    this.#inbox.take(deviceId, messageOf(request), request.headers.get('call-id') ?? '');
  }

  /** Whose message it is: the device's own number, or that of a channel of the device at that very address. */
  #senderOf(from: string, source: Remote): string | undefined {
    if (this.#devices.seen(from, source)) return from;
    if (this.#devices.get(from)) return undefined;
    const at = this.#devices.at(source);
    return at && this.#devices.seen(at, source) ? at : undefined;
  }
}
