/** `/find`: from the village to the micro-grid, for those who stand before no sign. */
import { html } from '../html.ts';
import type { PageContext } from './context.ts';
import { page } from './layout.ts';
import { notice } from './pieces.ts';

export interface FoundVillage {
  readonly code: string;
  readonly name: string;
}
export interface FoundGrid {
  readonly name: string;
  readonly microGrids: readonly { readonly token: string; readonly name: string }[];
}
export interface FindView {
  readonly villages: readonly FoundVillage[];
  /** Grids of the village that was chosen. */
  readonly chosen: { readonly name: string; readonly grids: readonly FoundGrid[] } | null;
  readonly notice: string | null;
  readonly formToken: string;
}

export function findPage(ctx: PageContext, view: FindView): string {
  const { t } = ctx;
  return page(ctx, {
    title: t.find.title,
    script: true,
    back: view.chosen ? { href: '/find', label: t.find.allVillages } : { href: '/', label: t.shell.home },
    body: html`
      <h1>${view.chosen ? t.find.microGrids(view.chosen.name) : t.find.title}</h1>
      ${view.notice === null ? null : notice(view.notice, 'warn')}
      ${
        view.chosen
          ? chosenGrids(ctx, view.chosen.grids)
          : html`<p class="lead">${t.find.lead}</p>
              <form
                method="post"
                action="/find"
                data-island="locate"
                data-busy="${t.find.locating}"
                data-failed="${t.find.locateFailed}"
                data-send="1"
                hidden
              >
                <input type="hidden" name="f" value="${view.formToken}" />
                <input type="hidden" name="lon" value="" /><input type="hidden" name="lat" value="" /><input
                  type="hidden"
                  name="accuracy"
                  value=""
                />
                <button class="wide" type="button" data-locate>${t.find.locate}</button>
                <p class="hint" role="status" data-status></p>
              </form>
              <h2>${t.find.village}</h2>
              ${
                view.villages.length === 0
                  ? notice(t.find.noneTown)
                  : html`<ul class="tiles">
                      ${view.villages.map((v) => html`<li><a href="/find?village=${encodeURIComponent(v.code)}">${v.name}</a></li>`)}
                    </ul>`
              }`
      }
    `,
  });
}

function chosenGrids(ctx: PageContext, grids: readonly FoundGrid[]) {
  if (grids.every((g) => g.microGrids.length === 0)) return notice(ctx.t.find.none);
  return grids
    .filter((g) => g.microGrids.length > 0)
    .map(
      (g) =>
        html`<h2>${g.name}</h2>
          <ul class="tiles">
            ${g.microGrids.map((m) => html`<li><a href="/q/${m.token}">${m.name}</a></li>`)}
          </ul>`,
    );
}
