import {
  buildSdp,
  parseSdp,
  rtpMaps,
  sdpAddress,
  sdpAttribute,
  sdpLine,
  type RtpMap,
  type Sdp,
  type SdpLine,
  type SdpMedia,
} from '@wangge/sip';
import { GbError } from '../error.ts';
import { ssrcOf, ssrcText } from './ssrc.ts';

/** udp; tcp-passive: the describing side listens; tcp-active: the describing side connects (RFC 4145, RFC 4571). */
export type MediaTransport = 'udp' | 'tcp-passive' | 'tcp-active';
export type SessionKind = 'Play' | 'Playback' | 'Download' | 'Talk' | 'Broadcast';
export type Direction = 'sendonly' | 'recvonly' | 'sendrecv';

export interface MediaDescription {
  /** `s=`. */
  readonly kind: SessionKind;
  readonly media: 'video' | 'audio';
  /** `o=`: number of whoever describes itself. */
  readonly owner: string;
  readonly address: string;
  readonly port: number;
  readonly transport: MediaTransport;
  readonly direction: Direction;
  readonly payloads: readonly RtpMap[];
  readonly ssrc?: number | undefined;
  /** `u=`: channel of a playback. */
  readonly channelId?: string | undefined;
  /** Milliseconds since the epoch; the wire has whole seconds. */
  readonly startMs?: number | undefined;
  readonly endMs?: number | undefined;
  readonly downloadSpeed?: number | undefined;
  /** Bytes of a download, if the device says (`a=filesize`). */
  readonly fileSize?: number | undefined;
  /** `f=` (2016 annex F). */
  readonly format?: string | undefined;
}

/** What a platform offers to take. A device picks one, and may send another. */
export const videoPayloads: readonly RtpMap[] = [
  { payload: 96, encoding: 'PS', clockRate: 90_000 },
  { payload: 98, encoding: 'H264', clockRate: 90_000 },
  { payload: 97, encoding: 'MPEG4', clockRate: 90_000 },
  { payload: 99, encoding: 'H265', clockRate: 90_000 },
];
export const audioPayloads: readonly RtpMap[] = [{ payload: 8, encoding: 'PCMA', clockRate: 8000 }];

/** SDP of an INVITE or its answer (2016 annex C, 2022 annex G). */
export function buildMedia(description: MediaDescription): string {
  const { kind, media, owner, address, port, transport, direction, payloads, ssrc } = description;
  const lines: SdpLine[] = [];
  const add = (type: string, value: string | undefined): void =>
    void (value !== undefined && lines.push({ type, value }));
  add('a', direction);
  for (const map of payloads) add('a', `rtpmap:${map.payload} ${map.encoding}/${map.clockRate}`);
  if (transport !== 'udp') {
    add('a', `setup:${transport === 'tcp-passive' ? 'passive' : 'active'}`);
    add('a', 'connection:new');
  }
  if (description.downloadSpeed !== undefined) add('a', `downloadspeed:${description.downloadSpeed}`);
  if (description.fileSize !== undefined) add('a', `filesize:${description.fileSize}`);
  if (ssrc !== undefined) add('y', ssrcText(ssrc));
  add('f', description.format);
  const family = address.includes(':') ? 'IP6' : 'IP4';
  const seconds = (ms: number | undefined): number => Math.floor((ms ?? 0) / 1000);
  const session: SdpLine[] = [
    { type: 'v', value: '0' },
    { type: 'o', value: `${owner} 0 0 IN ${family} ${address}` },
    { type: 's', value: kind },
    ...(description.channelId === undefined ? [] : [{ type: 'u', value: `${description.channelId}:0` }]),
    { type: 'c', value: `IN ${family} ${address}` },
    { type: 't', value: `${seconds(description.startMs)} ${seconds(description.endMs)}` },
  ];
  const protocol = transport === 'udp' ? 'RTP/AVP' : 'TCP/RTP/AVP';
  const formats = payloads.map(({ payload }) => String(payload));
  return buildSdp({ lines: session, media: [{ kind: media, port, protocol, formats, lines }] });
}

const sessionKinds: readonly SessionKind[] = ['Play', 'Playback', 'Download', 'Talk', 'Broadcast'];

