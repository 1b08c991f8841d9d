import { useMutation } from '@tanstack/react-query';
import { call, isCallError, type CallError } from '@wangge/client';
import { newId, type RouteOutput } from '@wangge/contract-kit';
import { listMyTasks } from '@wangge/dispatch/contract';
import { reportIncident } from '@wangge/incidents/contract';
import { useRefresh } from '@wangge/ui';
import { useState } from 'react';
import type { Draft } from '../drafts/use-draft.ts';
import { uploadDrafted } from '../photos/upload-drafted.ts';
import { useSingle } from '../shell/use-single.ts';
import { reportBody } from './check-report.ts';
import type { ReportDraft } from './report-draft.ts';

export type SentReport = RouteOutput<typeof reportIncident>;

/**
 * Uploads what is not uploaded yet, then reports. The draft keeps its key and its uploaded photos
 * until the server has answered, so that trying again is always safe.
 */
export function useSendReport(draft: Draft<ReportDraft>) {
  const [uploaded, setUploaded] = useState(0);
  const refresh = useRefresh();
  const single = useSingle();
  const send = async (report: ReportDraft): Promise<SentReport> => {
    const keep = (id: string, fileId: string): void =>
      draft.change((now) => ({
        ...now,
        photos: now.photos.map((photo) => (photo.id === id ? { ...photo, fileId } : photo)),
      }));
    const photoIds = await uploadDrafted(report.photos, keep, setUploaded);
    return call(reportIncident, { body: reportBody(report, photoIds) });
  };
  const mutation = useMutation<SentReport, CallError, ReportDraft>({
    mutationFn: (report) => single.until(send(report)),
    onSuccess: () => {
      draft.clear();
      // Handling it oneself may make a task of one's own.
      void refresh(listMyTasks);
    },
    onError: (error) => {
      // Files that waited too long were cleared away at the server: send them again next time.
      if (error.field?.startsWith('photoIds') === true)
        draft.change((now) => ({ ...now, photos: now.photos.map((photo) => ({ ...photo, fileId: null })) }));
    },
  });
  return {
    send: (report: ReportDraft) => single.begin(() => mutation.mutate(report)),
    busy: mutation.isPending,
    uploaded,
    sent: mutation.data ?? null,
    error: mutation.error,
    /** The first try had arrived, and the person changed the report since. */
    keyReused: isCallError(mutation.error, 'key-reused'),
    asNew: () => {
      draft.change((now) => ({ ...now, clientKey: newId() }));
      mutation.reset();
    },
    reset: () => mutation.reset(),
  };
}
