import { QueryClientProvider } from '@tanstack/react-query';
import { createQueryClient, LangProvider, useLang } from '@wangge/ui';
import { App as AntApp, ConfigProvider } from 'antd';
import type { Locale } from 'antd/es/locale/index.js';
import en from 'antd/es/locale/en_US.js';
import zh from 'antd/es/locale/zh_CN.js';
import { type ReactNode } from 'react';
import { Gate } from './session/gate.tsx';
import { meKey } from './session/me.tsx';
import { theme } from './theme.ts';

/** A lost session shows the sign-in at the same address, so that one goes on where one was. */
const client = createQueryClient(() => client.setQueryData(meKey, null));

export function App() {
  return (
    <LangProvider>
      <QueryClientProvider client={client}>
        <Design>
          <Gate />
        </Design>
      </QueryClientProvider>
    </LangProvider>
  );
}

function Design({ children }: { children: ReactNode }) {
  const { lang } = useLang();
  return (
    <ConfigProvider theme={theme} locale={localeOf(lang === 'zh' ? zh : en)} button={{ autoInsertSpace: false }}>
      <AntApp message={{ maxCount: 3 }} className="app">
        {children}
      </AntApp>
    </ConfigProvider>
  );
}

/** The package's types describe its CommonJS form, where the locale is one level deeper than in its ES form. */
function localeOf(loaded: Locale | { default: Locale }): Locale {
  return 'default' in loaded ? loaded.default : loaded;
}
