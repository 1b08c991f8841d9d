import type { LonLat, Polygons } from '../types.ts';
import { ringAreaM2 } from '../metres.ts';
import type { Cells } from './cells.ts';
import { mix, toLonLat, type Xy } from './plane.ts';

/** A stretch of border between two groups of cells, drawn once for both. -1 is the land around the town. */
export type Stretch = { left: number; right: number; line: LonLat[] };

/**
 * The borders between groups of cells, from one meeting point of three groups to the next, with rounded corners.
 *
 * Rounding stays within the triangle between a corner and the middles of the two borders that meet there. That
 * triangle lies in one convex cell and no other border enters it, so rounded borders never cross.
 */
export function makeStretches(cells: Cells, groupOf: (cell: number) => number): Stretch[] {
  type Step = { left: number; right: number; from: number; to: number };
  const steps: Step[] = [];
  for (const border of cells.borders) {
    const left = groupOf(border.left);
    const right = groupOf(border.right);
    if (left !== right) steps.push({ left, right, from: border.from, to: border.to });
  }
  const atCorner = new Map<number, Step[]>();
  for (const step of steps) {
    for (const corner of [step.from, step.to]) {
      atCorner.set(corner, [...(atCorner.get(corner) ?? []), step]);
    }
  }
  const used = new Set<Step>();
  const stretches: Stretch[] = [];
  const follow = (first: Step, start: number) => {
    const forwards = first.from === start;
    const { left, right } = first;
    const path: Xy[] = [cells.corners[start]!];
    let step = first;
    let corner = start;
    for (;;) {
      used.add(step);
      corner = step.from === corner ? step.to : step.from;
      path.push(cells.corners[corner]!);
      const meeting = atCorner.get(corner)!;
      const next = meeting.find((candidate) => !used.has(candidate));
      if (meeting.length !== 2 || !next) break;
      step = next;
    }
    const line = withoutRepeats(rounded(path).map(toLonLat));
    if (line.length >= 2) stretches.push({ left, right, line: forwards ? line : line.reverse() });
  };
  // From the meeting points first; what is left are closed loops.
  for (const [corner, meeting] of atCorner) {
    if (meeting.length === 2) continue;
    for (const step of meeting) if (!used.has(step)) follow(step, corner);
  }
  for (const step of steps) if (!used.has(step)) follow(step, step.from);
  return stretches;
}

function rounded(path: readonly Xy[]): Xy[] {
  const line: Xy[] = [path[0]!];
  for (let i = 1; i < path.length - 1; i++) {
    const before = mix(path[i - 1]!, path[i]!, 0.5);
    const after = mix(path[i]!, path[i + 1]!, 0.5);
    const curve = mix(mix(before, path[i]!, 0.5), mix(path[i]!, after, 0.5), 0.5);
    if (i === 1) line.push(before);
    line.push(curve, after);
  }
  line.push(path.at(-1)!);
  return line;
}

/** The polygons of one area out of the stretches around it; `areaOf` says which area a group is in. */
export function polygonsOf(
  stretches: readonly Stretch[],
  areaOf: (group: number) => string | null,
  area: string,
): Polygons {
  const starts = new Map<string, LonLat[]>();
  for (const { left, right, line } of stretches) {
    const leftArea = areaOf(left);
    if (leftArea === areaOf(right)) continue;
    if (leftArea === area) starts.set(String(line[0]), line);
    else if (areaOf(right) === area) starts.set(String(line.at(-1)), line.toReversed());
  }
  const rings: LonLat[][] = [];
  for (const [start] of starts) {
    const ring: LonLat[] = [];
    for (let at = start; starts.has(at);) {
      const line = starts.get(at)!;
      starts.delete(at);
      ring.push(...(ring.length === 0 ? line : line.slice(1)));
      at = String(line.at(-1));
    }
    rings.push(ring);
  }
  // An area is connected, so one ring is around it and any other is around land of others inside it.
  return [rings.toSorted((a, b) => ringAreaM2(b) - ringAreaM2(a))];
}

function withoutRepeats(line: readonly LonLat[]): LonLat[] {
  return line.filter((p, i) => i === 0 || p[0] !== line[i - 1]![0] || p[1] !== line[i - 1]![1]);
}
