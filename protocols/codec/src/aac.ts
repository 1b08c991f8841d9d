import { BitReader, CodecError } from './bit-reader.ts';

/** ISO/IEC 14496-3 table 1.18; index 15 tells the rate itself. */
const rates = [96_000, 88_200, 64_000, 48_000, 44_100, 32_000, 24_000, 22_050, 16_000, 12_000, 11_025, 8000, 7350];
/** Table 1.19: 7 stands for 7.1. */
const channelCounts = [0, 1, 2, 3, 4, 5, 6, 8];

/** What AudioSpecificConfig tells. */
export interface AacConfig {
  /** 2 = AAC-LC, 5 = HE-AAC, 29 = HE-AAC v2 */
  readonly objectType: number;
  /** Hz of the core coder; with SBR the sound comes out at twice that rate. */
  readonly sampleRate: number;
  readonly channels: number;
}

/**
 * Reads AudioSpecificConfig (ISO/IEC 14496-3 §1.6.2.1) as far as cameras use it.
 *
 * @throws CodecError when it is cut short or names a reserved rate
 */
export function parseAudioConfig(config: Uint8Array): AacConfig {
  const r = new BitReader(config);
  const objectType = readObjectType(r);
  const sampleRate = readRate(r);
  const channels = channelCounts[r.bits(4)] ?? 0;
  return { objectType, sampleRate, channels };
}

function readObjectType(r: BitReader): number {
  const type = r.bits(5);
  return type === 31 ? 32 + r.bits(6) : type;
}

function readRate(r: BitReader): number {
  const index = r.bits(4);
  if (index === 15) return r.bits(24);
  const rate = rates[index];
  if (rate === undefined) throw new CodecError('a reserved sample rate');
  return rate;
}

/**
 * AudioSpecificConfig of plain AAC.
 *
 * @throws CodecError when the layout of the channels has no number of its own
 */
export function makeAudioConfig({ objectType, sampleRate, channels }: AacConfig): Uint8Array {
  const layout = channelCounts.indexOf(channels, 1);
  if (layout === -1) throw new CodecError(`no AAC layout for ${channels} channels`);
  const index = rates.indexOf(sampleRate);
  if (index === -1) {
    const rate = sampleRate;
    const head = (objectType << 11) | (15 << 7) | (rate >> 17);
    return Uint8Array.of(
      head >> 8,
      head & 255,
      (rate >> 9) & 255,
      (rate >> 1) & 255,
      ((rate & 1) << 7) | (layout << 3),
    );
  }
  const word = (objectType << 11) | (index << 7) | (layout << 3);
  return Uint8Array.of(word >> 8, word & 255);
}

/** One frame of an ADTS stream (ISO/IEC 14496-3 §1.A.2). */
export interface AdtsFrame {
  readonly config: AacConfig;
  /** Raw AAC without the header. */
  readonly data: Uint8Array;
}

/** Bytes of a header without checksum. */
const headerBytes = 7;

interface AdtsHeader {
  readonly config: AacConfig;
  readonly headerLength: number;
  readonly frameLength: number;
}

/** The header at this place, or nothing if there is none (or too little of it). */
function readAdtsHeader(bytes: Uint8Array, at: number): AdtsHeader | undefined {
  if (bytes.length - at < headerBytes || bytes[at] !== 0xff || ((bytes[at + 1] ?? 0) & 0xf6) !== 0xf0) return undefined;
  const [b1 = 0, b2 = 0, b3 = 0, b4 = 0, b5 = 0] = bytes.subarray(at + 1, at + 6);
  const sampleRate = rates[(b2 >> 2) & 15];
  const headerLength = b1 & 1 ? headerBytes : headerBytes + 2;
  const frameLength = ((b3 & 3) << 11) | (b4 << 3) | (b5 >> 5);
  if (sampleRate === undefined || frameLength <= headerLength) return undefined;
  const channels = channelCounts[((b2 & 1) << 2) | (b3 >> 6)] ?? 0;
  return { config: { objectType: (b2 >> 6) + 1, sampleRate, channels }, headerLength, frameLength };
}

/**
 * Whole ADTS frames of a buffer, views into it, and how many bytes they took (what follows is the start of a frame
 * that is still coming). Bytes that are no header are skipped.
 */
export function splitAdts(bytes: Uint8Array): { frames: AdtsFrame[]; used: number } {
  const frames: AdtsFrame[] = [];
  let at = 0;
  while (bytes.length - at >= headerBytes) {
    const header = readAdtsHeader(bytes, at);
    if (!header) {
      at++;
      continue;
    }
    if (at + header.frameLength > bytes.length) break;
    frames.push({
      config: header.config,
      data: bytes.subarray(at + header.headerLength, at + header.frameLength),
    });
    at += header.frameLength;
  }
  return { frames, used: at };
}

/**
 * Header without checksum for one raw frame of this many bytes.
 *
 * @throws CodecError when ADTS cannot tell the rate, the layout or the length
 */
export function makeAdtsHeader(config: AacConfig, dataBytes: number): Uint8Array {
  const index = rates.indexOf(config.sampleRate);
  const layout = channelCounts.indexOf(config.channels, 1);
  const length = dataBytes + headerBytes;
  if (index === -1 || layout === -1 || length > 8191) throw new CodecError('ADTS cannot carry this frame');
  // ADTS has two bits for the object type: HE-AAC is announced as LC, and decoders find its extension.
  const profile = config.objectType >= 1 && config.objectType <= 4 ? config.objectType - 1 : 1;
  return Uint8Array.of(
    0xff,
    0xf1,
    (profile << 6) | (index << 2) | (layout >> 2),
    ((layout & 3) << 6) | (length >> 11),
    (length >> 3) & 255,
    ((length & 7) << 5) | 0x1f,
    0xfc,
  );
}
