/** Which proofs count where a category asks that they were taken with the app's camera. */
import { photosOf, type StoredPhoto, sql, type Tx } from '@wangge/kernel';
import type { IncidentRecord } from './record.ts';
import type { IncidentFacts } from './workflow.ts';

/** Photos that were added with the answers of an incident's orders, or of one of them. */
async function answerPhotos(tx: Tx, incidentId: string, orderId: string | null): Promise<StoredPhoto[]> {
  const entries = await tx.rows<{ id: string }>(sql`select id from incidents_history
    where incident_id = ${incidentId} and move = 'order:respond'
      and (${orderId}::uuid is null or order_id = ${orderId}::uuid)`);
  const ids = entries.map((e) => e.id);
  return [...(await photosOf(tx, 'incident-entry', ids, { word: true })).values()].flat();
}

const byCamera = (photos: readonly StoredPhoto[]): number => photos.filter((p) => p.word?.how === 'camera').length;

/** How many photos from the app's camera came with earlier answers of this order. */
export async function orderProofsInApp(tx: Tx, incidentId: string, orderId: string): Promise<number> {
  return byCamera(await answerPhotos(tx, incidentId, orderId));
}

/** What the guards of closing ask about the proofs; the photos are only looked at where that matters. */
export async function proofFacts(
  tx: Tx,
  record: IncidentRecord,
): Promise<Pick<IncidentFacts, 'proofRequired' | 'proofCount' | 'proofInApp' | 'inAppCount'>> {
  const { proofRequired, proofInApp, proofCount } = record;
  if (!proofRequired || !proofInApp) return { proofRequired, proofInApp, proofCount };
  const own = record.selfHandled ? await photosOf(tx, 'incident', [record.id], { word: true }) : undefined;
  const photos = [...(own?.get(record.id) ?? []), ...(await answerPhotos(tx, record.id, null))];
  // Proofs without any photo here are on paper: history that was loaded.
  return { proofRequired, proofInApp, proofCount, inAppCount: photos.length === 0 ? proofCount : byCamera(photos) };
}
