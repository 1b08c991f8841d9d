/** From an address to a description: OPTIONS, DESCRIBE, redirections. */
import { formatOf, parseSdp, type RtpFormat, attribute, type SdpMedia } from '@wangge/rtp';
import { header, type RtspResponse } from '../message.ts';
import { controlUri, parseRtspUrl, withoutUser, type RtspUrl } from '../url.ts';
import type { RtspConnection } from './connection.ts';
import { errorOfStatus, RtspError } from './errors.ts';

export const backchannelTag = 'www.onvif.org/ver20/backchannel';

export interface DescribedTrack {
  readonly uri: string;
  readonly format: RtpFormat;
}

export interface Description {
  /** Address for PLAY, PAUSE and TEARDOWN of all tracks together. */
  readonly aggregateUri: string;
  readonly tracks: readonly DescribedTrack[];
  readonly backchannel: DescribedTrack | undefined;
  /** Methods of the answer to OPTIONS; undefined where it was none. */
  readonly methods: ReadonlySet<string> | undefined;
}

export interface DescribeOptions {
  readonly url: RtspUrl;
  readonly media: readonly string[];
  readonly backchannel: boolean;
}

/** Where the server sends us instead; the connection is not used further. */
export class Redirection extends Error {
  override readonly name = 'Redirection';
  readonly url: RtspUrl;

  constructor(url: RtspUrl) {
    super('redirected');
    this.url = url;
  }
}

/** @throws RtspError, or {@link Redirection} for a 3xx with a Location (RFC 2326 §11.3) */
export async function describe(connection: RtspConnection, options: DescribeOptions): Promise<Description> {
  const { uri } = options.url;
  const methods = readMethods(await connection.request('OPTIONS', uri));
  const accept = { Accept: 'application/sdp' };
  let response = options.backchannel
    ? await connection.request('DESCRIBE', uri, { ...accept, Require: backchannelTag })
    : await connection.request('DESCRIBE', uri, accept);
  // 551: the camera has no way back; the pictures are wanted all the same.
  if (options.backchannel && response.status === 551) response = await connection.request('DESCRIBE', uri, accept);
  if (response.status >= 300 && response.status < 400) throw redirection(response);
  if (response.status !== 200) throw errorOfStatus('DESCRIBE', response.status);
  return { ...readDescription(response, options), methods };
}

function readMethods(response: RtspResponse): Set<string> | undefined {
  const list = header(response, 'public');
  return response.status === 200 && list !== undefined ? new Set(list.toUpperCase().split(/\s*,\s*/)) : undefined;
}

function redirection(response: RtspResponse): Error {
  try {
    return new Redirection(parseRtspUrl(header(response, 'location') ?? ''));
  } catch {
    return new RtspError('refused', 'redirected to no address', response.status);
  }
}

function readDescription(response: RtspResponse, options: DescribeOptions): Omit<Description, 'methods'> {
  const sdp = parseSdp(response.body.toString('utf8'));
  if (sdp === undefined) throw new RtspError('unsupported', 'the description names no track');
  const base = baseOf(response, options.url.uri);
  const tracks: DescribedTrack[] = [];
  let backchannel: DescribedTrack | undefined;
  for (const media of sdp.media) {
    const format = formatOf(media);
    if (format === undefined) continue;
    const track = { uri: controlUri(base, attribute(media, 'control')), format };
    if (isBackchannel(media)) {
      if (options.backchannel) backchannel ??= pickBackchannel(track);
    } else if (options.media.includes(media.kind)) {
      tracks.push(track);
    }
  }
  if (tracks.length === 0) throw new RtspError('unsupported', 'the description has no track of a known format');
  return { aggregateUri: controlUri(base, attribute(sdp, 'control')), tracks, backchannel };
}

/** RFC 2326 appendix C.1.1. Cameras behind NAT put an address of their own there: relative ones are dropped. */
function baseOf(response: RtspResponse, uri: string): string {
  const base = header(response, 'content-base') ?? header(response, 'content-location');
  return base !== undefined && /^rtsp:\/\//i.test(base) ? withoutUser(base.trim()) : uri;
}

/** `sendonly` is meant from the client's side (ONVIF Streaming Specification §5.3.2). */
function isBackchannel(media: SdpMedia): boolean {
  return media.kind === 'audio' && attribute(media, 'sendonly') !== undefined;
}

function pickBackchannel(track: DescribedTrack): DescribedTrack | undefined {
  const { codec } = track.format.track;
  return codec === 'pcma' || codec === 'pcmu' ? track : undefined;
}
