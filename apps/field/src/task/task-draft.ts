import { useDraft, type Draft } from '../drafts/use-draft.ts';
import type { DraftPhoto } from '../photos/draft-photo.ts';
import { useMe } from '../session/me.tsx';

export interface TaskDraft {
  readonly text: string;
  readonly photos: readonly DraftPhoto[];
}
const kind = {
  fresh: (): TaskDraft => ({ text: '', photos: [] }),
  isEmpty: (draft: TaskDraft): boolean => draft.text === '' && draft.photos.length === 0,
};

export type DraftedMove = 'return' | 'arrive' | 'respond';
/** Two people may use the same phone. */
export function taskDraftKey(accountId: string, move: DraftedMove, orderId: string): string {
  return `${accountId}:${move}:${orderId}`;
}

/** What was typed for one move of one order. */
export function useTaskDraft(orderId: string, move: DraftedMove): Draft<TaskDraft> {
  const { account } = useMe();
  return useDraft(taskDraftKey(account.id, move, orderId), kind);
}
