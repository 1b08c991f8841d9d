import { AppError } from '@wangge/contract-kit';
import type { Actor, Runtime } from '@wangge/kernel';
import type { AreaDraft } from '../../contract.ts';
import { applyPatch } from '../../rules/edit/patch.ts';
import { markDraft, patchOf } from '../../store/drafts.ts';
import { asPlatform } from '../as-platform.ts';
import { openDraft, townOfVersion } from './open-draft.ts';
import { storeEdited } from './store-edited.ts';

/**
 * Takes the last step back, or does the next one again.
 * @throws AppError `not-found`, `stale-edit`, `move-not-allowed` also where there is no such step
 */
export async function stepDraft(
  rt: Runtime,
  actor: Actor,
  id: string,
  { revision, way }: { readonly revision: number; readonly way: 'undo' | 'redo' },
): Promise<AreaDraft> {
  rt.authorise(actor, 'areas.edit', {});
  return rt.tx(asPlatform(actor), async (tx) => {
    const draft = await openDraft(tx, id, revision);
    const patch = await patchOf(tx, id, way === 'undo' ? draft.done : draft.done + 1);
    if (!patch) throw new AppError('move-not-allowed', { details: { steps: draft.done } });
    const before = await townOfVersion(tx, id);
    await markDraft(tx, draft, draft.done + (way === 'undo' ? -1 : 1));
    return storeEdited(tx, id, before, applyPatch(before, patch, way));
  });
}
