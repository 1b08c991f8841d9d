/** The photo field of a form: what it takes is fetched when somebody reaches for it, so that the page itself stays light. */

import type { TakeIn } from './photo-field.ts';

/** Fields whose photos are being made small, and how each says that they are. */
const working = new WeakMap<Element, Promise<void>>();

/** When the photos of a form are all in its field. Before, sending it would lose them. */
export async function photosReady(form: HTMLFormElement): Promise<void> {
  for (const field of form.querySelectorAll('[data-island="photos"]')) await working.get(field);
}

export function photos(element: HTMLElement): void {
  const input = element.querySelector<HTMLInputElement>('input[type="file"]');
  const list = element.querySelector<HTMLElement>('[data-list]');
  // Without DataTransfer the chosen files cannot be put back: the plain field does.
  if (!input || !list || typeof DataTransfer === 'undefined' || typeof createImageBitmap === 'undefined') return;
  let takes: Promise<TakeIn | undefined> | undefined;
  const load = (): NonNullable<typeof takes> =>
    (takes ??= import('./photo-field.ts').then(
      ({ photoField }) => photoField(element, input, list),
      () => {
        // Without network the plain field keeps what was chosen; the next touch tries again.
        takes = undefined;
        return undefined;
      },
    ));
  element.addEventListener('pointerdown', () => void load());
  element.addEventListener('focusin', () => void load());
  input.addEventListener('change', () => {
    // Taken now: the next choice replaces what the field holds.
    const files = [...(input.files ?? [])];
    const before = working.get(element) ?? Promise.resolve();
    working.set(
      element,
      load().then((take) => take?.(files, before)),
    );
  });
}
