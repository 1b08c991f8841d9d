import type { PointPlan } from '@wangge/patrols/contract';

/** A point while it is edited: known by a key, since its name and its number change. */
export interface DraftPoint extends PointPlan {
  readonly key: string;
}
interface Spot {
  readonly lon: number;
  readonly lat: number;
}
const defaultRadiusM = 50;

/** Seven digits are a centimetre. */
export function spotOf({ lon, lat }: Spot): Spot {
  const round = (degrees: number): number => Math.round(degrees * 1e7) / 1e7;
  return { lon: round(lon), lat: round(lat) };
}

export function withPoint(points: readonly DraftPoint[], key: string, name: string, place: Spot): DraftPoint[] {
  return [...points, { key, name, place: spotOf(place), radiusM: defaultRadiusM, task: null }];
}
export function changed(points: readonly DraftPoint[], key: string, change: Partial<PointPlan>): DraftPoint[] {
  return points.map((p) => (p.key === key ? { ...p, ...change } : p));
}
/** @param by -1 up, 1 down; at an end nothing happens */
export function shifted(points: readonly DraftPoint[], key: string, by: -1 | 1): DraftPoint[] {
  const from = points.findIndex((p) => p.key === key);
  const to = from + by;
  const [one, other] = [points[from], points[to]];
  if (!one || !other) return [...points];
  return points.map((p, i) => (i === from ? other : i === to ? one : p));
}
export function plansOf(points: readonly DraftPoint[]): PointPlan[] {
  return points.map(({ name, place, radiusM, task }) => ({
    name: name.trim(),
    place,
    radiusM,
    task: task === null || task.trim() === '' ? null : task.trim(),
  }));
}
