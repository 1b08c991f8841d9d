import { SipError } from '../error.ts';

/** One line: `{ type: 'a', value: 'rtpmap:96 PS/90000' }`. */
export interface SdpLine {
  readonly type: string;
  readonly value: string;
}

export interface SdpMedia {
  /** `video`, `audio` … */
  readonly kind: string;
  readonly port: number;
  /** `RTP/AVP`, `TCP/RTP/AVP` … */
  readonly protocol: string;
  /** Payload types as written. */
  readonly formats: readonly string[];
  /** All lines below `m=`, unknown ones and the order included. */
  readonly lines: readonly SdpLine[];
}

/** A session description (RFC 8866) that keeps what it does not know, such as the `y=` and `f=` of GB/T 28181. */
export interface Sdp {
  readonly lines: readonly SdpLine[];
  readonly media: readonly SdpMedia[];
}

const maxLines = 500;
const maxMedia = 16;

/** Tolerates missing lines and any order. @throws SipError when it is no session description at all */
export function parseSdp(body: Uint8Array | string): Sdp {
  if (body.length > 64 * 1024) throw new SipError('too-large', 'SDP');
  const text = typeof body === 'string' ? body : Buffer.from(body).toString('latin1');
  const lines: SdpLine[] = [];
  const media: { head: Omit<SdpMedia, 'lines'>; lines: SdpLine[] }[] = [];
  for (const raw of text.split(/\r\n|\n|\r/).slice(0, maxLines)) {
    const match = /^\s*([A-Za-z])\s*=(.*)$/s.exec(raw);
    if (!match) continue;
    const line = { type: match[1]!.toLowerCase(), value: match[2]!.trim() };
    if (line.type === 'm') {
      if (media.length >= maxMedia) throw new SipError('too-large', 'SDP media');
      media.push({ head: parseMedia(line.value), lines: [] });
    } else (media.at(-1)?.lines ?? lines).push(line);
  }
  if (lines.length === 0 && media.length === 0) throw new SipError('malformed', 'SDP');
  return { lines, media: media.map(({ head, lines: below }) => ({ ...head, lines: below })) };
}

function parseMedia(value: string): Omit<SdpMedia, 'lines'> {
  const [kind = '', ports = '', protocol = '', ...formats] = value.split(/\s+/);
  const port = Number(/^(\d{1,5})(?:\/\d+)?$/.exec(ports)?.[1] ?? Number.NaN);
  if (!(port <= 65535) || kind === '') throw new SipError('malformed', 'SDP media line');
  return { kind: kind.toLowerCase(), port, protocol: protocol.toUpperCase(), formats };
}

export function buildSdp({ lines, media }: Sdp): string {
  const write = (all: readonly SdpLine[]): string => all.map(({ type, value }) => `${type}=${value}\r\n`).join('');
  const below = media.map(
    (one) => `m=${one.kind} ${one.port} ${one.protocol} ${one.formats.join(' ')}\r\n${write(one.lines)}`,
  );
  return write(lines) + below.join('');
}

/** First line of that type, of a medium first and of the session after it. */
export function sdpLine(sdp: Sdp, type: string, media?: SdpMedia): string | undefined {
  const all = [...(media?.lines ?? []), ...sdp.lines];
  return all.find((line) => line.type === type)?.value;
}

/** Value of `a=name:value`, '' for a flag `a=name`, names in any case; of a medium first and of the session after it. */
export function sdpAttribute(sdp: Sdp, name: string, media?: SdpMedia): string | undefined {
  for (const { type, value } of [...(media?.lines ?? []), ...sdp.lines]) {
    if (type !== 'a') continue;
    const [key = '', ...rest] = value.split(':');
    if (key.trim().toLowerCase() === name) return rest.join(':').trim();
  }
  return undefined;
}

/** Address of `c=`, the medium's before the session's. */
export function sdpAddress(sdp: Sdp, media?: SdpMedia): string | undefined {
  const match = /^IN\s+IP[46]\s+([0-9A-Za-z.:-]{1,253})/i.exec(sdpLine(sdp, 'c', media) ?? '');
  return match?.[1];
}

export interface RtpMap {
  readonly payload: number;
  /** In upper case: `PS`, `H264`, `PCMA`. */
  readonly encoding: string;
  readonly clockRate: number;
}

export function rtpMaps(media: SdpMedia): RtpMap[] {
  return media.lines.flatMap(({ type, value }) => {
    const match = type === 'a' ? /^rtpmap:\s*(\d{1,3})\s+([^/\s]{1,40})\/(\d{1,9})/i.exec(value) : null;
    if (!match) return [];
    return [{ payload: Number(match[1]), encoding: match[2]!.toUpperCase(), clockRate: Number(match[3]) }];
  });
}
