/** On and off duty, and the position that is shared only in between. */
import type { Role } from '@wangge/contract-kit';
import { areaIndex } from '@wangge/areas';
import { type Sql, sql, type Tx } from '@wangge/kernel';
import { positionChanged } from '../contract.ts';
import { pathsOf } from '../scope.ts';

interface Place {
  lon: number;
  lat: number;
  accuracyM?: number | undefined;
}

/** A clock that runs ahead must not make a position look fresh for hours. */
function boundedTime(tx: Tx, takenAtMs: number): Date {
  return new Date(Math.min(takenAtMs, tx.nowMs));
}

function tellPosition(tx: Tx): void {
  const path = tx.actor.posts[0]?.areaPath;
  const id = tx.actor.id;
  if (path === undefined || id === null) return;
  tx.emit(positionChanged, { accountId: id }, { areaPath: path, subjectId: id, accountIds: [id] });
}

export async function setDutyTo(tx: Tx, onDuty: boolean, place: Place | undefined): Promise<{ onDuty: boolean }> {
  const now = new Date(tx.nowMs);
  if (onDuty) {
    await tx.run(sql`insert into staff_duty (account_id, since, lon, lat, accuracy_m, taken_at)
      values (${tx.actor.id}, ${now}, ${place?.lon ?? null}, ${place?.lat ?? null}, ${place?.accuracyM ?? null}, ${place ? now : null})
      on conflict (account_id) do update set lon = coalesce(excluded.lon, staff_duty.lon), lat = coalesce(excluded.lat, staff_duty.lat),
        accuracy_m = coalesce(excluded.accuracy_m, staff_duty.accuracy_m), taken_at = coalesce(excluded.taken_at, staff_duty.taken_at)`);
  } else {
    await tx.run(sql`delete from staff_duty where account_id = ${tx.actor.id}`);
  }
  tx.audit({ action: onDuty ? 'staff.on-duty' : 'staff.off-duty' });
  tellPosition(tx);
  return { onDuty };
}

/** Kept only while on duty; an older fix than the one held changes nothing. */
export async function sharePositionAt(tx: Tx, place: Place, takenAtMs: number): Promise<{ shared: boolean }> {
  const taken = boundedTime(tx, takenAtMs);
  const changed =
    await tx.run(sql`update staff_duty set lon = ${place.lon}, lat = ${place.lat}, accuracy_m = ${place.accuracyM ?? null}, taken_at = ${taken}
    where account_id = ${tx.actor.id} and (taken_at is null or taken_at <= ${taken})`);
  if (changed > 0) tellPosition(tx);
  return { shared: changed > 0 };
}

/** Positions are kept for thirty days: going off duty ends them, and this those of who forgot to. */
const keptMs = 30 * 86_400_000;

/** @returns how many were forgotten */
export function forgetPositions(tx: Tx): Promise<number> {
  return tx.run(sql`update staff_duty set lon = null, lat = null, accuracy_m = null, taken_at = null
    where taken_at < ${new Date(tx.nowMs - keptMs)}`);
}

export async function isOnDuty(tx: Tx, accountId: string | null): Promise<boolean> {
  return (await tx.maybe(sql`select 1 from staff_duty where account_id = ${accountId}`)) !== undefined;
}

export interface MemberPosition {
  accountId: string;
  name: string;
  role: Role;
  place: { lon: number; lat: number };
  takenAtMs: number;
}
/** Of members within the areas where the caller's post gives the right to it. */
export async function positionsSeen(tx: Tx): Promise<MemberPosition[]> {
  const reached = pathsOf(tx.actor, 'staff.see-positions');
  const rows = await tx.rows<{
    accountId: string;
    name: string;
    role: Role;
    lon: number;
    lat: number;
    taken_at: Date;
  }>(sql`
    select distinct on (d.account_id) d.account_id as "accountId", a.name, p.role, d.lon, d.lat, d.taken_at
    from staff_duty d join staff_accounts a on a.id = d.account_id join staff_posts p on p.account_id = a.id
    where d.lon is not null and d.taken_at is not null
      and (${reached}::text[] is null or exists (select 1 from unnest(${reached}::text[]) as r(path) where starts_with(p.area_path, r.path)))
    order by d.account_id, length(p.area_path) desc`);
  return rows.map(({ lon, lat, taken_at, ...row }) => ({ ...row, place: { lon, lat }, takenAtMs: taken_at.getTime() }));
}

