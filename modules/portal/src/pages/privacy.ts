/** `/privacy`: what is kept, what for, who sees it (PIPL article 17). */
import { html } from '../html.ts';
import type { PageContext } from './context.ts';
import type { DutyLine } from './home.ts';
import { page } from './layout.ts';
import { callButton } from './pieces.ts';

export function privacyPage(ctx: PageContext, duty: DutyLine | null): string {
  const p = ctx.t.privacy;
  const sections = [
    [p.what, p.whatItems],
    [p.why, p.whyItems],
    [p.who, p.whoItems],
    [p.photos, p.photosItems],
    [p.rights, p.rightsItems],
  ] as const;
  return page(ctx, {
    title: p.title,
    back: { href: '/', label: ctx.t.shell.home },
    body: html`
      <h1>${p.title}</h1>
      ${sections.map(
        ([title, text]) =>
          html`<h2>${title}</h2>
            <p>${text}</p>`,
      )}
      ${duty ? callButton(duty.phone, ctx.t.home.duty(duty.name), duty.phone, 'plain') : null}
    `,
  });
}
