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

/** What was typed for one move of one order; two people may use the same phone. */
export function useTaskDraft(orderId: string, move: 'return' | 'arrive' | 'respond'): Draft<TaskDraft> {
  const { account } = useMe();
  return useDraft(`${account.id}:${move}:${orderId}`, kind);
}
