import { Link } from '@tanstack/react-router';
import { answerHelp, type Help, listHelps } from '@wangge/dispatch/contract';
import { helpTexts } from '@wangge/texts/console';
import { relativeTime, useCall, useClockOffset, useLang, useNow, usePick, useSend, useTexts } from '@wangge/ui';
import { useState } from 'react';
import './help.css';

/** On every page, until somebody answers: who calls for help, where, and what one may do. */
export function HelpBar() {
  const t = useTexts(helpTexts);
  const live = { types: ['dispatch.help-changed'] };
  const { data } = useCall(listHelps, {}, { live });
  const open = (data?.helps ?? []).filter((help) => help.mayAnswer);
  if (open.length === 0) return null;
  return (
    <div className="help-bar" role="alert" data-testid="help-bar">
      <ul aria-label={t.label}>
        {open.map((help) => (
          <HelpLine key={help.id} help={help} />
        ))}
      </ul>
    </div>
  );
}

function HelpLine({ help }: { help: Help }) {
  const t = useTexts(helpTexts);
  const pick = usePick();
  const { lang } = useLang();
  const nowMs = useNow(30_000) + useClockOffset();
  const answer = useSend(answerHelp, [listHelps]);
  const { place, placedAtMs, incident } = help;
  return (
    <li>
      <div className="help-said">
        <strong>
          <span aria-hidden="true">‼ </span>
          {t.of(help.name, help.areaName)}
        </strong>
        {help.phone === null ? null : <a href={`tel:${help.phone}`}>{help.phone}</a>}
        {help.text === '' ? null : <span>{help.text}</span>}
        <span>{relativeTime(help.atMs, nowMs, lang)}</span>
        {place && placedAtMs !== null ? (
          <span className="help-where">
            <Coordinates text={`${place.lat.toFixed(6)}, ${place.lon.toFixed(6)}`} />
            {t.measured(Math.round(place.accuracyM ?? 0), relativeTime(placedAtMs, nowMs, lang))}
          </span>
        ) : (
          <span>{t.noPlace}</span>
        )}
        {incident ? (
          <Link to="/" search={{ id: incident.id }}>
            {t.incident(incident.number)}
          </Link>
        ) : null}
        {answer.error ? <span role="alert">{pick(answer.error.text)}</span> : null}
      </div>
      <button
        type="button"
        className="wg-button help-answer"
        disabled={answer.isPending}
        onClick={() => answer.mutate({ params: { id: help.id }, body: {} })}
      >
        {t.answer}
      </button>
    </li>
  );
}

/** Into the clipboard, for a map or a message. */
function Coordinates({ text }: { text: string }) {
  const t = useTexts(helpTexts);
  const [copied, setCopied] = useState(false);
  const copy = (): void => {
    void navigator.clipboard.writeText(text).then(
      () => setCopied(true),
      () => undefined,
    );
  };
  return (
    <>
      <span className="help-place">{text}</span>
      {/* Without HTTPS there is no clipboard; they can be read and marked anyhow. */}
      {isSecureContext ? (
        <button type="button" className="wg-button" onClick={copy}>
          {copied ? t.copied : t.copy}
        </button>
      ) : null}
    </>
  );
}
