/** `/r/:token`: receipt and progress in one, and what the reporter may still do. */
import { html, lines, type Html, type Part } from '../html.ts';
import { type PageContext, say, showTime } from './context.ts';
import { page } from './layout.ts';
import { choices, errorSummary, type FieldErrors, hidden, notice, textArea } from './pieces.ts';
import { type ReceiptView, stageOf, stepText } from './receipt-view.ts';

export interface RatingValues {
  readonly response: string;
  readonly resolved: string;
  readonly satisfied: string;
  readonly text: string;
}
export const emptyRating: RatingValues = { response: '', resolved: '', satisfied: '', text: '' };

export interface ReceiptPageView {
  readonly receipt: ReceiptView;
  readonly greeting: string | null;
  readonly greetingKind: 'good' | 'plain' | 'warn';
  readonly formToken: string;
  readonly rating: RatingValues;
  readonly errors: FieldErrors;
}

export function receiptPage(ctx: PageContext, view: ReceiptPageView): string {
  const { t } = ctx;
  const r = view.receipt;
  return page(ctx, {
    title: `${t.receipt.title} ${r.number}`,
    script: true,
    back: { href: '/', label: t.shell.home },
    ...(mayRate(r) ? { form: { id: 'rating', action: `/r/${r.token}/rating` } } : {}),
    body: html`
      ${view.greeting === null ? null : notice(view.greeting, view.greetingKind)}
      <h1>${t.receipt.title}</h1>
      ${errorSummary(t.report.errorsTitle, t.report.errorsLead, view.errors)}
      <section
        class="card state stage-${stageOf(r.mergedState ?? r.state)}"
        ${r.token === null ? null : html`data-island="watch" data-token="${r.token}" data-updated="${r.updatedAtMs}" data-state="${r.state}"`}
      >
        <p class="now">
          <span>${t.receipt.now}</span>
          <strong>${t.states[r.state]}</strong
          >${r.mergedState === null ? null : html` <span>${t.states[r.mergedState]}</span>`}
        </p>
        ${stages(ctx, r)} ${deadline(ctx, r)}
      </section>
      <dl class="facts">
        <dt>${t.receipt.number}</dt>
        <dd class="number">${r.number}</dd>
        <dt>${t.receipt.what}</dt>
        <dd>${say(ctx, r.category)}</dd>
        <dt>${t.receipt.where}</dt>
        <dd>${r.placeName}</dd>
        <dt>${t.receipt.when}</dt>
        <dd>${showTime(ctx, r.reportedAtMs)}</dd>
        ${
          r.description === null
            ? null
            : html`<dt>${t.receipt.words}</dt>
                <dd>
                  ${lines(r.description)}${r.photoCount > 0 ? html`<br />${t.receipt.photos(r.photoCount)}` : null}
                </dd>`
        }
      </dl>
      ${
        r.token === null
          ? html`<p class="hint">${t.receipt.affected}</p>`
          : html`<div
              class="keep"
              data-island="share"
              data-share="${t.receipt.share}"
              data-copy="${t.receipt.copy}"
              data-copied="${t.receipt.copied}"
            >
              <p>${t.receipt.keep} ${t.receipt.keepNumber}</p>
            </div>`
      }
      ${timeline(ctx, r)} ${ratingPart(ctx, view)} ${objectionPart(ctx, r)} ${withdrawPart(ctx, r)}
    `,
  });
}

function stages(ctx: PageContext, r: ReceiptView): Html {
  const names = [ctx.t.moves.report, ctx.t.moves.accept, ctx.t.states.handling, endName(ctx, r)];
  const now = stageOf(r.mergedState ?? r.state);
  return html`<ol class="stages">
    ${names.map(
      (name, i) =>
        html`<li class="${i < now ? 'done' : i === now ? 'here' : ''}" ${i === now ? html`aria-current="step"` : null}>
          ${name}
        </li>`,
    )}
  </ol>`;
}
function endName(ctx: PageContext, r: ReceiptView): string {
  return r.state === 'rejected' || r.state === 'withdrawn' ? ctx.t.states[r.state] : ctx.t.states.closed;
}

