import { AppError } from '@wangge/contract-kit';
import { type Actor, type Runtime, sql } from '@wangge/kernel';
import { lockAreas, versionById } from '../store/versions.ts';
import { asPlatform } from './as-platform.ts';

/**
 * Deletes a draft, also one that something else overtook, or a reference layer that never was in use. What
 * was in force once stays: people were responsible by it.
 *
 * @throws AppError `not-found`, `move-not-allowed`
 */
export async function deleteVersion(rt: Runtime, actor: Actor, id: string): Promise<{ ok: true }> {
  rt.authorise(actor, 'areas.edit', {});
  await rt.tx(asPlatform(actor), async (tx) => {
    // Nobody publishes it, or imports onto it, in the meantime.
    await lockAreas(tx);
    const version = await versionById(tx, id, 'lock');
    const unused = version.state === 'draft' || (version.state === 'layer' && version.generation === null);
    if (!unused) throw new AppError('move-not-allowed', { details: { state: version.state } });
    await tx.run(sql`delete from areas_versions where id = ${id}`);
    tx.audit({
      action: 'areas.delete-version',
      subject: { kind: 'area-version', id },
      details: { state: version.state, note: version.note },
    });
  });
  return { ok: true };
}
