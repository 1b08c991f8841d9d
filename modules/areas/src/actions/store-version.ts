import { newId } from '@wangge/contract-kit';
import { sql, type Tx } from '@wangge/kernel';
import type { AreaVersion } from '../contract.ts';
import type { NewVersion } from '../import/prepare-import.ts';
import type { FaultCounts } from '../rules/publish-rule.ts';
import { insertEntries } from '../store/entries.ts';
import { insertShapes } from '../store/shapes.ts';
import { insertVersion, versionById, type VersionRow } from '../store/versions.ts';

/** Writes a version that is not in force; answers its row. */
export async function storeVersion(
  tx: Tx,
  version: NewVersion,
  about: { state: 'draft' | 'layer'; note: string; baseId: string | null; faults: FaultCounts },
): Promise<VersionRow> {
  const id = newId(tx.nowMs);
  await insertVersion(tx, { ...about, id, areaCount: version.rows.length, contentHash: version.contentHash });
  await insertEntries(tx, id, version.rows);
  await insertShapes(tx, id, version.topology);
  return versionById(tx, id);
}

/** A version in this state that says the same, made on the same base: the fruit of an earlier import. */
export async function sameVersion(
  tx: Tx,
  version: NewVersion,
  baseId: string | null,
  state: AreaVersion['state'],
): Promise<VersionRow | undefined> {
  const row = await tx.maybe<{ id: string }>(sql`select id from areas_versions
    where content_hash = ${version.contentHash} and state = ${state} and base_id is not distinct from ${baseId}::uuid
    order by created_at desc limit 1`);
  return row && versionById(tx, row.id);
}
