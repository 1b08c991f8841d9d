/** First step of a report: what it is about, as large choices. */
import { html } from '../html.ts';
import { type PageContext, say } from './context.ts';
import { page } from './layout.ts';
import { bigLink, notice } from './pieces.ts';

export interface ReportKind {
  readonly code: string;
  readonly name: { readonly zh: string; readonly en: string };
  readonly categories: readonly {
    readonly code: string;
    readonly name: { readonly zh: string; readonly en: string };
  }[];
}

export function reportKindsPage(
  ctx: PageContext,
  place: { token: string; name: string },
  kinds: readonly ReportKind[],
): string {
  const { t } = ctx;
  return page(ctx, {
    title: t.report.kindTitle,
    back: { href: `/q/${place.token}`, label: place.name },
    body: html`
      <p class="steps">${t.report.step(1, 2)}</p>
      <h1>${t.report.kindTitle}</h1>
      <p class="lead">${t.report.kindLead}</p>
      ${
        kinds.length === 0
          ? notice(t.report.noKinds)
          : html`<div class="stack">
              ${kinds.map((kind) =>
                bigLink(
                  `/q/${place.token}/report?kind=${encodeURIComponent(kind.code)}`,
                  say(ctx, kind.name),
                  kind.categories.map((c) => say(ctx, c.name)).join(ctx.lang === 'zh' ? '、' : ', '),
                ),
              )}
            </div>`
      }
    `,
  });
}
