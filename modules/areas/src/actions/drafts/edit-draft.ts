import { AppError, newId } from '@wangge/contract-kit';
import { EditProblem } from '@wangge/geo/edit';
import type { Actor, Runtime } from '@wangge/kernel';
import type { AreaDraft, AreaEdit } from '../../contract.ts';
import { applyEdit } from '../../rules/edit/apply-edit.ts';
import type { EditContext, Edited } from '../../rules/edit/edited.ts';
import { EditRefused } from '../../rules/edit/edit-refused.ts';
import { patchBetween } from '../../rules/edit/patch.ts';
import type { TownShapes } from '../../rules/entry.ts';
import { insertStep, markDraft, usedCodes } from '../../store/drafts.ts';
import { asPlatform } from '../as-platform.ts';
import { openDraft, townOfVersion } from './open-draft.ts';
import { storeEdited } from './store-edited.ts';

/**
 * One step further. Steps that were taken back cannot be done again after it.
 * @throws AppError `not-found`, `move-not-allowed`, `stale-edit`, `guard-failed` (`details.guard`)
 */
export async function editDraft(
  rt: Runtime,
  actor: Actor,
  id: string,
  { revision, edit }: { readonly revision: number; readonly edit: AreaEdit },
): Promise<AreaDraft> {
  rt.authorise(actor, 'areas.edit', {});
  return rt.tx(asPlatform(actor), async (tx) => {
    const draft = await openDraft(tx, id, revision);
    const before = await townOfVersion(tx, id);
    const context = { newId: () => newId(tx.nowMs), used: await usedCodes(tx) };
    const { town, names } = guarded(before, edit, context);
    await insertStep(tx, draft, { kind: edit.kind, names, patch: patchBetween(before, town) });
    await markDraft(tx, draft, draft.done + 1);
    return storeEdited(tx, id, before, town);
  });
}

function guarded(town: TownShapes, edit: AreaEdit, context: EditContext): Edited {
  try {
    return applyEdit(town, edit, context);
  } catch (error) {
    if (error instanceof EditProblem)
      throw new AppError('guard-failed', { details: { guard: error.problem }, cause: error });
    if (error instanceof EditRefused)
      throw new AppError('guard-failed', { details: { guard: error.guard }, cause: error });
    throw error;
  }
}
