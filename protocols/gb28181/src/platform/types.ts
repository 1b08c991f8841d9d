import type { Bind, Clock, EndpointOptions, RateLimit, Remote } from '@wangge/sip';
import type { CatalogItem, GbMessage, MessageOf, OtherMessage } from '../message/codec.ts';
import type { GbVersion } from '../wire.ts';
import type { Charset } from '../xml/encoding.ts';

/** What is known of a registered device; has to outlive a restart. */
export interface Registration {
  readonly deviceId: string;
  /** Where it registered from, which is where it is reached. */
  readonly remote: Remote;
  readonly contact: string;
  /** Milliseconds since the epoch. */
  readonly registeredAt: number;
  readonly expiresAt: number;
  readonly lastSeenAt: number;
  /** What it says of itself in X-GB-Ver, if anything. */
  readonly version?: string | undefined;
  readonly userAgent?: string | undefined;
}

/** Keeps registrations over a restart. Calls for one device come one after the other. */
export interface RegistrationStore {
  load(): Promise<readonly Registration[]>;
  save(registration: Registration): Promise<void>;
  remove(deviceId: string): Promise<void>;
}

/** keepalive: silent for too long. logout: Expires 0. expired: not renewed in time. */
export type OfflineReason = 'keepalive' | 'logout' | 'expired';

/** What a platform hears. All are optional; what they throw goes to `onError`. */
export interface PlatformEvents {
  readonly onOnline?: (registration: Registration) => void;
  readonly onOffline?: (deviceId: string, reason: OfflineReason) => void;
  /** Somebody who may not: wrong password, unknown number, a message from another address than registered. */
  readonly onRefused?: (deviceId: string, why: 'password' | 'unknown' | 'address', source: Remote) => void;
  readonly onKeepalive?: (deviceId: string, message: MessageOf<'keepalive'>) => void;
  /** `message.deviceId` is often a channel or an alarm input. */
  readonly onAlarm?: (deviceId: string, message: MessageOf<'alarm'>) => void;
  /** Changes by subscription, or a catalogue that was not asked for. */
  readonly onCatalog?: (deviceId: string, items: readonly CatalogItem[]) => void;
  readonly onPosition?: (deviceId: string, message: MessageOf<'mobilePosition'>) => void;
  /** Messages that have no event of their own. */
  readonly onMessage?: (deviceId: string, message: GbMessage | OtherMessage) => void;
  readonly onError?: (error: unknown) => void;
}

export interface PlatformOptions extends PlatformEvents {
  /** 20 digits. */
  readonly serverId: string;
  /** SIP domain, which is the digest realm too: the first 10 digits of the number, unless set otherwise. */
  readonly domain?: string | undefined;
  readonly udp?: Bind | undefined;
  readonly tcp?: Bind | undefined;
  /** Address that devices are told. */
  readonly advertise?: string | undefined;
  /** Password of a device, undefined for one that may not register. */
  readonly password: (deviceId: string) => string | undefined | Promise<string | undefined>;
  readonly store: RegistrationStore;
  /** Offer digest with qop (default true). Old devices that stumble over it want false. */
  readonly qop?: boolean | undefined;
  /** What is written to devices; what they write is recognised. Default GB2312. */
  readonly charset?: Charset | undefined;
  readonly version?: GbVersion | undefined;
  /** Seconds between keepalives, and how many may be missing. Default 60 and 3. */
  readonly keepaliveSeconds?: number | undefined;
  readonly keepaliveCount?: number | undefined;
  /** Longest registration granted, seconds; default one day. */
  readonly maxExpires?: number | undefined;
  /** Minutes east of Greenwich of the Date header; default 480. */
  readonly zoneMinutes?: number | undefined;
  /** Requests per device; default 50/s, 1000 at once (a catalogue of 1,000 channels may come one by one). */
  readonly deviceLimit?: RateLimit | undefined;
  readonly clock?: Clock | undefined;
  /** Limits and timers of the SIP endpoint. */
  readonly sip?: Pick<EndpointOptions, 'sourceLimit' | 'timers' | 'tcpLimits' | 'maxTransactions'> | undefined;
}
