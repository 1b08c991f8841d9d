import type { Bilingual, Lang } from '@wangge/contract-kit';
import type { Dictionary } from '@wangge/texts';
import { createContext, use, useCallback, useMemo, useState, type ReactNode } from 'react';

const storageKey = 'wangge.lang';

interface LangValue {
  readonly lang: Lang;
  readonly setLang: (lang: Lang) => void;
}
const LangContext = createContext<LangValue>({ lang: 'zh', setLang: () => undefined });

/** `?lang=` wins (links from signs and mails), then what was chosen before; Chinese otherwise. */
export function initialLang(search: string, stored: string | null): Lang {
  const asked = new URLSearchParams(search).get('lang') ?? stored;
  return asked === 'en' ? 'en' : 'zh';
}

/** Gives the language of the interface to all below, keeps it over reloads and tells the document. */
export function LangProvider({ children }: { children: ReactNode }) {
  const [lang, set] = useState<Lang>(() => {
    const first = initialLang(location.search, readStored());
    document.documentElement.lang = first === 'zh' ? 'zh-CN' : 'en';
    return first;
  });
  const setLang = useCallback((next: Lang) => {
    set(next);
    document.documentElement.lang = next === 'zh' ? 'zh-CN' : 'en';
    try {
      localStorage.setItem(storageKey, next);
    } catch {
      // A private window without storage still switches for the page.
    }
  }, []);
  const value = useMemo(() => ({ lang, setLang }), [lang, setLang]);
  return <LangContext value={value}>{children}</LangContext>;
}

export function useLang(): LangValue {
  return use(LangContext);
}
/** The texts of a dictionary in the present language. */
export function useTexts<T>(dictionary: Dictionary<T>): T {
  return dictionary[useLang().lang];
}
/** Picks from labels that come in both languages: states, roles, categories, errors. */
export function usePick(): (text: Bilingual) => string {
  const { lang } = useLang();
  return useCallback((text) => (lang === 'en' && text.en !== '' ? text.en : text.zh), [lang]);
}
/** A name and what is said of it, with the colon of the present language. */
export function useLabelled(): (name: string, said: string) => string {
  const { lang } = useLang();
  return useCallback((name, said) => (lang === 'zh' ? `${name}：${said}` : `${name}: ${said}`), [lang]);
}

function readStored(): string | null {
  try {
    return localStorage.getItem(storageKey);
  } catch {
    return null;
  }
}
