import { parseAudioConfig } from './aac.ts';
import type { AudioTrack, Track, VideoTrack } from './frame.ts';
import { ParameterSets } from './parameter-sets.ts';
import type { HevcProfile } from './sps.ts';

/**
 * The `codecs` parameter of a track (RFC 6381; H.265 as in ISO/IEC 14496-15 annex E), for `MediaSource.isTypeSupported`.
 * Nothing while the parameter sets are unknown. G.711 gets the four letters of its sample entry.
 */
export function codecString(track: Track): string | undefined {
  return track.kind === 'video' ? videoString(track) : audioString(track);
}

function videoString(track: VideoTrack): string | undefined {
  const sps = new ParameterSets(track.codec, track.parameterSets).sps();
  if (!sps) return undefined;
  if (sps.hevc) return hevcString(sps.hevc);
  return `avc1.${[sps.profile, sps.constraints, sps.level].map((byte) => hex(byte).padStart(2, '0')).join('')}`;
}

function hevcString(profile: HevcProfile): string {
  const space = ['', 'A', 'B', 'C'][profile.space] ?? '';
  // The flags are told from the lowest bit on: Main (flags 1 and 2) reads 6.
  let reversed = 0;
  for (let i = 0; i < 32; i++) if ((profile.compatibility >>> i) & 1) reversed += 2 ** (31 - i);
  const parts = [`hvc1.${space}${profile.profile}`, hex(reversed), `${profile.tier ? 'H' : 'L'}${profile.level}`];
  const constraints = [...profile.constraints];
  while (constraints.at(-1) === 0) constraints.pop();
  return [...parts, ...constraints.map(hex)].join('.');
}

function audioString(track: AudioTrack): string {
  if (track.codec === 'opus') return 'opus';
  if (track.codec !== 'aac') return track.codec === 'pcma' ? 'alaw' : 'ulaw';
  return `mp4a.40.${track.config ? parseAudioConfig(track.config).objectType : 2}`;
}

function hex(value: number): string {
  return value.toString(16).toUpperCase();
}
