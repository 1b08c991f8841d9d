/** Rows of rounds and their points; writes as the platform. */
import { newId } from '@wangge/contract-kit';
import { sql, type Tx } from '@wangge/kernel';
import type { CheckInHow } from '../contract.ts';
import type { RoundFacts } from '../rules.ts';
import type { RouteRow } from './patrol-routes.ts';

export interface RoundRow extends RoundFacts {
  readonly id: string;
  readonly routeId: string;
  readonly routeName: string;
  readonly areaId: string;
  readonly areaPath: string;
  readonly areaName: string;
  readonly day: string;
  readonly accountId: string;
  readonly accountName: string;
  readonly madeMs: number;
}
export interface PointRow {
  readonly id: string;
  readonly roundId: string;
  readonly n: number;
  readonly name: string;
  readonly lon: number;
  readonly lat: number;
  readonly radiusM: number;
  readonly task: string | null;
  readonly doneAtMs: number | null;
  readonly how: CheckInHow | null;
  readonly doneKey: string | null;
  readonly byPhone: boolean;
  readonly distanceM: number | null;
  readonly accuracyM: number | null;
  readonly reason: string | null;
  readonly doneLon: number | null;
  readonly doneLat: number | null;
}
const selected = sql`select id, route_id as "routeId", route_name as "routeName", area_id as "areaId",
    area_path as "areaPath", area_name as "areaName", day::text as day, account_id as "accountId",
    account_name as "accountName", incidents_ms(made_at) as "madeMs", incidents_ms(starts_at) as "startsAtMs",
    incidents_ms(ends_at) as "endsAtMs", incidents_ms(called_off_at) as "calledOffMs" from patrols_rounds`;

/** The round if the caller may see it; else `not-found`. */
export function findRound(tx: Tx, id: string): Promise<RoundRow> {
  return tx.one(sql`${selected} where id = ${id}`);
}
/** As the platform: one check-in of a round after the other. */
export function lockRound(tx: Tx, id: string): Promise<RoundRow> {
  return tx.one(sql`${selected} where id = ${id} for update`);
}
/**
 * Everything that the caller may see of a day; a town has far fewer than two thousand.
 *
 * @param underWayMs also rounds of the night before that last beyond this moment
 */
export function roundsOfDay(tx: Tx, day: string, underWayMs: number | null): Promise<RoundRow[]> {
  const beyond = underWayMs === null ? null : new Date(underWayMs);
  return tx.rows(sql`${selected} where day = ${day}::date
      or (day = ${day}::date - 1 and ends_at > ${beyond}::timestamptz)
    order by area_path, starts_at, account_name, id limit 2000`);
}
/** Of a day, and of the night before that reached into it. */
export function roundsOfAccount(
  tx: Tx,
  accountId: string | null,
  day: string,
  midnightMs: number,
): Promise<RoundRow[]> {
  return tx.rows(sql`${selected} where account_id = ${accountId}
      and (day = ${day}::date or (day = ${day}::date - 1 and ends_at > ${new Date(midnightMs)}))
    order by starts_at, id`);
}
/** Over and not looked at yet; those in others' hands are left alone. */
export function roundsToSettle(tx: Tx, limit: number): Promise<RoundRow[]> {
  return tx.rows(sql`${selected} where settled_at is null and called_off_at is null and ends_at < ${new Date(tx.nowMs)}
    order by ends_at limit ${limit} for update skip locked`);
}
export function pointsOf(tx: Tx, roundIds: readonly string[]): Promise<PointRow[]> {
  return tx.rows(sql`select id, round_id as "roundId", n, name, lon, lat, radius_m as "radiusM", task,
      incidents_ms(done_at) as "doneAtMs", done_how as how, done_key as "doneKey", by_phone as "byPhone",
      distance_m as "distanceM", accuracy_m as "accuracyM", reason, done_lon as "doneLon", done_lat as "doneLat"
    from patrols_points where round_id = any(${[...roundIds]}::uuid[]) order by round_id, n`);
}

