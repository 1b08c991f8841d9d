import { acknowledgeMessage, listMessages, messageKinds, readMessages, type Message } from '@wangge/notify/contract';
import { useState } from 'react';
import { useSend } from '../data/use-call.ts';
import { useLang, usePick, useTexts } from '../lang.tsx';
import { EmptyBlock, ErrorBlock, LoadingBlock } from '../states/blocks.tsx';
import { relativeTime } from '../time.ts';
import { useNow } from '../use-now.ts';
import { notifyTexts } from './texts.ts';
import { useInbox } from './use-inbox.ts';

interface Props {
  /** Goes to what a message is about. */
  readonly onOpen: (subject: { readonly kind: string; readonly id: string }) => void;
  /** Grows by this many at a tap. */
  readonly page?: number;
}

/** Own messages: opening one reads it; some also ask to be acknowledged. */
export function Inbox({ onOpen, page = 30 }: Props) {
  const t = useTexts(notifyTexts);
  const pick = usePick();
  const [limit, setLimit] = useState(page);
  const inbox = useInbox(limit);
  const read = useSend(readMessages, [listMessages]);
  const { data } = inbox;
  if (!data)
    return inbox.error ? (
      <ErrorBlock error={inbox.error} onRetry={() => void inbox.refetch()} />
    ) : (
      <LoadingBlock rows={5} />
    );
  if (data.items.length === 0) return <EmptyBlock title={t.empty}>{t.emptyHint}</EmptyBlock>;
  const fresh = data.items.filter((message) => !message.read).map((message) => message.id);
  return (
    <div className="wg-inbox">
      <p className="wg-inbox-head">
        <span role="status">{t.unread(data.unread)}</span>
        <button
          type="button"
          className="wg-button"
          disabled={fresh.length === 0 || read.isPending}
          onClick={() => read.mutate({ body: { ids: fresh } })}
        >
          {t.readAll}
        </button>
      </p>
      {read.error ? <p role="alert">{pick(read.error.text)}</p> : null}
      <ul>
        {data.items.map((message) => (
          <Row
            key={message.id}
            message={message}
            onRead={() => {
              if (!message.read) read.mutate({ body: { ids: [message.id] } });
            }}
            onOpen={onOpen}
          />
        ))}
      </ul>
      {data.nextCursor !== null && limit < 200 ? (
        <button type="button" className="wg-button" onClick={() => setLimit(Math.min(limit + page, 200))}>
          {t.more}
        </button>
      ) : null}
    </div>
  );
}

interface RowProps extends Pick<Props, 'onOpen'> {
  readonly message: Message;
  readonly onRead: () => void;
}

function Row({ message, onRead, onOpen }: RowProps) {
  const t = useTexts(notifyTexts);
  const pick = usePick();
  const { lang } = useLang();
  const nowMs = useNow(30_000);
  const acknowledge = useSend(acknowledgeMessage, [listMessages]);
  const { subjectKind: kind, subjectId: id, acknowledgedAtMs, acknowledgedBy } = message;
  const when = (ms: number): string => relativeTime(ms, nowMs, lang);
  return (
    <li className={message.read ? '' : 'wg-unread'} data-testid="message">
      <button
        type="button"
        className="wg-message"
        onClick={() => {
          onRead();
          if (kind !== null && id !== null) onOpen({ kind, id });
        }}
      >
        <span className="wg-message-head">
          {message.read ? null : (
            <span className="wg-dot" role="img" aria-label={t.isNew}>
              ●
            </span>
          )}
          {message.urgent ? <b className="wg-urgent">{t.urgent}</b> : null}
          <span>{pick(messageKinds[message.kind])}</span>
          <time dateTime={new Date(message.atMs).toISOString()}>{when(message.atMs)}</time>
        </span>
        <span className="wg-message-text">{message.text}</span>
      </button>
      {message.needsAcknowledge ? (
        acknowledgedAtMs === null ? (
          <button
            type="button"
            className="wg-button"
            title={t.acknowledgeHint}
            disabled={acknowledge.isPending}
            onClick={() => acknowledge.mutate({ params: { id: message.id } })}
          >
            {t.acknowledge}
          </button>
        ) : (
          <small>
            {acknowledgedBy === null
              ? t.acknowledged(when(acknowledgedAtMs))
              : t.acknowledgedBy(acknowledgedBy, when(acknowledgedAtMs))}
          </small>
        )
      ) : null}
      {acknowledge.error ? <p role="alert">{pick(acknowledge.error.text)}</p> : null}
    </li>
  );
}