/**
 * Reads SDP of the other side. Only a medium with a port is insisted on: addresses, SSRC and payload are hints,
 * devices send from elsewhere, with another SSRC and another format than they say.
 *
 * @throws GbError `value`
 */
export function parseMedia(
  body: Uint8Array | string,
  fallback: { address?: string | undefined; kind?: SessionKind | undefined } = {},
): MediaDescription {
  let sdp: Sdp;
  try {
    sdp = parseSdp(body);
  } catch (error) {
    throw new GbError('value', error instanceof Error ? `SDP: ${error.message}` : 'SDP');
  }
  const media = sdp.media.find(({ kind }) => kind === 'video') ?? sdp.media.find(({ kind }) => kind === 'audio');
  if (!media) throw new GbError('value', 'SDP without video or audio');
  const address = sdpAddress(sdp, media) ?? fallback.address;
  if (address === undefined) throw new GbError('value', 'SDP without an address');
  const name = (sdpLine(sdp, 's') ?? '').toLowerCase();
  const kind = sessionKinds.find((one) => one.toLowerCase() === name) ?? fallback.kind ?? 'Play';
  return {
    kind,
    media: media.kind === 'video' ? 'video' : 'audio',
    owner: (sdpLine(sdp, 'o') ?? '').split(/\s+/)[0] ?? '',
    address,
    port: media.port,
    transport: transportOf(sdp, media),
    direction: directionOf(sdp, media),
    payloads: payloadsOf(media),
    ssrc: ssrcOf(anywhere(sdp, 'y')),
    channelId: sdpLine(sdp, 'u')?.split(':')[0],
    ...timesOf(sdp, kind),
    downloadSpeed: positive(sdpAttribute(sdp, 'downloadspeed', media)),
    fileSize: positive(sdpAttribute(sdp, 'filesize', media)),
    format: anywhere(sdp, 'f'),
  };
}

/** `y=` and `f=` stand at the end, so behind whichever medium comes last. */
const anywhere = (sdp: Sdp, type: string): string | undefined =>
  [...sdp.media.flatMap(({ lines }) => lines), ...sdp.lines].find((line) => line.type === type)?.value;

function transportOf(sdp: Sdp, media: SdpMedia): MediaTransport {
  if (!media.protocol.includes('TCP')) return 'udp';
  // Without a word about it the device is the one that connects (2022 annex D).
  return sdpAttribute(sdp, 'setup', media)?.toLowerCase() === 'passive' ? 'tcp-passive' : 'tcp-active';
}

function directionOf(sdp: Sdp, media: SdpMedia): Direction {
  const named = (['sendonly', 'recvonly', 'sendrecv'] as const).find(
    (one) => sdpAttribute(sdp, one, media) !== undefined,
  );
  return named ?? 'sendrecv';
}

function payloadsOf(media: SdpMedia): RtpMap[] {
  const maps = rtpMaps(media);
  const known = new Set(maps.map(({ payload }) => payload));
  // Static payload types need no rtpmap (RFC 3551 §6).
  const fixed: RtpMap[] = [...audioPayloads, { payload: 0, encoding: 'PCMU', clockRate: 8000 }];
  return [...maps, ...fixed.filter(({ payload }) => !known.has(payload) && media.formats.includes(String(payload)))];
}

function timesOf(sdp: Sdp, kind: SessionKind): { startMs?: number; endMs?: number } {
  if (kind !== 'Playback' && kind !== 'Download') return {};
  const match = /^(\d{1,11})\s+(\d{1,11})$/.exec(sdpLine(sdp, 't') ?? '');
  if (!match) throw new GbError('value', 'SDP of a playback without times');
  return { startMs: Number(match[1]) * 1000, endMs: Number(match[2]) * 1000 };
}

function positive(text: string | undefined): number | undefined {
  const value = Number(text ?? Number.NaN);
  return Number.isFinite(value) && value > 0 ? value : undefined;
}

/** The counterpart of the other side's transport, for an answer. */
export const answerTransport = (offered: MediaTransport): MediaTransport =>
  offered === 'tcp-passive' ? 'tcp-active' : offered === 'tcp-active' ? 'tcp-passive' : 'udp';
