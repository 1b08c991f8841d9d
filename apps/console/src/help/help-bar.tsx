import { Link } from '@tanstack/react-router';
import { answerHelp, type Help, listHelps } from '@wangge/dispatch/contract';
import { helpTexts } from '@wangge/texts/console';
import { relativeTime, useCall, useClockOffset, useLang, useNow, useSend, useTexts } from '@wangge/ui';
import { App, Button } from 'antd';
import { FormProblem } from '../common/form-problem.tsx';
import './help.css';

/** On every page, until somebody answers: who calls for help, where, and what one may do. */
export function HelpBar() {
  const t = useTexts(helpTexts);
  const live = { types: ['dispatch.help-changed'] };
  const { data } = useCall(listHelps, {}, { live });
  const open = (data?.helps ?? []).filter((help) => help.mayAnswer);
  if (open.length === 0) return null;
  return (
    <ul className="help-bar" aria-label={t.label} role="alert" data-testid="help-bar">
      {open.map((help) => (
        <HelpLine key={help.id} help={help} />
      ))}
    </ul>
  );
}

function HelpLine({ help }: { help: Help }) {
  const t = useTexts(helpTexts);
  const { lang } = useLang();
  const { message } = App.useApp();
  const nowMs = useNow(30_000) + useClockOffset();
  const answer = useSend(answerHelp, [listHelps]);
  const { place, placedAtMs, incident } = help;
  const at = place ? `${place.lat.toFixed(6)}, ${place.lon.toFixed(6)}` : '';
  return (
    <li>
      <strong>
        <span aria-hidden="true">‼ </span>
        {t.of(help.name, help.areaName)}
      </strong>
      {help.text === '' ? null : <span>{help.text}</span>}
      <span>{relativeTime(help.atMs, nowMs, lang)}</span>
      {place && placedAtMs !== null ? (
        <span>
          {at}（{t.measured(Math.round(place.accuracyM ?? 0), relativeTime(placedAtMs, nowMs, lang))}）
          <Button
            size="small"
            type="link"
            onClick={() => void navigator.clipboard.writeText(at).then(() => message.success(t.copied))}
          >
            {t.copy}
          </Button>
        </span>
      ) : (
        <span>{t.noPlace}</span>
      )}
      {incident ? (
        <Link to="/" search={{ id: incident.id }}>
          {t.incident(incident.number)}
        </Link>
      ) : null}
      <Button
        size="small"
        type="primary"
        loading={answer.isPending}
        onClick={() =>
          answer.mutate({ params: { id: help.id }, body: {} }, { onSuccess: () => void message.success(t.answered) })
        }
      >
        {t.answer}
      </Button>
      <FormProblem error={answer.error} />
    </li>
  );
}
