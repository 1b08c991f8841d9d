/** `/`: what a resident can do here. */
import { html } from '../html.ts';
import type { PageContext } from './context.ts';
import { page } from './layout.ts';
import { bigLink, callButton, notice } from './pieces.ts';

export interface DutyLine {
  readonly name: string;
  readonly phone: string;
}

export function homePage(ctx: PageContext, duty: DutyLine | null): string {
  const { t } = ctx;
  return page(ctx, {
    title: t.home.title(ctx.town),
    body: html`
      <h1>${t.home.title(ctx.town)}</h1>
      <p class="lead">${t.home.lead}</p>
      <h2 class="quiet">${t.home.services}</h2>
      <div class="stack">
        ${bigLink('/find', t.home.report, t.home.reportHint, 'primary')}
        ${bigLink('/follow', t.home.follow, t.home.followHint)} ${bigLink('/find', t.home.find, t.home.findHint)}
      </div>
      <h2>${t.home.call}</h2>
      <div class="stack">
        ${duty ? callButton(duty.phone, t.home.duty(duty.name), duty.phone, 'plain') : notice(t.home.noDuty)}
        ${callButton('12345', t.home.hotline, '12345', 'plain')}
      </div>
      <h2>${t.home.emergency}</h2>
      <div class="row">
        <a class="small urgent" href="tel:110">${t.home.police}</a>
        <a class="small urgent" href="tel:119">${t.home.fire}</a>
        <a class="small urgent" href="tel:120">${t.home.medical}</a>
      </div>
    `,
  });
}
