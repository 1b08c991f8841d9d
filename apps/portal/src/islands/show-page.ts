/**
 * The answer to a form takes the place of its page. No history entry is left that the browser could show
 * again only by sending the form again: "back" leads to the page before, and loading anew shows the same step.
 */
/** Tells that the page is another one now, whose islands sleep. */
export const shown = 'wangge-shown';
const key = 'wangge-step';

/** @param html a whole page of this server */
export function showPage(html: string): void {
  const next = new DOMParser().parseFromString(html, 'text/html');
  document.title = next.title;
  document.documentElement.className = next.documentElement.className;
  document.documentElement.lang = next.documentElement.lang;
  document.body = next.body;
  window.scrollTo(0, 0);
  // Whoever does not see the change must hear it.
  const title = document.querySelector<HTMLElement>('h1');
  title?.setAttribute('tabindex', '-1');
  title?.focus();
  document.dispatchEvent(new Event(shown));
}

/** Shows what a form was answered with. @param path where a finished form led to; null for its next step */
export function showAnswer(html: string, path: string | null): void {
  try {
    if (path === null) sessionStorage.setItem(key, JSON.stringify({ at: location.href, html }));
    else sessionStorage.removeItem(key);
  } catch {
    // Storage is full or forbidden: loading anew begins the form again.
  }
  if (path !== null) history.replaceState(null, '', path);
  showPage(html);
}

/** The step at which this page was when it was loaded anew, by a slip of the thumb for instance. */
export function keptStep(): string | null {
  try {
    const [navigation] = performance.getEntriesByType('navigation') as PerformanceNavigationTiming[];
    const kept = JSON.parse(sessionStorage.getItem(key) ?? 'null') as { at: string; html: string } | null;
    if (kept?.at === location.href && navigation?.type === 'reload') return kept.html;
    sessionStorage.removeItem(key);
  } catch {
    // As above.
  }
  return null;
}
