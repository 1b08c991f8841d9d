/** The switch of the size of letters, in place: what is typed in a form must not be lost for being read better. */
export function textSize(link: HTMLElement): void {
  if (!(link instanceof HTMLAnchorElement)) return;
  link.addEventListener('click', (event) => {
    event.preventDefault();
    const address = new URL(link.href);
    // The server keeps the choice in a cookie; without network this page alone has it.
    fetch(address).catch(() => undefined);
    const large = document.documentElement.classList.toggle('large');
    address.searchParams.set('size', large ? 'normal' : 'large');
    link.href = address.href;
    link.textContent = (large ? link.dataset['normal'] : link.dataset['large']) ?? '';
  });
}
