import { Link, useRouter } from '@tanstack/react-router';
import { LoadingBlock, useTexts } from '@wangge/ui';
import { notifyTexts, onPushOpened, useInbox } from '@wangge/ui/notify';
import { lazy, Suspense, useEffect, useId, useRef, useState } from 'react';
import { useGoTo } from './go-to.ts';
import './messages.css';

const BellPanel = lazy(() => import('./bell-panel.tsx').then((m) => ({ default: m.BellPanel })));

/** How many messages are unread, and the newest of them in a panel below. */
export function Bell() {
  const t = useTexts(notifyTexts);
  const id = useId();
  const box = useRef<HTMLDivElement>(null);
  const button = useRef<HTMLButtonElement>(null);
  const [open, setOpen] = useState(false);
  const unread = useInbox().data?.unread ?? 0;
  const goTo = useGoTo();
  const { history } = useRouter();
  useEffect(() => onPushOpened((path) => history.push(path)), [history]);
  useEffect(() => {
    if (!open) return undefined;
    const outside = (event: PointerEvent): void => {
      if (!box.current?.contains(event.target as Node)) setOpen(false);
    };
    document.addEventListener('pointerdown', outside);
    return () => document.removeEventListener('pointerdown', outside);
  }, [open]);
  return (
    // Escape belongs to the panel and its button, both inside.
    <div
      ref={box}
      className="menu-box"
      role="presentation"
      onKeyDown={(event) => {
        if (event.key !== 'Escape' || !open) return;
        setOpen(false);
        button.current?.focus();
        event.stopPropagation();
      }}
    >
      <button
        ref={button}
        type="button"
        className="plain-button bell"
        data-testid="bell"
        aria-expanded={open}
        aria-controls={id}
        onClick={() => setOpen(!open)}
      >
        <svg width="18" height="18" viewBox="0 0 24 24" aria-hidden="true" className="bell-icon">
          <path d="M6 10a6 6 0 1 1 12 0v4l2 3H4l2-3z M10 20a2.2 2.2 0 0 0 4 0" />
        </svg>
        <span className="hidden">{t.inbox}</span>
        {unread > 0 ? (
          <b className="bell-count">
            <span aria-hidden="true">{unread > 99 ? '99+' : unread}</span>
            <span className="hidden">{t.unread(unread)}</span>
          </b>
        ) : null}
      </button>
      <section id={id} className="bell-panel" hidden={!open} aria-label={t.inbox}>
        {open ? (
          <Suspense fallback={<LoadingBlock rows={4} />}>
            <BellPanel
              onOpen={(subject) => {
                setOpen(false);
                goTo(subject);
              }}
            />
            <Link to="/messages" className="bell-all" onClick={() => setOpen(false)}>
              {t.all}
            </Link>
          </Suspense>
        ) : null}
      </section>
    </div>
  );
}
