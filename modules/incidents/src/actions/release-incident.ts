/** A dispatcher shows a text and photos of an incident to the public, or takes them back. */
import { AppError } from '@wangge/contract-kit';
import type { Tx } from '@wangge/kernel';
import { announce } from '../announce.ts';
import { loadCategories } from '../categories/book.ts';
import type { Release, ReleaseBody } from '../contract.ts';
import { targetOf } from '../people.ts';
import { asPlatform } from '../platform.ts';
import { type IncidentRecord, lockRecord } from '../record.ts';
import { appendEntries, firstTime } from '../store/history.ts';
import { allPhotosOf, findRelease, writeRelease } from '../store/releases.ts';
import { staleEdit } from './move-incident.ts';

const permission = 'incidents.release';

async function isPublic(tx: Tx, code: string): Promise<boolean> {
  return (await loadCategories(tx)).get(code)?.public === true;
}

/** As the incident's page shows it. */
export async function readRelease(tx: Tx, record: IncidentRecord): Promise<Release> {
  const row = await findRelease(tx, record.id);
  const may = tx.rt.can(tx.actor, permission, targetOf(record)) && (await isPublic(tx, record.categoryCode));
  return { ...row, photoIds: [...row.photoIds], may };
}

/**
 * Needs no public category to take back: what was released must come off whatever became of the category.
 *
 * @throws AppError `not-found` (the incident, or a photo that is not its own), `forbidden`, `stale-edit`,
 *   `guard-failed` (`public-category`)
 */
export async function releaseIncident(tx: Tx, id: string, body: ReleaseBody): Promise<void> {
  const record = await lockRecord(tx, id);
  tx.rt.authorise(tx.actor, permission, targetOf(record));
  await asPlatform(tx, async () => {
    const move = body.released ? 'release' : 'take-from-public';
    if (!(await firstTime(tx, id, body.clientKey, move))) return;
    if (body.version !== record.version) throw staleEdit(record);
    if (body.released && !(await isPublic(tx, record.categoryCode))) {
      throw new AppError('guard-failed', { details: { state: record.state, move, guard: 'public-category' } });
    }
    const photoIds = body.released ? [...new Set(body.photoIds)] : [];
    const photos = photoIds.length === 0 ? [] : ((await allPhotosOf(tx, [id])).get(id) ?? []);
    const own = new Set(photos.map((p) => p.fileId));
    const strange = photoIds.find((photoId) => !own.has(photoId));
    if (strange !== undefined) throw new AppError('not-found', { field: 'photoIds', details: { fileId: strange } });

    const publicText = body.publicText ?? null;
    const by = { name: tx.actor.name, atMs: tx.nowMs };
    await writeRelease(tx, id, body.released ? { publicText, photoIds } : null, by);
    // The text itself stays out of what can never be changed: it may turn out to name somebody.
    await appendEntries(tx, [{ incidentId: id, move, actor: tx.actor, atMs: tx.nowMs }]);
    tx.audit({
      action: body.released ? 'incidents.release' : 'incidents.take-from-public',
      subject: { kind: 'incident', id },
      details: { textLength: publicText?.length ?? 0, photoIds },
    });
    announce(tx, record, move);
  });
}
