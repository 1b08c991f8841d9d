import type { Whistle } from '@wangge/dispatch/contract';
import { fieldShellTexts, fieldTaskTexts, fieldWhistleTexts } from '@wangge/texts/field';
import { formatDistance, useLang, usePick, useTexts } from '@wangge/ui';
import { Button } from 'antd-mobile';
import { useDeed } from '../deeds/use-deed.ts';
import { metresBetween } from '../place/metres-between.ts';
import { PositionLine } from '../place/position-line.tsx';
import { usePosition } from '../place/use-position.ts';
import { Problem } from '../shell/problem.tsx';
import { Sheet } from '../shell/sheet.tsx';

/** As the server asks for: a position that may be wrong by more proves nothing. */
const worstAccuracyM = 100;

/** Here I am, by the phone's position: near enough, and measured well enough. */
export function ReportInSheet({ whistle, onClose }: { whistle: Whistle; onClose: () => void }) {
  const t = useTexts(fieldWhistleTexts).sheet;
  const task = useTexts(fieldTaskTexts);
  const shell = useTexts(fieldShellTexts);
  const pick = usePick();
  const { lang } = useLang();
  const position = usePosition();
  const deed = useDeed();
  const { fix } = position;
  const { place } = whistle;
  const radiusM = whistle.radiusM ?? 0;
  const awayM = fix && place ? metresBetween(fix.place, place) : null;
  const accuracyM = fix?.place.accuracyM ?? null;
  const vague = fix !== null && (accuracyM === null || accuracyM > worstAccuracyM);
  const far = awayM !== null && awayM > radiusM;
  const submit = (): void => {
    if (!fix) return;
    deed.send({ name: 'report-in', whistleId: whistle.id, place: fix.place }, whistle.incidentNumber, onClose);
  };
  return (
    <Sheet
      title={t.title}
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>{shell.cancel}</Button>
          <Button color="primary" disabled={deed.busy || fix === null || vague || far} onClick={submit}>
            {deed.busy ? task.waiting : t.submit}
          </Button>
        </>
      }
    >
      <PositionLine position={position} />
      {awayM === null ? null : far ? (
        <Problem>{t.far(formatDistance(awayM, lang), radiusM)}</Problem>
      ) : (
        <p className="muted">{t.away(formatDistance(awayM, lang))}</p>
      )}
      {vague ? <Problem>{t.vague(accuracyM ?? 0)}</Problem> : null}
      {deed.error ? <Problem>{pick(deed.error)}</Problem> : null}
    </Sheet>
  );
}
