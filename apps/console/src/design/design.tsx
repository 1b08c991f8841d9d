import { useLang } from '@wangge/ui';
import { App as AntApp, ConfigProvider } from 'antd';
import type { Locale } from 'antd/es/locale/index.js';
import en from 'antd/es/locale/en_US.js';
import zh from 'antd/es/locale/zh_CN.js';
import type { ReactNode } from 'react';
import { theme } from './theme.ts';

/** Colours, words and messages of the component library. Adds no element of its own to the page. */
export function Design({ children }: { children: ReactNode }) {
  const { lang } = useLang();
  return (
    <ConfigProvider theme={theme} locale={localeOf(lang === 'zh' ? zh : en)} button={{ autoInsertSpace: false }}>
      <AntApp component={false} message={{ maxCount: 3 }}>
        {children}
      </AntApp>
    </ConfigProvider>
  );
}

/** The package's types describe its CommonJS form, where the locale is one level deeper than in its ES form. */
function localeOf(loaded: Locale | { default: Locale }): Locale {
  return 'default' in loaded ? loaded.default : loaded;
}
