import { AppError } from '@wangge/contract-kit';
import type { Actor, Runtime } from '@wangge/kernel';
import { type AreaDraft, draftChanged } from '../../contract.ts';
import { newVersion } from '../../import/prepare-import.ts';
import { readyToEdit } from '../../rules/edit/tiles.ts';
import { noFaults } from '../../rules/publish-rule.ts';
import { insertDraft } from '../../store/drafts.ts';
import { lockAreas, publishedVersion } from '../../store/versions.ts';
import { asPlatform } from '../as-platform.ts';
import { storeVersion } from '../store-version.ts';
import { describeDraft } from './describe-draft.ts';
import { townOfVersion } from './open-draft.ts';

/** A draft of what is in force. @throws AppError `conflict` where no tiling was ever published */
export async function startDraft(rt: Runtime, actor: Actor, note: string): Promise<AreaDraft> {
  rt.authorise(actor, 'areas.edit', {});
  return rt.tx(asPlatform(actor), async (tx) => {
    await lockAreas(tx);
    const base = await publishedVersion(tx);
    if (!base) throw new AppError('conflict', { details: { published: null } });
    const town = readyToEdit(await townOfVersion(tx, base.id));
    const about = { state: 'draft', note, baseId: base.id, faults: noFaults } as const;
    const { id } = await storeVersion(tx, newVersion(town), about);
    await insertDraft(tx, id);
    tx.emit(draftChanged, { versionId: id }, { areaPath: '', subjectId: id });
    tx.audit({ action: 'areas.start-draft', subject: { kind: 'area-version', id }, details: { note } });
    return describeDraft(tx, id);
  });
}
