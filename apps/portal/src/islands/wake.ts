/** Wakes the islands of a page, the first one or one that took its place. */
import { focusSummary } from './focus.ts';
import { locate } from './locate.ts';
import { photos } from './photos.ts';
import { printButton } from './print.ts';
import { sendOnce } from './send-once.ts';
import { suggest } from './suggest.ts';
import { share } from './share.ts';
import { textSize } from './text-size.ts';
import { watch } from './watch.ts';

const islands: Readonly<Record<string, (element: HTMLElement) => void>> = {
  focus: focusSummary,
  locate,
  photos,
  print: printButton,
  'send-once': sendOnce,
  share,
  suggest,
  'text-size': textSize,
  watch,
};

export function wake(): void {
  for (const element of document.querySelectorAll<HTMLElement>('[data-island]')) {
    islands[element.dataset['island'] ?? '']?.(element);
  }
}
