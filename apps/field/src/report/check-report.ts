import type { RouteCall } from '@wangge/contract-kit';
import type { Category, reportIncident } from '@wangge/incidents/contract';
import type { ReportDraft } from './report-draft.ts';

export type ReportFault = 'category' | 'description' | 'place' | 'proof';

/** What is still missing, in the order of the page; the server checks again. */
export function reportFaults(draft: ReportDraft, category: Category | undefined): readonly ReportFault[] {
  const faults: ReportFault[] = [];
  if (draft.selfHandled && category?.proofRequired === true && draft.photos.length === 0) faults.push('proof');
  if (draft.place === null) faults.push('place');
  if (draft.categoryCode === null) faults.push('category');
  if (draft.description.trim() === '') faults.push('description');
  return faults;
}

/** The report as it is sent. */
export function reportBody(draft: ReportDraft, photoIds: string[]): RouteCall<typeof reportIncident>['body'] {
  return {
    clientKey: draft.clientKey,
    categoryCode: draft.categoryCode ?? '',
    description: draft.description,
    ...(draft.place ? { place: draft.place } : {}),
    ...(draft.address.trim() === '' ? {} : { address: draft.address }),
    photoIds,
    selfHandled: draft.selfHandled,
    writtenAtMs: draft.startedAtMs,
  };
}
