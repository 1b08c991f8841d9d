import { answerHelp, type Help, listHelps } from '@wangge/dispatch/contract';
import { fieldHelpTexts } from '@wangge/texts/field';
import { formatTime, relativeTime, useClockOffset, useLang, useNow, usePick, useSend, useTexts } from '@wangge/ui';
import { Button } from 'antd-mobile';
import { Problem } from '../shell/problem.tsx';
import { HelpWays } from './help-ways.tsx';

/** One call: the own one with who comes, somebody else's with where to go. */
export function HelpCard({ help }: { help: Help }) {
  const t = useTexts(fieldHelpTexts);
  const pick = usePick();
  const { lang } = useLang();
  const nowMs = useNow(30_000) + useClockOffset();
  const answer = useSend(answerHelp, [listHelps]);
  const { place, placedAtMs, incident } = help;
  return (
    <li className="task-card whistle-card" data-testid="help-card">
      <p className="task-top">
        <strong>{help.mine ? t.mine(formatTime(help.atMs)) : t.of(help.name, help.areaName)}</strong>
        {incident ? <span className="wg-tag">{t.incident(incident.number)}</span> : null}
      </p>
      {help.text === '' ? null : <p className="prose">{help.text}</p>}
      <p className="muted">
        {help.mine ? '' : `${relativeTime(help.atMs, nowMs, lang)} · `}
        {place && placedAtMs !== null
          ? t.measured(Math.round(place.accuracyM ?? 0), relativeTime(placedAtMs, nowMs, lang))
          : t.noPlace}
      </p>
      {help.mine ? <p className="muted">{help.toldNames === '' ? t.nobody : t.told(help.toldNames)}</p> : null}
      <p role="status">
        {help.answeredAtMs === null ? (
          <strong>{t.waiting}</strong>
        ) : (
          t.answered(help.answeredByName ?? '', formatTime(help.answeredAtMs))
        )}
      </p>
      {help.mine ? null : <HelpWays help={help} withMap />}
      {help.mayAnswer ? (
        <Button
          block
          color="primary"
          disabled={answer.isPending}
          onClick={() => answer.mutate({ params: { id: help.id }, body: {} })}
        >
          {t.answer}
        </Button>
      ) : null}
      {answer.error ? <Problem>{pick(answer.error.text)}</Problem> : null}
    </li>
  );
}
