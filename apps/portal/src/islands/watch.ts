/** An open receipt notices news: asks now and then while it is looked at, and loads anew when there is any. */
import type { RouteOutput } from '@wangge/contract-kit';
import type { receiptState } from '@wangge/portal/contract';

const everyMs = 30_000;

export function watch(element: HTMLElement): void {
  const { token, updated, state } = element.dataset;
  if (token === undefined) return;
  // What somebody is typing must not be lost to news.
  let typing = false;
  document.addEventListener('input', () => (typing = true));

  const look = async (): Promise<void> => {
    if (document.visibilityState !== 'visible' || typing || !element.isConnected) return;
    try {
      const answer = await fetch(`/api/portal/receipts/${encodeURIComponent(token)}`);
      if (!answer.ok) return;
      const now = (await answer.json()) as RouteOutput<typeof receiptState>;
      if ((now.state !== state || String(now.updatedAtMs) !== updated) && !typing) location.replace(location.pathname);
    } catch {
      // Without network the page says what it last knew.
    }
  };
  setInterval(() => void look(), everyMs);
  document.addEventListener('visibilitychange', () => void look());
}
