/** One question and one button: withdrawing a report, asking to have it done again. */
import { html } from '../html.ts';
import { maskPhone, type PageContext } from './context.ts';
import { page } from './layout.ts';
import { errorSummary, type FieldErrors, hidden, notice, textArea, textField } from './pieces.ts';

export interface ReasonView {
  readonly action: string;
  readonly title: string;
  readonly lead: string;
  readonly label: string;
  readonly hint: string | null;
  readonly button: string;
  readonly formToken: string;
  readonly reason: string;
  /** Asked for where a number must be verified; `verified` replaces it. */
  readonly phone: { readonly value: string; readonly verified: string | null } | null;
  readonly errors: FieldErrors;
  readonly notice: string | null;
  readonly back: { readonly href: string; readonly label: string };
}

export function reasonPage(ctx: PageContext, view: ReasonView): string {
  const { t } = ctx;
  return page(ctx, {
    title: view.title,
    script: true,
    back: view.back,
    form: { id: 'reason-step', action: view.action },
    body: html`
      <h1>${view.title}</h1>
      <p class="lead">${view.lead}</p>
      ${view.notice === null ? null : notice(view.notice, 'warn')}
      ${errorSummary(t.report.errorsTitle, t.report.errorsLead, view.errors)}
      <form
        id="reason-step"
        method="post"
        action="${view.action}"
        novalidate
        data-island="send-once"
        data-sending="${t.report.sending}"
        data-offline="${t.report.networkDown}"
        data-unsent="${t.report.unsent}"
      >
        ${hidden({ f: view.formToken })}
        ${textArea({
          name: 'reason',
          label: view.label,
          ...(view.hint === null ? {} : { hint: view.hint }),
          value: view.reason,
          error: view.errors['reason'],
          maxLength: 500,
        })}
        ${
          view.phone === null
            ? null
            : textField({
                name: 'phone',
                label: view.phone.verified === null ? t.report.phone : t.report.otherPhone,
                hint:
                  view.phone.verified === null ? t.report.phoneHint : t.report.verified(maskPhone(view.phone.verified)),
                type: 'tel',
                inputMode: 'tel',
                autocomplete: 'tel',
                value: view.phone.value,
                error: view.errors['phone'],
                maxLength: 20,
              })
        }
        <p class="hint" role="status" data-status></p>
        <button class="wide primary" type="submit">${view.button}</button>
      </form>
    `,
  });
}
