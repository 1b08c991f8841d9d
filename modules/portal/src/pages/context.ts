/** What every page knows about its reader and its town. */
import type { Lang } from '@wangge/contract-kit';
import { portalTexts, type PortalTexts } from '@wangge/texts/portal';

export interface Assets {
  readonly css: string | null;
  readonly script: string | null;
}

export interface PageContext {
  readonly lang: Lang;
  readonly t: PortalTexts;
  readonly large: boolean;
  readonly town: string;
  readonly demo: boolean;
  /** Path and query that shows this page again: where the switches of language and size lead. */
  readonly path: string;
  readonly zone: string;
  readonly nowMs: number;
  readonly assets: Assets;
}

export function textsOf(lang: Lang): PortalTexts {
  return portalTexts[lang];
}

/** The text in the reader's language. */
export function say(ctx: PageContext, text: { readonly zh: string; readonly en: string }): string {
  return text[ctx.lang];
}

/** `11月2日 09:12` or `2 Nov, 09:12` in the town's zone; with the year where it is another one. */
export function showTime(ctx: PageContext, ms: number): string {
  const year = (at: number): string =>
    new Intl.DateTimeFormat('en', { timeZone: ctx.zone, year: 'numeric' }).format(at);
  return new Intl.DateTimeFormat(ctx.lang === 'zh' ? 'zh-CN' : 'en-GB', {
    timeZone: ctx.zone,
    ...(year(ms) === year(ctx.nowMs) ? {} : { year: 'numeric' }),
    month: ctx.lang === 'zh' ? 'long' : 'short',
    day: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  }).format(ms);
}

/** The same path with one parameter of its query set. */
export function withParam(path: string, name: string, value: string): string {
  const [base = '/', query = ''] = path.split('?');
  const params = new URLSearchParams(query);
  params.set(name, value);
  return `${base}?${params.toString()}`;
}

/** `13800001234` → `138****1234`. */
export function maskPhone(phone: string): string {
  return phone.length < 7 ? '****' : `${phone.slice(0, 3)}****${phone.slice(-4)}`;
}
