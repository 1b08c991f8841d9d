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

/** Chinese unless told otherwise: the browser's own language says little about a borrowed phone. */
export function preferencesOf(request: Request): Preferences {
  const lang = asked(request, 'lang') ?? request.cookies?.[langCookie];
  const size = asked(request, 'size') ?? request.cookies?.[sizeCookie];
  return { lang: lang === 'en' ? 'en' : 'zh', large: size === 'large' };
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
  if (asked(request, 'lang') !== undefined) void reply.setCookie(langCookie, lang, options);
  if (asked(request, 'size') !== undefined) void reply.setCookie(sizeCookie, large ? 'large' : 'normal', options);
}
