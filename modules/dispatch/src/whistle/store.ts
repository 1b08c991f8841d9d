/** Whistles and their calls as the use cases see them; writes as the platform. */
import { AppError } from '@wangge/contract-kit';
import { fixedSql, type Sql, sql, type Tx } from '@wangge/kernel';
import type { WhistleState } from '../contract.ts';

export interface WhistleRecord {
  readonly id: string;
  readonly incidentId: string;
  readonly state: WhistleState;
  readonly askedBy: string | null;
  readonly askedByName: string | null;
  readonly askedMs: number | null;
  readonly askedReason: string | null;
  readonly soundedBy: string | null;
  readonly soundedByName: string | null;
  readonly soundedMs: number | null;
  readonly limitMin: number | null;
  readonly dueMs: number | null;
  readonly lon: number | null;
  readonly lat: number | null;
  readonly meetingPoint: string | null;
  readonly radiusM: number | null;
  readonly task: string | null;
  readonly departmentIds: readonly string[];
  readonly declinedReason: string | null;
  readonly endedMs: number | null;
}
export interface CallRecord {
  readonly whistleId: string;
  readonly departmentId: string;
  readonly departmentName: string;
  readonly presentMs: number | null;
  readonly presentHow: 'position' | 'word' | null;
  readonly presentName: string | null;
  readonly distanceM: number | null;
  readonly attitude: number | null;
  readonly speed: number | null;
  readonly result: number | null;
  readonly words: string | null;
  readonly ratedByName: string | null;
  readonly ratedMs: number | null;
}

const columns: Sql = fixedSql(`w.id, w.incident_id as "incidentId", w.state, w.asked_by as "askedBy",
  w.asked_by_name as "askedByName", incidents_ms(w.asked_at) as "askedMs", w.asked_reason as "askedReason",
  w.sounded_by as "soundedBy", w.sounded_by_name as "soundedByName", incidents_ms(w.sounded_at) as "soundedMs",
  w.limit_min as "limitMin", incidents_ms(w.due_at) as "dueMs", w.lon, w.lat, w.meeting_point as "meetingPoint",
  w.radius_m as "radiusM", w.task, w.department_ids as "departmentIds", w.declined_reason as "declinedReason",
  incidents_ms(w.ended_at) as "endedMs"`);

/** The whistle if the caller may see it; else `not-found`. */
export function findWhistle(tx: Tx, id: string): Promise<WhistleRecord> {
  return tx.one(sql`select ${columns} from dispatch_whistles w where w.id = ${id}`);
}
export function whistlesOf(tx: Tx, incidentId: string): Promise<WhistleRecord[]> {
  return tx.rows(sql`select ${columns} from dispatch_whistles w where w.incident_id = ${incidentId}
    order by coalesce(w.sounded_at, w.asked_at) desc, w.id desc`);
}
/** Those that call these departments, and what this account asked for; newest first. */
export function whistlesFor(
  tx: Tx,
  who: { readonly accountId: string | null; readonly departmentIds: readonly string[] },
  ended: boolean,
): Promise<WhistleRecord[]> {
  return tx.rows(sql`select ${columns} from dispatch_whistles w
    where (w.department_ids && ${[...who.departmentIds]}::uuid[] or w.asked_by = ${who.accountId})
      and (w.state in ('asked', 'sounded')) = ${!ended}
    order by coalesce(w.sounded_at, w.asked_at) desc, w.id desc limit 100`);
}
/** Sounded, over their time, and nobody was told so yet; others' hands are left alone. */
export function overdueWhistles(tx: Tx, limit: number): Promise<WhistleRecord[]> {
  return tx.rows(sql`select ${columns} from dispatch_whistles w
    where w.state = 'sounded' and w.late_told_at is null and w.due_at < ${new Date(tx.nowMs)}
    order by w.due_at limit ${limit} for update of w skip locked`);
}

export function callsOf(tx: Tx, whistleIds: readonly string[]): Promise<CallRecord[]> {
  return tx.rows(sql`select whistle_id as "whistleId", department_id as "departmentId",
      department_name as "departmentName", incidents_ms(present_at) as "presentMs", present_how as "presentHow",
      present_name as "presentName", present_distance_m as "distanceM", attitude, speed, result,
      rating_words as words, rated_by_name as "ratedByName", incidents_ms(rated_at) as "ratedMs"
    from dispatch_whistle_calls where whistle_id = any(${[...whistleIds]}::uuid[])
    order by department_name, department_id`);
}

