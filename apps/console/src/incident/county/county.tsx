import { type Incident, listReferrals, type Referral } from '@wangge/incidents/contract';
import { countyTexts } from '@wangge/texts/console';
import { ErrorBlock, formatTime, useCall, useTexts } from '@wangge/ui';
import { Button } from 'antd';
import { useState } from 'react';
import { CountyDialog } from './county-dialog.tsx';
import '../../joint.css';

/** What was sent up to the county, whether it is there now, and what came back. */
export function County({ incident }: { incident: Incident }) {
  const t = useTexts(countyTexts);
  const { id } = incident;
  const answer = useCall(listReferrals, { params: { id } }, { live: { types: ['incidents.changed'], id } });
  const [open, setOpen] = useState<'send' | 'enter' | null>(null);
  if (!answer.data) {
    return answer.error ? <ErrorBlock error={answer.error} onRetry={() => void answer.refetch()} /> : null;
  }
  const { referrals, may } = answer.data;
  if (referrals.length === 0 && !may.send) return null;
  return (
    <section aria-labelledby="county-title" data-testid="county">
      <h3 id="county-title">{t.title}</h3>
      {referrals.length === 0 ? null : (
        <ul className="whistles">
          {referrals.map((referral) => (
            <ReferralItem key={referral.id} referral={referral} />
          ))}
        </ul>
      )}
      {may.answer ? (
        <Button type="primary" onClick={() => setOpen('enter')} data-testid="county-enter">
          {t.enter}
        </Button>
      ) : null}
      {may.send ? (
        <Button onClick={() => setOpen('send')} data-testid="county-send">
          {t.send}
        </Button>
      ) : null}
      {open === null ? null : <CountyDialog incidentId={id} deed={open} onClose={() => setOpen(null)} />}
    </section>
  );
}

function ReferralItem({ referral }: { referral: Referral }) {
  const t = useTexts(countyTexts);
  const there = referral.answeredAtMs === null && referral.takenBackAtMs === null;
  const paper = [referral.documentNo, referral.documentDay].filter((part) => part !== null).join(' ');
  return (
    <li className="whistle">
      <div className="clock-head">
        <strong className={there ? 'part-unsettled' : ''}>
          {there ? t.with : referral.answeredAtMs !== null ? t.answered : referral.endedHow === null ? t.back : t.ended}
        </strong>
        <span className="muted">{t.sent(referral.sentBy, formatTime(referral.sentAtMs))}</span>
        {there && referral.pauses ? <span className="clock-state">{t.paused}</span> : null}
      </div>
      <p className="county-text">{referral.asked}</p>
      {referral.answeredAtMs === null ? null : (
        <>
          <p className="county-text">
            <strong>{referral.answer}</strong>
          </p>
          <p className="clock-notes">
            {t.by(referral.answeredBy ?? '', paper)} ·{' '}
            {t.entered(referral.enteredBy ?? '', formatTime(referral.answeredAtMs))}
          </p>
        </>
      )}
    </li>
  );
}
