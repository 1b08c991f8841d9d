import type { Place } from '@wangge/contract-kit';

/**
 * What the phone says about where it is. `insecure`: browsers give no position to pages that were not
 * opened over HTTPS (or from the same machine).
 */
export type Position =
  | { readonly state: 'off' | 'seeking' | 'denied' | 'unavailable' | 'insecure'; readonly fix: null }
  | { readonly state: 'known'; readonly fix: Fix };

export interface Fix {
  readonly place: Place;
  /** Phone's clock. */
  readonly takenAtMs: number;
}

type State = Position['state'];
const off: Position = { state: 'off', fix: null };
let now: Position = off;
let watchId: number | null = null;
/** Kept over a change of page, so that distances do not vanish until the receiver speaks again. */
let lastFix: Fix | null = null;
const recentMs = 60_000;
const listeners = new Set<() => void>();

function set(next: Position): void {
  now = next;
  listeners.forEach((tell) => tell());
}

/** Degrees beyond 1e-7 (a centimetre) are noise, and metres beyond one too. */
export function fixOf({ coords, timestamp }: Pick<GeolocationPosition, 'timestamp'> & { coords: Coords }): Fix {
  const round = (degrees: number): number => Math.round(degrees * 1e7) / 1e7;
  return {
    place: {
      lon: round(coords.longitude),
      lat: round(coords.latitude),
      accuracyM: Math.min(1_000_000, Math.max(0, Math.round(coords.accuracy))),
    },
    takenAtMs: Math.round(timestamp),
  };
}
type Coords = Pick<GeolocationCoordinates, 'longitude' | 'latitude' | 'accuracy'>;

function start(): void {
  if (watchId !== null) return;
  if (!isSecureContext || !('geolocation' in navigator)) return set({ state: 'insecure', fix: null });
  const recent = lastFix !== null && Date.now() - lastFix.takenAtMs < recentMs ? lastFix : null;
  set(recent ? { state: 'known', fix: recent } : { state: 'seeking', fix: null });
  watchId = navigator.geolocation.watchPosition(
    (position) => {
      lastFix = fixOf(position);
      set({ state: 'known', fix: lastFix });
    },
    (error) => {
      const state: State = error.code === error.PERMISSION_DENIED ? 'denied' : 'unavailable';
      // A lost signal in a lane must not throw away where one was a moment ago.
      if (state === 'denied' || now.state !== 'known') set({ state, fix: null });
    },
    { enableHighAccuracy: true, timeout: 20_000, maximumAge: 5000 },
  );
}

function stop(): void {
  if (watchId !== null) navigator.geolocation.clearWatch(watchId);
  watchId = null;
  now = off;
}

/** The receiver runs only while something on the page listens, and never while the page is hidden. */
export function watchPosition(listener: () => void): () => void {
  listeners.add(listener);
  if (listeners.size === 1) {
    document.addEventListener('visibilitychange', followVisibility);
    if (!document.hidden) start();
  }
  return () => {
    listeners.delete(listener);
    if (listeners.size > 0) return;
    document.removeEventListener('visibilitychange', followVisibility);
    stop();
  };
}

function followVisibility(): void {
  if (!document.hidden) return start();
  const last = now;
  stop();
  set(last.state === 'known' ? last : off);
}

export function currentPosition(): Position {
  return now;
}

/** Ask again after a refusal or a fault. */
export function restartPosition(): void {
  stop();
  lastFix = null;
  start();
}
