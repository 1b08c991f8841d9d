import { fieldOutboxTexts, fieldShellTexts } from '@wangge/texts/field';
import { EmptyBlock, useTexts } from '@wangge/ui';
import { Button } from 'antd-mobile';
import { Link } from '../router/router.tsx';
import { Header } from '../shell/header.tsx';
import { Problem } from '../shell/problem.tsx';
import { isStuck, isUnsent, type OutboxItem } from './item.ts';
import { outboxStore } from './kept.ts';
import { OutboxRow } from './outbox-row.tsx';
import { isHeld } from './queue.ts';
import { sendNow } from './sender.ts';
import { useOutbox } from './use-outbox.ts';

/** Everything that was made on this phone and is not, or not long, at the server. */
export function OutboxPage() {
  const t = useTexts(fieldOutboxTexts);
  const shell = useTexts(fieldShellTexts);
  const items = useOutbox();
  const unsent = items.filter(isUnsent);
  const waiting = unsent.filter((item) => !isStuck(item));
  const sections: readonly (readonly [string, string, readonly OutboxItem[]])[] = [
    ['stuck', t.stuckTitle, unsent.filter(isStuck)],
    ['waiting', t.waitingTitle, waiting],
    ['sent', t.sentTitle, items.filter((item) => !isUnsent(item)).toReversed()],
  ];
  return (
    <>
      <Header title={t.title} back={{ name: 'me' }} />
      <main className="page">
        {unsent.length > 0 && !outboxStore().lasting ? <Problem>{t.notLasting}</Problem> : null}
        {items.length === 0 ? (
          <EmptyBlock title={t.empty}>
            <p>{t.emptyHint}</p>
            <Link to={{ name: 'tasks', done: false }} className="plain-link">
              {shell.toTasks}
            </Link>
          </EmptyBlock>
        ) : null}
        {sections.map(([key, title, list]) =>
          list.length === 0 ? null : (
            <section key={key} aria-labelledby={`outbox-${key}`}>
              <h2 id={`outbox-${key}`} className="group-title">
                {title} <span className="muted">{list.length}</span>
              </h2>
              <ul className="task-list">
                {list.map((item) => (
                  <OutboxRow key={item.id} item={item} held={isHeld(items, item)} />
                ))}
              </ul>
              {key === 'waiting' ? (
                <Button block onClick={sendNow}>
                  {t.sendNow}
                </Button>
              ) : null}
            </section>
          ),
        )}
      </main>
    </>
  );
}
