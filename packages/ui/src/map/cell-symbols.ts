/** How cells of many incidents look, as plain facts: layers, legend and tests share them. */
import type { Severity } from '@wangge/incidents/contract';

/** Several incidents as one: `x` and `y` of the contract's cells, the place in the middle of what is in it. */
export interface MapCell {
  readonly x: number;
  readonly y: number;
  readonly lon: number;
  readonly lat: number;
  readonly count: number;
  readonly overdue: number;
  readonly worst: Severity;
}
export const cellId = ({ x, y }: Pick<MapCell, 'x' | 'y'>): string => `${x}:${y}`;

/** Grows with the count, slowly: a hundred is not ten times as wide as ten. Pixels. */
export const clusterRadius = (count: number): number => Math.min(22, 11 + 4 * Math.log10(Math.max(1, count)));

/** Light to dark, so that they also differ without colour; red stays with what is overdue. */
export const heatColors = ['#d5cdea', '#ad9cd6', '#8469be', '#5d37a0', '#38136f'] as const;

/**
 * Lowest count of each step of the heat, up to five, each about as many times the one before.
 *
 * @example heatSteps(100) // [1, 3, 7, 16, 40]
 */
export function heatSteps(most: number): number[] {
  if (most < 1) return [];
  return [...new Set(heatColors.map((_, step) => Math.ceil(most ** (step / heatColors.length))))];
}
/** The step that a count is in. */
export const heatStep = (count: number, steps: readonly number[]): number =>
  Math.max(
    0,
    steps.findLastIndex((from) => count >= from),
  );
