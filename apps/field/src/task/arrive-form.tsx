import { fieldShellTexts, fieldTaskTexts } from '@wangge/texts/field';
import { formatDistance, useLang, usePick, useTexts } from '@wangge/ui';
import { Button } from 'antd-mobile';
import { useState } from 'react';
import { metresBetween } from '../place/metres-between.ts';
import { PositionLine } from '../place/position-line.tsx';
import { usePosition } from '../place/use-position.ts';
import { Problem } from '../shell/problem.tsx';
import { Sheet } from '../shell/sheet.tsx';
import { TextArea } from '../shell/text-area.tsx';
import type { MoveFormProps } from './return-form.tsx';
import { useTaskDraft } from './task-draft.ts';

/** From here on one is told that this is hardly the place. Told, not held: the place may be the one that is wrong. */
const farM = 300;

/** On site: with the position, or with a reason why there is none. */
export function ArriveForm({ task, move, onClose }: MoveFormProps) {
  const t = useTexts(fieldTaskTexts);
  const shell = useTexts(fieldShellTexts);
  const { lang } = useLang();
  const pick = usePick();
  const position = usePosition();
  const draft = useTaskDraft(task.order.id, 'arrive');
  const [without, setWithout] = useState(false);
  const reason = draft.value?.text ?? '';
  const { fix } = position;
  const withPosition = fix !== null && !without;
  const { place } = task.incident;
  const awayM = fix && place ? metresBetween(fix.place, place) : null;
  // The receiver's own error is no distance.
  const far = awayM !== null && awayM - (fix?.place.accuracyM ?? 0) > farM;
  const done = (): void => {
    draft.clear();
    onClose();
  };
  const submit = (): void => {
    if (withPosition) move.send({ move: 'arrive', place: fix.place }, task, done);
    else move.send({ move: 'arrive', reason: reason.trim() }, task, done);
  };
  return (
    <Sheet
      title={t.arriveForm.title}
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>{shell.cancel}</Button>
          <Button color="primary" disabled={move.busy || (!withPosition && reason.trim() === '')} onClick={submit}>
            {move.busy ? t.waiting : t.arriveForm.submit}
          </Button>
        </>
      }
    >
      <PositionLine position={position} />
      {withPosition ? (
        far ? (
          <Problem>{t.arriveForm.far(formatDistance(awayM, lang))}</Problem>
        ) : (
          <p className="muted">
            {awayM === null ? t.arriveForm.here : t.arriveForm.fromPlace(formatDistance(awayM, lang))}
          </p>
        )
      ) : (
        <>
          <p>{t.arriveForm.noPosition}</p>
          <TextArea
            label={t.arriveForm.reason}
            placeholder={t.arriveForm.hint}
            maxLength={500}
            value={reason}
            onValue={(text) => draft.change((now) => ({ ...now, text }))}
          />
        </>
      )}
      {fix ? (
        <Button block fill="none" onClick={() => setWithout(!without)}>
          {without ? t.arriveForm.withPosition : t.arriveForm.without}
        </Button>
      ) : null}
      {move.error ? <Problem>{pick(move.error.text)}</Problem> : null}
    </Sheet>
  );
}
