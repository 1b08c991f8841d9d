import { QueryClientProvider } from '@tanstack/react-query';
import { createQueryClient, LangProvider } from '@wangge/ui';
import { useEffect, useState } from 'react';
import { Gate } from './session/gate.tsx';
import { meKey } from './session/me.tsx';
import { keepAnswers, restoreAnswers } from './storage/answers.ts';

/** A lost session shows the sign-in at the same address, so that one goes on where one was. */
const client = createQueryClient(() => client.setQueryData(meKey, null));
const defaults = client.getDefaultOptions();
// What was read stays for the day: without signal there is no second time.
client.setDefaultOptions({ ...defaults, queries: { ...defaults.queries, gcTime: 86_400_000 } });
keepAnswers(client);

export function App() {
  const [ready, setReady] = useState(false);
  useEffect(() => {
    // A phone that keeps nothing, or not any more: then as if one came for the first time.
    restoreAnswers(client)
      .catch(() => undefined)
      .finally(() => setReady(true));
  }, []);
  return (
    <LangProvider>
      <QueryClientProvider client={client}>{ready ? <Gate /> : null}</QueryClientProvider>
    </LangProvider>
  );
}
