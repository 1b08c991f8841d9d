import { useMutation } from '@tanstack/react-query';
import type { Bilingual } from '@wangge/contract-kit';
import { newId } from '@wangge/contract-kit';
import { listMyTasks, type Task } from '@wangge/dispatch/contract';
import { getIncident } from '@wangge/incidents/contract';
import { fieldOutboxTexts, fieldTaskTexts } from '@wangge/texts/field';
import { useRefresh, useTexts } from '@wangge/ui';
import { outboxItems } from '../outbox/kept.ts';
import { discard, firstOutcome, keepAndSend, moveAnyway, type Outcome } from '../outbox/outbox.ts';
import type { MoveItem } from '../outbox/item.ts';
import { useOutbox } from '../outbox/use-outbox.ts';
import { asNewPhoto, type DraftPhoto } from '../photos/draft-photo.ts';
import { say } from '../shell/notice.tsx';
import { useSingle } from '../shell/use-single.ts';
import type { MoveFacts } from './moves.ts';

interface Attempt {
  readonly facts: MoveFacts;
  readonly onDone: (() => void) | undefined;
  /** Puts it into the outbox. @returns its key there */
  readonly begin: () => Promise<string>;
}

/** The server said no while the person was waiting for it: what is in the form is still in the form. */
class Refusal extends Error {
  readonly text: Bilingual;
  constructor(text: Bilingual) {
    super(text.en);
    this.text = text;
  }
}

/**
 * Makes moves of a task. Each goes through the outbox: on the phone first, then to the server under one
 * key, at once where there is a link and later by itself where there is none.
 */
export function useMove(task: Task) {
  const t = useTexts(fieldTaskTexts);
  const outbox = useTexts(fieldOutboxTexts);
  const refresh = useRefresh();
  const single = useSingle();
  const items = useOutbox();
  const conflict =
    items.find(
      (item): item is MoveItem => item.kind === 'move' && item.orderId === task.order.id && item.state === 'conflict',
    ) ?? null;

  const run = async ({ begin }: Attempt): Promise<Outcome> => {
    const id = await begin();
    const outcome = await firstOutcome(id);
    if (outcome !== 'refused') return outcome;
    const problem = outboxItems().find((item) => item.id === id)?.problem;
    await discard(id);
    throw new Refusal(problem?.text ?? { zh: '没有发成。', en: 'It could not be sent.' });
  };
  const mutation = useMutation<Outcome, Error, Attempt>({
    mutationFn: (attempt) => single.until(run(attempt)),
    onSuccess: async (outcome, { facts, onDone }) => {
      if (outcome === 'conflict') return refresh(listMyTasks, getIncident);
      onDone?.();
      say(outcome === 'kept' ? outbox.moveKept(t.moves[facts.move]) : t.done[facts.move]);
    },
  });
  const { error } = mutation;

  return {
    /** `seen`: what the person was looking at when they began, where that is older than the task given. */
    send: (facts: MoveFacts, seen: Task = task, onDone?: () => void, photos: readonly DraftPhoto[] = []) =>
      single.begin(() =>
        mutation.mutate({
          facts,
          onDone,
          begin: async () => {
            const id = newId();
            const { version, id: orderId } = seen.order;
            // Under names of their own: the same draft may be sent again after a refusal.
            const files = photos.map((photo) => asNewPhoto(photo, newId()));
            await keepAndSend({ kind: 'move', id, orderId, facts, version, seen }, files);
            return id;
          },
        }),
      ),
    /** All the same, on the task as it is now. */
    again: (item: MoveItem, now: Task, onDone?: () => void) =>
      single.begin(() => mutation.mutate({ facts: item.facts, onDone, begin: () => moveAnyway(item, now) })),
    busy: mutation.isPending,
    error: error === null ? null : { text: error instanceof Refusal ? error.text : notStored(outbox.notStored) },
    /** Somebody else was faster: stays until the person has decided. */
    conflict,
    forget: () => {
      // What is under way goes on, and its outcome must be seen.
      if (!single.isBusy()) mutation.reset();
    },
  };
}
export type Move = ReturnType<typeof useMove>;

function notStored(text: string): Bilingual {
  return { zh: text, en: text };
}