export interface Walk {
  readonly day: string;
  readonly startsAtMs: number;
  readonly endsAtMs: number;
  readonly areaName: string;
}
/** One round of a person with the points as they are now. @returns its id; null when it is there already */
export async function insertRound(
  tx: Tx,
  route: RouteRow,
  walk: Walk,
  person: { readonly id: string; readonly name: string },
): Promise<string | null> {
  const id = newId();
  const made = await tx.run(sql`insert into patrols_rounds (id, route_id, version, day, account_id, account_name,
      route_name, area_id, area_path, area_name, made_at, starts_at, ends_at)
    values (${id}, ${route.id}, ${route.version}, ${walk.day}::date, ${person.id}, ${person.name}, ${route.name},
      ${route.areaId}, ${route.areaPath}, ${walk.areaName}, ${new Date(tx.nowMs)}, ${new Date(walk.startsAtMs)},
      ${new Date(walk.endsAtMs)})
    on conflict (route_id, day, account_id) do nothing`);
  if (made === 0) return null;
  const points = route.points.map((p, i) => ({
    id: newId(),
    n: i + 1,
    name: p.name,
    lon: p.place.lon,
    lat: p.place.lat,
    radius: p.radiusM,
    task: p.task,
  }));
  await tx.run(sql`insert into patrols_points (id, round_id, n, name, lon, lat, radius_m, task)
    select p.id, ${id}, p.n, p.name, p.lon, p.lat, p.radius, p.task
    from jsonb_to_recordset(${JSON.stringify(points)}::jsonb) as p(id uuid, n int, name text, lon double precision,
      lat double precision, radius int, task text)`);
  return id;
}

/** Of a route: what has not begun is as if it had never been. @returns whose they were */
export async function dropUpcoming(tx: Tx, routeId: string): Promise<string[]> {
  const rows = await tx.rows<{ accountId: string }>(sql`delete from patrols_rounds
    where route_id = ${routeId} and starts_at > ${new Date(tx.nowMs)} returning account_id as "accountId"`);
  return rows.map((r) => r.accountId);
}
/** Of a route: what is under way. @returns whose they were */
export async function callOffOpen(tx: Tx, routeId: string): Promise<string[]> {
  const now = new Date(tx.nowMs);
  const rows = await tx.rows<{ accountId: string }>(sql`update patrols_rounds set called_off_at = ${now}
    where route_id = ${routeId} and ends_at >= ${now} and called_off_at is null returning account_id as "accountId"`);
  return rows.map((r) => r.accountId);
}
export async function markSettled(tx: Tx, ids: readonly string[]): Promise<void> {
  await tx.run(sql`update patrols_rounds set settled_at = ${new Date(tx.nowMs)} where id = any(${[...ids]}::uuid[])`);
}

export interface CheckInRow {
  readonly how: CheckInHow;
  readonly key: string;
  readonly atMs: number;
  readonly byPhone: boolean;
  readonly reason: string | null;
  readonly place: { readonly lon: number; readonly lat: number; readonly accuracyM?: number | undefined } | null;
  readonly distanceM: number | null;
}
export async function writeCheckIn(tx: Tx, pointId: string, c: CheckInRow): Promise<void> {
  await tx.run(sql`update patrols_points set done_at = ${new Date(c.atMs)}, done_how = ${c.how}, done_key = ${c.key},
      by_phone = ${c.byPhone}, received_at = ${new Date(tx.nowMs)}, reason = ${c.reason}, distance_m = ${c.distanceM},
      accuracy_m = ${c.place?.accuracyM ?? null}, done_lon = ${c.place?.lon ?? null}, done_lat = ${c.place?.lat ?? null}
    where id = ${pointId}`);
}

/** @returns how many were forgotten; that somebody was there, and how far from the point, stays */
export function forgetMeasured(tx: Tx, beforeMs: number): Promise<number> {
  return tx.run(sql`update patrols_points set done_lon = null, done_lat = null, accuracy_m = null
    where done_lon is not null and done_at < ${new Date(beforeMs)}`);
}
