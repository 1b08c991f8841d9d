import { useDraftKeys } from '../drafts/use-draft-keys.ts';
import { useMe } from '../session/me.tsx';
import { reportDraftPrefix } from './report-draft.ts';

/** Keys of the reports that this person has begun on this phone, the latest first. */
export function useReportDrafts(): readonly string[] {
  const prefix = reportDraftPrefix(useMe().account.id);
  // Keys carry the time of their making, so that their order is the order of beginning.
  return [...useDraftKeys()]
    .filter((key) => key.startsWith(prefix))
    .map((key) => key.slice(prefix.length))
    .toSorted()
    .toReversed();
}
