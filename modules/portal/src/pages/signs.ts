/** `/signs/…`: QR signs to print, one to a page of A5. Read from some metres away, by people of any age. */
import { type Role, roles } from '@wangge/contract-kit';
import { html, trustedMarkup, type Html } from '../html.ts';
import type { PageContext } from './context.ts';
import type { DutyLine } from './home.ts';
import { page } from './layout.ts';
import { notice } from './pieces.ts';

export interface SignView {
  readonly name: string;
  readonly above: readonly string[];
  readonly member: { readonly role: Role; readonly phone: string | null } | null;
  readonly duty: DutyLine | null;
  readonly url: string;
  /** Outline of the QR code's dark modules, made from the address alone, on a square of `size` units. */
  readonly qr: { readonly path: string; readonly size: number };
}

export function signsPage(ctx: PageContext, signs: readonly SignView[]): string {
  const { t } = ctx;
  return page(ctx, {
    title: t.sign.title,
    kind: 'signs',
    script: true,
    body: html`
      <div class="screen-only">
        <h1>${t.sign.title}</h1>
        <p class="lead">${signs.length === 0 ? notice(t.sign.none) : t.sign.all(signs.length)}</p>
        <p class="hint">${t.sign.printHint}</p>
        <button class="wide primary" type="button" data-island="print" hidden>${t.sign.print}</button>
      </div>
      ${signs.map((sign) => oneSign(ctx, sign))}
    `,
  });
}

/** Signs hang in the town's streets: Chinese, whatever language the office works in. */
function oneSign(ctx: PageContext, sign: SignView): Html {
  const { member, duty } = sign;
  const margin = 4;
  const edge = sign.qr.size + 2 * margin;
  return html`<article class="sign" lang="zh-CN">
    <p class="sign-above">${sign.above.join(' · ')}</p>
    <h2>${sign.name}</h2>
    <svg class="qr" viewBox="0 0 ${edge} ${edge}" role="img" aria-label="${sign.url}" shape-rendering="crispEdges">
      <rect width="${edge}" height="${edge}" fill="#fff"></rect>
      <path transform="translate(${margin} ${margin})" fill="#000" d="${trustedMarkup(sign.qr.path)}"></path>
    </svg>
    <p class="sign-scan">扫一扫，找网格员</p>
    <p class="sign-uses">有事上报 · 查询进度 · 一键拨打</p>
    <dl class="sign-lines">
      <dt>${member ? roles[member.role].label.zh : '网格员'}</dt>
      <dd>${member?.phone ?? '号码请扫码查看'}</dd>
      ${
        duty
          ? html`<dt>值班电话</dt>
              <dd>${duty.phone}</dd>`
          : null
      }
    </dl>
    <p class="sign-foot">${ctx.town} · 紧急情况请拨 110、119、120</p>
  </article>`;
}
