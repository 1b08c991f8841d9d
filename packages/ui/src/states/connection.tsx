import { useLiveStatus } from '../data/live-context.tsx';
import { useLang, useTexts } from '../lang.tsx';
import { uiTexts } from '../texts.ts';
import { relativeTime } from '../time.ts';
import { useNow } from '../use-now.ts';

/** A bar across the page while the server cannot be heard. Nothing while all is well. */
export function OfflineBar() {
  const t = useTexts(uiTexts);
  const { lang } = useLang();
  const status = useLiveStatus();
  const nowMs = useNow(10_000);
  // The first moments of a page are "not yet", not "lost".
  if (status.state === 'live' || (status.state === 'stale' && status.lastContactMs === null)) return null;
  return (
    <div className={`wg-bar wg-bar-${status.state}`} role="status">
      <span>{status.state === 'offline' ? t.offlineBar : t.staleBar}</span>
      {status.lastContactMs === null ? null : (
        <span>{t.lastContact(relativeTime(status.lastContactMs + status.clockOffsetMs, nowMs, lang))}</span>
      )}
    </div>
  );
}

/** "Live", "Reconnecting" or "Offline" as a small tag with a mark of its own shape. */
export function LiveTag() {
  const t = useTexts(uiTexts);
  const { state, lastContactMs } = useLiveStatus();
  // The first moments of a page are "not yet", not "lost".
  const word = state === 'stale' && lastContactMs === null ? t.connecting : t[state];
  const mark = { live: '●', stale: '◐', offline: '○' }[state];
  return (
    <span className={`wg-live wg-live-${state}`} role="status" data-testid="live-tag">
      <span aria-hidden="true">{mark}</span> {word}
    </span>
  );
}

/** Says how old figures are when they are not current. */
export function StaleTag({ atMs, always = false }: { atMs: number; always?: boolean }) {
  const t = useTexts(uiTexts);
  const { lang } = useLang();
  const { state, clockOffsetMs } = useLiveStatus();
  const nowMs = useNow(10_000);
  if (atMs === 0 || (state === 'live' && !always)) return null;
  return <span className="wg-stale">{t.asOf(relativeTime(atMs + clockOffsetMs, nowMs, lang))}</span>;
}
