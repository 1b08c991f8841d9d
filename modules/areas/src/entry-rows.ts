/** What is stored of an area besides what was imported: label point and hashes. */
import { createHash } from 'node:crypto';
import { interiorPoint } from '@wangge/geo';
import { canonicalShape } from './rules/canonical-shape.ts';
import type { AreaEntry, TownShapes } from './rules/entry.ts';
import { pathsOf } from './rules/tree.ts';

export interface EntryRow extends AreaEntry {
  readonly centerLon: number | null;
  readonly centerLat: number | null;
  readonly shapeHash: string;
}

export function entryRows(town: TownShapes, known: readonly EntryRow[] = []): EntryRow[] {
  const rows = new Map(known.map((row) => [row.id, row]));
  return town.entries.map((entry) => {
    const row = rows.get(entry.id);
    if (row) return { ...row, ...entry };
    const shape = town.polygons.get(entry.id) ?? [];
    const center = interiorPoint(shape);
    return {
      ...entry,
      centerLon: center?.[0] ?? null,
      centerLat: center?.[1] ?? null,
      shapeHash: hash(canonicalShape(shape)),
    };
  });
}

/** Equal for versions that mean the same: areas, tree and shapes; whoever imported them, whenever. */
export function contentHash(rows: readonly EntryRow[]): string {
  const paths = pathsOf(rows);
  const lines = rows.map((row) =>
    JSON.stringify([row.level, paths.get(row.id), row.name, row.population, row.households, row.shapeHash]),
  );
  return hash(lines.toSorted().join('\n'));
}

function hash(text: string): string {
  return createHash('sha256').update(text).digest('base64url').slice(0, 22);
}
