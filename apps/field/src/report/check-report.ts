import type { Category } from '@wangge/incidents/contract';
import type { ReportContent } from '../outbox/item.ts';
import { isFromCamera } from '../photos/draft-photo.ts';
import type { ReportDraft } from './report-draft.ts';

export type ReportFault = 'category' | 'description' | 'place' | 'proof' | 'camera';

/** What is still missing, in the order of the page; the server checks again. */
export function reportFaults(draft: ReportDraft, category: Category | undefined): readonly ReportFault[] {
  const faults: ReportFault[] = [];
  if (draft.selfHandled && category?.proofRequired === true) {
    if (draft.photos.length === 0) faults.push('proof');
    else if (category.proofInApp && !draft.photos.some(isFromCamera)) faults.push('camera');
  }
  if (draft.place === null) faults.push('place');
  if (draft.categoryCode === null) faults.push('category');
  if (draft.description.trim() === '') faults.push('description');
  return faults;
}

/** The report as it is sent, without key and photos. */
export function reportContent(draft: ReportDraft): ReportContent {
  return {
    categoryCode: draft.categoryCode ?? '',
    description: draft.description,
    ...(draft.place ? { place: draft.place } : {}),
    ...(draft.address.trim() === '' ? {} : { address: draft.address }),
    selfHandled: draft.selfHandled,
    ...(draft.sameAs && !draft.selfHandled ? { sameAs: draft.sameAs } : {}),
    writtenAtMs: draft.startedAtMs,
  };
}
