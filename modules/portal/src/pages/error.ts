/** Failures as pages: what happened, and what one can do now. */
import type { AppError } from '@wangge/contract-kit';
import { errorTexts } from '@wangge/texts';
import { html } from '../html.ts';
import { type PageContext, say } from './context.ts';
import { page } from './layout.ts';
import { bigLink } from './pieces.ts';

export function errorPage(ctx: PageContext, error: AppError): string {
  const { t } = ctx;
  const title =
    error.code === 'wrong-token'
      ? t.error.wrongTokenTitle
      : error.code === 'not-found'
        ? t.error.notFoundTitle
        : t.error.title;
  const text = error.code === 'wrong-token' ? t.error.wrongToken : say(ctx, errorTexts[error.code]);
  return page(ctx, {
    title,
    kind: 'failure',
    body: html`
      <h1>${title}</h1>
      <p class="lead">${text}</p>
      <h2 class="quiet">${t.error.tryNext}</h2>
      <div class="stack">
        ${
          error.code === 'unauthenticated' || error.code === 'forbidden'
            ? bigLink('/console/', t.error.signIn, '/console/', 'primary')
            : null
        }
        ${bigLink('/follow', t.home.follow, t.home.followHint)} ${bigLink('/find', t.home.find, t.home.findHint)}
        ${bigLink('/', t.shell.home, ctx.town)}
      </div>
      <p class="hint">${t.error.code}: ${error.code}</p>
    `,
  });
}
