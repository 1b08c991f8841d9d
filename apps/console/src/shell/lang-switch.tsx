import { shellTexts } from '@wangge/texts/console';
import { useLang, useTexts } from '@wangge/ui';

/** Shows the other language in its own words. */
export function LangSwitch() {
  const t = useTexts(shellTexts);
  const { lang, setLang } = useLang();
  const other = lang === 'zh' ? 'en' : 'zh';
  return (
    <button type="button" className="plain-button" title={t.language} onClick={() => setLang(other)} lang={other}>
      {other === 'en' ? 'English' : '中文'}
    </button>
  );
}
