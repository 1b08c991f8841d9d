import {
  messageKindNames,
  messageKinds,
  personalChannelNames,
  personalChannels,
  readPreferences,
  savePreferences,
  type MessageKind,
  type PersonalChannel,
  type Preferences,
} from '@wangge/notify/contract';
import { type SubmitEvent, useState } from 'react';
import { useCall, useSend } from '../data/use-call.ts';
import { usePick, useTexts } from '../lang.tsx';
import { ErrorBlock, LoadingBlock } from '../states/blocks.tsx';
import { clockOf, minuteOf } from './minutes.ts';
import { notifyTexts } from './texts.ts';

/** Ways by kind of message, quiet hours, address; saved together. */
export function PreferencesForm() {
  const prefs = useCall(readPreferences, {});
  if (prefs.data) return <Form key={prefs.data.email} first={prefs.data} />;
  return prefs.error ? (
    <ErrorBlock error={prefs.error} onRetry={() => void prefs.refetch()} />
  ) : (
    <LoadingBlock rows={6} />
  );
}

function Form({ first }: { first: Preferences }) {
  const t = useTexts(notifyTexts).prefs;
  const pick = usePick();
  const [choices, setChoices] = useState(first.choices);
  const [quietOn, setQuietOn] = useState(first.quiet !== null);
  const [from, setFrom] = useState(clockOf(first.quiet?.fromMin ?? 22 * 60));
  const [to, setTo] = useState(clockOf(first.quiet?.toMin ?? 7 * 60));
  const [email, setEmail] = useState('');
  const save = useSend(savePreferences, [readPreferences]);
  const channels = personalChannelNames.filter((channel) => first.available.includes(channel));
  const same = quietOn && from === to;
  const turn = (kind: MessageKind, channel: PersonalChannel, on: boolean): void =>
    setChoices({ ...choices, [kind]: [...choices[kind].filter((c) => c !== channel), ...(on ? [channel] : [])] });
  const send = (address: string | null | undefined): void =>
    save.mutate({
      body: {
        choices,
        quiet: quietOn ? { fromMin: minuteOf(from), toMin: minuteOf(to) } : null,
        ...(address === undefined ? {} : { email: address }),
      },
    });
  const submit = (event: SubmitEvent): void => {
    event.preventDefault();
    if (!same) send(email.trim() === '' ? undefined : email.trim());
  };
  return (
    <form className="wg-prefs" onSubmit={submit} data-testid="preferences">
      <p>{t.lead}</p>
      <div className="wg-scroll">
        <table>
          <thead>
            <tr>
              <th scope="col">{t.kind}</th>
              {channels.map((channel) => (
                <th scope="col" key={channel}>
                  {pick(personalChannels[channel])}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {messageKindNames.map((kind) => (
              <tr key={kind}>
                <th scope="row">{pick(messageKinds[kind])}</th>
                {channels.map((channel) => (
                  <td key={channel}>
                    <label>
                      <input
                        type="checkbox"
                        aria-label={t.of(pick(messageKinds[kind]), pick(personalChannels[channel]))}
                        checked={choices[kind].includes(channel)}
                        onChange={(event) => turn(kind, channel, event.target.checked)}
                      />
                    </label>
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <p className="wg-note">{first.phone === null ? t.noPhone : t.phone(first.phone)}</p>
      <fieldset>
        <legend>{t.quiet}</legend>
        <label className="wg-check">
          <input type="checkbox" checked={quietOn} onChange={(event) => setQuietOn(event.target.checked)} /> {t.quietOn}
        </label>
        {quietOn ? (
          <p className="wg-times">
            <label>
              {t.from} <input type="time" required value={from} onChange={(event) => setFrom(event.target.value)} />
            </label>
            <label>
              {t.to} <input type="time" required value={to} onChange={(event) => setTo(event.target.value)} />
            </label>
          </p>
        ) : null}
        {same ? <p role="alert">{t.same}</p> : null}
        <p className="wg-note">{t.breaks}</p>
      </fieldset>
      {first.available.includes('email') ? (
        <p className="wg-email">
          <label>
            {t.email}{' '}
            <input
              type="email"
              maxLength={120}
              autoComplete="email"
              value={email}
              placeholder={first.email === null ? t.emailNone : t.emailNow(first.email)}
              onChange={(event) => setEmail(event.target.value)}
            />
          </label>
          {first.email === null ? null : (
            <button type="button" className="wg-button" onClick={() => send(null)}>
              {t.emailRemove}
            </button>
          )}
        </p>
      ) : null}
      {save.error ? <p role="alert">{pick(save.error.text)}</p> : null}
      <p className="wg-actions">
        <button type="submit" className="wg-button" disabled={save.isPending || same}>
          {t.save}
        </button>
        <span role="status">{save.isSuccess ? t.saved : ''}</span>
      </p>
    </form>
  );
}
