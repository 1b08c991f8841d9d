/** Rows of routes and their versions; writes as the platform. */
import { sql, type Tx } from '@wangge/kernel';
import type { PatrolDays, PointPlan, RoutePlan } from '../contract.ts';

export interface RouteRow {
  readonly id: string;
  readonly version: number;
  readonly areaId: string;
  readonly areaPath: string;
  readonly createdBy: string;
  readonly endedMs: number | null;
  readonly changedMs: number;
  readonly changedByName: string;
  readonly name: string;
  readonly days: PatrolDays;
  readonly fromMin: number;
  readonly toMin: number;
  readonly accountId: string | null;
  readonly points: readonly PointPlan[];
}
const selected = sql`select r.id, r.version, r.area_id as "areaId", r.area_path as "areaPath",
    r.created_by as "createdBy", incidents_ms(r.ended_at) as "endedMs", incidents_ms(v.at) as "changedMs",
    v.by_name as "changedByName", v.name, v.days, v.from_min as "fromMin", v.to_min as "toMin",
    v.account_id as "accountId", v.points
  from patrols_routes r join patrols_versions v on v.route_id = r.id and v.version = r.version`;

/** The route if the caller may see it; else `not-found`. */
export function findRoute(tx: Tx, id: string): Promise<RouteRow> {
  return tx.one(sql`${selected} where r.id = ${id}`);
}
/** As the platform: nobody changes it meanwhile. */
export async function lockRoute(tx: Tx, id: string): Promise<RouteRow> {
  await tx.one(sql`select id from patrols_routes where id = ${id} for update`);
  return findRoute(tx, id);
}
/** At most five hundred, by name. */
export function routesOf(tx: Tx, ended: boolean): Promise<RouteRow[]> {
  return tx.rows(sql`${selected} where (r.ended_at is not null) = ${ended} order by v.name, r.id limit 500`);
}
export function activeRoutes(tx: Tx): Promise<RouteRow[]> {
  return tx.rows(sql`${selected} where r.ended_at is null order by r.id`);
}

/** @returns false when a route of this name is there already */
export async function insertRoute(
  tx: Tx,
  route: { readonly id: string; readonly areaId: string; readonly areaPath: string },
): Promise<boolean> {
  const made = await tx.run(sql`insert into patrols_routes (id, version, area_id, area_path, created_by, created_at)
    values (${route.id}, 1, ${route.areaId}, ${route.areaPath}, ${tx.actor.id}, ${new Date(tx.nowMs)})
    on conflict (id) do nothing`);
  return made === 1;
}
export async function insertVersion(tx: Tx, id: string, version: number, plan: RoutePlan): Promise<void> {
  await tx.run(sql`insert into patrols_versions (route_id, version, at, by_name, name, days, from_min, to_min,
      account_id, points)
    values (${id}, ${version}, ${new Date(tx.nowMs)}, ${tx.actor.name}, ${plan.name}, ${JSON.stringify(plan.days)}::jsonb,
      ${plan.fromMin}, ${plan.toMin}, ${plan.accountId}, ${JSON.stringify(plan.points)}::jsonb)`);
  await tx.run(sql`update patrols_routes set version = ${version} where id = ${id}`);
}
export async function markEnded(tx: Tx, id: string): Promise<void> {
  await tx.run(sql`update patrols_routes set ended_at = ${new Date(tx.nowMs)}, ended_by_name = ${tx.actor.name}
    where id = ${id} and ended_at is null`);
}

/** Routes follow their areas. */
export async function moveRoutes(
  tx: Tx,
  moves: readonly { readonly from: string; readonly id: string; readonly path: string }[],
): Promise<void> {
  await tx.run(sql`update patrols_routes r set area_id = n.id, area_path = n.path
    from jsonb_to_recordset(${JSON.stringify(moves)}::jsonb) as n("from" uuid, id uuid, path text)
    where r.area_id = n."from" and (r.area_path <> n.path or r.area_id <> n.id)`);
}
