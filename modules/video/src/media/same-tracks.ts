/** Did a camera change its format, or only begin anew? */
import type { Track } from '@wangge/codec';

/** True when a decoder that was set up for the one can go on with the other. */
export function sameTracks(one: readonly Track[], other: readonly Track[]): boolean {
  return one.length === other.length && one.every((track, n) => sameTrack(track, other[n]));
}

function sameTrack(one: Track, other: Track | undefined): boolean {
  if (other === undefined || one.codec !== other.codec) return false;
  if (one.kind === 'video') return other.kind === 'video' && sameBytes(one.parameterSets, other.parameterSets);
  return (
    other.kind === 'audio' &&
    one.sampleRate === other.sampleRate &&
    one.channels === other.channels &&
    sameBytes([one.config ?? empty], [other.config ?? empty])
  );
}

const empty = new Uint8Array();

function sameBytes(one: readonly Uint8Array[], other: readonly Uint8Array[]): boolean {
  return one.length === other.length && one.every((bytes, n) => Buffer.compare(bytes, other[n] ?? empty) === 0);
}
