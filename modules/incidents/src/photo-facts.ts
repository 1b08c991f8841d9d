/** What is shown beside a photo: when, how and how far from the place. Pure. */
import { distanceM } from '@wangge/geo';
import type { PhotoWord } from '@wangge/kernel';
import type { PhotoFacts } from './contract/photo.ts';
import { onTheSpotMs } from './phone-time.ts';

export interface Seen {
  /** Of the incident, where it has an exact one. */
  readonly place: { readonly lon: number; readonly lat: number } | null;
  /** The reader may know it, and so where its photos were taken. */
  readonly exact: boolean;
}

/**
 * The phone's time put right by the measured offset, never after the photo's arrival. What arrived at
 * once counts from its arrival; everything else rests on the phone's word and says so.
 */
export function photoFacts(word: PhotoWord, seen: Seen): PhotoFacts {
  const { how, receivedMs, place } = word;
  const toldMs = word.atMs + (word.offsetMs ?? 0);
  const byPhone = receivedMs - toldMs > onTheSpotMs;
  const facts = { how, atMs: byPhone ? toldMs : receivedMs, byPhone, receivedMs };
  if (!seen.exact) return facts;
  const metres = place && seen.place ? distanceM([place.lon, place.lat], [seen.place.lon, seen.place.lat]) : null;
  return { ...facts, place, distanceM: metres === null ? null : Math.round(metres) };
}
