/** A report from the desk (telephone, visit) or from the field. */
import type { RouteInput } from '@wangge/contract-kit';
import { AppError } from '@wangge/contract-kit';
import type { Actor, Runtime } from '@wangge/kernel';
import type { reportIncident as route } from '../contract.ts';
import type { ReportResult } from './report-incident.ts';
import { reportTogether } from './report-together.ts';

export function reportByAccount(
  rt: Runtime,
  actor: Actor,
  { clientKey, ...report }: RouteInput<typeof route>['body'],
): Promise<ReportResult> {
  const atDesk = actor.posts.some((p) => p.role === 'dispatcher');
  // The desk settles nothing on the spot; only who stands there does.
  if (atDesk && report.selfHandled) throw new AppError('invalid-field', { field: 'selfHandled' });
  return reportTogether(rt, actor, `${atDesk ? 'dispatcher' : 'member'}:${clientKey}`, report);
}
