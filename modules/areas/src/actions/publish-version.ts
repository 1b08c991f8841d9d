import { AppError } from '@wangge/contract-kit';
import type { Actor, Runtime, Tx } from '@wangge/kernel';
import type { AreaVersion } from '../contract.ts';
import { checkLevels, faultDetails } from '../rules/check-levels.ts';
import { mayPublish } from '../rules/publish-rule.ts';
import { draftRow } from '../store/drafts.ts';
import { entriesOf } from '../store/entries.ts';
import { shapesOf } from '../store/shapes.ts';
import { lockAreas, publishedVersion, scheduleVersion, versionById, versionOf } from '../store/versions.ts';
import { asPlatform } from './as-platform.ts';
import { assertSeen } from './drafts/open-draft.ts';
import { takeEffect } from './take-effect.ts';

/** The job that publishes what has become due. */
export const publishDueTask = 'areas.publish-due';

/** Publishes a draft now, or at a moment to come. Asking again for what is in force already changes nothing. */
export async function publishVersion(
  rt: Runtime,
  actor: Actor,
  id: string,
  how: { readonly effectiveAtMs?: number | undefined; readonly revision?: number | undefined } = {},
): Promise<AreaVersion> {
  rt.authorise(actor, 'areas.edit', {});
  return rt.tx(asPlatform(actor), async (tx) => {
    await lockAreas(tx);
    const { state } = await versionById(tx, id, 'lock');
    const draft = how.revision === undefined || state !== 'draft' ? undefined : await draftRow(tx, id);
    if (draft && how.revision !== undefined) assertSeen(draft, how.revision);
    return publishInTx(tx, id, how.effectiveAtMs);
  });
}

/**
 * Throws `not-found`, `move-not-allowed` (superseded, or a reference layer), `conflict` (something else
 * was published since the draft was made) and `tiling-faulty` with the number of each kind of fault and the
 * places of the first of them: a tiling is exact or it is not published.
 */
export async function publishInTx(tx: Tx, id: string, effectiveAtMs?: number): Promise<AreaVersion> {
  // Before the row: two publishers must meet here, and the second must see what the first has done.
  await lockAreas(tx);
  const version = await versionById(tx, id, 'lock');
  const publishedId = (await publishedVersion(tx))?.id ?? null;
  const verdict = mayPublish(version, publishedId);
  if (verdict === 'done') return versionOf(version);
  if (verdict === 'never') throw new AppError('move-not-allowed', { details: { state: version.state } });
  if (verdict === 'stale') throw new AppError('conflict', { details: { published: publishedId } });

  const rows = await entriesOf(tx, id);
  const town = await shapesOf(tx, id, rows);
  // Checked again on what is stored: that is what people will be made responsible for.
  const findings = checkLevels(town);
  if (findings.length > 0) throw new AppError('tiling-faulty', { details: faultDetails(findings) });

  if (effectiveAtMs !== undefined && effectiveAtMs > tx.nowMs) {
    await scheduleVersion(tx, id, effectiveAtMs);
    tx.addJob(publishDueTask, {}, { runAtMs: effectiveAtMs, key: `${publishDueTask}:${id}` });
    tx.audit({ action: 'areas.schedule', subject: { kind: 'area-version', id }, details: { effectiveAtMs } });
  } else {
    await scheduleVersion(tx, id, Math.min(version.effectiveAt?.getTime() ?? tx.nowMs, tx.nowMs));
    await takeEffect(tx, { id, state: 'published', rows }, town);
    tx.audit({ action: 'areas.publish', subject: { kind: 'area-version', id }, details: { replaced: publishedId } });
  }
  return versionOf(await versionById(tx, id));
}
