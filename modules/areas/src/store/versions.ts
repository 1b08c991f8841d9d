/** Rows of versions. */
import { type Sql, sql, type Tx } from '@wangge/kernel';
import type { AreaVersion } from '../contract.ts';
import type { FaultCounts } from '../rules/publish-rule.ts';

export interface VersionRow {
  readonly id: string;
  readonly state: AreaVersion['state'];
  readonly note: string;
  readonly baseId: string | null;
  readonly createdAt: Date;
  readonly effectiveAt: Date | null;
  readonly areaCount: number;
  readonly faults: FaultCounts;
  readonly contentHash: string;
  readonly generation: number | null;
}

const columns = sql`id, state, note, base_id as "baseId", created_at as "createdAt", effective_at as "effectiveAt",
  area_count as "areaCount", faults, content_hash as "contentHash", generation`;

/** What the contract shows of a version. */
export function versionOf(row: VersionRow): AreaVersion {
  return {
    id: row.id,
    state: row.state,
    note: row.note,
    createdAtMs: row.createdAt.getTime(),
    effectiveAtMs: row.effectiveAt?.getTime() ?? null,
    areaCount: row.areaCount,
    faults: row.faults,
  };
}

/** Throws `not-found`. */
export function versionById(tx: Tx, id: string, lock: 'lock' | 'read' = 'read'): Promise<VersionRow> {
  const tail: Sql = lock === 'lock' ? sql`for update` : sql``;
  return tx.one<VersionRow>(sql`select ${columns} from areas_versions where id = ${id} ${tail}`);
}

export async function publishedVersion(tx: Tx): Promise<VersionRow | undefined> {
  return tx.maybe<VersionRow>(sql`select ${columns} from areas_versions where state = 'published'`);
}

/** What is in force: the published version, else the newest reference layer that was taken into use. */
export async function currentVersion(tx: Tx): Promise<VersionRow | undefined> {
  return tx.maybe<VersionRow>(sql`select ${columns} from areas_versions
    where state in ('published', 'layer') and generation is not null
    order by state = 'published' desc, generation desc limit 1`);
}

/** Newest first, at most 200: there are a few in a year. */
export function newestVersions(tx: Tx): Promise<VersionRow[]> {
  return tx.rows<VersionRow>(sql`select ${columns} from areas_versions order by created_at desc, id desc limit 200`);
}

export function dueDrafts(tx: Tx, nowMs: number): Promise<{ id: string }[]> {
  return tx.rows(sql`select id from areas_versions
    where state = 'draft' and effective_at <= ${new Date(nowMs)} order by effective_at, id`);
}

export async function insertVersion(
  tx: Tx,
  version: Omit<VersionRow, 'createdAt' | 'effectiveAt' | 'generation'>,
): Promise<void> {
  await tx.run(sql`insert into areas_versions
      (id, state, note, base_id, created_at, created_by, area_count, faults, content_hash)
    values (${version.id}, ${version.state}, ${version.note}, ${version.baseId}, ${new Date(tx.nowMs)}, ${tx.actor.id},
      ${version.areaCount}, ${JSON.stringify(version.faults)}::jsonb, ${version.contentHash})`);
}

export async function scheduleVersion(tx: Tx, id: string, effectiveAtMs: number | null): Promise<void> {
  const at = effectiveAtMs === null ? null : new Date(effectiveAtMs);
  await tx.run(sql`update areas_versions set effective_at = ${at} where id = ${id}`);
}

/** Puts a version in force and the one before out of it; answers the new generation. */
export async function bringIntoForce(tx: Tx, id: string, state: 'published' | 'layer'): Promise<number> {
  if (state === 'published') {
    await tx.run(sql`update areas_versions set state = 'superseded' where state = 'published'`);
  }
  const row = await tx.one<{ generation: number }>(sql`update areas_versions
    set state = ${state}, generation = nextval('areas_generation'),
      effective_at = coalesce(effective_at, ${new Date(tx.nowMs)})
    where id = ${id} returning generation`);
  return row.generation;
}

export async function nextGeneration(tx: Tx, id: string): Promise<number> {
  const row = await tx.one<{ generation: number }>(
    sql`update areas_versions set generation = nextval('areas_generation') where id = ${id} returning generation`,
  );
  return row.generation;
}

const lockKey = 0x61726561; // "area"
/** Held until the end of the transaction by whoever changes what is in force: one at a time. */
export async function lockAreas(tx: Tx): Promise<void> {
  await tx.run(sql`select pg_advisory_xact_lock(${lockKey})`);
}
/** Delivered at commit, to every process that listens. */
export async function notifyProcesses(tx: Tx): Promise<void> {
  await tx.run(sql`notify wangge_areas`);
}
