/** A report from the desk (telephone, visit) or from the field. */
import type { RouteInput } from '@wangge/contract-kit';
import { AppError } from '@wangge/contract-kit';
import type { Actor, Runtime } from '@wangge/kernel';
import type { reportIncident as route } from '../contract.ts';
import { correctedTime } from '../phone-time.ts';
import { keepReportTime } from '../store/phone-times.ts';
import { reportIncident, type ReportResult } from './report-incident.ts';
import { reportTogether } from './report-together.ts';

export function reportByAccount(
  rt: Runtime,
  actor: Actor,
  { clientKey, phone, ...report }: RouteInput<typeof route>['body'],
): Promise<ReportResult> {
  const atDesk = actor.posts.some((p) => p.role === 'dispatcher');
  // The desk settles nothing on the spot; only who stands there does.
  if (atDesk && report.selfHandled) throw new AppError('invalid-field', { field: 'selfHandled' });
  const key = `${atDesk ? 'dispatcher' : 'member'}:${clientKey}`;
  const time = phone ? correctedTime(phone, rt.clock.nowMs()) : null;
  if (!phone || !time?.byPhone) return reportTogether(rt, actor, key, report);
  return rt.tx(actor, async (tx) => {
    const result = await reportIncident(tx, key, { ...report, atMs: time.atMs, takenInMs: tx.nowMs });
    if (!result.replayed) await keepReportTime(tx, result.id, phone);
    return result;
  });
}
