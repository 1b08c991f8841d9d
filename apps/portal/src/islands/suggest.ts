/** Categories that the words suggest, under them. What it takes is fetched when somebody begins to write. */
export function suggest(element: HTMLElement): void {
  const words = element.closest('form')?.querySelector('textarea');
  words?.addEventListener(
    'input',
    () => {
      // Without network there are no chips, and the form goes on.
      import('./suggest-chips.ts').then(
        ({ suggestChips }) => suggestChips(element, words),
        () => undefined,
      );
    },
    { once: true },
  );
}