export interface StaffMember {
  readonly accountId: string;
  readonly name: string;
  readonly role: Role;
  readonly areaId: string;
  readonly areaPath: string;
  readonly areaName: string;
  readonly departmentId: string | null;
  readonly onDuty: boolean;
  /** Away now. */
  readonly onLeave: boolean;
  readonly place: { lon: number; lat: number } | null;
  readonly positionAtMs: number | null;
}
interface MemberRow {
  accountId: string;
  name: string;
  role: Role;
  areaId: string;
  areaPath: string;
  departmentId: string | null;
  onDuty: boolean;
  onLeave: boolean;
  lon: number | null;
  lat: number | null;
  taken_at: Date | null;
}
function memberOf(tx: Tx, { lon, lat, taken_at, ...row }: MemberRow): StaffMember {
  return {
    ...row,
    areaName: areaIndex(tx.rt).get(row.areaId)?.name ?? '',
    place: lon !== null && lat !== null ? { lon, lat } : null,
    positionAtMs: taken_at?.getTime() ?? null,
  };
}
const memberColumns = (
  tx: Tx,
): Sql => sql`p.account_id as "accountId", a.name, p.role, p.area_id as "areaId", p.area_path as "areaPath",
  p.department_id as "departmentId", d.account_id is not null as "onDuty", d.lon, d.lat, d.taken_at,
  exists (select 1 from staff_leaves l where l.account_id = a.id
    and l.from_at <= ${new Date(tx.nowMs)} and l.to_at > ${new Date(tx.nowMs)}) as "onLeave"`;

/** Everyone whose post is at this area, above it or below it. */
export async function membersFor(tx: Tx, areaPath: string): Promise<StaffMember[]> {
  const rows = await tx.rows<MemberRow>(sql`select ${memberColumns(tx)}
    from staff_posts p join staff_accounts a on a.id = p.account_id and a.enabled left join staff_duty d on d.account_id = a.id
    where starts_with(p.area_path, ${areaPath}) or starts_with(${areaPath}, p.area_path) order by p.area_path, a.login`);
  return rows.map((row) => memberOf(tx, row));
}
/** Handlers of departments. */
export async function handlersOf(tx: Tx, departmentIds: readonly string[]): Promise<StaffMember[]> {
  const rows = await tx.rows<MemberRow>(sql`select ${memberColumns(tx)}
    from staff_posts p join staff_accounts a on a.id = p.account_id and a.enabled left join staff_duty d on d.account_id = a.id
    where p.department_id = any(${departmentIds}::uuid[]) order by a.login`);
  return rows.map((row) => memberOf(tx, row));
}
/** @param ids `all` for what concerns many: a town has some hundred accounts */
export async function accountNames(tx: Tx, ids: readonly string[] | 'all'): Promise<Map<string, string>> {
  const rows = await tx.rows<{ id: string; name: string }>(
    ids === 'all'
      ? sql`select id, name from staff_accounts`
      : sql`select id, name from staff_accounts where id = any(${ids}::uuid[])`,
  );
  return new Map(rows.map((r) => [r.id, r.name]));
}

export interface PublicContact {
  readonly name: string;
  readonly role: Role;
  readonly phone: string | null;
}
/** Who answers for this micro-grid or grid to the public: its own member first, then those above. */
export async function publicContactOf(tx: Tx, areaPath: string): Promise<PublicContact | null> {
  const row = await tx.maybe<PublicContact>(sql`select a.name, p.role, p.public_phone as phone
    from staff_posts p join staff_accounts a on a.id = p.account_id and a.enabled
    where starts_with(${areaPath}, p.area_path) and p.role in ('micro-grid-member', 'grid-member', 'grid-head')
    order by length(p.area_path) desc, p.role = 'grid-head', a.login limit 1`);
  return row ?? null;
}
