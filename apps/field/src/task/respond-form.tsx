import { fieldShellTexts, fieldTaskTexts } from '@wangge/texts/field';
import { usePick, useTexts } from '@wangge/ui';
import { Button } from 'antd-mobile';
import { useState } from 'react';
import { isFromCamera, type DraftPhoto } from '../photos/draft-photo.ts';
import { PhotoInput } from '../photos/photo-input.tsx';
import { usePosition } from '../place/use-position.ts';
import { Problem } from '../shell/problem.tsx';
import { Sheet } from '../shell/sheet.tsx';
import { TextArea } from '../shell/text-area.tsx';
import type { MoveFormProps } from './return-form.tsx';
import { useTaskDraft } from './task-draft.ts';

/** What was done, with photos; kept on the phone until the server has it. */
export function RespondForm({ task, move, onClose }: MoveFormProps) {
  const t = useTexts(fieldTaskTexts);
  const shell = useTexts(fieldShellTexts);
  const pick = usePick();
  const draft = useTaskDraft(task.order.id, 'respond');
  const { fix } = usePosition();
  const [missing, setMissing] = useState<string | null>(null);
  const [preparing, setPreparing] = useState(false);
  const { proofRequired } = task.incident;
  const inApp = proofRequired && task.incident.proofInApp === true;
  const text = draft.value?.text ?? '';
  const photos = draft.value?.photos ?? [];
  const setPhotos = (change: (now: readonly DraftPhoto[]) => readonly DraftPhoto[]): void =>
    draft.change((now) => ({ ...now, photos: change(now.photos) }));

  const submit = (): void => {
    const lacks =
      text.trim() === ''
        ? t.respondForm.needText
        : proofRequired && photos.length === 0
          ? t.respondForm.needPhoto
          : inApp && !photos.some(isFromCamera)
            ? t.respondForm.needCamera
            : null;
    setMissing(lacks);
    if (lacks !== null) return;
    const place = fix ? { place: fix.place } : {};
    const done = (): void => {
      draft.clear();
      onClose();
    };
    move.send({ move: 'respond', text: text.trim(), ...place }, task, done, photos);
  };
  const { busy, error } = move;
  return (
    <Sheet
      title={t.respondForm.title}
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>{shell.cancel}</Button>
          <Button color="primary" disabled={busy || preparing || draft.value === null} onClick={submit}>
            {preparing ? shell.photos.working : busy ? t.waiting : t.respondForm.submit}
          </Button>
        </>
      }
    >
      <PhotoInput
        label={inApp ? t.respondForm.photosInApp : proofRequired ? t.respondForm.photosRequired : t.respondForm.photos}
        photos={photos}
        onPhotos={setPhotos}
        onWorking={setPreparing}
      />
      {inApp ? <p className="field-hint">{t.respondForm.inAppHint}</p> : null}
      <TextArea
        label={t.respondForm.text}
        placeholder={t.respondForm.hint}
        maxLength={1000}
        rows={4}
        value={text}
        invalid={missing !== null && text.trim() === ''}
        onValue={(next) => draft.change((now) => ({ ...now, text: next }))}
      />
      {draft.kept ? null : <p className="field-hint">{shell.draft.notKept}</p>}
      <Problem>{missing}</Problem>
      {error ? (
        <Problem>
          {pick(error.text)} {shell.draft.unsent}
        </Problem>
      ) : null}
    </Sheet>
  );
}
