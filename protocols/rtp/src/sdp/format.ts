/** What a description says of one payload format, with the gaps filled that cameras leave. */
import { type AudioTrack, isParameterSet, nalHeaderBytes, type VideoCodec, type VideoTrack } from '@wangge/codec';
import { aacHbr, type AacHeaderSizes } from '../depay/aac.ts';
import { assumeAacConfig, readAacConfig } from '../depay/aac-config.ts';
import { configOfStreamMux } from '../depay/latm.ts';
import { formatAttribute, type SdpMedia } from './types.ts';

interface FormatBase {
  readonly payloadType: number;
  /** Ticks per second of the RTP stamps. */
  readonly clockRate: number;
}

export interface VideoFormat extends FormatBase {
  readonly track: VideoTrack;
  /** Decoding order numbers are in the packets (H.265). */
  readonly donl: boolean;
}

export interface AudioFormat extends FormatBase {
  readonly track: AudioTrack;
  readonly aac?: { readonly packing: 'hbr'; readonly sizes: AacHeaderSizes } | LatmPacking;
}

interface LatmPacking {
  readonly packing: 'latm';
  readonly subFrames: number;
}

export type RtpFormat = VideoFormat | AudioFormat;

/** Payload types that need no rtpmap, RFC 3551 §6. */
const staticFormats: Readonly<Record<string, string>> = { '0': 'PCMU/8000', '8': 'PCMA/8000' };

/** The first format of the `m=` line that can be read; undefined where there is none (metadata, G.726, JPEG, …). */
export function formatOf(media: SdpMedia): RtpFormat | undefined {
  for (const format of media.formats) {
    const map = formatAttribute(media, 'rtpmap', format) ?? staticFormats[format];
    const payloadType = Number(format);
    if (map === undefined || !(payloadType >= 0 && payloadType < 128)) continue;
    const known = readFormat(payloadType, map, parseParameters(formatAttribute(media, 'fmtp', format) ?? ''));
    if (known !== undefined) return known;
  }
  return undefined;
}

/** Parameters of an `a=fmtp:` line, names in lower case. */
export function parseParameters(line: string): Map<string, string> {
  const parameters = new Map<string, string>();
  for (const part of line.split(';')) {
    const equals = part.indexOf('=');
    if (equals > 0) parameters.set(part.slice(0, equals).trim().toLowerCase(), part.slice(equals + 1).trim());
  }
  return parameters;
}

function readFormat(payloadType: number, map: string, parameters: Map<string, string>): RtpFormat | undefined {
  const [name = '', rate = '', channelText = '1'] = map.split('/');
  const said = Number.parseInt(rate, 10);
  const channels = Math.min(8, Math.max(1, Number.parseInt(channelText, 10) || 1));
  switch (name.trim().toUpperCase()) {
    case 'H264':
      // The clock is 90 kHz by RFC 6184 §8.2.1 and RFC 7798 §7.1, whatever the description says.
      return video(payloadType, 'h264', readSets('h264', parameters.get('sprop-parameter-sets')), false);
    case 'H265':
    case 'HEVC': {
      const texts = ['sprop-vps', 'sprop-sps', 'sprop-pps'].map((key) => parameters.get(key));
      const sets = texts.flatMap((text) => readSets('h265', text));
      return video(payloadType, 'h265', sets, Number(parameters.get('sprop-max-don-diff') ?? 0) > 0);
    }
    case 'PCMA':
      return plain(payloadType, 'pcma', 8000, 1);
    case 'PCMU':
      return plain(payloadType, 'pcmu', 8000, 1);
    case 'OPUS':
      return plain(payloadType, 'opus', 48000, channels);
    case 'MPEG4-GENERIC':
      return said > 0 ? aac(payloadType, said, channels, parameters) : undefined;
    case 'MP4A-LATM':
      return said > 0 ? latm(payloadType, said, channels, parameters) : undefined;
    default:
      return undefined;
  }
}

function video(payloadType: number, codec: 'h264' | 'h265', sets: Uint8Array[], donl: boolean): VideoFormat {
  return { payloadType, clockRate: 90_000, donl, track: { kind: 'video', codec, parameterSets: sets } };
}

function plain(payloadType: number, codec: 'pcma' | 'pcmu' | 'opus', rate: number, channels: number): AudioFormat {
  return { payloadType, clockRate: rate, track: { kind: 'audio', codec, sampleRate: rate, channels } };
}

/** RFC 3640 §4.1; what is left out is taken as AAC-hbr, and AAC-LC as `a=rtpmap` tells it. */
function aac(
  payloadType: number,
  rate: number,
  said: number,
  parameters: Map<string, string>,
): AudioFormat | undefined {
  const config = readHex(parameters.get('config')) ?? assumeAacConfig(rate, said);
  const format = config === undefined ? undefined : readAacConfig(config);
  if (config === undefined || format === undefined) return undefined;
  const length = (name: string, otherwise: number) => {
    const value = Number.parseInt(parameters.get(name) ?? '', 10);
    return value >= 0 && value <= 16 ? value : otherwise;
  };
  const sizes = {
    sizeLength: length('sizelength', aacHbr.sizeLength) || aacHbr.sizeLength,
    indexLength: length('indexlength', aacHbr.indexLength),
    indexDeltaLength: length('indexdeltalength', aacHbr.indexDeltaLength),
  };
  return { payloadType, clockRate: rate, track: aacTrack(rate, said, config), aac: { packing: 'hbr', sizes } };
}

/** RFC 6416 §7.3, with the configuration in the description only. */
function latm(
  payloadType: number,
  rate: number,
  said: number,
  parameters: Map<string, string>,
): AudioFormat | undefined {
  if (parameters.get('cpresent') !== '0') return undefined;
  const mux = configOfStreamMux(readHex(parameters.get('config')) ?? new Uint8Array());
  if (mux === undefined || readAacConfig(mux.config) === undefined) return undefined;
  const packing: LatmPacking = { packing: 'latm', subFrames: mux.subFrames };
  return { payloadType, clockRate: rate, track: aacTrack(rate, said, mux.config), aac: packing };
}

function aacTrack(rate: number, said: number, config: Uint8Array): AudioTrack {
  const channels = readAacConfig(config)?.channels || said;
  return { kind: 'audio', codec: 'aac', sampleRate: rate, channels, config };
}

function readHex(text: string | undefined): Uint8Array | undefined {
  if (text === undefined || !/^([\da-f]{2}){1,64}$/i.test(text)) return undefined;
  return Uint8Array.from(Buffer.from(text, 'hex'));
}

/** Comma-separated base64 (RFC 6184 §8.1); what is no parameter set of the codec is left out. */
function readSets(codec: VideoCodec, text: string | undefined): Uint8Array[] {
  if (text === undefined) return [];
  return text
    .split(',')
    .slice(0, 32)
    .map((part) => Uint8Array.from(Buffer.from(part.trim(), 'base64')))
    .filter((nal) => nal.length > nalHeaderBytes[codec] && isParameterSet(codec, nal));
}
