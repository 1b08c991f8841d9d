/** Rows of calls for help. */
import { fixedSql, type Sql, sql, type Tx } from '@wangge/kernel';

export interface HelpRow {
  readonly id: string;
  readonly atMs: number;
  readonly accountId: string;
  readonly accountName: string;
  readonly areaPath: string;
  readonly areaName: string;
  readonly incidentId: string | null;
  readonly text: string;
  readonly lon: number | null;
  readonly lat: number | null;
  readonly accuracyM: number | null;
  readonly placedAtMs: number | null;
  readonly toldIds: readonly string[];
  readonly toldNames: string;
  readonly answeredAtMs: number | null;
  readonly answeredByName: string | null;
}
const columns: Sql = fixedSql(`h.id, incidents_ms(h.at) as "atMs", h.account_id as "accountId",
  h.account_name as "accountName", h.area_path as "areaPath", h.area_name as "areaName", h.incident_id as "incidentId",
  h.text, h.lon, h.lat, h.accuracy_m as "accuracyM", incidents_ms(h.placed_at) as "placedAtMs", h.told_ids as "toldIds",
  h.told_names as "toldNames", incidents_ms(h.answered_at) as "answeredAtMs", h.answered_by_name as "answeredByName"`);

export function findHelp(tx: Tx, id: string): Promise<HelpRow> {
  return tx.one(sql`select ${columns} from dispatch_helps h where h.id = ${id}`);
}
export function knownHelp(tx: Tx, id: string): Promise<HelpRow | undefined> {
  return tx.maybe(sql`select ${columns} from dispatch_helps h where h.id = ${id}`);
}
export function lockHelp(tx: Tx, id: string): Promise<HelpRow> {
  return tx.one(sql`select ${columns} from dispatch_helps h where h.id = ${id} for update`);
}
/** That the caller may see, unanswered first. */
export function helpsSince(tx: Tx, sinceMs: number): Promise<HelpRow[]> {
  return tx.rows(sql`select ${columns} from dispatch_helps h where h.received_at > ${new Date(sinceMs)}
    order by h.answered_at is not null, h.received_at desc limit 100`);
}

/** Calls of one account one after the other, so that two at once are both counted. */
export async function ownCallsSince(tx: Tx, accountId: string, sinceMs: number): Promise<number[]> {
  await tx.run(sql`select pg_advisory_xact_lock(hashtext('dispatch.help'), hashtext(${accountId}))`);
  const rows = await tx.rows<{ ms: number }>(sql`select incidents_ms(received_at) as ms from dispatch_helps
    where account_id = ${accountId} and received_at > ${new Date(sinceMs)}`);
  return rows.map((r) => r.ms);
}
export async function insertHelp(tx: Tx, h: HelpRow): Promise<void> {
  const placedAt = h.placedAtMs === null ? null : new Date(h.placedAtMs);
  await tx.run(sql`insert into dispatch_helps (id, at, received_at, account_id, account_name, area_path, area_name,
      incident_id, text, lon, lat, accuracy_m, placed_at, told_ids, told_names)
    values (${h.id}, ${new Date(h.atMs)}, ${new Date(tx.nowMs)}, ${h.accountId}, ${h.accountName}, ${h.areaPath},
      ${h.areaName}, ${h.incidentId}, ${h.text}, ${h.lon}, ${h.lat}, ${h.accuracyM}, ${placedAt},
      ${[...h.toldIds]}::uuid[], ${h.toldNames})`);
}
export async function writeAnswer(tx: Tx, id: string): Promise<void> {
  await tx.run(sql`update dispatch_helps set answered_at = ${new Date(tx.nowMs)}, answered_by = ${tx.actor.id},
    answered_by_name = ${tx.actor.name} where id = ${id}`);
}
/** Where somebody called from is kept as long as where members were; that they called stays. */
const keptMs = 30 * 86_400_000;
/** @returns how many were forgotten */
export function forgetHelpPlaces(tx: Tx): Promise<number> {
  return tx.run(sql`update dispatch_helps set lon = null, lat = null, accuracy_m = null, placed_at = null
    where received_at < ${new Date(tx.nowMs - keptMs)} and lon is not null`);
}
/** @returns those whose position this account was not shown before */
export async function firstLooks(tx: Tx, ids: readonly string[]): Promise<string[]> {
  if (ids.length === 0) return [];
  const rows = await tx.rows<{ id: string }>(sql`insert into dispatch_help_looks (help_id, account_id, at)
    select unnest(${[...ids]}::uuid[]), ${tx.actor.id}, ${new Date(tx.nowMs)}
    on conflict do nothing returning help_id as id`);
  return rows.map((r) => r.id);
}
