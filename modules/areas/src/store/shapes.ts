/** Shapes of versions: arcs and the rings made of them. */
import { type AreaTopology, areaPolygons, type Polygons } from '@wangge/geo';
import { sql, type Tx } from '@wangge/kernel';
import type { AreaEntry, TownShapes } from '../rules/entry.ts';

/** Rows sent at once: keeps each message below some megabytes. */
const batch = 4000;

function* batches<T>(items: readonly T[]): Generator<readonly T[]> {
  for (let start = 0; start < items.length; start += batch) yield items.slice(start, start + batch);
}

/** Stores the shapes of all levels as one topology: a border that village and grid share is one row. */
export async function insertShapes(tx: Tx, versionId: string, topology: AreaTopology): Promise<void> {
  const arcs = topology.arcs.map((positions, arc) => ({ arc, positions }));
  for (const some of batches(arcs)) {
    await tx.run(sql`insert into areas_arcs (version_id, arc, positions)
      select ${versionId}::uuid, a.arc, a.positions::int[] from unnest(${some.map((a) => a.arc)}::int[],
        ${some.map((a) => `{${a.positions.join()}}`)}::text[]) as a(arc, positions)`);
  }
  for (const some of batches(ringsOf(topology))) {
    await tx.run(sql`insert into areas_rings (version_id, area_id, polygon, ring, arcs)
      select ${versionId}::uuid, r.area_id, r.polygon, r.ring, r.arcs::int[] from unnest(${some.map((r) => r.areaId)}::uuid[],
        ${some.map((r) => r.polygon)}::int[], ${some.map((r) => r.ring)}::int[],
        ${some.map((r) => `{${r.arcs.join()}}`)}::text[]) as r(area_id, polygon, ring, arcs)`);
  }
}

interface RingRow {
  readonly areaId: string;
  readonly polygon: number;
  readonly ring: number;
  readonly arcs: readonly number[];
}

function ringsOf(topology: AreaTopology): RingRow[] {
  return topology.areas.flatMap((area) =>
    area.polygons.flatMap((rings, polygon) => rings.map((arcs, ring) => ({ areaId: area.code, polygon, ring, arcs }))),
  );
}

/** The topology of a version; the codes of its areas are their ids. JSON, since `pg` reads arrays slowly. */
export async function topologyOf(tx: Tx, versionId: string): Promise<AreaTopology> {
  const arcs = await tx.rows<{ positions: number[] }>(
    sql`select array_to_json(positions) as positions from areas_arcs where version_id = ${versionId} order by arc`,
  );
  const rings = await tx.rows<RingRow>(sql`select area_id as "areaId", polygon, ring, array_to_json(arcs) as arcs
    from areas_rings where version_id = ${versionId} order by area_id, polygon, ring`);
  const areas = new Map<string, (readonly number[])[][]>();
  for (const row of rings) {
    const polygons = areas.get(row.areaId) ?? [];
    (polygons[row.polygon] ??= []).push(row.arcs);
    areas.set(row.areaId, polygons);
  }
  return {
    arcs: arcs.map((row) => row.positions),
    areas: [...areas].map(([code, polygons]) => ({ code, polygons })),
  };
}

/** Entries with their polygons in degrees. */
export async function shapesOf(tx: Tx, versionId: string, entries: readonly AreaEntry[]): Promise<TownShapes> {
  return townOf(entries, await topologyOf(tx, versionId));
}

export function townOf(entries: readonly AreaEntry[], topology: AreaTopology): TownShapes {
  const polygons = new Map<string, Polygons>();
  for (const area of topology.areas) polygons.set(area.code, areaPolygons(topology.arcs, area));
  return { entries, polygons };
}
