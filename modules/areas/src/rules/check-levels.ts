import { checkTiling, interiorPoint, type TilingReport } from '@wangge/geo';
import type { ErrorDetails } from '@wangge/contract-kit';
import { type AreaFinding, type AreaLevel, areaLevels } from '../contract.ts';
import type { AreaEntry, TownShapes } from './entry.ts';
import { type FaultCounts, noFaults } from './publish-rule.ts';
import { levelAbove, levelsOf } from './tree.ts';

export type Finding = AreaFinding & { readonly kind: keyof FaultCounts };

/**
 * Everything that keeps the levels from tiling the land: within each area, those right below it must fill
 * it and not overlap. By induction from the top down, every level then tiles the whole.
 *
 * Micro-grids may be left out of a grid altogether; grids may not be left out of a village. An outline that
 * was made from the areas below it cannot be left unfilled, so there only the areas among themselves count.
 */
export function checkLevels(town: TownShapes, levels: readonly AreaLevel[] = areaLevels): Finding[] {
  const present = levelsOf(town.entries);
  const below = Map.groupBy(town.entries, (entry) => entry.parentId);
  return levels.flatMap((level) => {
    const parentLevel = present.has(level) ? levelAbove(level, present) : null;
    if (parentLevel === null) {
      return checkAreas(
        town,
        town.entries.filter((entry) => entry.level === level),
        null,
      );
    }
    return town.entries
      .filter((entry) => entry.level === parentLevel)
      .flatMap((parent) => {
        const children = (below.get(parent.id) ?? []).filter((entry) => entry.level === level);
        if (children.length === 0 && level === 'micro-grid') return [];
        return checkAreas(town, children, parent);
      });
  });
}

function checkAreas(town: TownShapes, areas: readonly AreaEntry[], parent: AreaEntry | null): Finding[] {
  // What we made ourselves is as good as what it was made of, and that is checked below.
  if (areas.length > 0 && areas.every((area) => area.derived)) return [];
  const shapes = areas.map(({ id, code }) => ({ code, polygons: town.polygons.get(id) ?? [] }));
  const within = parent && !parent.derived ? town.polygons.get(parent.id) : undefined;
  // However small: land of two is nobody's, and a place may fall on it.
  const findings = findingsOf(checkTiling(shapes, { minAreaM2: 0, ...(within ? { within } : {}) }));
  // A parent with nothing in it names nobody else.
  return findings.map((found) => (found.codes.length === 0 && parent ? { ...found, codes: [parent.code] } : found));
}

/** A tiling report as rows that people read. */
export function findingsOf(report: TilingReport): Finding[] {
  const pieces = (kind: Finding['kind'], found: TilingReport['gaps']): Finding[] =>
    found.map((one) => {
      const point = interiorPoint(one.geometry);
      const at = point && { lon: point[0], lat: point[1] };
      return { kind, codes: [...one.areas], areaM2: one.areaM2, at };
    });
  return [
    ...pieces('gaps', report.gaps),
    ...pieces('overlaps', report.overlaps),
    ...pieces('slivers', report.slivers),
    ...report.selfIntersections.map((one): Finding => ({
      kind: 'selfIntersections',
      codes: [...one.areas],
      areaM2: one.areaM2,
      at: { lon: one.position[0], lat: one.position[1] },
    })),
    ...pieces('duplicates', report.duplicates),
    ...pieces('holes', report.holes),
    ...pieces('outside', report.outside),
  ];
}

/** Faults that a refusal names; the others are in the findings of the import. */
const maxPlaces = 20;

/** What a refusal says: how many of each kind, and the first of them by name, size and place. */
export function faultDetails(findings: readonly Finding[]): ErrorDetails {
  const named = findings.slice(0, maxPlaces);
  const places = named.map(({ kind, codes, areaM2, at }) => {
    const size = areaM2 === null ? '' : `, ${areaM2 < 10 ? areaM2.toFixed(4) : areaM2.toFixed(0)} m²`;
    const where = at === null ? '' : `, ${at.lon.toFixed(7)} ${at.lat.toFixed(7)}`;
    return `${kind}: ${codes.join(' | ')}${size}${where}`;
  });
  return { ...countFaults(findings), findings: named, places };
}

export function countFaults(findings: readonly Finding[]): FaultCounts {
  const counts = { ...noFaults };
  for (const { kind } of findings) counts[kind] += 1;
  return counts;
}
