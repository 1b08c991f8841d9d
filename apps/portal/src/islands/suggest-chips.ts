/** Asks what the words suggest whenever their writer pauses; a chip chooses the category, also one of another kind. */
import type { RouteOutput } from '@wangge/contract-kit';
import type { suggestForResident } from '@wangge/portal/contract';

type Suggestion = RouteOutput<typeof suggestForResident>['suggestions'][number];
const pauseMs = 700;
const leastChars = 4;

export function suggestChips(element: HTMLElement, words: HTMLTextAreaElement): void {
  const form = words.form;
  if (!form) return;
  let timer = 0;
  let asked = '';
  const ask = async (): Promise<void> => {
    const text = words.value.trim();
    if (text === asked || !element.isConnected) return;
    asked = text;
    const found = text.length < leastChars ? [] : await suggestionsFor(text, element.dataset['token'] ?? '');
    // The answer to older words is no answer.
    if (text === words.value.trim()) show(element, form, found);
  };
  const soon = (): void => {
    clearTimeout(timer);
    timer = window.setTimeout(() => void ask(), pauseMs);
  };
  words.addEventListener('input', soon);
  soon();
}

async function suggestionsFor(text: string, token: string): Promise<readonly Suggestion[]> {
  try {
    const answer = await fetch('/api/portal/suggest', {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-wangge': '1' },
      body: JSON.stringify({ text, token }),
    });
    if (!answer.ok) return [];
    return ((await answer.json()) as RouteOutput<typeof suggestForResident>).suggestions;
  } catch {
    return [];
  }
}

function show(element: HTMLElement, form: HTMLFormElement, found: readonly Suggestion[]): void {
  const english = document.documentElement.lang.startsWith('en');
  const { label = '', because = '' } = element.dataset;
  const name = (one: { readonly zh: string; readonly en: string }): string => (english ? one.en : one.zh);
  const head = document.createElement('p');
  head.className = 'hint';
  head.textContent = label;
  const chips = found.map((one) => {
    const chip = document.createElement('button');
    chip.type = 'button';
    chip.className = 'chip';
    chip.textContent = name(one.name);
    if (one.words.length > 0) {
      const why = document.createElement('small');
      why.textContent = ` ${because}${one.words.join(english ? ', ' : '、')}`;
      chip.append(why);
    }
    chip.addEventListener('click', () => {
      choose(form, one, name(one.name));
      for (const other of chips) other.setAttribute('aria-pressed', String(other === chip));
    });
    chip.setAttribute('aria-pressed', String(radioOf(form, one.code)?.checked ?? false));
    return chip;
  });
  element.replaceChildren(...(chips.length > 0 ? [head, ...chips] : []));
}

function radioOf(form: HTMLFormElement, code: string): HTMLInputElement | undefined {
  return [...form.querySelectorAll<HTMLInputElement>('input[name="category"]')].find((radio) => radio.value === code);
}

/** A category of another kind joins the choices, and the form goes to that kind's address. */
function choose(form: HTMLFormElement, { code, kind }: Suggestion, name: string): void {
  let radio = radioOf(form, code);
  if (!radio) {
    const options = form.querySelector('#category .options');
    const last = options?.querySelector('.choice:last-child')?.cloneNode(true);
    if (!options || !(last instanceof HTMLLabelElement)) return;
    radio = last.querySelector('input') ?? undefined;
    const text = last.querySelector('span');
    if (!radio || !text) return;
    radio.id = last.htmlFor = `category-${options.childElementCount}`;
    radio.value = code;
    radio.dataset['kind'] = kind;
    text.textContent = name;
    options.append(last);
  }
  radio.checked = true;
  followKind(form);
}

const following = new WeakSet<HTMLFormElement>();
/** Whichever category is chosen at last, also by hand, the form goes to its kind. */
function followKind(form: HTMLFormElement): void {
  const own = form.getAttribute('action') ?? '';
  const follow = (): void => {
    const chosen = form.querySelector<HTMLInputElement>('input[name="category"]:checked');
    const kind = chosen?.dataset['kind'];
    const home = form.dataset['home'] ?? own;
    form.dataset['home'] = home;
    form.setAttribute(
      'action',
      kind === undefined ? home : home.replace(/kind=[^&]*/, `kind=${encodeURIComponent(kind)}`),
    );
  };
  follow();
  if (following.has(form)) return;
  following.add(form);
  form.addEventListener('change', follow);
}
