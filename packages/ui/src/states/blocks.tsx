import type { CallError } from '@wangge/client';
import type { ReactNode } from 'react';
import { usePick, useTexts } from '../lang.tsx';
import { uiTexts } from '../texts.ts';

/** Nothing there, on purpose: says why and what to do. */
export function EmptyBlock({ title, children }: { title: string; children?: ReactNode }) {
  return (
    <div className="wg-block">
      <svg width="56" height="40" viewBox="0 0 56 40" aria-hidden="true" className="wg-block-art">
        <path d="M2 12 20 3l17 8 17-8v25l-17 9-17-9-18 8z M20 3v25 M37 11v26" />
      </svg>
      <p className="wg-block-title">{title}</p>
      {children ? <div className="wg-block-text">{children}</div> : null}
    </div>
  );
}

/** Grey rows in the shape of what is coming. */
export function LoadingBlock({ rows = 4 }: { rows?: number }) {
  const t = useTexts(uiTexts);
  return (
    <div className="wg-loading" role="status" aria-label={t.loading}>
      {Array.from({ length: rows }, (_, i) => (
        <div key={i} className="wg-loading-row">
          <span style={{ width: `${70 - ((i * 17) % 30)}%` }} />
          <span style={{ width: `${45 - ((i * 11) % 20)}%` }} />
        </div>
      ))}
    </div>
  );
}

/** A failure in words, with a way to try again. */
export function ErrorBlock({ error, onRetry }: { error: CallError; onRetry?: () => void }) {
  const t = useTexts(uiTexts);
  const pick = usePick();
  return (
    <div className="wg-block" role="alert">
      <p className="wg-block-title">{t.errorTitle}</p>
      <p className="wg-block-text">{pick(error.text)}</p>
      {error.requestId ? <p className="wg-block-code">{error.requestId}</p> : null}
      {onRetry ? (
        <button type="button" className="wg-button" onClick={onRetry}>
          {t.retry}
        </button>
      ) : null}
    </div>
  );
}
