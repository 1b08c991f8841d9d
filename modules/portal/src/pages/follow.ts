/** `/follow` and `/mine`: back to a report without its link. */
import { html } from '../html.ts';
import { type PageContext, maskPhone, say, showTime } from './context.ts';
import { page } from './layout.ts';
import { errorSummary, type FieldErrors, hidden, notice, textField } from './pieces.ts';

export interface FollowView {
  readonly formToken: string;
  readonly number: string;
  readonly phone: string;
  readonly errors: FieldErrors;
  readonly notice: string | null;
  readonly verifiedPhone: string | null;
}

export function followPage(ctx: PageContext, view: FollowView): string {
  const { t } = ctx;
  return page(ctx, {
    title: t.follow.title,
    script: true,
    back: { href: '/', label: t.shell.home },
    form: { id: 'follow-step', action: '/follow' },
    body: html`
      <h1>${t.follow.title}</h1>
      <p class="lead">${t.follow.lead}</p>
      ${view.notice === null ? null : notice(view.notice, 'warn')}
      ${errorSummary(t.report.errorsTitle, t.report.errorsLead, view.errors)}
      ${
        view.verifiedPhone === null
          ? null
          : html`<p><a class="wide" href="/mine">${t.follow.mine} (${maskPhone(view.verifiedPhone)})</a></p>`
      }
      <form
        id="follow-step"
        method="post"
        action="/follow"
        novalidate
        data-island="send-once"
        data-sending="${t.report.sending}"
        data-offline="${t.report.networkDown}"
        data-unsent="${t.report.unsent}"
      >
        ${hidden({ f: view.formToken })}
        ${textField({ name: 'number', label: t.follow.number, hint: t.follow.numberHint, inputMode: 'text', value: view.number, error: view.errors['number'], maxLength: 30 })}
        ${textField({ name: 'phone', label: t.follow.phone, hint: t.report.phoneHint, type: 'tel', inputMode: 'tel', autocomplete: 'tel', value: view.phone, error: view.errors['phone'], maxLength: 20 })}
        <p class="hint" role="status" data-status></p>
        <button class="wide primary" type="submit">${t.follow.send}</button>
      </form>
    `,
  });
}

export interface OwnReport {
  readonly token: string;
  readonly number: string;
  readonly category: { readonly zh: string; readonly en: string };
  readonly state: string;
  readonly reportedAtMs: number;
}
export function ownReportsPage(ctx: PageContext, phone: string, reports: readonly OwnReport[]): string {
  const { t } = ctx;
  const states: Readonly<Record<string, string>> = t.states;
  return page(ctx, {
    title: t.follow.mine,
    back: { href: '/follow', label: t.follow.title },
    body: html`
      <h1>${t.follow.mine}</h1>
      <p class="lead">${maskPhone(phone)}</p>
      ${
        reports.length === 0
          ? notice(t.follow.none)
          : html`<ul class="reports">
              ${reports.map(
                (r) =>
                  html`<li>
                    <a class="big plain" href="/r/${r.token}"
                      ><span
                        >${say(ctx, r.category)} · ${states[r.state] ?? r.state}<small
                          >${r.number} · ${showTime(ctx, r.reportedAtMs)}</small
                        ></span
                      ></a
                    >
                  </li>`,
              )}
            </ul>`
      }
    `,
  });
}
