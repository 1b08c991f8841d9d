import { makeAudioConfig, parseAudioConfig, type AacConfig } from '@wangge/codec';

/** What an AudioSpecificConfig of a description tells; undefined where it is garbage, for descriptions lie. */
export function readAacConfig(config: Uint8Array): AacConfig | undefined {
  try {
    return parseAudioConfig(config);
  } catch {
    return undefined;
  }
}

/** The configuration of AAC-LC, for descriptions that forgot it; undefined for odd layouts. */
export function assumeAacConfig(sampleRate: number, channels: number): Uint8Array | undefined {
  try {
    return makeAudioConfig({ objectType: 2, sampleRate, channels });
  } catch {
    return undefined;
  }
}
