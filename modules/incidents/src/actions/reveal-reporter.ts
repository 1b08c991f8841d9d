/** Shows a reporter's number to somebody who says what for. */
import { AppError } from '@wangge/contract-kit';
import type { Tx } from '@wangge/kernel';
import { openPhone, targetOf } from '../people.ts';
import { findRecord } from '../record.ts';

export async function revealReporter(tx: Tx, id: string, purpose: string): Promise<{ phone: string | null }> {
  if (purpose.trim() === '') throw new AppError('purpose-required', { field: 'purpose' });
  const record = await findRecord(tx, id);
  tx.rt.authorise(tx.actor, 'incidents.reveal-reporter', targetOf(record));
  tx.audit({ action: 'incidents.reveal-reporter', subject: { kind: 'incident', id }, purpose });
  return { phone: record.reporterPhone === null ? null : openPhone(tx.rt, record.reporterPhone) };
}
