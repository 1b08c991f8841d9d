import { buildAreaIndex, interiorPoint, type Polygons } from '@wangge/geo';
import type { AreaEntry, TownShapes } from './entry.ts';

/**
 * Finds the area above by place: the one that holds the label point of the shape, else the one whose
 * code begins the code (administrative codes nest: county 6 digits, town 9, village 12). Answers null when neither
 * tells.
 */
export function parentFinder(
  parents: readonly AreaEntry[],
  polygons: TownShapes['polygons'],
): (code: string, shape: Polygons) => AreaEntry | null {
  const only = parents.length === 1 ? parents[0] : undefined;
  if (only) return () => only;
  const byCode = new Map(parents.map((parent) => [parent.code, parent]));
  const index = buildAreaIndex(parents.map(({ id, code }) => ({ code, polygons: polygons.get(id) ?? [] })));
  return (code, shape) => {
    const point = interiorPoint(shape);
    const found = point && index.locate(point[0], point[1]);
    if (found !== null) return byCode.get(found) ?? null;
    for (let length = code.length - 1; length > 0; length--) {
      const prefix = byCode.get(code.slice(0, length));
      if (prefix) return prefix;
    }
    return null;
  };
}
