/** Wakes the islands of a page. Every page works without; what fails here must not take the form with it. */
import './portal.css';
import { focusSummary } from './islands/focus.ts';
import { locate } from './islands/locate.ts';
import { photos } from './islands/photos.ts';
import { printButton } from './islands/print.ts';
import { sendOnce } from './islands/send-once.ts';
import { share } from './islands/share.ts';
import { watch } from './islands/watch.ts';

const islands: Readonly<Record<string, (element: HTMLElement) => void>> = {
  focus: focusSummary,
  locate,
  photos,
  print: printButton,
  'send-once': sendOnce,
  share,
  watch,
};

for (const element of document.querySelectorAll<HTMLElement>('[data-island]')) {
  islands[element.dataset['island'] ?? '']?.(element);
}
