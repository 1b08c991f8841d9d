import { sql, type Tx } from '@wangge/kernel';
import { type AreaDraft, draftChanged } from '../../contract.ts';
import { newVersion } from '../../import/prepare-import.ts';
import type { TownShapes } from '../../rules/entry.ts';
import { entriesOf, insertEntries } from '../../store/entries.ts';
import { insertShapes } from '../../store/shapes.ts';
import { describeDraft } from './describe-draft.ts';

/** Puts the edited areas in place of those of the draft, which the caller has locked. */
export async function storeEdited(tx: Tx, id: string, before: TownShapes, town: TownShapes): Promise<AreaDraft> {
  const unchanged = (await entriesOf(tx, id)).filter(
    (row) => before.polygons.get(row.id) === town.polygons.get(row.id),
  );
  const version = newVersion(town, unchanged);
  // Rings go with their entries.
  await tx.run(sql`delete from areas_entries where version_id = ${id}`);
  await tx.run(sql`delete from areas_arcs where version_id = ${id}`);
  await insertEntries(tx, id, version.rows);
  await insertShapes(tx, id, version.topology);
  await tx.run(sql`update areas_versions set content_hash = ${version.contentHash}, area_count = ${version.rows.length}
    where id = ${id}`);
  tx.emit(draftChanged, { versionId: id }, { areaPath: '', subjectId: id });
  return describeDraft(tx, id);
}
