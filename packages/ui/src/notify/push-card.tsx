import { readPush, unsubscribePush } from '@wangge/notify/contract';
import { useCall, useSend } from '../data/use-call.ts';
import { useLang, useTexts } from '../lang.tsx';
import { type PushApp, usePush } from '../push/use-push.ts';
import { relativeTime } from '../time.ts';
import { useNow } from '../use-now.ts';
import { notifyTexts } from './texts.ts';

/** Pushing to this browser: on, off, and why not; and the other browsers of the account. */
export function PushCard({ app, deviceName }: { app: PushApp; deviceName: (userAgent: string) => string }) {
  const t = useTexts(notifyTexts).push;
  const { lang } = useLang();
  const nowMs = useNow(60_000);
  const push = usePush(app);
  const list = useCall(readPush, {});
  const remove = useSend(unsubscribePush, [readPush]);
  const { state } = push;
  const devices = list.data?.devices ?? [];
  return (
    <div className="wg-push" data-testid="push" data-state={state}>
      <h3>{t.title}</h3>
      <p role="status">
        <span aria-hidden="true">{state === 'on' ? '●' : '○'}</span> {state === 'on' ? t.on : t.off}
      </p>
      {state === 'unsupported' || state === 'denied' ? <p className="wg-note">{t[state]}</p> : null}
      {state === 'ask' ? <p className="wg-note">{t.ask}</p> : null}
      {push.failed ? (
        <p className="wg-note" role="alert">
          {t.failed}
        </p>
      ) : null}
      {state === 'ask' || state === 'off' || state === 'on' ? (
        <button type="button" className="wg-button" disabled={push.busy} onClick={() => push.change(state !== 'on')}>
          {state === 'on' ? t.turnOff : t.turnOn}
        </button>
      ) : null}
      {devices.length > 0 ? (
        <>
          <h4>{t.devices}</h4>
          <ul className="wg-devices">
            {devices.map((device) => {
              const name = deviceName(device.device);
              return (
                <li key={device.id}>
                  <span>
                    {name} <small>{t.since(relativeTime(device.createdAtMs, nowMs, lang))}</small>
                  </span>
                  <button
                    type="button"
                    className="wg-button"
                    aria-label={t.removeOf(name)}
                    onClick={() => remove.mutate({ body: { id: device.id } })}
                  >
                    {t.remove}
                  </button>
                </li>
              );
            })}
          </ul>
        </>
      ) : null}
    </div>
  );
}
