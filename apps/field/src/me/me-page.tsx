import { roles } from '@wangge/contract-kit';
import { fieldMeTexts, fieldOutboxTexts } from '@wangge/texts/field';
import { usePick, useTexts } from '@wangge/ui';
import { notifyTexts, useInbox } from '@wangge/ui/notify';
import { Button } from 'antd-mobile';
import { useState } from 'react';
import { AskHelp } from '../help/ask-help.tsx';
import { isUnsent } from '../outbox/item.ts';
import { useOutbox } from '../outbox/use-outbox.ts';
import { Link } from '../router/router.tsx';
import { useMe } from '../session/me.tsx';
import { useSignOut } from '../session/use-sign-out.ts';
import { ConfirmSheet } from '../shell/confirm-sheet.tsx';
import { Header } from '../shell/header.tsx';
import { Icon } from '../shell/icons.tsx';
import { Problem } from '../shell/problem.tsx';
import { DutyCard } from './duty-card.tsx';
import { LangChoice } from './lang-choice.tsx';
import { TextSizeChoice } from './text-size-choice.tsx';

export function MePage() {
  const t = useTexts(fieldMeTexts);
  const outbox = useTexts(fieldOutboxTexts);
  const inbox = useTexts(notifyTexts);
  const unread = useInbox().data?.unread ?? 0;
  const pick = usePick();
  const unsent = useOutbox().filter(isUnsent).length;
  const { account, onDuty, town } = useMe();
  const out = useSignOut();
  const [leaving, setLeaving] = useState(false);
  return (
    <>
      <Header title={t.title} />
      <main className="page">
        <section className="card">
          <h2 className="me-name">{account.name}</h2>
          <p className="muted">
            {town.name} · {account.login}
            {account.phone === null ? '' : ` · ${account.phone}`}
          </p>
          <ul className="me-posts" aria-label={t.posts}>
            {account.posts.map((post) => (
              <li key={post.id}>
                {pick(roles[post.role].label)} · {post.areaName}
                {post.departmentName === null ? '' : ` · ${post.departmentName}`}
              </li>
            ))}
          </ul>
          {account.posts.length === 0 ? <p className="muted">{t.noPosts}</p> : null}
        </section>
        <DutyCard />
        <AskHelp incident={null} />
        <section className="card">
          <TextSizeChoice />
          <LangChoice />
        </section>
        <nav className="card rows" aria-label={t.title}>
          <Link to={{ name: 'messages' }}>
            <span>
              {inbox.inbox} {unread === 0 ? '' : `(${inbox.unread(unread)})`}
            </span>{' '}
            <Icon name="forward" size={20} />
          </Link>
          <Link to={{ name: 'telling' }}>
            {inbox.prefs.title} <Icon name="forward" size={20} />
          </Link>
          <Link to={{ name: 'outbox' }}>
            <span>
              {outbox.title} {unsent === 0 ? '' : `(${unsent})`}
            </span>{' '}
            <Icon name="forward" size={20} />
          </Link>
          <Link to={{ name: 'password' }}>
            {t.password.title} <Icon name="forward" size={20} />
          </Link>
          <Link to={{ name: 'sessions' }}>
            {t.sessions.title} <Icon name="forward" size={20} />
          </Link>
        </nav>
        <p className="field-hint me-install">{t.install}</p>
        <Button block onClick={() => setLeaving(true)}>
          {t.signOut}
        </Button>
        {leaving ? (
          <ConfirmSheet
            title={t.signOut}
            confirm={t.signOut}
            busy={out.isPending}
            onConfirm={() => out.mutate()}
            onClose={() => setLeaving(false)}
          >
            {onDuty ? <p>{t.signOutOnDuty}</p> : null}
            {unsent > 0 ? <Problem>{outbox.signOut(unsent)}</Problem> : null}
            <p className="muted">{t.signOutDrafts}</p>
            {out.error ? <Problem>{pick(out.error.text)}</Problem> : null}
          </ConfirmSheet>
        ) : null}
      </main>
    </>
  );
}
