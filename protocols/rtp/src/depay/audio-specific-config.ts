/** AudioSpecificConfig of AAC, ISO/IEC 14496-3 §1.6.2.1: the part that RTP needs. */

const rates = [96000, 88200, 64000, 48000, 44100, 32000, 24000, 22050, 16000, 12000, 11025, 8000, 7350];

export interface AacFormat {
  /** Of the core coder, in Hz; HE-AAC puts out twice as many samples. */
  readonly sampleRate: number;
  readonly channels: number;
}

/** Undefined where the bytes are no such configuration. */
export function parseAudioSpecificConfig(config: Uint8Array): AacFormat | undefined {
  if (config.length < 2) return undefined;
  const bits = Buffer.alloc(8);
  bits.set(config.subarray(0, 8));
  const word = bits.readBigUInt64BE();
  const take = (at: number, count: number) => Number((word >> BigInt(64 - at - count)) & ((1n << BigInt(count)) - 1n));
  let at = take(0, 5) === 31 ? 11 : 5;
  const index = take(at, 4);
  at += 4;
  let sampleRate = rates[index];
  if (index === 15) {
    sampleRate = take(at, 24);
    at += 24;
  }
  const layout = take(at, 4);
  if (sampleRate === undefined || sampleRate === 0 || layout > 7) return undefined;
  return { sampleRate, channels: layout === 7 ? 8 : layout };
}

/** The configuration of AAC-LC of two bytes, for descriptions that forgot it; undefined at odd rates. */
export function makeAudioSpecificConfig(sampleRate: number, channels: number): Uint8Array | undefined {
  const index = rates.indexOf(sampleRate);
  if (index < 0 || channels < 1 || channels > 7) return undefined;
  return Uint8Array.of((2 << 3) | (index >> 1), ((index & 1) << 7) | (channels << 3));
}
