import { useQueryClient } from '@tanstack/react-query';
import { setDuty, type Me } from '@wangge/staff/contract';
import { fieldMeTexts, fieldShellTexts } from '@wangge/texts/field';
import { relativeTime, useClockOffset, useLang, useNow, usePick, useSend, useTexts } from '@wangge/ui';
import { Button } from 'antd-mobile';
import { useSharing, type Sharing } from '../place/sharing.tsx';
import { meKey } from '../session/me.tsx';
import { Icon } from '../shell/icons.tsx';
import { Problem } from '../shell/problem.tsx';

/** On and off duty, and whether the position is being shared right now: never in doubt. */
export function DutyCard() {
  const t = useTexts(fieldMeTexts);
  const pick = usePick();
  const client = useQueryClient();
  const sharing = useSharing();
  const { onDuty } = sharing;
  const send = useSend(setDuty);
  const change = (): void =>
    send.mutate(
      { body: { onDuty: !onDuty } },
      {
        // At once, so that sharing stops with the tap and not with the next answer.
        onSuccess: (answer) => client.setQueryData<Me>(meKey, (me) => me && { ...me, onDuty: answer.onDuty }),
      },
    );
  return (
    <section className="card duty" aria-labelledby="duty-title">
      <h2 id="duty-title">{t.duty.title}</h2>
      <p className={`duty-state${onDuty ? ' duty-on' : ''}`} role="status">
        <span aria-hidden="true">{onDuty ? '●' : '○'}</span> {onDuty ? t.duty.on : t.duty.off}
      </p>
      <p className="duty-sharing">
        <Icon name="place" size={20} /> {t.sharing.title}
        <SharingState sharing={sharing} />
      </p>
      {send.error ? <Problem>{pick(send.error.text)}</Problem> : null}
      <Button block size="large" disabled={send.isPending} onClick={change} {...(onDuty ? {} : { color: 'primary' })}>
        {onDuty ? t.duty.goOff : t.duty.goOn}
      </Button>
      <p className="field-hint">{t.duty.hint}</p>
    </section>
  );
}

function SharingState({ sharing }: { sharing: Sharing }) {
  const t = useTexts(fieldMeTexts).sharing;
  const place = useTexts(fieldShellTexts).place;
  const { lang } = useLang();
  const nowMs = useNow(10_000);
  const offsetMs = useClockOffset();
  const { onDuty, position, lastSentMs, failing } = sharing;
  if (!onDuty) return <span className="muted">{t.off}</span>;
  switch (position.state) {
    case 'known':
      return (
        <span>
          <strong>{t.active}</strong>{' '}
          <span className="muted">
            {failing
              ? t.failing
              : lastSentMs === null
                ? t.never
                : t.last(relativeTime(lastSentMs + offsetMs, nowMs, lang))}
          </span>
        </span>
      );
    case 'seeking':
      return <span>{t.seeking}</span>;
    case 'off':
      return <span>{t.paused}</span>;
    default:
      return (
        <span>
          <strong>{t.blocked}</strong> {place[position.state]}
        </span>
      );
  }
}
