/**
 * A form is sent once, however often the button is pressed, without leaving its page: a network that breaks
 * off costs nothing of what was typed, and a slow one shows how far it is. The form's own key makes a second
 * sending the same as the first.
 */
import { photosReady } from './photos.ts';
import { showAnswer } from './show-page.ts';

/** A village's uplink takes minutes for four photos. */
const patienceMs = 300_000;
/** Letters alone are gone before a figure can be read. */
const worthCounting = 50_000;

export function sendOnce(form: HTMLElement): void {
  if (!(form instanceof HTMLFormElement)) return;
  const words = form.dataset;
  const status = form.querySelector<HTMLElement>(':scope > [data-status]');
  const say = (text = ''): void => {
    if (status && status.textContent !== text) status.textContent = text;
  };
  let sending = false;
  const setSending = (on: boolean): void => {
    sending = on;
    form.classList.toggle('sending', on);
  };
  const failed = (text = ''): void => {
    setSending(false);
    say(text);
    status?.scrollIntoView({ block: 'center' });
  };
  const send = (submitter: HTMLElement | null): void => {
    // Asked only now: a suggested category may have led the form elsewhere.
    const target = new URL(actionOf(form, submitter), location.href).href;
    const request = new XMLHttpRequest();
    request.open('POST', target);
    request.timeout = patienceMs;
    request.upload.onprogress = ({ loaded, total }) => {
      // In tens, or a screen reader never stops.
      if (total > worthCounting) say(`${words['sending'] ?? ''} ${Math.floor((loaded / total) * 10) * 10} %`);
    };
    request.onerror = request.ontimeout = request.onabort = () => failed(words['unsent']);
    request.onload = () => {
      const refusal = request.status < 400 ? null : refusalOf(request.responseText);
      if (refusal !== null) return failed(refusal || words['unsent']);
      const led = new URL(request.responseURL);
      showAnswer(request.responseText, led.href === target ? null : led.pathname + led.search);
    };
    request.send(bodyOf(form, submitter));
  };
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    if (sending) return;
    if (!navigator.onLine) return failed(words['offline']);
    setSending(true);
    // A switch of the head only brings along what was typed.
    say(event.submitter?.hasAttribute('formaction') ? '' : words['sending']);
    // A slow phone is still making the photos small: they come along.
    void photosReady(form).then(() => send(event.submitter));
  });
}

function actionOf(form: HTMLFormElement, submitter: HTMLElement | null): string {
  return submitter?.getAttribute('formaction') ?? form.getAttribute('action') ?? '';
}

function bodyOf(form: HTMLFormElement, submitter: HTMLElement | null): FormData | URLSearchParams {
  const data = new FormData(form);
  // The second argument of FormData would do this, where browsers know it.
  if (submitter instanceof HTMLButtonElement && submitter.name) data.append(submitter.name, submitter.value);
  if (form.enctype === 'multipart/form-data') return data;
  return new URLSearchParams([...data].map(([name, value]) => [name, String(value)]));
}

/**
 * What a page says that is no step of a form and so must not take its place: empty where it is not one of
 * ours (a proxy's), null where it is a step after all, with something to mend.
 */
function refusalOf(html: string): string | null {
  const page = new DOMParser().parseFromString(html, 'text/html');
  const main = page.querySelector('main');
  if (main && !page.body.classList.contains('failure')) return null;
  return [...(main?.querySelectorAll('.lead') ?? [])].map((e) => e.textContent.trim()).join(' ');
}
