/** Language and size of letters: two cookies, set by links, so that they work without script. */
import type { Lang } from '@wangge/contract-kit';
import type { Runtime } from '@wangge/kernel';
import type { Reply, Request } from './http.ts';

const langCookie = 'wangge_lang';
const sizeCookie = 'wangge_size';
const yearS = 365 * 24 * 3600;

export interface Preferences {
  readonly lang: Lang;
  readonly large: boolean;
}

function asked(request: Request, name: string): string | undefined {
  const value = (request.query as Record<string, unknown> | undefined)?.[name];
  return typeof value === 'string' ? value : undefined;
}

/**
 * Chinese, unless the browser prefers English to it (RFC 9110 §12.5.4). Browsers set to other languages
 * get Chinese: it is the language of the town.
 */
export function langOf(acceptLanguage: string | undefined): Lang {
  let [zh, en, other] = [0, 0, 0];
  for (const range of (acceptLanguage ?? '').split(',').slice(0, 50)) {
    const [tag = '', ...parameters] = range
      .trim()
      .toLowerCase()
      .split(/\s*;\s*/);
    const q = parameters.find((p) => p.startsWith('q='));
    const weight = q === undefined ? 1 : Number(q.slice(2));
    if (!(weight > 0 && weight <= 1)) continue;
    if (/^zh(-|$)/.test(tag)) zh = Math.max(zh, weight);
    else if (/^en(-|$)/.test(tag)) en = Math.max(en, weight);
    else if (tag === '*') other = Math.max(other, weight);
  }
  return en > Math.max(zh, other) ? 'en' : 'zh';
}

function asLang(text: string | undefined): Lang | undefined {
  return text === 'zh' || text === 'en' ? text : undefined;
}

/** What a link or a cookie says wins over what the browser prefers. */
export function preferencesOf(request: Request): Preferences {
  const lang =
    asLang(asked(request, 'lang')) ??
    asLang(request.cookies?.[langCookie]) ??
    langOf(request.headers['accept-language']);
  const size = asked(request, 'size') ?? request.cookies?.[sizeCookie];
  return { lang, large: size === 'large' };
}

/** Keeps what a link of the page's head asked for. */
export function keepPreferences(rt: Runtime, request: Request, reply: Reply): void {
  const options = {
    path: '/',
    maxAge: yearS,
    sameSite: 'lax',
    httpOnly: true,
    secure: rt.config.publicUrl.startsWith('https:'),
  } as const;
  const { lang, large } = preferencesOf(request);
  if (asLang(asked(request, 'lang')) !== undefined) void reply.setCookie(langCookie, lang, options);
  if (asked(request, 'size') !== undefined) void reply.setCookie(sizeCookie, large ? 'large' : 'normal', options);
}