/** @returns false when this person asked already and nobody decided yet */
export async function insertRequest(
  tx: Tx,
  request: { id: string; incidentId: string; accountId: string | null; name: string; reason: string },
): Promise<boolean> {
  const made =
    await tx.run(sql`insert into dispatch_whistles (id, incident_id, state, asked_by, asked_by_name, asked_at,
      asked_reason)
    values (${request.id}, ${request.incidentId}, 'asked', ${request.accountId}, ${request.name}, ${new Date(tx.nowMs)},
      ${request.reason})
    on conflict (incident_id, asked_by) where state = 'asked' do nothing`);
  return made === 1;
}

export interface Sounding {
  readonly id: string;
  readonly incidentId: string;
  readonly accountId: string | null;
  readonly name: string;
  readonly limitMin: number;
  readonly lon: number;
  readonly lat: number;
  readonly radiusM: number;
  readonly meetingPoint: string | null;
  readonly task: string | null;
  readonly departments: readonly { readonly id: string; readonly name: string }[];
}
const minuteMs = 60_000;

/** Makes the whistle, or turns the request of this id into one, with its calls. */
export async function writeSounding(tx: Tx, s: Sounding): Promise<void> {
  const due = new Date(tx.nowMs + s.limitMin * minuteMs);
  const now = new Date(tx.nowMs);
  const ids = s.departments.map((d) => d.id);
  const made =
    await tx.run(sql`insert into dispatch_whistles (id, incident_id, state, sounded_by, sounded_by_name, sounded_at,
      limit_min, due_at, lon, lat, radius_m, meeting_point, task, department_ids)
    values (${s.id}, ${s.incidentId}, 'sounded', ${s.accountId}, ${s.name}, ${now}, ${s.limitMin}, ${due}, ${s.lon},
      ${s.lat}, ${s.radiusM}, ${s.meetingPoint}, ${s.task}, ${ids}::uuid[])
    on conflict (id) do update set state = 'sounded', sounded_by = excluded.sounded_by,
      sounded_by_name = excluded.sounded_by_name, sounded_at = excluded.sounded_at, limit_min = excluded.limit_min,
      due_at = excluded.due_at, lon = excluded.lon, lat = excluded.lat, radius_m = excluded.radius_m,
      meeting_point = excluded.meeting_point, task = excluded.task, department_ids = excluded.department_ids
    where dispatch_whistles.state = 'asked' and dispatch_whistles.incident_id = excluded.incident_id`);
  if (made === 0) throw new AppError('key-reused', { field: 'clientKey' });
  await tx.run(sql`insert into dispatch_whistle_calls (whistle_id, department_id, department_name)
    select ${s.id}, d.id, d.name from jsonb_to_recordset(${JSON.stringify(s.departments)}::jsonb) as d(id uuid, name text)`);
}

export async function writeDecline(tx: Tx, id: string, reason: string): Promise<void> {
  await tx.run(sql`update dispatch_whistles set state = 'declined', declined_reason = ${reason} where id = ${id}`);
}

export interface Arrival {
  readonly how: 'position' | 'word';
  readonly name: string;
  readonly atMs: number;
  readonly place?: { readonly lon: number; readonly lat: number; readonly accuracyM?: number | undefined };
  readonly distanceM?: number;
}
export async function writePresence(tx: Tx, whistleId: string, departmentId: string, a: Arrival): Promise<void> {
  await tx.run(sql`update dispatch_whistle_calls set present_at = ${new Date(a.atMs)}, present_how = ${a.how},
      present_name = ${a.name}, present_lon = ${a.place?.lon ?? null}, present_lat = ${a.place?.lat ?? null},
      present_accuracy_m = ${a.place?.accuracyM ?? null}, present_distance_m = ${a.distanceM ?? null}
    where whistle_id = ${whistleId} and department_id = ${departmentId}`);
}

export async function writeEnd(tx: Tx, id: string, byName: string, reason: string | null): Promise<void> {
  await tx.run(sql`update dispatch_whistles set state = 'ended', ended_at = ${new Date(tx.nowMs)},
      ended_by_name = ${byName}, ended_reason = ${reason} where id = ${id}`);
}

export interface Marks {
  readonly attitude: number;
  readonly speed: number;
  readonly result: number;
  readonly words?: string | undefined;
}
export async function writeRating(tx: Tx, whistleId: string, departmentId: string, marks: Marks): Promise<void> {
  await tx.run(sql`update dispatch_whistle_calls set attitude = ${marks.attitude}, speed = ${marks.speed},
      result = ${marks.result}, rating_words = ${marks.words ?? null}, rated_by_name = ${tx.actor.name},
      rated_at = ${new Date(tx.nowMs)}
    where whistle_id = ${whistleId} and department_id = ${departmentId}`);
}

export async function markLateTold(tx: Tx, ids: readonly string[]): Promise<void> {
  await tx.run(
    sql`update dispatch_whistles set late_told_at = ${new Date(tx.nowMs)} where id = any(${[...ids]}::uuid[])`,
  );
}
