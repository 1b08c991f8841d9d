/** `/q/:token`: the page behind the QR sign. First a person to call, then everything else. */
import { type Role, roles } from '@wangge/contract-kit';
import { html } from '../html.ts';
import { type PageContext, say } from './context.ts';
import type { DutyLine } from './home.ts';
import { page } from './layout.ts';
import { bigLink, callButton, notice } from './pieces.ts';

export interface MicroGridView {
  readonly token: string;
  readonly name: string;
  /** Names from the village down to the grid. */
  readonly above: readonly string[];
  readonly member: { readonly name: string; readonly role: Role; readonly phone: string | null } | null;
  readonly duty: DutyLine | null;
}

export function microGridPage(ctx: PageContext, view: MicroGridView): string {
  const { t } = ctx;
  const { member, duty } = view;
  return page(ctx, {
    title: view.name,
    body: html`
      <p class="crumbs">${view.above.join(' · ')}</p>
      <h1>${view.name}</h1>
      <section class="card" aria-labelledby="member">
        <h2 id="member">${t.microGrid.yourMember}</h2>
        ${
          member
            ? html`<p class="person">
                  <strong>${member.name}</strong> <span>${say(ctx, roles[member.role].label)}</span>
                </p>
                ${member.phone === null ? notice(t.microGrid.noPhone) : callButton(member.phone, t.microGrid.callMember, member.phone)}`
            : notice(t.microGrid.noMember)
        }
        ${
          duty
            ? callButton(
                duty.phone,
                member?.phone ? t.microGrid.callDuty : t.microGrid.duty,
                html`${duty.name} <span class="phone-number">${duty.phone}</span>`,
                member?.phone ? 'plain' : 'primary',
              )
            : callButton('12345', t.home.hotline, '12345', 'plain')
        }
      </section>
      <div class="stack">
        ${bigLink(`/q/${view.token}/report`, t.microGrid.report, t.microGrid.reportHint, 'primary')}
        ${bigLink('/follow', t.microGrid.follow, t.home.followHint)}
      </div>
      <p class="after"><a href="/find">${t.microGrid.notHere}</a></p>
    `,
  });
}
