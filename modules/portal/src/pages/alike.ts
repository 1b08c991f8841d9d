/** Between the form and its sending: others reported something like it. One press either way, without script. */
import type { KnownReport } from '../actions/find-same.ts';
import { html, type Html } from '../html.ts';
import { type PageContext, say, showTime } from './context.ts';
import { page } from './layout.ts';
import { hidden, notice } from './pieces.ts';

export interface AlikeView {
  readonly action: string;
  /** What the form before held, sealed. */
  readonly draft: string;
  readonly known: readonly KnownReport[];
  readonly back: { readonly href: string; readonly label: string };
}

export function alikePage(ctx: PageContext, view: AlikeView): string {
  const { t } = ctx;
  return page(ctx, {
    title: t.alike.title,
    script: true,
    back: view.back,
    form: { id: 'alike-step', action: view.action },
    body: html`
      <h1>${t.alike.title}</h1>
      <p class="lead">${t.alike.lead}</p>
      <form
        id="alike-step"
        method="post"
        action="${view.action}"
        data-island="send-once"
        data-sending="${t.report.sending}"
        data-offline="${t.report.networkDown}"
        data-unsent="${t.report.unsent}"
      >
        ${hidden({ draft: view.draft })} ${view.known.map((known) => card(ctx, known))}
        <p class="hint" role="status" data-status></p>
        <button class="wide primary" type="submit" name="do" value="other">${t.alike.other}</button>
      </form>
      ${notice(t.alike.privacy)}
    `,
  });
}

function card(ctx: PageContext, known: KnownReport): Html {
  const { t } = ctx;
  const facts = [...known.reasons.map((r) => say(ctx, r)), t.alike.people(known.reporterCount)];
  return html`<section class="card" aria-labelledby="known-${known.id}">
    <h2 id="known-${known.id}">${known.title ?? say(ctx, known.category)}</h2>
    <p>
      ${known.title === null ? null : html`${say(ctx, known.category)} · `}${known.areaName} · ${t.states[known.state]}
      <small>${showTime(ctx, known.reportedAtMs)}</small>
    </p>
    <p class="hint">${facts.join(' · ')}</p>
    <button class="wide" type="submit" name="do" value="same:${known.id}" aria-describedby="known-${known.id}">
      ${t.alike.same}
    </button>
  </section>`;
}
