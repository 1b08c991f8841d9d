import { fieldMeTexts } from '@wangge/texts/field';
import { useLang, useTexts } from '@wangge/ui';
import { Choice } from '../shell/choice.tsx';

const options = [
  { value: 'zh', label: '中文', lang: 'zh-CN' },
  { value: 'en', label: 'English', lang: 'en' },
] as const;

export function LangChoice() {
  const t = useTexts(fieldMeTexts);
  const { lang, setLang } = useLang();
  return <Choice label={t.language} value={lang} options={options} onValue={setLang} />;
}
