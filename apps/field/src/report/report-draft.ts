import { newId, type Place } from '@wangge/contract-kit';
import { useDraft, type Draft } from '../drafts/use-draft.ts';
import type { DraftPhoto } from '../photos/draft-photo.ts';
import { useMe } from '../session/me.tsx';

export type PlaceSource = 'gps' | 'photo' | 'map';

export interface ReportDraft {
  /** Made when the report is begun and kept over every try, so that it arrives once. */
  readonly clientKey: string;
  readonly startedAtMs: number;
  readonly categoryCode: string | null;
  readonly description: string;
  readonly address: string;
  readonly place: Place | null;
  readonly placeSource: PlaceSource | null;
  readonly selfHandled: boolean;
  readonly photos: readonly DraftPhoto[];
}

export const reportDraftKind = {
  fresh: (): ReportDraft => ({
    clientKey: newId(),
    startedAtMs: Date.now(),
    categoryCode: null,
    description: '',
    address: '',
    place: null,
    placeSource: null,
    selfHandled: false,
    photos: [],
  }),
  /** A place alone is nothing that somebody typed. */
  isEmpty: (draft: ReportDraft): boolean =>
    draft.categoryCode === null && draft.description === '' && draft.address === '' && draft.photos.length === 0,
};

export function reportDraftKey(accountId: string): string {
  return `${accountId}:report`;
}
export function useReportDraft(): Draft<ReportDraft> {
  return useDraft(reportDraftKey(useMe().account.id), reportDraftKind);
}
