import { useMutation } from '@tanstack/react-query';
import type { Draft } from '../drafts/use-draft.ts';
import { keepAndSend } from '../outbox/outbox.ts';
import { asNewPhoto } from '../photos/draft-photo.ts';
import { useMe } from '../session/me.tsx';
import { useSingle } from '../shell/use-single.ts';
import { reportContent } from './check-report.ts';
import { reportDraftKey, type ReportDraft } from './report-draft.ts';

/**
 * Puts a report into the outbox: on the phone's disk in one step with the end of its draft, so that no
 * moment of a dying battery has neither or both. From there it goes by itself.
 */
export function useSendReport(draft: Draft<ReportDraft>, onKept: (clientKey: string) => void) {
  const { account } = useMe();
  const single = useSingle();
  const mutation = useMutation<void, Error, ReportDraft>({
    mutationFn: (report) => {
      const photos = report.photos.map((photo) => asNewPhoto(photo));
      const key = reportDraftKey(account.id, report.clientKey);
      const item = { kind: 'report', id: report.clientKey, content: reportContent(report) } as const;
      return single.until(draft.handOver(() => keepAndSend(item, photos, key)));
    },
    onSuccess: (_none, report) => onKept(report.clientKey),
  });
  return {
    send: (report: ReportDraft) => single.begin(() => mutation.mutate(report)),
    busy: mutation.isPending,
    /** The phone is full. */
    failed: mutation.isError,
    reset: () => mutation.reset(),
  };
}
