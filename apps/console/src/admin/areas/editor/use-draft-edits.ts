import {
  type AreaDraft,
  type AreaEdit,
  checkDraft,
  editDraft,
  type EditGuard,
  editGuards,
  listDrafts,
  listVersions,
  readDraft,
  redoEdit,
  undoEdit,
} from '@wangge/areas/contract';
import type { CallError } from '@wangge/client';
import { useRefresh, useSend } from '@wangge/ui';
import { useState } from 'react';

export interface DraftEdits {
  readonly busy: boolean;
  /** Why the last edit was refused. */
  readonly guard: EditGuard | null;
  /** Somebody else was faster. */
  readonly conflict: { readonly by: string; readonly atMs: number } | null;
  readonly error: CallError | null;
  readonly check: ReturnType<typeof useSend<typeof checkDraft>>;
  make(edit: AreaEdit): Promise<boolean>;
  step(way: 'undo' | 'redo'): Promise<boolean>;
}

/** Changes of a draft, each made of the revision that is shown; a stale one loads what is there now. */
export function useDraftEdits(draft: AreaDraft): DraftEdits {
  const refresh = useRefresh();
  const sends = { edit: useSend(editDraft), undo: useSend(undoEdit), redo: useSend(redoEdit) };
  const check = useSend(checkDraft, [readDraft, listDrafts, listVersions]);
  const [error, setError] = useState<CallError | null>(null);
  const params = { id: draft.id };
  const run = async (send: () => Promise<unknown>): Promise<boolean> => {
    setError(null);
    check.reset();
    try {
      await send();
      return true;
    } catch (failed) {
      setError(failed as CallError);
      return false;
    } finally {
      await refresh(readDraft, listDrafts, listVersions);
    }
  };
  const { by, atMs } = error?.code === 'stale-edit' ? error.details : {};
  return {
    busy: sends.edit.isPending || sends.undo.isPending || sends.redo.isPending,
    guard:
      error?.code === 'guard-failed' ? (editGuards.find((guard) => guard === error.details['guard']) ?? null) : null,
    conflict: typeof by === 'string' && typeof atMs === 'number' ? { by, atMs } : null,
    error,
    check,
    make: (edit) => run(() => sends.edit.mutateAsync({ params, body: { revision: draft.revision, edit } })),
    step: (way) => run(() => sends[way].mutateAsync({ params, body: { revision: draft.revision } })),
  };
}
