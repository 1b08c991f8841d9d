/** Heads and households when areas are divided or joined: sums stay what they were. */
import type { AreaEntry } from '../entry.ts';

type Figures = Pick<AreaEntry, 'population' | 'households'>;
const plus = (a: number | null, b: number | null): number | null => (a === null || b === null ? null : a + b);
const minus = (a: number | null, b: number | null): number | null =>
  a === null || b === null ? null : Math.max(0, a - b);

export function joined(a: Figures, b: Figures): Figures {
  return { population: plus(a.population, b.population), households: plus(a.households, b.households) };
}
export function without(a: Figures, b: Figures): Figures {
  return { population: minus(a.population, b.population), households: minus(a.households, b.households) };
}
/** The part of `share` (0–1) by land, since nobody has counted it yet; whoever publishes is shown it. */
export function shareOf(a: Figures, share: number): Figures {
  const part = (n: number | null): number | null => (n === null ? null : Math.round(n * share));
  return { population: part(a.population), households: part(a.households) };
}
export function sumOf(list: readonly Figures[]): Figures {
  return list.reduce<Figures>(joined, { population: 0, households: 0 });
}
