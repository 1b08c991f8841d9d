import type { Bind, Clock, EndpointOptions, TransportName } from '@wangge/sip';
import type { PlaybackControl } from '../control/mansrtsp.ts';
import type { MediaDescription } from '../media/offer.ts';
import type { CatalogItem, MessageOf, MessageType, RecordItem } from '../message/codec.ts';
import type { GbVersion } from '../wire.ts';
import type { Charset } from '../xml/encoding.ts';

/** Names channels differently towards one upper platform; null hides a channel or refuses a number. */
export interface ChannelNames {
  readonly outward: (channelId: string) => string | null;
  readonly inward: (channelId: string) => string | null;
}

/** A platform above. */
export interface UpperOptions {
  /** Its number and domain. */
  readonly serverId: string;
  readonly domain?: string | undefined;
  /** Address or name. */
  readonly host: string;
  readonly port: number;
  readonly transport?: TransportName | undefined;
  /** Number of this side at that platform; default the device's own. */
  readonly deviceId?: string | undefined;
  readonly password: string;
  /** Seconds. Default 3600 and 60. */
  readonly expires?: number | undefined;
  readonly keepaliveSeconds?: number | undefined;
  /** Keepalives in a row without an answer before it registers anew; default 3. */
  readonly keepaliveCount?: number | undefined;
  readonly names?: ChannelNames | undefined;
  readonly charset?: Charset | undefined;
  /** Catalogue and record items per MESSAGE; default 4, which fits a datagram. */
  readonly batch?: number | undefined;
  readonly onOnline?: (() => void) | undefined;
  /** Registration or keepalive failed; it is tried again. */
  readonly onOffline?: ((reason: string) => void) | undefined;
}

/** Somebody above wants a stream. Channel numbers are this side's own. */
export interface StreamRequest {
  readonly channelId: string;
  readonly offer: MediaDescription;
  /** The upper platform that asks. */
  readonly serverId: string;
}

/** The media engine's side of a stream that was granted. */
export interface StreamGrant {
  /** What the answer says of where the media comes from. */
  readonly address: string;
  readonly port: number;
  /** Overrides the offered SSRC. */
  readonly ssrc?: number | undefined;
  /** Bytes of a download, if known. */
  readonly fileSize?: number | undefined;
  /** Called once the platform has acknowledged; sends until it settles (end of file) or `close`. */
  start(): Promise<void>;
  control?(control: PlaybackControl): void;
  close(): void;
}

/** What stands behind a device or a lower platform. What is missing is answered by an error. */
export interface DeviceSource {
  readonly info: () => Omit<MessageOf<'deviceInfo'>, 'type' | 'sn' | 'deviceId'>;
  readonly channels: () => readonly CatalogItem[] | Promise<readonly CatalogItem[]>;
  readonly records?: (query: MessageOf<'recordInfoQuery'>) => readonly RecordItem[] | Promise<readonly RecordItem[]>;
  /** Live, playback, download or talk. Undefined refuses with 488; what it throws becomes 500. */
  readonly open?: (request: StreamRequest) => Promise<StreamGrant | undefined>;
  /** Answer OK or ERROR. The message names this side's own channel. */
  readonly control?: (message: MessageOf<'deviceControl'> | MessageOf<'deviceConfig'>, serverId: string) => boolean;
  /** Other queries (presets, status, position …): the answer without its SN and number. */
  readonly answer?: (message: { type: MessageType; deviceId: string }) => SourceAnswer | undefined;
  /**
   * Sound for a speaker: where this side wants to receive it. Called on a broadcast order for `targetId`; undefined
   * declines.
   */
  readonly listen?: (targetId: string) => Promise<AudioGrant | undefined>;
}

export type SourceAnswer = { [T in MessageType]: Omit<MessageOf<T>, 'sn' | 'deviceId'> }[MessageType];

export interface AudioGrant {
  readonly address: string;
  readonly port: number;
  readonly transport: MediaDescription['transport'];
  readonly ssrc: number;
  /** The platform's answer: where the sound comes from. */
  start(answer: MediaDescription): void;
  close(): void;
}

export interface DeviceOptions {
  /** 20 digits. */
  readonly deviceId: string;
  readonly udp?: Bind | undefined;
  readonly tcp?: Bind | undefined;
  readonly advertise?: string | undefined;
  readonly version?: GbVersion | undefined;
  readonly zoneMinutes?: number | undefined;
  readonly userAgent?: string | undefined;
  readonly clock?: Clock | undefined;
  readonly sip?: Pick<EndpointOptions, 'sourceLimit' | 'timers' | 'tcpLimits'> | undefined;
  readonly onError?: ((error: unknown) => void) | undefined;
}
