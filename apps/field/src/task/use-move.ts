import { useMutation, useQueryClient } from '@tanstack/react-query';
import { call, isCallError, type CallError } from '@wangge/client';
import { newId } from '@wangge/contract-kit';
import { listMyTasks, moveOrder, type Task } from '@wangge/dispatch/contract';
import { getIncident } from '@wangge/incidents/contract';
import { fieldTaskTexts } from '@wangge/texts/field';
import { useRefresh, useTexts } from '@wangge/ui';
import { useRef, useState } from 'react';
import { say } from '../shell/notice.tsx';
import { useSingle } from '../shell/use-single.ts';
import { keepTask } from '../tasks/use-tasks.ts';
import type { MoveFacts } from './moves.ts';

/** Somebody else was faster: what the person saw, and what they were about to do. */
export interface Conflict {
  readonly seen: Task;
  readonly facts: MoveFacts;
  readonly onDone: (() => void) | undefined;
}

/** Codes that say "the task is not what you saw". */
const staleCodes = ['stale-edit', 'move-not-allowed', 'conflict'] as const;

/**
 * Makes moves of a task. One key per move and version: trying again after a lost answer repeats the
 * same move instead of making a second one.
 */
export function useMove(task: Task) {
  const t = useTexts(fieldTaskTexts);
  const client = useQueryClient();
  const refresh = useRefresh();
  const single = useSingle();
  const keys = useRef(new Map<string, string>());
  const [conflict, setConflict] = useState<Conflict | null>(null);

  const mutation = useMutation<Task, CallError, Conflict>({
    mutationFn: ({ facts, seen }) => {
      const attempt = `${facts.move} ${seen.order.version} ${JSON.stringify(facts)}`;
      const clientKey = keys.current.get(attempt) ?? newId();
      keys.current.set(attempt, clientKey);
      const body = { ...facts, version: seen.order.version, clientKey };
      return single.until(call(moveOrder, { params: { id: seen.order.id }, body }));
    },
    onSuccess: async (changed, { facts, onDone }) => {
      setConflict(null);
      onDone?.();
      keepTask(client, changed);
      say(t.done[facts.move]);
      await refresh(listMyTasks, getIncident);
    },
    onError: async (error, attempt) => {
      if (!staleCodes.some((code) => isCallError(error, code))) return;
      setConflict(attempt);
      await refresh(listMyTasks, getIncident);
    },
  });

  return {
    /** `seen`: what the person was looking at when they began, where that is older than the task given. */
    send: (facts: MoveFacts, seen: Task = task, onDone?: () => void) =>
      single.begin(() => mutation.mutate({ facts, seen, onDone })),
    busy: mutation.isPending,
    error: conflict ? null : mutation.error,
    conflict,
    forget: () => {
      setConflict(null);
      // What is under way goes on, and its outcome must be seen.
      if (!single.isBusy()) mutation.reset();
    },
  };
}
export type Move = ReturnType<typeof useMove>;
