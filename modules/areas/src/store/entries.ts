/** Areas of versions. */
import { sql, type Tx } from '@wangge/kernel';
import type { EntryRow } from '../entry-rows.ts';
import type { AreaNode } from '../rules/area-index.ts';
import type { ComparedArea } from '../rules/compare-versions.ts';
import { pathsOf } from '../rules/tree.ts';

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
