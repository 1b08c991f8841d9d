import { listSessions, revokeSession } from '@wangge/staff/contract';
import { fieldMeTexts } from '@wangge/texts/field';
import {
  ErrorBlock,
  LoadingBlock,
  relativeTime,
  useCall,
  useLang,
  useNow,
  usePick,
  useSend,
  useTexts,
} from '@wangge/ui';
import { Button } from 'antd-mobile';
import { Header } from '../shell/header.tsx';
import { say } from '../shell/notice.tsx';
import { Problem } from '../shell/problem.tsx';
import { deviceName } from './device-name.ts';

/** Where one is signed in; a lost phone is signed out from here. */
export function SessionsPage() {
  const t = useTexts(fieldMeTexts).sessions;
  const pick = usePick();
  const { lang } = useLang();
  const nowMs = useNow(30_000);
  const list = useCall(listSessions, {});
  const end = useSend(revokeSession, [listSessions]);
  return (
    <>
      <Header title={t.title} back={{ name: 'me' }} />
      <main className="page">
        {end.error ? <Problem>{pick(end.error.text)}</Problem> : null}
        {list.data ? (
          <ul className="sessions">
            {list.data.sessions.map((session) => {
              const device = deviceName(session.userAgent);
              return (
                <li key={session.id} className="card">
                  <p>
                    <strong>{device}</strong>{' '}
                    {session.current ? <span className="wg-tag wg-tag-green">{t.current}</span> : null}
                  </p>
                  <p className="muted">
                    {session.address} · {t.seen(relativeTime(session.lastSeenMs, nowMs, lang))}
                  </p>
                  {session.current ? null : (
                    <Button
                      block
                      disabled={end.isPending}
                      aria-label={t.endOf(device)}
                      onClick={() => end.mutate({ params: { id: session.id } }, { onSuccess: () => say(t.ended) })}
                    >
                      {t.end}
                    </Button>
                  )}
                </li>
              );
            })}
          </ul>
        ) : list.error ? (
          <ErrorBlock error={list.error} onRetry={() => void list.refetch()} />
        ) : (
          <LoadingBlock rows={3} />
        )}
      </main>
    </>
  );
}
