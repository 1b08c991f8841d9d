import type { AreaVersion } from '../contract.ts';

export type FaultCounts = AreaVersion['faults'];
export const noFaults: FaultCounts = {
  gaps: 0,
  overlaps: 0,
  slivers: 0,
  selfIntersections: 0,
  duplicates: 0,
  holes: 0,
  outside: 0,
};

export function isFaulty(faults: FaultCounts): boolean {
  return Object.values(faults).some((count) => count > 0);
}

/**
 * What may be done with a version that someone wants to publish.
 * `done`: it is in force already, so asking twice is no error. `stale`: something else came into
 * force since the draft was made, and publishing it would silently take that back.
 */
export function mayPublish(
  version: { state: AreaVersion['state']; baseId: string | null },
  publishedId: string | null,
): 'yes' | 'done' | 'stale' | 'never' {
  switch (version.state) {
    case 'published':
      return 'done';
    case 'draft':
      return version.baseId === publishedId ? 'yes' : 'stale';
    case 'superseded':
    // Faults were accepted for reference; nobody may be made responsible by it.
    case 'layer':
      return 'never';
    default:
      return version.state satisfies never;
  }
}
