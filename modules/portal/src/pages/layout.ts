/** The frame of every page: head, switches, footer. */
import { html, type Html } from '../html.ts';
import { type PageContext, withParam } from './context.ts';

export interface PageParts {
  readonly title: string;
  readonly body: Html;
  /** Islands are loaded only where they help. */
  readonly script?: boolean;
  /** A class of the body, for print sheets. */
  readonly kind?: string;
  /** Shown above the title, leading back. */
  readonly back?: { readonly href: string; readonly label: string };
  /** The form whose contents the switches of the head carry along; its route shows it again (`showAgain`). */
  readonly form?: { readonly id: string; readonly action: string };
}
/** What a form is sent with when only its language or letters are to change. */
export const showAgain = { name: 'do', value: 'show' } as const;

/** A whole document, ready to send. */
export function page(ctx: PageContext, parts: PageParts): string {
  const { t } = ctx;
  return html`<!doctype html>
    <html lang="${ctx.lang === 'zh' ? 'zh-CN' : 'en'}" class="${ctx.large ? 'large' : ''}">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="format-detection" content="telephone=no" />
        <meta name="robots" content="noindex" />
        <title>${parts.title} · ${ctx.town}</title>
        <link rel="icon" href="data:," />
        ${ctx.assets.css === null ? null : html`<link rel="stylesheet" href="${ctx.assets.css}" />`}
        ${parts.script && ctx.assets.script !== null ? html`<script type="module" src="${ctx.assets.script}"></script>` : null}
      </head>
      <body class="${parts.kind ?? 'page'}">
        <a class="skip" href="#main">${t.shell.skip}</a>
        <header class="top">
          <a class="brand" href="/">${ctx.town}</a>
          <nav class="tools" aria-label="${t.shell.tools}">${switches(ctx, parts.form)}</nav>
        </header>
        <main id="main">
          ${parts.back ? html`<p class="back"><a href="${parts.back.href}">${parts.back.label}</a></p>` : null}
          ${parts.body}
        </main>
        <footer class="foot">
          <p>${t.shell.footer}</p>
          ${ctx.demo ? html`<p>${t.shell.demo}</p>` : null}
          <p><a href="/privacy">${t.shell.privacy}</a></p>
        </footer>
      </body>
    </html>`.text;
}

/** Size of letters and language: links, or buttons that bring along what was typed so far. */
function switches(ctx: PageContext, form: PageParts['form']): Html {
  const { t } = ctx;
  const other = ctx.lang === 'zh' ? 'en' : 'zh';
  const tag = other === 'zh' ? 'zh-CN' : 'en';
  const size = ctx.large ? 'normal' : 'large';
  const sizeLabel = ctx.large ? t.shell.normalText : t.shell.largeText;
  if (!form)
    return html`<a
        href="${withParam(ctx.path, 'size', size)}"
        rel="nofollow"
        data-island="text-size"
        data-large="${t.shell.largeText}"
        data-normal="${t.shell.normalText}"
        >${sizeLabel}</a
      >
      <a href="${withParam(ctx.path, 'lang', other)}" lang="${tag}" hreflang="${tag}" rel="nofollow"
        >${t.shell.otherLang}</a
      >`;
  // Enter in a field presses the form's first button: that must not be a switch.
  return html`<button form="${form.id}" type="submit" class="first" tabindex="-1" aria-hidden="true"></button>
    <button
      form="${form.id}"
      type="submit"
      name="${showAgain.name}"
      value="${showAgain.value}"
      formaction="${withParam(form.action, 'size', size)}"
      data-island="text-size"
      data-large="${t.shell.largeText}"
      data-normal="${t.shell.normalText}"
    >
      ${sizeLabel}
    </button>
    <button
      form="${form.id}"
      type="submit"
      name="${showAgain.name}"
      value="${showAgain.value}"
      formaction="${withParam(form.action, 'lang', other)}"
      lang="${tag}"
    >
      ${t.shell.otherLang}
    </button>`;
}
