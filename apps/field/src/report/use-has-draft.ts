import { useHasDraft } from '../drafts/use-draft-keys.ts';
import { useMe } from '../session/me.tsx';
import { reportDraftKey } from './report-draft.ts';

/** Whether a report waits unsent on this phone. */
export function useHasReportDraft(): boolean {
  return useHasDraft(reportDraftKey(useMe().account.id));
}
