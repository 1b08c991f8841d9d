/** The step between a form and its effect: a code by text message. What was typed travels sealed in the page. */
import { html } from '../html.ts';
import { maskPhone, type PageContext } from './context.ts';
import { page } from './layout.ts';
import { errorSummary, type FieldErrors, hidden, notice, textField } from './pieces.ts';

export interface CodeStepView {
  /** Where the code is sent to. */
  readonly action: string;
  readonly phone: string;
  /** What the form before held, sealed. */
  readonly draft: string;
  readonly errors: FieldErrors;
  readonly notice: string | null;
  readonly mayBeAnonymous: boolean;
  readonly back: { readonly href: string; readonly label: string };
  readonly confirmLabel: string;
}

export function codeStepPage(ctx: PageContext, view: CodeStepView): string {
  const { t } = ctx;
  return page(ctx, {
    title: t.code.title,
    script: true,
    back: view.back,
    form: { id: 'code-step', action: view.action },
    body: html`
      <h1>${t.code.title}</h1>
      ${
        view.notice === null
          ? html`<p class="lead">${t.code.sent(maskPhone(view.phone))}</p>`
          : notice(view.notice, 'warn')
      }
      ${errorSummary(t.report.errorsTitle, t.report.errorsLead, view.errors)}
      ${ctx.demo ? html`<p class="hint">${t.code.demo} <a href="/dev/inbox" target="_blank" rel="noopener">${t.code.demoLink}</a></p>` : null}
      <form
        id="code-step"
        method="post"
        action="${view.action}"
        novalidate
        data-island="send-once"
        data-sending="${t.report.sending}"
        data-offline="${t.report.networkDown}"
        data-unsent="${t.report.unsent}"
      >
        ${hidden({ draft: view.draft })}
        ${textField({
          name: 'code',
          label: t.code.label,
          inputMode: 'numeric',
          autocomplete: 'one-time-code',
          error: view.errors['code'],
          maxLength: 12,
        })}
        <p class="hint" role="status" data-status></p>
        <button class="wide primary" type="submit" name="do" value="confirm">${view.confirmLabel}</button>
        <button class="wide" type="submit" name="do" value="again">${t.code.again}</button>
        ${view.mayBeAnonymous ? html`<button class="wide" type="submit" name="do" value="anonymous">${t.code.anonymous}</button>` : null}
      </form>
    `,
  });
}
