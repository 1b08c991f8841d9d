export { encodePtz, decodePtz, type PtzCommand } from './control/ptz.ts';
export { buildMansRtsp, parseMansRtsp, type PlaybackControl } from './control/mansrtsp.ts';
export { GbError, type GbErrorCode } from './error.ts';
export { kindOfId, parentOf, parseGbId, type DeviceKind, type GbId } from './id.ts';
export { answerTransport, audioPayloads, buildMedia, parseMedia, videoPayloads } from './media/offer.ts';
export type { Direction, MediaDescription, MediaTransport, SessionKind } from './media/offer.ts';
export { createSsrcPool, ssrcOf, ssrcText, type SsrcPool } from './media/ssrc.ts';
export { decodeMessage, encodeMessage } from './message/codec.ts';
export type { CatalogItem, GbMessage, MessageOf, MessageType, OtherMessage, RecordItem } from './message/codec.ts';
export { formatGbTime, formatGbTimeMs, parseGbTime } from './time.ts';
export type { Charset } from './xml/encoding.ts';
export type { Collected } from './platform/answers.ts';
export type { InviteRequest, LocalMedia } from './platform/media.ts';
export type { MediaSession } from './platform/media-session.ts';
export { Platform } from './platform/platform.ts';
export type { SubscribeOptions, Topic } from './platform/subscriptions.ts';
export type {
  OfflineReason,
  PlatformEvents,
  PlatformOptions,
  Registration,
  RegistrationStore,
} from './platform/types.ts';
export type { GbVersion } from './wire.ts';
export { Device } from './device/device.ts';
export type {
  AudioGrant,
  ChannelNames,
  DeviceOptions,
  DeviceSource,
  SourceAnswer,
  StreamGrant,
  StreamRequest,
  UpperOptions,
} from './device/types.ts';
