import { AppError } from '@wangge/contract-kit';
import type { Actor, Runtime } from '@wangge/kernel';
import { draftChanged } from '../../contract.ts';
import { lockAreas, scheduleVersion, versionById } from '../../store/versions.ts';
import { asPlatform } from '../as-platform.ts';

/** A draft no longer comes into force by itself. @throws AppError `not-found`, `move-not-allowed` once it is in force */
export async function callOffDraft(rt: Runtime, actor: Actor, id: string): Promise<{ ok: true }> {
  rt.authorise(actor, 'areas.edit', {});
  await rt.tx(asPlatform(actor), async (tx) => {
    await lockAreas(tx);
    const version = await versionById(tx, id, 'lock');
    if (version.state !== 'draft') throw new AppError('move-not-allowed', { details: { state: version.state } });
    if (version.effectiveAt === null) return;
    await scheduleVersion(tx, id, null);
    tx.emit(draftChanged, { versionId: id }, { areaPath: '', subjectId: id });
    tx.audit({ action: 'areas.call-off', subject: { kind: 'area-version', id }, details: {} });
  });
  return { ok: true };
}
