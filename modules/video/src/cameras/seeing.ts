/** Which cameras see a place. Pure. */
import { distanceM, metresPerDegree } from '@wangge/geo';
import type { ViewCone } from '../contract.ts';

interface Spot {
  readonly lon: number;
  readonly lat: number;
}
interface Looking extends Spot {
  readonly cone: ViewCone | null;
}

/** Without a known direction nothing is said of what a camera sees; standing near may still help. */
export const nearM = 300;

/** Degrees clockwise from north, 0 to 360. */
export function bearingDeg(from: Spot, to: Spot): number {
  const scale = metresPerDegree((from.lat + to.lat) / 2);
  const deg = (Math.atan2((to.lon - from.lon) * scale.lon, (to.lat - from.lat) * scale.lat) * 180) / Math.PI;
  return (deg + 360) % 360;
}
/** Smaller angle between two directions, 0 to 180. */
export function turnDeg(a: number, b: number): number {
  return Math.abs(((a - b + 540) % 360) - 180);
}

export interface Sight {
  readonly distanceM: number;
  readonly sees: boolean;
  /** Smaller is better; compare only within equal `sees`. */
  readonly rank: number;
}

/**
 * Whether a camera's cone holds a place, and how well: at the edge of the angle as bad as at the end of the distance.
 * Null: neither sees it nor stands near.
 */
export function sightOf(camera: Looking, place: Spot): Sight | null {
  const away = distanceM([camera.lon, camera.lat], [place.lon, place.lat]);
  const { cone } = camera;
  if (cone && away <= cone.distanceM) {
    // Whatever looks all round has no edge; right below itself every camera sees, since no direction can be told.
    const allRound = cone.angleDeg >= 360 || away < 1;
    const off = allRound ? 0 : turnDeg(bearingDeg(camera, place), cone.bearingDeg) / (cone.angleDeg / 2);
    if (off <= 1) return { distanceM: Math.round(away), sees: true, rank: off + away / cone.distanceM };
  }
  return away <= nearM ? { distanceM: Math.round(away), sees: false, rank: away } : null;
}

/** Those that see the place, the best first; behind them those that stand near, the nearest first. */
export function rankSeeing<C extends Looking & { readonly id: string }>(
  cameras: readonly C[],
  place: Spot,
): (C & { distanceM: number; sees: boolean })[] {
  return cameras
    .flatMap((camera) => {
      const sight = sightOf(camera, place);
      return sight ? [{ camera, sight }] : [];
    })
    .toSorted(
      (a, b) =>
        Number(b.sight.sees) - Number(a.sight.sees) ||
        a.sight.rank - b.sight.rank ||
        (a.camera.id < b.camera.id ? -1 : 1),
    )
    .map(({ camera, sight }) => ({ ...camera, distanceM: sight.distanceM, sees: sight.sees }));
}
