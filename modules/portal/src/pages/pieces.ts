/** Parts that several pages share: fields with their errors, big choices, call buttons. */
import { flag, html, type Html, type Part } from '../html.ts';

/** What is wrong, by field; the order is that of the page. */
export type FieldErrors = Readonly<Partial<Record<string, string>>>;

interface FieldBase {
  readonly name: string;
  readonly label: string;
  readonly hint?: string;
  readonly error?: string | undefined;
  readonly value?: string;
  readonly maxLength?: number;
}

function describedBy(field: FieldBase): string {
  return [field.hint ? `${field.name}-hint` : '', field.error ? `${field.name}-error` : ''].filter(Boolean).join(' ');
}
function around(field: FieldBase, control: Html): Html {
  return html`<div class="field ${field.error ? 'wrong' : ''}">
    <label for="${field.name}">${field.label}</label>
    ${field.hint ? html`<p class="hint" id="${field.name}-hint">${field.hint}</p>` : null}
    ${errorLine(field.name, field.error)} ${control}
  </div>`;
}
/** The sentence beside the field at fault. */
export function errorLine(name: string, error: string | undefined): Part {
  return error ? html`<p class="error" id="${name}-error">${error}</p>` : null;
}

export function textField(
  field: FieldBase & {
    readonly type?: 'text' | 'tel';
    readonly inputMode?: 'numeric' | 'tel' | 'text';
    readonly autocomplete?: string;
  },
): Html {
  return around(
    field,
    html`<input
      id="${field.name}"
      name="${field.name}"
      type="${field.type ?? 'text'}"
      inputmode="${field.inputMode ?? 'text'}"
      autocomplete="${field.autocomplete ?? 'off'}"
      maxlength="${field.maxLength ?? 200}"
      value="${field.value ?? ''}"
      aria-describedby="${describedBy(field)}"
      aria-invalid="${field.error ? 'true' : 'false'}"
    />`,
  );
}

export function textArea(field: FieldBase & { readonly rows?: number }): Html {
  // The line break after the tag keeps a first empty line that a person typed.
  return around(
    field,
    html`<textarea
      id="${field.name}"
      name="${field.name}"
      rows="${field.rows ?? 4}"
      maxlength="${field.maxLength ?? 2000}"
      aria-describedby="${describedBy(field)}"
      aria-invalid="${field.error ? 'true' : 'false'}"
    >
${field.value ?? ''}</textarea>`,
  );
}

export interface Choice {
  readonly value: string;
  readonly label: string;
  readonly hint?: string;
}
/** Radio buttons as large surfaces to press. */
export function choices(group: {
  readonly name: string;
  readonly legend: string;
  readonly options: readonly Choice[];
  readonly value: string;
  readonly error?: string | undefined;
  readonly inline?: boolean;
  readonly hint?: string;
}): Html {
  return html`<fieldset
    class="field choices ${group.inline ? 'inline' : ''} ${group.error ? 'wrong' : ''}"
    id="${group.name}"
  >
    <legend>${group.legend}</legend>
    ${group.hint ? html`<p class="hint">${group.hint}</p>` : null} ${errorLine(group.name, group.error)}
    <div class="options">
      ${group.options.map(
        (o, i) =>
          html`<label class="choice" for="${group.name}-${i}"
            ><input
              type="radio"
              id="${group.name}-${i}"
              name="${group.name}"
              value="${o.value}"
              ${flag('checked', o.value === group.value)}
            /><span>${o.label}${o.hint ? html`<small>${o.hint}</small>` : null}</span></label
          >`,
      )}
    </div>
  </fieldset>`;
}

/** Tells at the top what is wrong below, with links; a screen reader says it first. */
export function errorSummary(title: string, lead: string, errors: FieldErrors): Part {
  const entries = Object.entries(errors).filter((e): e is [string, string] => e[1] !== undefined);
  if (entries.length === 0) return null;
  return html`<div class="summary" role="alert" tabindex="-1" data-island="focus">
    <h2>${title}</h2>
    <p>${lead}</p>
    <ul>
      ${entries.map(([name, text]) => html`<li><a href="#${name}">${text}</a></li>`)}
    </ul>
  </div>`;
}

/** `tel:` with digits only, whatever the number looks like. */
export function telHref(phone: string): string {
  return `tel:${phone.replace(/[^0-9+]/g, '')}`;
}
export function callButton(phone: string, label: string, detail: Part, kind = 'primary'): Html {
  return html`<a class="big ${kind}" href="${telHref(phone)}"
    ><span class="icon" aria-hidden="true">☎</span><span>${label}<small>${detail}</small></span></a
  >`;
}
export function bigLink(href: string, label: string, detail: string, kind = 'plain'): Html {
  return html`<a class="big ${kind}" href="${href}"
    ><span>${label}<small>${detail}</small></span></a
  >`;
}

/** Hidden fields of a form. */
export function hidden(fields: Readonly<Record<string, string>>): Html[] {
  return Object.entries(fields).map(([name, value]) => html`<input type="hidden" name="${name}" value="${value}" />`);
}

export function notice(text: Part, kind: 'good' | 'plain' | 'warn' = 'plain'): Html {
  return html`<p class="notice ${kind}" role="status">${text}</p>`;
}
