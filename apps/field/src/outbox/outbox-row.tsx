import { fieldOutboxTexts, fieldReportTexts, fieldTaskTexts, fieldWhistleTexts } from '@wangge/texts/field';
import { formatTime, usePick, useTexts } from '@wangge/ui';
import { Button } from 'antd-mobile';
import { useState } from 'react';
import { wordsOf } from '../deeds/deed.ts';
import { go } from '../router/router.tsx';
import { ConfirmSheet } from '../shell/confirm-sheet.tsx';
import { Problem } from '../shell/problem.tsx';
import { useSingle } from '../shell/use-single.ts';
import { useCategories } from '../tasks/use-categories.ts';
import { giveBack } from './give-back.ts';
import { isStuck, type OutboxItem } from './item.ts';
import { discard, tryAgain } from './outbox.ts';

const marks = { waiting: '○', sending: '↑', sent: '✓', refused: '!', conflict: '!' } as const;

/** One thing that was made on this phone: what, when, how far, and what can be done about it. */
export function OutboxRow({ item, held }: { item: OutboxItem; held: boolean }) {
  const t = useTexts(fieldOutboxTexts);
  const words = useTexts(fieldTaskTexts);
  const reports = useTexts(fieldReportTexts);
  const deeds = useTexts(fieldWhistleTexts).deeds;
  const pick = usePick();
  const { nameOf } = useCategories();
  const [asks, setAsks] = useState(false);
  const single = useSingle();
  const what =
    item.kind === 'report'
      ? `${t.report} · ${pick(nameOf(item.content.categoryCode))}`
      : item.kind === 'deed'
        ? item.about === ''
          ? deeds[item.deed.name]
          : t.move(deeds[item.deed.name], item.about)
        : t.move(words.moves[item.facts.move], item.seen.incident.number);
  const text =
    item.kind === 'report'
      ? item.content.description
      : item.kind === 'move'
        ? item.seen.incident.summary
        : wordsOf(item.deed);
  const uploaded = item.photos.filter(({ fileId }) => fileId !== null).length;
  const { problem, state } = item;
  return (
    <li className={`task-card outbox-row outbox-${state}`}>
      <p className="task-top">
        <strong>{what}</strong>
        <span className="wg-tag">
          <span aria-hidden="true">{marks[state]}</span> {t.states[state]}
        </span>
      </p>
      {text === null ? null : <p className="task-text">{text}</p>}
      <p className="muted">
        {formatTime(item.madeAtMs + (item.phone?.clockOffsetMs ?? 0))}
        {item.photos.length === 0
          ? ''
          : ` · ${t.photos(state === 'sent' ? item.photos.length : uploaded, item.photos.length)}`}
        {item.kind === 'report' && item.answer ? ` · ${reports.sentNumber(item.answer.number)}` : ''}
      </p>
      {held ? <p className="muted">{t.held}</p> : null}
      {problem && isStuck(item) ? <Problem>{pick(problem.text)}</Problem> : null}
      {problem && state === 'waiting' ? <p className="muted">{t.lastTry(pick(problem.text))}</p> : null}
      {state === 'sent' || state === 'sending' ? null : (
        <div className="outbox-buttons">
          <Button onClick={() => setAsks(true)}>{t.discard}</Button>
          {state === 'conflict' && item.kind === 'move' ? (
            <Button color="primary" onClick={() => go({ name: 'task', orderId: item.orderId })}>
              {t.both}
            </Button>
          ) : state === 'refused' ? (
            <>
              <Button onClick={() => void tryAgain(item.id)}>{t.again}</Button>
              {item.kind === 'deed' ? null : (
                <Button
                  color="primary"
                  onClick={() => single.begin(() => void single.until(giveBack(item)).then((page) => go(page)))}
                >
                  {problem?.code === 'key-reused' ? t.asNew : t.edit}
                </Button>
              )}
            </>
          ) : null}
        </div>
      )}
      {asks ? (
        <ConfirmSheet
          title={t.discardAsk}
          confirm={t.discard}
          onClose={() => setAsks(false)}
          onConfirm={() => void discard(item.id)}
        >
          <p className="muted">{t.discardHint}</p>
        </ConfirmSheet>
      ) : null}
    </li>
  );
}
