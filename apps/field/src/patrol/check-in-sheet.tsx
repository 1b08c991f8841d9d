import { worstAccuracyM, type Round, type RoundPoint } from '@wangge/patrols/contract';
import { fieldPatrolTexts, fieldShellTexts, fieldTaskTexts } from '@wangge/texts/field';
import { formatDistance, useLang, usePick, useTexts } from '@wangge/ui';
import { Button } from 'antd-mobile';
import { useState } from 'react';
import { useDeed } from '../deeds/use-deed.ts';
import type { DraftPhoto } from '../photos/draft-photo.ts';
import { PhotoInput } from '../photos/photo-input.tsx';
import { metresBetween } from '../place/metres-between.ts';
import { PositionLine } from '../place/position-line.tsx';
import { usePosition } from '../place/use-position.ts';
import { Problem } from '../shell/problem.tsx';
import { Sheet } from '../shell/sheet.tsx';
import { TextArea } from '../shell/text-area.tsx';

interface Props {
  readonly round: Round;
  readonly point: RoundPoint;
  readonly onClose: () => void;
}

/** Here I am: by the phone's position, or by a photo and a reason where that fails. */
export function CheckInSheet({ round, point, onClose }: Props) {
  const t = useTexts(fieldPatrolTexts);
  const task = useTexts(fieldTaskTexts);
  const shell = useTexts(fieldShellTexts);
  const pick = usePick();
  const { lang } = useLang();
  const position = usePosition();
  const deed = useDeed();
  const [byPhoto, setByPhoto] = useState(false);
  const [photos, setPhotos] = useState<readonly DraftPhoto[]>([]);
  const [reason, setReason] = useState('');
  const [working, setWorking] = useState(false);
  const [missing, setMissing] = useState<string | null>(null);
  const { fix } = position;
  const accuracyM = fix?.place.accuracyM ?? null;
  const awayM = fix ? metresBetween(fix.place, point.place) : null;
  const vague = fix !== null && (accuracyM === null || accuracyM > worstAccuracyM);
  const far = awayM !== null && Math.round(awayM) > point.radiusM;
  const submit = (): void => {
    const lacks = !byPhoto
      ? null
      : photos.length === 0
        ? t.sheet.needPhoto
        : reason.trim() === ''
          ? t.sheet.needReason
          : null;
    setMissing(lacks);
    if (lacks !== null || (!byPhoto && !fix)) return;
    deed.send(
      {
        name: 'check-in',
        roundId: round.id,
        n: point.n,
        place: fix?.place ?? null,
        reason: byPhoto ? reason.trim() : null,
      },
      point.name,
      onClose,
      byPhoto ? photos : [],
    );
  };
  const blocked = byPhoto ? working : fix === null || vague || far;
  return (
    <Sheet
      title={t.checkInOf(point.name)}
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>{shell.cancel}</Button>
          <Button color="primary" disabled={deed.busy || blocked} onClick={submit} data-testid="check-in">
            {working ? shell.photos.working : deed.busy ? task.waiting : t.sheet.submit}
          </Button>
        </>
      }
    >
      {point.task === null ? null : <p className="prose">{point.task}</p>}
      {byPhoto ? (
        <>
          <PhotoInput
            label={t.sheet.photo}
            photos={photos}
            onPhotos={(change) => setPhotos(change)}
            onWorking={setWorking}
          />
          <TextArea
            label={t.sheet.reason}
            placeholder={t.sheet.example}
            maxLength={200}
            value={reason}
            invalid={missing !== null && reason.trim() === ''}
            onValue={setReason}
          />
          <p className="field-hint">{t.sheet.marked}</p>
        </>
      ) : (
        <>
          <PositionLine position={position} />
          {awayM === null ? null : far ? (
            <Problem>{t.sheet.far(formatDistance(awayM, lang), point.radiusM)}</Problem>
          ) : (
            <p className="muted">{t.sheet.near(formatDistance(awayM, lang))}</p>
          )}
          {vague ? <Problem>{t.sheet.vague(accuracyM ?? 0)}</Problem> : null}
        </>
      )}
      <button type="button" className="text-button" onClick={() => setByPhoto(!byPhoto)}>
        {byPhoto ? t.sheet.usePosition : t.sheet.usePhoto}
      </button>
      <Problem>{missing}</Problem>
      {deed.error ? <Problem>{pick(deed.error)}</Problem> : null}
    </Sheet>
  );
}
