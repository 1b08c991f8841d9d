import { useMutation } from '@tanstack/react-query';
import { newId, type Bilingual } from '@wangge/contract-kit';
import { fieldOutboxTexts, fieldWhistleTexts } from '@wangge/texts/field';
import { useTexts } from '@wangge/ui';
import { discard, firstOutcome, keepAndSend, type Outcome } from '../outbox/outbox.ts';
import { outboxItems } from '../outbox/kept.ts';
import { useOutbox } from '../outbox/use-outbox.ts';
import { asNewPhoto, type DraftPhoto } from '../photos/draft-photo.ts';
import { say } from '../shell/notice.tsx';
import { useSingle } from '../shell/use-single.ts';
import { type Deed, type DeedName, subjectOf } from './deed.ts';

/** The server said no while the person was waiting for it. */
class Refusal extends Error {
  readonly text: Bilingual;
  constructor(text: Bilingual) {
    super(text.en);
    this.text = text;
  }
}
interface Attempt {
  readonly deed: Deed;
  readonly about: string;
  readonly photos: readonly DraftPhoto[];
  readonly onDone: () => void;
}

/** Does it through the outbox: on the phone first, then to the server under one key. */
export function useDeed() {
  const t = useTexts(fieldWhistleTexts);
  const outbox = useTexts(fieldOutboxTexts);
  const single = useSingle();
  const run = async ({ deed, about, photos }: Attempt): Promise<Outcome> => {
    const id = newId();
    // Under names of their own: the same photos may be sent again after a refusal.
    const files = photos.map((photo) => asNewPhoto(photo, newId()));
    await keepAndSend({ kind: 'deed', id, deed, about }, files);
    const outcome = await firstOutcome(id);
    if (outcome !== 'refused') return outcome;
    const problem = outboxItems().find((item) => item.id === id)?.problem;
    await discard(id);
    throw new Refusal(problem?.text ?? { zh: '没有发成。', en: 'It could not be sent.' });
  };
  const mutation = useMutation<Outcome, Error, Attempt>({
    mutationFn: (attempt) => single.until(run(attempt)),
    onSuccess: (outcome, { deed, onDone }) => {
      onDone();
      say(outcome === 'kept' ? outbox.moveKept(t.deeds[deed.name]) : t.done[deed.name]);
    },
  });
  const { error } = mutation;
  return {
    /** `about`: what the list of waiting things says of it. */
    send: (deed: Deed, about: string, onDone: () => void = () => undefined, photos: readonly DraftPhoto[] = []) =>
      single.begin(() => mutation.mutate({ deed, about, onDone, photos })),
    busy: mutation.isPending,
    error:
      error === null ? null : error instanceof Refusal ? error.text : { zh: outbox.notStored, en: outbox.notStored },
    forget: () => {
      if (!single.isBusy()) mutation.reset();
    },
  };
}

/** Is this still on the phone? */
export function useWaiting(name: DeedName, subject: string): boolean {
  return useOutbox().some(
    (item) =>
      item.kind === 'deed' &&
      item.deed.name === name &&
      subjectOf(item.deed) === subject &&
      (item.state === 'waiting' || item.state === 'sending'),
  );
}
