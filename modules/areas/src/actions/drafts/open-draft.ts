import { AppError } from '@wangge/contract-kit';
import type { Tx } from '@wangge/kernel';
import type { AreaEntry, TownShapes } from '../../rules/entry.ts';
import { type DraftRow, draftRow } from '../../store/drafts.ts';
import { entriesOf } from '../../store/entries.ts';
import { shapesOf } from '../../store/shapes.ts';
import { lockAreas, versionById } from '../../store/versions.ts';

/**
 * A draft that may be changed, locked until the end of the transaction.
 *
 * @param revision what the editor has seen
 * @throws AppError `not-found`, `move-not-allowed` (in force, or waiting for its date), `stale-edit` with who was
 *   faster and when
 */
export async function openDraft(tx: Tx, id: string, revision: number): Promise<DraftRow> {
  // Names and head counts are changed in drafts, too, and what is published meanwhile makes one old.
  await lockAreas(tx);
  // The version's row is what publishing and deleting lock, too.
  const version = await versionById(tx, id, 'lock');
  const draft = await draftRow(tx, id);
  if (!draft) throw new AppError('not-found');
  if (version.state !== 'draft' || version.effectiveAt !== null) {
    throw new AppError('move-not-allowed', {
      details: { state: version.state, scheduled: version.effectiveAt !== null },
    });
  }
  assertSeen(draft, revision);
  return draft;
}

export function assertSeen(draft: DraftRow, revision: number): void {
  if (draft.revision === revision) return;
  throw new AppError('stale-edit', {
    field: 'revision',
    details: { current: draft.revision, by: draft.changedBy, atMs: draft.changedAt.getTime() },
  });
}

/** What a version holds. */
export async function townOfVersion(tx: Tx, id: string): Promise<TownShapes> {
  const rows = await entriesOf(tx, id);
  const entries = rows.map(({ centerLon: _lon, centerLat: _lat, shapeHash: _hash, ...entry }): AreaEntry => entry);
  return shapesOf(tx, id, entries);
}
