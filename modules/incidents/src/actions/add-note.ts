/** A note in the timeline: what people who see the incident tell each other. */
import { claimPhotos, sql, type Tx } from '@wangge/kernel';
import { announce } from '../announce.ts';
import { targetOf } from '../people.ts';
import { asPlatform } from '../platform.ts';
import { lockRecord } from '../record.ts';
import { appendEntries, firstTime } from '../store/history.ts';

/** Changes nothing but the timeline, so it needs no version and makes nobody's edit stale. */
export async function addNote(
  tx: Tx,
  id: string,
  note: { clientKey?: string | undefined; text: string; photoIds: readonly string[] },
): Promise<void> {
  const record = await lockRecord(tx, id);
  tx.rt.authorise(tx.actor, 'incidents.read', targetOf(record));
  await asPlatform(tx, async () => {
    if (note.clientKey !== undefined && !(await firstTime(tx, id, note.clientKey, 'note'))) return;
    const entry = { incidentId: id, move: 'note', actor: tx.actor, atMs: tx.nowMs, reason: note.text };
    const [entryId] = await appendEntries(tx, [entry]);
    if (note.photoIds.length > 0 && entryId !== undefined) {
      await claimPhotos(tx, note.photoIds, { kind: 'incident-entry', id: entryId });
      await tx.run(
        sql`update incidents_incidents set photo_count = photo_count + ${note.photoIds.length} where id = ${id}`,
      );
    }
    announce(tx, record, 'note');
  });
}
