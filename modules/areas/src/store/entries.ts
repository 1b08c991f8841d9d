/** Areas of versions. */
import { interiorPoint } from '@wangge/geo';
import { sql, type Tx } from '@wangge/kernel';
import { createHash } from 'node:crypto';
import type { AreaNode } from '../rules/area-index.ts';
import { canonicalShape } from '../rules/canonical-shape.ts';
import type { ComparedArea } from '../rules/compare-versions.ts';
import type { AreaEntry, TownShapes } from '../rules/entry.ts';
import { pathsOf } from '../rules/tree.ts';

export interface EntryRow extends AreaEntry {
  readonly centerLon: number | null;
  readonly centerLat: number | null;
  readonly shapeHash: string;
}

/** What is stored of each area, reckoned from its shape. */
export function entryRows(town: TownShapes): EntryRow[] {
  return town.entries.map((entry) => {
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

export async function insertEntries(tx: Tx, versionId: string, rows: readonly EntryRow[]): Promise<void> {
  await tx.run(sql`insert into areas_entries (version_id, area_id, level, code, name, parent_id, population, households,
      center_lon, center_lat, derived, shape_hash)
    select ${versionId}::uuid, e.id, e.level, e.code, e.name, e."parentId", e.population, e.households,
      e."centerLon", e."centerLat", e.derived, e."shapeHash"
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as e(id uuid, level text, code text, name text, "parentId" uuid,
      population int, households int, "centerLon" double precision, "centerLat" double precision, derived boolean,
      "shapeHash" text)`);
}

export function entriesOf(tx: Tx, versionId: string): Promise<EntryRow[]> {
  return tx.rows<EntryRow>(sql`select area_id as id, level, code, name, parent_id as "parentId", population, households,
      derived, center_lon as "centerLon", center_lat as "centerLat", shape_hash as "shapeHash"
    from areas_entries where version_id = ${versionId}`);
}

export function comparedAreas(tx: Tx, versionId: string): Promise<ComparedArea[]> {
  return tx.rows<ComparedArea>(sql`select area_id as id, code, name, parent_id as "parentId", shape_hash as "shapeHash"
    from areas_entries where version_id = ${versionId}`);
}

export function nodesOf(rows: readonly EntryRow[]): AreaNode[] {
  const paths = pathsOf(rows);
  return rows.map((row) => ({
    id: row.id,
    code: row.code,
    name: row.name,
    level: row.level,
    parentId: row.parentId,
    path: paths.get(row.id) ?? '',
    population: row.population,
    households: row.households,
    center: row.centerLon === null || row.centerLat === null ? null : { lon: row.centerLon, lat: row.centerLat },
  }));
}
