import type { Lang } from '@wangge/contract-kit';
import { setLanguage } from '@wangge/staff/contract';
import { fieldMeTexts } from '@wangge/texts/field';
import { useLang, useSend, useTexts } from '@wangge/ui';
import { Choice } from '../shell/choice.tsx';

const options = [
  { value: 'zh', label: '中文', lang: 'zh-CN' },
  { value: 'en', label: 'English', lang: 'en' },
] as const;

export function LangChoice() {
  const t = useTexts(fieldMeTexts);
  const { lang, setLang } = useLang();
  const send = useSend(setLanguage);
  // Messages come in the same language from now on.
  const change = (next: Lang): void => {
    setLang(next);
    send.mutate({ body: { lang: next } });
  };
  return <Choice label={t.language} value={lang} options={options} onValue={change} />;
}
