import type { Place } from '@wangge/contract-kit';
import { useMemo } from 'react';
import { useDraft, type Draft, type DraftKind } from '../drafts/use-draft.ts';
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
  /** Said to be the same thing; drafts of before lack it. */
  readonly sameAs?: string | null;
}

export function freshReport(clientKey: string): ReportDraft {
  return {
    clientKey,
    startedAtMs: Date.now(),
    categoryCode: null,
    description: '',
    address: '',
    place: null,
    placeSource: null,
    selfHandled: false,
    photos: [],
  };
}
/** A place alone is nothing that somebody typed. */
export function isEmptyReport(draft: ReportDraft): boolean {
  return draft.categoryCode === null && draft.description === '' && draft.address === '' && draft.photos.length === 0;
}

/** Keys of all drafts of a person begin so. */
export function reportDraftPrefix(accountId: string): string {
  return `${accountId}:report:`;
}
export function reportDraftKey(accountId: string, clientKey: string): string {
  return reportDraftPrefix(accountId) + clientKey;
}
/** @param place where it was begun, when that is known before the phone has found itself */
export function useReportDraft(clientKey: string, place: Place | null = null): Draft<ReportDraft> {
  const kind = useMemo<DraftKind<ReportDraft>>(
    () => ({
      fresh: () => ({ ...freshReport(clientKey), ...(place ? { place, placeSource: 'map' } : {}) }),
      isEmpty: isEmptyReport,
    }),
    [clientKey, place],
  );
  return useDraft(reportDraftKey(useMe().account.id, clientKey), kind);
}
