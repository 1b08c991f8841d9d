/** The switch of the size of letters, in place: what is typed in a form must not be lost for being read better. */
export function textSize(element: HTMLElement): void {
  const isLink = element instanceof HTMLAnchorElement;
  if (!isLink && !(element instanceof HTMLButtonElement)) return;
  element.addEventListener('click', (event) => {
    event.preventDefault();
    const address = new URL(isLink ? element.href : element.formAction);
    // The server keeps the choice in a cookie; without network this page alone has it.
    fetch(isLink ? address : `/?${address.searchParams}`).catch(() => undefined);
    const large = document.documentElement.classList.toggle('large');
    address.searchParams.set('size', large ? 'normal' : 'large');
    if (isLink) element.href = address.href;
    else element.formAction = address.href;
    element.textContent = (large ? element.dataset['normal'] : element.dataset['large']) ?? '';
  });
}
