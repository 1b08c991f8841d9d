/** After a form came back with errors, the list of them is where reading goes on. */
export function focusSummary(element: HTMLElement): void {
  element.focus();
}
