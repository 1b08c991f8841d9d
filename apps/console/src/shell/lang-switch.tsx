import type { Lang } from '@wangge/contract-kit';
import { setLanguage } from '@wangge/staff/contract';
import { shellTexts } from '@wangge/texts/console';
import { useLang, useSend, useTexts } from '@wangge/ui';

/** Shows the other language in its own words. */
export function LangSwitch() {
  const t = useTexts(shellTexts);
  const { lang, setLang } = useLang();
  const send = useSend(setLanguage);
  // Messages come in the same language from now on.
  const change = (next: Lang): void => {
    setLang(next);
    send.mutate({ body: { lang: next } });
  };
  const other = lang === 'zh' ? 'en' : 'zh';
  return (
    <button type="button" className="plain-button" title={t.language} onClick={() => change(other)} lang={other}>
      {other === 'en' ? 'English' : '中文'}
    </button>
  );
}
