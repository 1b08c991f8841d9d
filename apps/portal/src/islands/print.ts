export function printButton(element: HTMLElement): void {
  element.hidden = false;
  element.addEventListener('click', () => window.print());
}
