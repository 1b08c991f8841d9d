/** HTML as tagged templates: whatever is put in is escaped, unless it is HTML made here already. */

/** A piece of markup that is safe to send. Only `html` and `trustedMarkup` make one. */
export class Html {
  readonly text: string;
  constructor(text: string) {
    this.text = text;
  }
  toString(): string {
    return this.text;
  }
}
/** Nothing is written for `null`, `undefined`, `false` and `true`; lists are joined. */
export type Part = Html | string | number | boolean | null | undefined | readonly Part[];

const escapes: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Safe between tags and inside quoted attributes, not inside scripts, styles or unquoted attributes. */
export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (c) => escapes[c] ?? '');
}

function render(part: Part): string {
  if (part instanceof Html) return part.text;
  if (typeof part === 'string') return escapeHtml(part);
  if (typeof part === 'number') return String(part);
  if (Array.isArray(part)) return part.map(render).join('');
  return '';
}

/** Indentation of the source is not sent; what was put in is never touched. */
const tidied = new WeakMap<TemplateStringsArray, readonly string[]>();
function tidy(strings: TemplateStringsArray): readonly string[] {
  let texts = tidied.get(strings);
  if (!texts) {
    texts = strings.map((text) => text.replace(/\n\s*/g, '\n'));
    tidied.set(strings, texts);
  }
  return texts;
}

/**
 * @example html`<p class="${name}">${text}</p>` — attributes must be quoted; a test reads the pages for it
 */
export function html(strings: TemplateStringsArray, ...parts: readonly Part[]): Html {
  const texts = tidy(strings);
  let text = texts[0] ?? '';
  for (const [i, part] of parts.entries()) text += render(part) + (texts[i + 1] ?? '');
  return new Html(text);
}

/** For markup that this code made out of nothing a person typed (a QR code's path). */
export function trustedMarkup(text: string): Html {
  return new Html(text);
}

/** An attribute that is there or not: `<input ${flag('checked', yes)}>`. */
export function flag(name: 'checked' | 'required' | 'disabled' | 'open' | 'multiple' | 'hidden', on: boolean): Html {
  return new Html(on ? name : '');
}

/** Lines of a text as typed, with its breaks kept. */
export function lines(text: string): Html {
  const [first = '', ...rest] = text.split(/\r?\n/);
  return html`${first}${rest.map((line) => html`<br />${line}`)}`;
}