function deadline(ctx: PageContext, r: ReceiptView): Part {
  if (r.deadlineMs === null || stageOf(r.state) === 3) return null;
  const time = showTime(ctx, r.deadlineMs);
  return html`<p>${r.overdue ? ctx.t.receipt.overdue(time) : ctx.t.receipt.expected(time)}</p>`;
}

function timeline(ctx: PageContext, r: ReceiptView): Html {
  return html`<h2>${ctx.t.receipt.progress}</h2>
    <ol class="timeline">
      ${r.steps.map((step) => {
        const text = stepText(ctx, step.move);
        if (text === null) return null;
        return html`<li>
          <time datetime="${new Date(step.atMs).toISOString()}">${showTime(ctx, step.atMs)}</time>
          <span>${text}${step.reason === null ? null : html`<br /><q>${step.reason}</q>`}</span>
        </li>`;
      })}
    </ol>`;
}

function mayRate(r: ReceiptView): r is ReceiptView & { readonly token: string } {
  return r.may.rate && r.token !== null;
}

function ratingPart(ctx: PageContext, view: ReceiptPageView): Part {
  const { t } = ctx;
  const r = view.receipt;
  if (r.rating !== null && !r.may.rate)
    return html`<section class="card">
      <h2>${t.receipt.rated}</h2>
      <p>
        ${t.receipt.ratedResult(r.rating.response, r.rating.satisfied)} ·
        ${r.rating.resolved ? t.receipt.yes : t.receipt.no}
      </p>
    </section>`;
  if (!mayRate(r)) return null;
  const points = ['1', '2', '3', '4', '5'].map((n) => ({ value: n, label: n }));
  return html`<section class="card" aria-labelledby="rate">
    <h2 id="rate">${t.receipt.rate}</h2>
    <p class="hint">${t.receipt.rateLead}</p>
    ${r.rating === null ? null : html`<p class="hint">${t.receipt.rateAgain(t.receipt.ratedResult(r.rating.response, r.rating.satisfied))}</p>`}
    <form
      id="rating"
      method="post"
      action="/r/${r.token}/rating"
      novalidate
      data-island="send-once"
      data-sending="${t.report.sending}"
      data-offline="${t.report.networkDown}"
      data-unsent="${t.report.unsent}"
    >
      ${hidden({ f: view.formToken })}
      ${choices({
        name: 'resolved',
        legend: t.receipt.rateResolved,
        options: [
          { value: 'yes', label: t.receipt.yes },
          { value: 'no', label: t.receipt.no },
        ],
        value: view.rating.resolved,
        error: view.errors['resolved'],
        inline: true,
      })}
      ${choices({ name: 'response', legend: t.receipt.rateResponse, hint: t.receipt.lowest, options: points, value: view.rating.response, error: view.errors['response'], inline: true })}
      ${choices({ name: 'satisfied', legend: t.receipt.rateSatisfied, hint: t.receipt.lowest, options: points, value: view.rating.satisfied, error: view.errors['satisfied'], inline: true })}
      ${textArea({ name: 'text', label: t.receipt.rateText, value: view.rating.text, error: view.errors['text'], maxLength: 500, rows: 3 })}
      <p class="hint" role="status" data-status></p>
      <button class="wide primary" type="submit">${t.receipt.rateSend}</button>
    </form>
  </section>`;
}

function objectionPart(ctx: PageContext, r: ReceiptView): Part {
  if (!r.may.object) return null;
  const { t } = ctx;
  const href = r.token === null ? `/p/${r.number}/objection` : `/r/${r.token}/objection`;
  return html`<section class="after">
    <h2>${t.receipt.objection}</h2>
    <p>
      ${r.objectUntilMs === null ? t.receipt.objectionOnce : t.receipt.objectionLead(showTime(ctx, r.objectUntilMs))}
    </p>
    <p><a class="wide" href="${href}">${t.receipt.objectionButton}</a></p>
  </section>`;
}

function withdrawPart(ctx: PageContext, r: ReceiptView): Part {
  if (!r.may.withdraw || r.token === null) return null;
  const { t } = ctx;
  return html`<section class="after">
    <h2>${t.receipt.withdraw}</h2>
    <p>${t.receipt.withdrawLead}</p>
    <p><a class="wide" href="/r/${r.token}/withdraw">${t.receipt.withdrawButton}</a></p>
  </section>`;
}
