/** An anonymous report's place is coarse for everybody but those who handle it. */
import { type AreaIndex, areaIndex } from '@wangge/areas';
import { type Actor, reachOf, sql, type Target, type Tx } from '@wangge/kernel';
import { incidentPermissions } from './permissions.ts';
import { targetOf } from './people.ts';
import type { IncidentRecord } from './record.ts';

const permission = 'incidents.exact-place';
const exactRoles: ReadonlySet<string> = new Set(incidentPermissions[permission].by);

export interface Placed {
  readonly lon: number | null;
  readonly lat: number | null;
  readonly accuracyM: number | null;
  readonly address: string | null;
}

/** The middle of the area that answers for it: nobody's door. Whole towns have no middle worth a pin. */
export function coarsePlace(index: AreaIndex, areaId: string | null): Placed {
  const area = areaId === null ? null : index.get(areaId);
  const middle = !area || area.level === 'town' || area.level === 'county' ? null : area.center;
  return { lon: middle?.lon ?? null, lat: middle?.lat ?? null, accuracyM: null, address: null };
}

/** The record as the caller may see it. */
export function asSeen(tx: Tx, record: IncidentRecord): IncidentRecord {
  if (!record.anonymous || tx.rt.can(tx.actor, permission, targetOf(record))) return record;
  return { ...record, ...coarsePlace(areaIndex(tx.rt), record.areaId) };
}

/** Everybody's posts let them see every place that they reach at all. */
const seesAll = (actor: Actor): boolean =>
  actor.kind === 'system' || (actor.posts.length > 0 && actor.posts.every((post) => exactRoles.has(post.role)));

/** Where the caller sees places of anonymous reports, for what counts them in the database; '' is everywhere. */
export function exactReach(actor: Actor): {
  readonly paths: readonly string[];
  readonly departmentIds: readonly string[];
} {
  if (seesAll(actor)) return { paths: [''], departmentIds: [] };
  const { areaPaths, departmentIds } = reachOf({
    ...actor,
    posts: actor.posts.filter((post) => exactRoles.has(post.role)),
  });
  return { paths: areaPaths, departmentIds };
}

/**
 * Which rows of a list are coarse for the caller. By posts alone: a list is made once for all who reach the same
 * area, whatever is assigned to one of them.
 *
 * @returns identifiers, and the coarse place of each
 */
export async function coarseIn(tx: Tx, ids: readonly string[]): Promise<ReadonlyMap<string, Placed>> {
  if (ids.length === 0 || seesAll(tx.actor)) return new Map();
  const rows = await tx.rows<{ id: string; path: string; areaId: string | null; departmentIds: string[] }>(sql`
    select id, responsible_path as path, responsible_area_id as "areaId", department_ids as "departmentIds"
    from incidents_incidents where id = any(${[...ids]}::uuid[]) and anonymous`);
  const index = areaIndex(tx.rt);
  return new Map(
    rows.flatMap(({ id, path, areaId, departmentIds }) => {
      const target: Target = { areaPath: path, departmentIds };
      return tx.rt.can(tx.actor, permission, target) ? [] : [[id, coarsePlace(index, areaId)] as const];
    }),
  );
}
