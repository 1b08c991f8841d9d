/** A report from the desk (telephone, visit) or from the field. */
import type { RouteInput } from '@wangge/contract-kit';
import { AppError } from '@wangge/contract-kit';
import type { Tx } from '@wangge/kernel';
import type { reportIncident as route } from '../contract.ts';
import { reportIncident, type ReportResult } from './report-incident.ts';

export async function reportByAccount(
  tx: Tx,
  { clientKey, ...report }: RouteInput<typeof route>['body'],
): Promise<ReportResult> {
  const atDesk = tx.actor.posts.some((p) => p.role === 'dispatcher');
  // The desk settles nothing on the spot; only who stands there does.
  if (atDesk && report.selfHandled) throw new AppError('invalid-field', { field: 'selfHandled' });
  return reportIncident(tx, `${atDesk ? 'dispatcher' : 'member'}:${clientKey}`, report);
}
