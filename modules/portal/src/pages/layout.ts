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
}

/** A whole document, ready to send. */
export function page(ctx: PageContext, parts: PageParts): string {
  const { t } = ctx;
  const other = ctx.lang === 'zh' ? 'en' : 'zh';
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
          <nav class="tools" aria-label="${t.shell.tools}">
            <a
              href="${withParam(ctx.path, 'size', ctx.large ? 'normal' : 'large')}"
              rel="nofollow"
              data-island="text-size"
              data-large="${t.shell.largeText}"
              data-normal="${t.shell.normalText}"
              >${ctx.large ? t.shell.normalText : t.shell.largeText}</a
            >
            <a
              href="${withParam(ctx.path, 'lang', other)}"
              lang="${other === 'zh' ? 'zh-CN' : 'en'}"
              hreflang="${other === 'zh' ? 'zh-CN' : 'en'}"
              rel="nofollow"
              >${t.shell.otherLang}</a
            >
          </nav>
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
