/**
 * A form is sent once, however often the button is pressed, and not while there is no network. The server
 * would bear the second sending; the person waiting for a slow uplink would not.
 */
export function sendOnce(element: HTMLElement): void {
  if (!(element instanceof HTMLFormElement)) return;
  const status = element.querySelector<HTMLElement>(':scope > [data-status]');
  const say = (text: string): void => {
    if (status) status.textContent = text;
  };
  let sent = false;
  element.addEventListener('submit', (event) => {
    if (sent) {
      event.preventDefault();
    } else if (!navigator.onLine) {
      event.preventDefault();
      say(element.dataset['offline'] ?? '');
    } else {
      sent = true;
      element.classList.add('sending');
      say(element.dataset['sending'] ?? '');
    }
  });
  // Back from the next page, out of the browser's memory: it may be sent again.
  window.addEventListener('pageshow', () => {
    sent = false;
    element.classList.remove('sending');
    say('');
  });
}
