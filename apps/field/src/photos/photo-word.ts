import { serverClock, type PhotoTaken } from '@wangge/client';
import type { Place } from '@wangge/contract-kit';
import { currentPosition, fixOf } from '../place/position.ts';

/** A picture that the camera has just written is not older. */
const freshMs = 10 * 60_000;
/** A position from before the camera was opened is where the picture was taken. */
const recentMs = 60_000;
/** Nobody waits longer than this for a position. */
const patienceMs = 3000;

/**
 * How a file came here. On phones the button with `capture` opens the camera and nothing else; browsers
 * of desks ignore it and offer the disk, so a picture that was written before does not count as taken
 * here. That is all a web page can know: who wants to deceive it can, so this is the phone's word, shown
 * as such, and nothing proves it.
 */
export function howTaken(
  button: PhotoTaken['how'],
  file: { readonly lastModified: number },
  nowMs: number,
): PhotoTaken['how'] {
  // Some browsers inside other apps leave the time out: nobody is refused for that.
  const old = file.lastModified > 0 && nowMs - file.lastModified >= freshMs;
  return button === 'camera' && !old ? 'camera' : 'gallery';
}

/** Where the phone is, within three seconds or not at all. Only on duty, and never asks for a permission. */
export async function photoPlace(onDuty: boolean): Promise<Place | null> {
  if (!onDuty || !isSecureContext || !('geolocation' in navigator)) return null;
  const { state, fix } = currentPosition();
  if (fix && Date.now() - fix.takenAtMs < recentMs) return fix.place;
  if (state !== 'known' && !(await isGranted())) return null;
  return new Promise((resolve) => {
    const late = setTimeout(() => resolve(null), patienceMs);
    const done = (place: Place | null): void => {
      clearTimeout(late);
      resolve(place);
    };
    navigator.geolocation.getCurrentPosition(
      (position) => done(fixOf(position).place),
      () => done(null),
      { enableHighAccuracy: true, timeout: patienceMs, maximumAge: recentMs },
    );
  });
}

async function isGranted(): Promise<boolean> {
  try {
    return (await navigator.permissions.query({ name: 'geolocation' })).state === 'granted';
  } catch {
    // Not every browser tells.
    return false;
  }
}

/** What this phone says of a file at the moment when it was taken or chosen. */
export function photoWord(how: PhotoTaken['how'], nowMs: number, place: Place | null): PhotoTaken {
  return {
    how,
    atMs: nowMs,
    offsetMs: serverClock()?.offsetMs ?? null,
    // Where somebody chose an old picture says nothing about the picture.
    place: how === 'camera' ? place : null,
  };
}
