/** Keeping the receipt: shared by the phone's own means, else copied. */
export function share(element: HTMLElement): void {
  const address = location.origin + location.pathname;
  const canShare = 'share' in navigator && window.matchMedia('(pointer: coarse)').matches;
  if (!canShare && !window.isSecureContext) return;
  const button = document.createElement('button');
  button.type = 'button';
  button.className = 'wide';
  button.textContent = (canShare ? element.dataset['share'] : element.dataset['copy']) ?? '';
  button.addEventListener('click', () => {
    if (canShare) {
      // Thrown away by the person: nothing to say.
      navigator.share({ title: document.title, url: address }).catch(() => undefined);
    } else {
      navigator.clipboard.writeText(address).then(
        () => (button.textContent = element.dataset['copied'] ?? ''),
        () => undefined,
      );
    }
  });
  element.append(button);
}
