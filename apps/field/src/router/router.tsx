import { useSyncExternalStore, type ComponentProps, type MouseEvent } from 'react';
import { addressOf, pageAt, type Page } from './path.ts';

/** Seven pages do not need a routing library; the phone's own back button is the way out of each. */
const moved = 'wangge:moved';

function subscribe(listener: () => void): () => void {
  addEventListener('popstate', listener);
  addEventListener(moved, listener);
  return () => {
    removeEventListener('popstate', listener);
    removeEventListener(moved, listener);
  };
}

export function usePage(): Page {
  return pageAt(useSyncExternalStore(subscribe, () => location.pathname));
}

interface HistoryState {
  /** Pages of ours before this one, so that "back" never leaves the app by surprise. */
  readonly depth: number;
}
function depth(): number {
  return (history.state as HistoryState | null)?.depth ?? 0;
}

/** `?lang=` and what else stands in the address stays. */
export function go(page: Page, how: 'push' | 'replace' = 'push'): void {
  const state: HistoryState = { depth: how === 'push' ? depth() + 1 : depth() };
  if (how === 'push') history.pushState(state, '', addressOf(page) + location.search);
  else history.replaceState(state, '', addressOf(page) + location.search);
  dispatchEvent(new Event(moved));
  // Where everything scrolls (very large text), a new page begins at its top.
  scrollTo(0, 0);
}

/** Back to where one came from; to `otherwise` when the page was opened directly. */
export function goBack(otherwise: Page): void {
  if (depth() > 0) history.back();
  else go(otherwise, 'replace');
}

type LinkProps = Omit<ComponentProps<'a'>, 'href' | 'onClick'> & { readonly to: Page; readonly replace?: boolean };

/** A real link (long press, open in a new tab), followed within the page on a plain tap. */
export function Link({ to, replace = false, children, ...rest }: LinkProps) {
  const follow = (event: MouseEvent): void => {
    if (event.metaKey || event.ctrlKey || event.shiftKey || event.button !== 0) return;
    event.preventDefault();
    go(to, replace ? 'replace' : 'push');
  };
  return (
    <a {...rest} href={addressOf(to) + location.search} onClick={follow}>
      {children}
    </a>
  );
}
