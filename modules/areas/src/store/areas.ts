/** The areas themselves: as they are now, and those that ended. */
import { sql, type Tx } from '@wangge/kernel';
import type { AreaLevel } from '../contract.ts';
import type { AreaNode } from '../rules/area-index.ts';

/** Makes the table say what a version says: areas that are not in it end, others come (back) or change. */
export async function replaceAreas(tx: Tx, nodes: readonly AreaNode[]): Promise<void> {
  const now = new Date(tx.nowMs);
  // All end for a moment, so that codes may be exchanged between areas without meeting each other.
  await tx.run(sql`update areas_areas set ended_at = ${now} where ended_at is null`);
  await tx.run(sql`insert into areas_areas (id, level, code, name, parent_id, path, population, households, center_lon, center_lat)
    select n.id, n.level, n.code, n.name, n."parentId", n.path, n.population, n.households,
      (n.center->>'lon')::double precision, (n.center->>'lat')::double precision
    from jsonb_to_recordset(${JSON.stringify(nodes)}::jsonb) as n(id uuid, level text, code text, name text, "parentId" uuid,
      path text, population int, households int, center jsonb)
    on conflict (id) do update set level = excluded.level, code = excluded.code, name = excluded.name,
      parent_id = excluded.parent_id, path = excluded.path, population = excluded.population,
      households = excluded.households, center_lon = excluded.center_lon, center_lat = excluded.center_lat, ended_at = null`);
}

/** Ids of ended areas of a level by code; of several under one code the one that ended last. */
export async function endedAreas(tx: Tx, level: AreaLevel): Promise<Map<string, string>> {
  const rows = await tx.rows<{ code: string; id: string }>(
    sql`select code, id from areas_areas where level = ${level} and ended_at is not null order by ended_at, id`,
  );
  return new Map(rows.map((row) => [row.code, row.id]));
}

/**
 * Changes what is not a border, here and in the version in force. Drafts that still hold the old
 * value get the new one too: publishing one must not bring the old name back.
 */
export async function changeArea(tx: Tx, versionId: string, before: AreaNode, after: AreaNode): Promise<void> {
  await tx.run(sql`update areas_areas set name = ${after.name}, population = ${after.population},
    households = ${after.households} where id = ${after.id}`);
  await tx.run(sql`update areas_entries e set
      name = case when v.id = ${versionId} or e.name = ${before.name} then ${after.name} else e.name end,
      population = case when v.id = ${versionId} or e.population is not distinct from ${before.population}::int
        then ${after.population}::int else e.population end,
      households = case when v.id = ${versionId} or e.households is not distinct from ${before.households}::int
        then ${after.households}::int else e.households end
    from areas_versions v
    where v.id = e.version_id and e.area_id = ${after.id} and (v.id = ${versionId} or v.state = 'draft')`);
}
